"""One message as bit masks: bit n stands for the n-th word, and a sentence border takes a bit of its own.

Patterns run over these masks by shifting and masking, so nothing is ever tried twice and the time grows
only with the length of the message.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from responder.reading import Token

NEAR = 25
"""How many words apart the parts of a pattern may stand, if not in neighbouring sentences."""

_T = TypeVar("_T")

Span = tuple[int, int]
"""The first and the last place of something found, both included."""


class Scan:
    """The words of one message, asked for by stem, by form or by kind."""

    __slots__ = (
        "_filler",
        "_filler_stems",
        "_made",
        "_open",
        "_places",
        "_wall_stems",
        "borders",
        "end",
        "masks",
        "stems",
        "tokens",
    )

    def __init__(self, tokens: Sequence[Token], filler: frozenset[str], walls: frozenset[str]) -> None:
        masks: dict[str, int] = {}
        borders = 0
        bit = 1
        sentence = tokens[0].sentence if tokens else 0
        for token in tokens:
            if token.sentence != sentence:
                sentence = token.sentence
                borders |= bit
                bit <<= 1
            stem = token.stem
            masks[stem] = masks.get(stem, 0) | bit
            bit <<= 1
        self.tokens = tokens
        self.masks = masks
        """By stem: where it stands."""
        self.stems = frozenset(masks)
        self.borders = borders
        self.end = bit
        """The place after the last word."""
        self._filler_stems = filler
        self._wall_stems = walls
        self._filler: int | None = None
        self._open: int | None = None
        self._places: list[Token | None] | None = None
        self._made: dict[object, Any] = {}

    @property
    def filler(self) -> int:
        """Where words stand that patterns skip."""
        if self._filler is None:
            self._filler = self.any(self._filler_stems)
        return self._filler

    @property
    def open(self) -> int:
        """The places that a ".." may cross: neither a wall nor a sentence border."""
        if self._open is None:
            self._open = ~(self.borders | self.any(self._wall_stems))
        return self._open

    @property
    def places(self) -> list[Token | None]:
        """The tokens by place; None at a sentence border."""
        if self._places is None:
            self._places = []
            for token in self.tokens:
                last = self._places[-1] if self._places else token
                if last is not None and last.sentence != token.sentence:
                    self._places.append(None)
                self._places.append(token)
        return self._places

    def sentences(self) -> list[int]:
        """The places of each sentence, in order."""
        found = []
        first = 0
        for border in [*bits(self.borders), self.end.bit_length() - 1]:
            found.append(ones(first, border - 1))
            first = border + 1
        return found

    def any(self, stems: frozenset[str]) -> int:
        """Where a word with one of these stems stands."""
        mask = 0
        for stem in stems & self.stems:
            mask |= self.masks[stem]
        return mask

    def kept(self, key: object, make: Callable[["Scan"], _T]) -> _T:
        """`make(self)`, worked out once a message."""
        made: _T | None = self._made.get(key)
        if made is None:
            made = self._made[key] = make(self)
        return made

    def form(self, word: str) -> int:
        """Where this very form stands."""
        return self.where(lambda token: token.word == word)

    def where(self, holds: Callable[[Token], bool]) -> int:
        """Where the words stand for which `holds`."""
        mask = 0
        for place, token in enumerate(self.places):
            if token is not None and holds(token):
                mask |= 1 << place
        return mask

    def skipped(self, frontier: int) -> int:
        """`frontier`, and what is reached from it over filler words."""
        filler = self.filler
        inside = frontier & filler
        if not inside:
            return frontier
        # Adding carries through the whole run of fillers: the classic bit-parallel self-loop.
        return frontier | ((inside + filler) ^ filler) | inside

    def nearest(self, spans: Sequence[Span], one: Span) -> Span | None:
        """The one of `spans` (in order) that belongs together with `one`, if any does."""
        place = bisect_left(spans, one)
        for span in spans[max(0, place - 1) : place + 1]:
            if self._near(*((one, span) if one <= span else (span, one))):
                return span
        return None

    def _near(self, low: Span, high: Span) -> bool:
        gap = high[0] - low[1]
        if gap <= NEAR:
            return True
        between = (self.borders >> low[1]) & ((1 << gap) - 1)
        return between.bit_count() <= 1

    def said(self, span: Span) -> str:
        """What the person wrote there."""
        words: list[str] = []
        for token in self.places[span[0] : span[1] + 1]:
            if token is not None and (not words or token.said != words[-1]):
                words.append(token.said)
        return " ".join(words)


def bits(mask: int) -> list[int]:
    """The places of a mask, in order."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def ones(first: int, last: int) -> int:
    """The mask of all places from `first` to `last`."""
    return ((1 << max(0, last - first + 1)) - 1) << first
