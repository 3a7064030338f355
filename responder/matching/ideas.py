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
        self._groups: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for group in lexicon.groups:
            for phrase in group.words:
                stems = self._content(plain.words(phrase))
                if stems:
                    self._groups.setdefault(stems[0], []).append((stems, f"#{group.id}", group.kind))
        for entries in self._groups.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, tokens: Sequence[Token]) -> list[Idea]:
        """The ideas in `tokens`, in order; noise words are left out, longer phrases win."""
        content = [token for token in tokens if token.stem not in self._noise]
        ideas, place = [], 0
        while place < len(content):
            token = content[place]
            length, name, kind = self._longest(content, place)
            stems = tuple(one.stem for one in content[place : place + length])
            ideas.append(Idea(name, kind, stems, token.sentence))
            place += length
        return ideas

    def is_noise(self, stem: str) -> bool:
        return stem in self._noise

    def _longest(self, content: Sequence[Token], place: int) -> tuple[int, str, str]:
        first = content[place].stem
        for stems, name, kind in self._groups.get(first, ()):
            if len(stems) == 1 or stems == tuple(one.stem for one in content[place : place + len(stems)]):
                return len(stems), name, kind
        return 1, first, ""

    def _content(self, words: Iterable[str]) -> tuple[str, ...]:
        stems = tuple(self._stem(word) for word in words)
        kept = tuple(stem for stem in stems if stem not in self._noise)
        return kept or stems
