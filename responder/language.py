"""Which language a message is in, by the vote of the pack's own vocabularies."""

from collections.abc import Mapping, Sequence
from math import log

from responder.reading import Reader

_SURE = 3.0
"""The lead, in natural-log units of frequency rank, that switches the language."""
_CAP = 2.5
"""The most that one word can say, so that one word alone never switches a sentence."""
_UNLISTED = 60_000
"""The rank of a word that a language does not list."""
_OWN = 3_000
"""The rank of a word of the pack, if it is not more frequent than that."""


class LanguageVote:
    """Knows how much each word speaks for each language of the pack."""

    def __init__(self, readers: Mapping[str, Reader]) -> None:
        """By language; words that its reader knows count as if they were frequent."""
        self._common = {code: reader.common for code, reader in readers.items()}
        self._own = {code: reader.known for code, reader in readers.items()}

    def choose(self, words: Sequence[str], current: str) -> str:
        """The language of a message; `current` unless another is clearly meant. One ambiguous word never switches."""
        others = [code for code in self._common if code != current]
        if not others or not set(words).difference(self._common[current]).difference(self._own[current]):
            return current
        lead, best = max((self._lead(words, code, current), code) for code in others)
        if lead >= _SURE or (len(words) <= 2 and self._only(words, best, current)):
            return best
        return current

    def _rank(self, code: str, word: str) -> int:
        rank = self._common[code].get(word, _UNLISTED)
        return min(rank, _OWN) if word in self._own[code] else rank

    def _lead(self, words: Sequence[str], code: str, current: str) -> float:
        ratios = (log(self._rank(current, word) / self._rank(code, word)) for word in words)
        return sum(max(-_CAP, min(_CAP, ratio)) for ratio in ratios)

    def _only(self, words: Sequence[str], code: str, current: str) -> bool:
        """Whether a very short text holds the pack's own word of `code`, and no word of `current`."""
        if not any(word in self._own[code] for word in words):
            return False
        return not any(word in self._common[current] or word in self._own[current] for word in words)
