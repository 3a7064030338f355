"""Plain text to words: what every language shares before any vocabulary is asked."""

import re
import unicodedata
from functools import cache

import snowballstemmer

MAX_CHARACTERS = 1600
"""The longest message Twilio delivers; what is beyond is not read."""

_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc\u0060\u00b4\uff07", "''''''")
_BORDER = re.compile("[.!?;\n\r\u2026\u00a1\u00bf](?:(?<!\\.)|(?=[.!?;\u2026\u00a1\u00bf]*(?:\\s|$)))")
"""The marks that end a sentence; a full stop only before a blank: 2.5 is one word of one."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_ELONGATED = re.compile(r"([^\W\d_])\1{2,}")
_ASCII_WORD, _ASCII_ELONGATED = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)?"), re.compile(r"([a-z])\1{2,}")
"""The same for folded ASCII, which nearly every message is, in half the time."""
_CLITIC = re.compile(r"'(?:s|m|re|ve|ll|d|em)$")


def fold(text: str) -> str:
    """Lower case without accents: "Mioquímia" -> "mioquimia". Keeps the number of words."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).lower()
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def sentences(text: str) -> list[list[str]]:
    """The folded words of `text`, a list a sentence; at most MAX_CHARACTERS are read.

    Letters said three times or more become two ("crampsss" -> "crampss", for the speller to mend); n't
    loses its apostrophe ("can't" -> "cant"), other endings go ("leg's" -> "leg", "I'll" -> "i").
    Emoji, control characters and lone surrogates are no words. Never raises.
    """
    folded = fold(text[:MAX_CHARACTERS])
    word, elongated = (_ASCII_WORD, _ASCII_ELONGATED) if folded.isascii() else (_WORD, _ELONGATED)
    parts = _BORDER.split(elongated.sub(r"\1\1", folded))
    return [_whole(said) for part in parts if (said := word.findall(part))]


def words(text: str) -> list[str]:
    """All words of `text`, without the sentence borders."""
    return [word for sentence in sentences(text) for word in sentence]


def _whole(said: list[str]) -> list[str]:
    """Without the apostrophes and what they add."""
    return [_CLITIC.sub("", word).replace("'", "") if "'" in word else word for word in said]


def capitalised(text: str) -> str:
    """`text` with its first letter in upper case and the rest untouched."""
    return text[:1].upper() + text[1:]


@cache
def stemmer(language: str) -> "Stemmer":
    """The one stemmer of a language (a two-letter code); words of a language without one stay whole."""
    return Stemmer(language)


_SNOWBALL = {"de": "german", "en": "english", "es": "spanish", "fr": "french", "it": "italian", "pt": "portuguese"}


class Stemmer:
    """Snowball stems (snowballstemmer uses the C library where it is installed)."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._stemmer = snowballstemmer.stemmer(_SNOWBALL[language]) if language in _SNOWBALL else None

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return stemmer, (self._language,)

    def stem(self, word: str) -> str:
        """The stem of one folded word; words of up to three letters and with digits are their own stem."""
        if self._stemmer is None or len(word) <= 3 or not word.isalpha():
            return word
        return str(self._stemmer.stemWord(word))
