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
        here = self._ranks(words, current)
        lead, best = max((_lead(here, self._ranks(words, code)), code) for code in others)
        if lead >= _SURE or (len(words) <= 2 and self._only(words, best, current)):
            return best
        return current

    def _ranks(self, words: Sequence[str], code: str) -> list[int]:
        common, own = self._common[code].get, self._own[code]
        return [min(common(word, _UNLISTED), _OWN) if word in own else common(word, _UNLISTED) for word in words]

    def _only(self, words: Sequence[str], code: str, current: str) -> bool:
        """Whether a very short text holds the pack's own word of `code`, and no word of `current`."""
        if not any(word in self._own[code] for word in words):
            return False
        return not any(word in self._common[current] or word in self._own[current] for word in words)


def _lead(here: Sequence[int], there: Sequence[int]) -> float:
    """How much more frequent the words are there, each by no more than the cap."""
    return sum([max(-_CAP, min(_CAP, log(one / other))) for one, other in zip(here, there, strict=True)])
