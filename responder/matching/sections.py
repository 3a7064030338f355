"""Which side of a topic is asked for: causes, treatment, tests, or whether to worry."""

from collections.abc import Callable, Mapping, Sequence

from responder import text as plain
from responder.reading import Token


class Sections:
    """Finds the lexicon's section phrases; the longest decides, then the one said first."""

    def __init__(self, phrases: Mapping[str, tuple[str, ...]], stem: Callable[[str], str]) -> None:
        self._index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for section, ways in phrases.items():
            for way in ways:
                stems = tuple(stem(word) for word in plain.words(way))
                if stems:
                    self._index.setdefault(stems[0], []).append((stems, section))

    def find(self, tokens: Sequence[Token]) -> str | None:
        """The section asked for, or None for the topic as a whole."""
        best: tuple[int, int, str] | None = None
        stems = [token.stem for token in tokens]
        for place, first in enumerate(stems):
            for phrase, section in self._index.get(first, ()):
                if tuple(stems[place : place + len(phrase)]) == phrase:
                    found = (len(phrase), -place, section)
                    best = max(best, found) if best else found
        return best[2] if best else None
