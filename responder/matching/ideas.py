"""Words to ideas: the lexicon's groups and the pack's vocabulary over the words of a message."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from responder import text as plain
from responder.catalog.model import Lexicon


class Idea(NamedTuple):
    """One telling word or phrase of a message."""

    name: str
    """`#calf` for a group of the lexicon, else the word's stem."""
    kind: str
    """The group's kind; empty for a plain word."""
    stems: tuple[str, ...]


class Ideas:
    """Finds the ideas of one language."""

    def __init__(self, lexicon: Lexicon, stem: Callable[[str], str]) -> None:
        self._stem = stem
        self._noise = frozenset(map(stem, plain.words(" ".join(lexicon.noise))))
        self._groups: dict[tuple[str, ...], Idea] = {}
        lengths: dict[str, set[int]] = {}
        for group in lexicon.groups:
            for phrase in group.words:
                stems = self._content(plain.words(phrase))
                if stems:
                    self._groups.setdefault(stems, Idea(f"#{group.id}", group.kind, stems))
                    lengths.setdefault(stems[0], set()).add(len(stems))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def find(self, stems: Sequence[str]) -> list[Idea]:
        """The ideas in a message of these stems, in order; noise words are left out, longer phrases win."""
        telling = [stem for stem in stems if stem not in self._noise]
        ideas, place = [], 0
        while place < len(telling):
            first = telling[place]
            idea = (first in self._lengths and self._longest(telling, place)) or Idea(first, "", (first,))
            ideas.append(idea)
            place += len(idea.stems)
        return ideas

    def _longest(self, stems: Sequence[str], place: int) -> Idea | None:
        for length in self._lengths[stems[place]]:
            idea = self._groups.get(tuple(stems[place : place + length]))
            if idea:
                return idea
        return None

    def _content(self, words: Iterable[str]) -> tuple[str, ...]:
        stems = tuple(self._stem(word) for word in words)
        kept = tuple(stem for stem in stems if stem not in self._noise)
        return kept or stems
