"""Words to ideas: the lexicon's groups and the pack's vocabulary over the words of a message."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from responder import text as plain
from responder.catalog.model import Lexicon
from responder.phrasebook import Phrasebook


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
        groups: dict[tuple[str, ...], Idea] = {}
        for group in lexicon.groups:
            for phrase in group.words:
                stems = self._content(plain.words(phrase))
                groups.setdefault(stems, Idea(f"#{group.id}", group.kind, stems))
        self._groups = Phrasebook(groups)

    def find(self, stems: Sequence[str]) -> list[Idea]:
        """The ideas in a message of these stems, in order; noise words are left out, longer phrases win."""
        telling = [stem for stem in stems if stem not in self._noise]
        ideas, place = [], 0
        while place < len(telling):
            first = telling[place]
            found = next(self._groups.at(telling, place), None) if self._groups.begins(first) else None
            idea = found[1] if found else Idea(first, "", (first,))
            ideas.append(idea)
            place += len(idea.stems)
        return ideas

    def _content(self, words: Iterable[str]) -> tuple[str, ...]:
        stems = tuple(self._stem(word) for word in words)
        kept = tuple(stem for stem in stems if stem not in self._noise)
        return kept or stems
