"""Whole messages that are commands and no questions ("more", "2", "en espanol")."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from re import Pattern

from rapidfuzz import process
from rapidfuzz.distance import OSA

from responder import text as plain
from responder.catalog.model import Phrases

EXACT = ("stop", "start", "help")
"""Their single short words are never guessed from a typo: Twilio itself acts on the exact word only."""
_LONGEST = 14
"""Words of the longest command, with what politeness adds."""
_GUESSABLE = 4
"""Letters a command must have for a typo in it to be forgiven."""
_LONG = 14
"""Letters for two."""
_UNMISTAKABLE = 8
"""Letters from which a typo in such a word is forgiven all the same: "unsuscribe"."""
_FIGURES = [*map(str, range(100)), *(f"0{digit}" for digit in range(10))]
_PART = re.compile(r"\(([^()]*)\)|([^()\s]+)")


@dataclass(frozen=True, slots=True)
class Command:
    """What is asked of the line itself: a key of the phrases' `commands`, and in which language it was said."""

    name: str
    language: str


class Commands:
    """Recognises commands in every language of the pack at once."""

    def __init__(self, phrases: Iterable[Phrases], known: Sequence[Collection[str]] = ()) -> None:
        """`known` are words that are right as they stand: what holds only such words has no typo."""
        self._known = known
        polite: set[tuple[str, ...]] = set()
        self._leaving: list[tuple[Pattern[str], Command]] = []
        self._leaving_words: set[str] = set()
        self._phrases: dict[tuple[str, ...], list[Command]] = {}
        self._numerals: dict[tuple[str, ...], int] = {(figures,): int(figures) for figures in _FIGURES}
        for one in phrases:
            for name, ways in one.commands.items():
                for way in ways:
                    self._phrases.setdefault(tuple(plain.words(way)), []).append(Command(name, one.language))
            self._leaving += [(_wording(way), Command("stop", one.language)) for way in one.leaving]
            self._leaving_words.update(word for way in one.leaving for word in plain.words(way))
            polite.update(tuple(plain.words(way)) for way in one.polite)
            for digit, ways in one.numerals.items():
                self._numerals.update((tuple(plain.words(way)), int(digit)) for way in ways)
        self._numeral_words = {word for way in self._numerals for word in way}
        self._before: dict[str, list[tuple[str, ...]]] = {}
        self._after: dict[str, list[tuple[str, ...]]] = {}
        for words in sorted(filter(None, polite), key=len, reverse=True):
            self._before.setdefault(words[0], []).append(words)
            self._after.setdefault(words[-1], []).append(words)
        self._guessable: dict[int, dict[str, list[Command]]] = {}
        """By length, then by the words as said."""
        for phrase, commands in self._phrases.items():
            said = " ".join(phrase)
            if len(said) >= (_UNMISTAKABLE if len(phrase) == 1 and commands[0].name in EXACT else _GUESSABLE):
                self._guessable.setdefault(len(said), {})[said] = commands

    def find(self, words: Sequence[str], language: str) -> Command | None:
        """The command that the message as a whole is, preferring `language` where two languages share the word."""
        if not words or len(words) > _LONGEST:
            return None
        cores = list(self._cores(tuple(words)))
        known = next(filter(None, map(self._phrases.get, cores)), None)
        found = known or self._left(cores) or self._near(cores[-1])
        if not found:
            return None
        return next((command for command in found if command.language == language), found[0])

    def number(self, words: Sequence[str]) -> int | None:
        """The number that the message as a whole is, in figures or words, however polite; None if it is none."""
        if len(words) > _LONGEST or self._numeral_words.isdisjoint(words):
            return None
        found = (self._numerals.get(core) for core in self._cores(tuple(words)))
        return next((number for number in found if number is not None), None)

    def _cores(self, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """The words with ever less of the politeness before and after them ("ok, more please" -> "more")."""
        while words:
            core = words
            while core:
                yield core
                ends = self._after.get(core[-1], ())
                core = next((core[: -len(way)] for way in ends if core[-len(way) :] == way), ())
            begins = self._before.get(words[0], ())
            words = next((words[len(way) :] for way in begins if words[: len(way)] == way), ())

    def _left(self, cores: Sequence[tuple[str, ...]]) -> list[Command]:
        """STOP in free words, or shouted ("stop stop", "stoppp")."""
        word, *others = set(cores[0])
        shouted = () if others else self._phrases.get((re.sub(r"(.)\1", r"\1", word),), ())
        if shouted and shouted[0].name == "stop":
            return [*shouted]
        said = [" ".join(core) + " " for core in cores if self._leaving_words.issuperset(core)]
        return [command for way, command in self._leaving if any(map(way.fullmatch, said))] if said else []

    def _near(self, words: Sequence[str]) -> list[Command] | None:
        """A command with a typing error or two, in a word or phrase long enough to be sure."""
        said = " ".join(words)
        most = 2 if len(said) >= _LONG else 1
        near: dict[str, list[Command]] = {}
        for length in range(len(said) - most, len(said) + most + 1):
            near |= self._guessable.get(length, {})
        if not near or all(any(word in known for known in self._known) for word in words):
            return None
        best = process.extractOne(said, near.keys(), scorer=OSA.distance, score_cutoff=most)
        return near[best[0]] if best else None


def _wording(way: str) -> Pattern[str]:
    """The messages that are worded like `way`, each word followed by a blank."""
    parts = []
    for choice, word in _PART.findall(way):
        ways = [" ".join(plain.words(one)) for one in (choice.split("|") if choice else [word])]
        parts.append("(?:" + "|".join(re.escape(f"{one} ") if one else "" for one in ways) + ")")
    return re.compile("".join(parts))
