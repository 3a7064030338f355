"""How hard a text is to read, by the formula that its language's health writers use.

English: the Flesch-Kincaid grade, 0.39 words/sentence + 11.8 syllables/word - 15.59 (Kincaid, Fishburne,
Rogers and Chissom: Derivation of new readability formulas, Naval Technical Training, Research Branch
Report 8-75, 1975). 6 or lower is wanted, above 8 is too hard.

Spanish: the perspicuity formula 206.835 - 62.3 syllables/word - words/sentence (Szigriszt Pazos: Sistemas
predictivos de legibilidad del mensaje escrito, thesis, Universidad Complutense de Madrid, 1993; a later
fitting of Fernandez Huerta's 1959 formula), read on the INFLESZ scale (Barrio-Cantalejo and others:
Validacion de la Escala INFLESZ, Anales del Sistema Sanitario de Navarra 31(2), 135-152, 2008): from 65
"bastante facil", wanted; 55 to 65 "normal"; below 55 "algo dificil", too hard.

Such formulas count lengths; they prove nothing. They find the sentence that is worth a second look.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal

from responder import text as plain

Verdict = Literal["easy", "hard", "too hard"]
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_SENTENCE = re.compile(r"[.!?\u2026]+(?=\s|$)|\n")
_LONG = 3
"""From so many syllables on, a word is worth naming."""


@dataclass(frozen=True, slots=True)
class Readability:
    """The figure of one text and what it means."""

    scale: str
    score: float
    verdict: Verdict
    wanted: str
    """What an easy text scores, in words."""
    long_words: tuple[str, ...]
    """The words that weigh most, longest first."""


def readability(text: str, language: str, exempt: Iterable[str] = ()) -> Readability | None:
    """How hard `text` is; None where no formula is known for `language` or there is no word.

    The words of `exempt` (names of the illness itself) count as one syllable in every inflection.
    """
    formula = _FORMULAS.get(language)
    words = _WORD.findall(text)
    if formula is None or not words:
        return None
    stem = plain.stemmer(language).stem
    spared = {stem(word) for phrase in exempt for word in plain.words(phrase)}
    named = {word for word in words if spared.issuperset(map(stem, plain.words(word)))}
    sizes = {word: 1 if word in named else syllables(word, language) for word in words}
    sentences = sum(1 for part in _SENTENCE.split(text) if _WORD.search(part))
    per_word, per_sentence = sum(sizes[word] for word in words) / len(words), len(words) / sentences
    score = round(formula.score(per_sentence, per_word), 1)
    long_words = sorted((word for word, size in sizes.items() if size >= _LONG), key=lambda word: -sizes[word])
    return Readability(formula.scale, score, formula.verdict(score), formula.wanted, tuple(long_words))


def syllables(word: str, language: str) -> int:
    """The syllables of one word, at least 1; a figure counts as one, an abbreviation ("MRI") is spelt out."""
    if any(c.isdigit() for c in word):
        return 1
    if 1 < len(word) <= 3 and word.isupper():
        return len(word)
    return max(1, _SPANISH.count(word) if language == "es" else _ENGLISH.count(word))


class _Spanish:
    """One syllable for every open vowel; closed ones (i, u) join their neighbour unless they carry the accent."""

    _MUTE = re.compile(r"(?<=q)u|(?<=g)u(?=[eiéí])|(?<=[aeiouáéíóúü])h(?=[aeiouáéíóúü])")
    _RUN = re.compile(r"[aeiouáéíóúü]+")

    def count(self, word: str) -> int:
        letters = self._MUTE.sub("", re.sub(r"y$", "i", word.lower()))
        return sum(max(1, sum(c not in "iuü" for c in run)) for run in self._RUN.findall(letters))


class _English:
    """Groups of vowels, less the silent e, plus the pairs that are said apart (ideas after Greg Fast's
    Lingua::EN::Syllable, CPAN, 1999)."""

    _ODD: ClassVar = {
        **dict.fromkeys(["ache", "aches", "ached"], 1),
        **dict.fromkeys(["business", "create", "every", "headache", "headaches", "people", "react", "science"], 2),
        **dict.fromkeys(["something", "sometimes", "someone", "somewhere"], 2),
        **dict.fromkeys(["area", "areas", "everyone", "everyday", "everything", "idea", "ideas", "reaction"], 3),
        "diabetes": 4,
    }
    _SILENT = re.compile(
        r"(?<=[^aeiouy])e(?=(?:ly|ful|fully|less|ness|ment|ments)$)"  # rare-ly, care-ful
        r"|(?<![^aeiouylr]l)(?<=.)e$"  # ease, but lit-tle
        r"|(?<![^aeiouylr]l)(?<![sxzcg])(?<![sc]h)e(?=s$)"  # times, but ran-ges and stretch-es
        r"|(?<![^aeiouylr]l)(?<![td])e(?=d$)"  # called, but wan-ted and han-dled
    )
    _VOWELS = re.compile(r"[aeiouyà-ÿ]+")
    _APART = re.compile(
        r"(?<![tcsgx])i(?=[aou])|[sc]i(?=um)"  # di-abetes, calci-um, but spe-cial and mo-tion
        r"|(?<![tc])i(?=et|enc|ents?$)|[^aeiouy]ui(?=ds?$|n)"  # qui-et, fluid, ruin
        r"|[^gq]u(?=a)|(?<=[aeiouy])ing$"  # usu-al, go-ing
        r"|sms?$|[dst]n't$"  # spa-sm, is-n't
    )

    def count(self, word: str) -> int:
        letters = re.sub(r"'s$", "", word.lower().replace("\u2019", "'"))
        if letters in self._ODD:
            return self._ODD[letters]
        said = self._SILENT.sub("", letters)
        return len(self._VOWELS.findall(said)) + len(self._APART.findall(said))


_ENGLISH, _SPANISH = _English(), _Spanish()


@dataclass(frozen=True, slots=True)
class _Formula:
    scale: str
    score: Callable[[float, float], float]
    """Words a sentence, syllables a word."""
    verdict: Callable[[float], Verdict]
    wanted: str


def _grade(score: float) -> Verdict:
    return "easy" if score <= 6 else "hard" if score <= 8 else "too hard"


def _inflesz(score: float) -> Verdict:
    return "easy" if score >= 65 else "hard" if score >= 55 else "too hard"


_FORMULAS = {
    "en": _Formula("Flesch-Kincaid grade", lambda long, size: 0.39 * long + 11.8 * size - 15.59, _grade, "6 or lower"),
    "es": _Formula("INFLESZ", lambda long, size: 206.835 - 62.3 * size - long, _inflesz, "65 or higher"),
}
