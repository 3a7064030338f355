"""Words to ideas: the lexicon's groups and the pack's vocabulary over the tokens of a message."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from responder import text as plain
from responder.catalog.model import Lexicon
from responder.reading import Token


@dataclass(frozen=True, slots=True)
class Idea:
    """One telling word or phrase of a message."""

    name: str
    """`#calf` for a group of the lexicon, else the word's stem."""
    kind: str
    """The group's kind; empty for a plain word."""
    stems: tuple[str, ...]
    sentence: int


class Ideas:
    """Finds the ideas of one language."""

    def __init__(self, lexicon: Lexicon, stem: Callable[[str], str]) -> None:
        self._stem = stem
        self._noise = frozenset(map(stem, plain.words(" ".join(lexicon.noise))))
        self._groups: dict[tuple[str, ...], tuple[str, str]] = {}
        lengths: dict[str, set[int]] = {}
        for group in lexicon.groups:
            for phrase in group.words:
                stems = self._content(plain.words(phrase))
                if stems:
                    self._groups.setdefault(stems, (f"#{group.id}", group.kind))
                    lengths.setdefault(stems[0], set()).add(len(stems))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def find(self, tokens: Sequence[Token]) -> list[Idea]:
        """The ideas in `tokens`, in order; noise words are left out, longer phrases win."""
        content = [token for token in tokens if token.stem not in self._noise]
        stems = [token.stem for token in content]
        ideas, place = [], 0
        while place < len(stems):
            found, name, kind = self._longest(stems, place)
            ideas.append(Idea(name, kind, found, content[place].sentence))
            place += len(found)
        return ideas

    def _longest(self, stems: Sequence[str], place: int) -> tuple[tuple[str, ...], str, str]:
        first = stems[place]
        for length in self._lengths.get(first, ()):
            phrase = tuple(stems[place : place + length])
            group = self._groups.get(phrase)
            if group:
                return phrase, *group
        return (first,), first, ""

    def _content(self, words: Iterable[str]) -> tuple[str, ...]:
        stems = tuple(self._stem(word) for word in words)
        kept = tuple(stem for stem in stems if stem not in self._noise)
        return kept or stems
