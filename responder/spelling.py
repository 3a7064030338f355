"""Typo repair: an unknown word becomes the nearest word that the pack knows, or stays as it is."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from rapidfuzz.distance import OSA

_PREFIX = 9
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

    def __init__(self, targets: Iterable[str], right: Iterable[str] = (), reserved: Iterable[str] = ()) -> None:
        barred = frozenset(reserved)
        wanted = (word for word in targets if word not in barred)
        self._rank = {word: rank for rank, word in enumerate(dict.fromkeys(wanted))}
        self._right = frozenset(right) | barred
        self._index: dict[str, list[str]] = {}
        for word in filter(tolerance, self._rank):
            for form in _deletions(word, tolerance(word)):
                self._index.setdefault(form, []).append(word)

    def mend(self, word: str) -> str:
        """The target that `word` most likely stands for, or `word` itself."""
        limit = tolerance(word)
        if not limit or word in self._rank or word in self._right:
            return word
        found: dict[str, tuple[int, bool, int]] = {}
        for form in _deletions(word, limit):
            for target in self._index.get(form, ()):
                if target not in found and abs(len(target) - len(word)) <= limit:
                    distance = OSA.distance(word, target, score_cutoff=limit)
                    if distance <= min(limit, tolerance(target)):
                        found[target] = (distance, target[0] != word[0], self._rank[target])
        if not found:
            return word
        best = min(found, key=found.__getitem__)
        distance, other_start, _ = found[best]
        if (other_start and distance > 1) or self._near_right(word, distance):
            return word
        return best

    def _near_right(self, word: str, distance: int) -> bool:
        """Whether one slip leads from `word` to a right word, while the best target is further off."""
        return distance > 1 and any(form in self._right for form in _edits(word))

    def split(self, word: str) -> tuple[str, str] | None:
        """Two words written as one ("legcramps"), both known and one of them a target; else None."""
        if len(word) < 6 or word in self._right:
            return None
        best: tuple[int, tuple[str, str]] | None = None
        for cut in range(3, len(word) - 2):
            left, right = word[:cut], word[cut:]
            if left in self._rank and right in self._rank:
                weight = self._rank[left] + self._rank[right]
                if best is None or weight < best[0]:
                    best = weight, (left, right)
        return best[1] if best else None


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
