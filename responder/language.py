"""Which language a message is in, by the vote of the pack's own vocabularies."""

from collections.abc import Iterable, Mapping, Sequence
from math import log

from responder.catalog.model import LanguagePack

_SURE = 3.0
"""The lead, in natural-log units of frequency rank, that switches the language."""
_CAP = 2.5
"""The most that one word can say, so that one word alone never switches a sentence."""
_UNLISTED = 60_000
"""The rank of a word that a language does not list."""


class LanguageVote:
    """Knows how much each word speaks for each language of the pack."""

    def __init__(self, packs: Iterable[LanguagePack], own: Mapping[str, Iterable[str]]) -> None:
        """`own` are the pack's words by language; they count as if they were frequent."""
        ranks: dict[str, dict[str, int]] = {}
        self._own: dict[str, frozenset[str]] = {code: frozenset(words) for code, words in own.items()}
        self._codes = [pack.code for pack in packs]
        for pack in packs:
            table = ranks.setdefault(pack.code, {})
            for rank, word in enumerate(pack.lexicon.common, 1):
                table[word] = rank
            for word in self._own.get(pack.code, ()):
                table[word] = min(table.get(word, _UNLISTED), 3_000)
        self._ranks = ranks

    def choose(self, words: Sequence[str], current: str) -> str:
        """The language of a message; `current` unless another is clearly meant. One ambiguous word never switches."""
        here = self._ranks[current]
        if len(self._codes) < 2 or all(word in here for word in words):
            return current
        lead, best = max((self._lead(words, code, current), code) for code in self._codes if code != current)
        if lead >= _SURE or (len(words) <= 2 and self._only(words, best, current)):
            return best
        return current

    def _lead(self, words: Sequence[str], code: str, current: str) -> float:
        there, here = self._ranks[code], self._ranks[current]
        total = 0.0
        for word in words:
            ratio = log(here.get(word, _UNLISTED) / there.get(word, _UNLISTED))
            total += max(-_CAP, min(_CAP, ratio))
        return total

    def _only(self, words: Sequence[str], code: str, current: str) -> bool:
        """Whether a very short text holds the pack's own word of `code`, and no word of `current`."""
        if not any(word in self._own.get(code, ()) for word in words):
            return False
        return not any(word in self._ranks[current] for word in words)
