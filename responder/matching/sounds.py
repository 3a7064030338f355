"""Sound-alikes: what a caller may have said where a recogniser wrote words that make no sense for this line.

A recogniser that does not know a word writes everyday words that sound like it: "glad occasion" for claudication, "five
rounds elgin" for fibromyalgia. Here runs of such words are compared with the phrases of the pack by how they sound:
consonants that are easily confused cost little, vowels next to nothing. It is a second look at a call's turn that would
otherwise get an honest no: it offers readings, and decides nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from responder import text as plain

_WORDS = 5
"""As many words one phrase of the pack may be heard as."""
_LONGEST = 40
"""Words of a turn that are looked at."""
_LEAST = 4
"""A sound of fewer consonants is like too many others."""
_LEAST_BESIDE = 2
"""So few will do beside a word of the phrase that was heard well."""
_CONSONANT = 0.22
"""What a consonant of the phrase adds to the evidence, if none was lost; see `Reading`."""
_BESIDE = 0.95
"""What it adds that a word of the phrase was heard well."""
_KNOWN = 1.2
"""The evidence of a mis-hearing that the content names."""
_ROUGHLY = 0.5
"""What a consonant that is another, or none, costs at least."""
_MOST = 6
"""As many readings are offered."""

_NAMES = "bee see dee ee ef jee aitch eye jay kay el em en oh pee cue are ess tee you vee dubbleyou ex why zee"
_LETTERS = dict(zip("bcdefghijklmnopqrstuvwxyz", _NAMES.split(), strict=True))
"""How the letters of the alphabet are called, for "b f s"; "a" is a word like any other."""

_SPELLINGS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"gh|(?<=m)b$|^[kgp](?=n)|^w(?=r)|^p(?=s)", ""),
        (r"^x|sc(?=[eiy])", "s"),
        (r"ph|v", "f"),
        (r"ch(?=[lrmn]|or|ar)|ck|q", "k"),
        (r"tch|ch|sh|(?<=[a-z])[cst]i(?=[aou])|(?<=[dt])u(?=[aeiourl])|d?g(?=[eiy])|j", "J"),
        (r"c(?=[eiy])|z", "s"),
        (r"th|d", "t"),
        (r"c|g", "k"),
        (r"x", "ks"),
        (r"b", "p"),
        (r"(?<=[aeiou])[wy](?![aeiou])|[^a-zJ]|h", ""),
        (r"y(?![aeiou])", "i"),
        (r"(?<=[^aeiou])e$", ""),
    )
)
_VOWELS, _TWICE = re.compile("[aeiou]+"), re.compile(r"([a-zJ])\1+")

_SOUNDS = "AptkfsJmnlryw"
_ROUGH = str.maketrans({"f": "p", "J": "s", "m": "n", "r": "l", "A": None, "y": None, "w": None})
_NEAR = frozenset(
    map(frozenset, ("pm", "tJ", "ts", "kJ", "tk", "pk", "pt", "ft", "lw", "rw", "fs", "yJ", "nl", "pw", "fw"))
)
_LOST = {one: 0.2 if one == "A" else 0.5 if one in "mnlryw" else 0.8 for one in _SOUNDS}


def _confused(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if "A" in (one, other):
        return 2.0
    if one.translate(_ROUGH) == other.translate(_ROUGH) != "":
        return 0.35
    return 0.6 if frozenset((one, other)) in _NEAR else 1.1


_CONFUSED = {(one, other): _confused(one, other) for one in _SOUNDS for other in _SOUNDS}


def sound(words: Iterable[str]) -> str:
    """How folded words sound, a letter a consonant and A for vowels: "sciatica" is sAtAkA.

    b is p; d and th are t; g is k; v is f; z is s; J stands for sh, ch and j.
    """
    return _TWICE.sub(r"\1", _VOWELS.sub("A", "".join(map(_word_sound, words))))


def _word_sound(word: str) -> str:
    word = _LETTERS.get(word, word)
    for pattern, meant in _SPELLINGS:
        word = pattern.sub(meant, word)
    return word


def distance(heard: str, meant: str) -> float:
    """How far one sound is from another, in lost consonants."""
    row = [0.0]
    for one in meant:
        row.append(row[-1] + _LOST[one])
    for one in heard:
        before, lost = row, _LOST[one]
        row = [before[0] + lost]
        for place, other in enumerate(meant):
            instead = before[place] + _CONFUSED[one, other]
            row.append(min(instead, before[place + 1] + lost, row[place] + _LOST[other]))
    return row[-1]


@dataclass(frozen=True, slots=True)
class Reading:
    """What may have been said."""

    evidence: float
    """How much speaks for it, counted in consonants: what is alike, less what would have been lost."""
    sentences: list[list[str]]


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    sound: str


class Sounds:
    """Knows how the phrases of one language of the pack sound. Holds no state between turns."""

    def __init__(
        self,
        phrases: Iterable[str],
        kept: Iterable[str],
        stem: Callable[[str], str] = str,
        spoken: Mapping[str, str] | None = None,
        heard: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """`phrases` are worth hearing; a word of `kept` carries meaning, so where one was heard it is left standing,
        in any inflection.

        `spoken` says how abbreviations are read out ("DVT" -> "D V T"), `heard` as what recognisers are known to write
        a phrase ("dystonia" -> ["estonia"]).
        """
        self._known = {
            tuple(plain.words(wrong)): tuple(plain.words(right))
            for right, forms in (heard or {}).items()
            for wrong in forms
        }
        self._stem = stem
        self._kept = frozenset(map(stem, kept))
        self._aloud = {short.lower(): plain.words(long) for short, long in (spoken or {}).items()}
        self._by_rough: dict[str, list[_Phrase]] = {}
        spelt = [(words, words) for words in dict.fromkeys(tuple(plain.words(phrase)) for phrase in phrases)]
        for words, said in (*spelt, *((right, wrong) for wrong, right in self._known.items())):
            phrase = _Phrase(words, self._sound(said))
            if _weight(phrase.sound) > _LEAST_BESIDE:
                self._by_rough.setdefault(phrase.sound.translate(_ROUGH), []).append(phrase)
        self._by_length: dict[int, list[str]] = {}
        for rough in self._by_rough:
            self._by_length.setdefault(len(rough), []).append(rough)

    def readings(self, sentences: Sequence[Sequence[str]], least: float = 0.3) -> list[Reading]:
        """The message with one run of words read as a phrase that sounds like it, likeliest first; up to six.

        Each has evidence of at least `least`. Words of the phrase that were heard well stay, and so does all else.
        Empty where nothing sounds alike, and for more words than a caller says in one turn.
        """
        if sum(map(len, sentences)) > _LONGEST:
            return []
        found: dict[tuple[int, int, int, tuple[str, ...]], float] = {}
        for number, words in enumerate(sentences):
            for place in range(len(words)):
                for count in range(1, min(_WORDS, len(words) - place) + 1):
                    for evidence, meant in self._alike(words[place : place + count], least):
                        run = number, place, count, meant
                        found[run] = max(evidence, found.get(run, least))
        best = nsmallest(_MOST, found, key=lambda run: (-found[run], run))
        return [Reading(found[run], _replaced(sentences, *run)) for run in best]

    def _alike(self, heard: Sequence[str], least: float) -> Iterator[tuple[float, tuple[str, ...]]]:
        known = self._known.get(tuple(heard))
        if known and least <= _KNOWN:
            yield _KNOWN, known
        whole = sound(heard)
        telling = [self._stem(word) in self._kept for word in heard]
        for phrase, most in self._near(whole.translate(_ROUGH), least):
            start, end = _shared(heard, phrase.words)
            if any(telling[start : len(heard) - end]):
                continue
            if start or end:
                evidence = self._beside(heard[start : len(heard) - end], phrase.words[start : len(phrase.words) - end])
            else:
                evidence = _CONSONANT * _weight(phrase.sound) - distance(whole, phrase.sound) if most >= least else most
            if evidence >= least:
                yield evidence, phrase.words

    def _near(self, rough: str, least: float) -> Iterator[tuple[_Phrase, float]]:
        """Phrases that may have enough evidence, and the most that each can have by itself."""
        for length in range(max(_LEAST_BESIDE + 1, len(rough) - 2), len(rough) + 3):
            spare = _CONSONANT * length + _BESIDE - least
            if spare < 0:
                continue
            others, most = self._by_length.get(length, ()), min(1 + length // 5, int(spare / _ROUGHLY))
            for other, lost, _ in process.extract(
                rough, others, scorer=Levenshtein.distance, score_cutoff=most, limit=None
            ):
                best = _CONSONANT * length - _ROUGHLY * lost if length >= _LEAST else -1.0
                for phrase in self._by_rough[other]:
                    yield phrase, best

    def _beside(self, said: Sequence[str], meant: Sequence[str]) -> float:
        """The evidence for the rest of a phrase of which some words were heard well."""
        other = self._sound(meant)
        weight = _weight(other)
        if not said or weight < _LEAST_BESIDE:
            return -1.0
        return _CONSONANT * weight + _BESIDE - distance(sound(said), other)

    def _sound(self, words: Sequence[str]) -> str:
        return sound(said for word in words for said in self._aloud.get(word, (word,)))


def _weight(one: str) -> int:
    """How many consonants a sound has."""
    return len(one.translate(_ROUGH))


def _shared(heard: Sequence[str], meant: Sequence[str]) -> tuple[int, int]:
    """How many words both begin with, and how many both then end with."""
    most = min(len(heard), len(meant))
    start = next((place for place in range(most) if heard[place] != meant[place]), most)
    end = 0
    while end < most - start and heard[-1 - end] == meant[-1 - end]:
        end += 1
    return start, end


def _replaced(
    sentences: Sequence[Sequence[str]], number: int, place: int, count: int, meant: Sequence[str]
) -> list[list[str]]:
    found = [list(words) for words in sentences]
    found[number][place : place + count] = meant
    return found
