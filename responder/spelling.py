"""Typo repair: an unknown word becomes the nearest word that the pack knows, or stays as it is."""

from array import array
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator
from itertools import combinations
from zlib import crc32

from rapidfuzz.distance import OSA

_PREFIX = 7
"""Longer words are indexed by their first letters only; the distance is still taken over the whole."""


def tolerance(word: str) -> int:
    """How many typing errors a word of this length may hold: 0 under 4 letters, 1 under 8, else 2."""
    if len(word) < 4 or not word.isalpha():
        return 0
    return 1 if len(word) < 8 else 2


class Speller:
    """Mends unknown words by Damerau-Levenshtein distance (optimal string alignment, rapidfuzz).

    `targets` are the words worth repairing to, most important first. `right` words are left alone,
    and where one of them is nearer than every target the unknown word is left alone too: it is a
    slip in a word that tells nothing. `reserved` words are never repaired to. Found by common
    deletions (the SymSpell idea), so the time does not grow with the number of targets.
    """

    def __init__(self, targets: Iterable[str], right: Container[str] = (), reserved: Iterable[str] = ()) -> None:
        barred = frozenset(reserved)
        wanted = (word for word in targets if word not in barred)
        self._rank = {word: rank for rank, word in enumerate(dict.fromkeys(wanted))}
        self._right, self._barred = right, barred
        self._words = tuple(self._rank)
        self._forms = _Forms(
            (form, rank)
            for word, rank in self._rank.items()
            if tolerance(word)
            for form in _deletions(word, tolerance(word))
        )

    def mend(self, word: str) -> str:
        """The target that `word` most likely stands for, or `word` itself."""
        limit = tolerance(word)
        if not limit or word in self._rank or self._is_right(word):
            return word
        found: dict[str, tuple[int, bool, int]] = {}
        for number in self._forms.find(_deletions(word, limit)):
            target = self._words[number]
            if abs(len(target) - len(word)) <= limit:
                distance = OSA.distance(word, target, score_cutoff=limit)
                if distance <= min(limit, tolerance(target)):
                    found[target] = (distance, target[0] != word[0], number)
        if not found:
            return word
        best = min(found, key=found.__getitem__)
        distance, other_start, _ = found[best]
        if (other_start and distance > 1) or self._near_right(word, distance):
            return word
        return best

    def _near_right(self, word: str, distance: int) -> bool:
        """Whether one slip leads from `word` to a right word, while the best target is further off."""
        return distance > 1 and any(map(self._is_right, _edits(word)))

    def _is_right(self, word: str) -> bool:
        return word in self._right or word in self._barred

    def split(self, word: str) -> tuple[str, str] | None:
        """Two everyday words written as one ("legcramps"), both of them targets; else None."""
        if len(word) < 6 or self._is_right(word):
            return None
        best: tuple[int, tuple[str, str]] | None = None
        for cut in range(3, len(word) - 2):
            left, right = word[:cut], word[cut:]
            if self._is_right(left) and self._is_right(right) and left in self._rank and right in self._rank:
                weight = self._rank[left] + self._rank[right]
                if best is None or weight < best[0]:
                    best = weight, (left, right)
        return best[1] if best else None


class _Forms:
    """Which words have a form. Kept as sorted checksums: a tenth of what a dict of lists takes.

    Two forms may share a checksum; the distance that is taken afterwards tells them apart.
    """

    def __init__(self, forms: Iterable[tuple[str, int]]) -> None:
        pairs = sorted({(crc32(form.encode()), number) for form, number in forms})
        self._sums = array("I", [checksum for checksum, _ in pairs])
        self._numbers = array("I", [number for _, number in pairs])
        self._starts = array("I", [bisect_left(self._sums, half << 16) for half in range((1 << 16) + 1)])
        """By the upper half of a checksum: where those that begin so stand."""

    def find(self, forms: Iterable[str]) -> set[int]:
        """The numbers of the words that have one of these forms."""
        found: set[int] = set()
        sums, numbers, starts = self._sums, self._numbers, self._starts
        for form in forms:
            checksum = crc32(form.encode())
            half = checksum >> 16
            for place in range(starts[half], starts[half + 1]):
                if sums[place] == checksum:
                    found.add(numbers[place])
        return found


def _deletions(word: str, count: int) -> Iterator[str]:
    start = word[:_PREFIX]
    yield start
    for kept in range(len(start) - count, len(start)):
        for letters in combinations(start, kept):
            yield "".join(letters)


def _edits(word: str) -> Iterator[str]:
    """Forms of `word` with one letter removed, swapped with the next, changed or added."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    for place in range(len(word) + 1):
        left, right = word[:place], word[place:]
        if right:
            yield left + right[1:]
            for letter in letters:
                yield left + letter + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for letter in letters:
            yield left + letter + right
