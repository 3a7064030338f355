"""Which side of a topic is asked for: causes, treatment, tests, or whether to worry."""

from collections.abc import Callable, Mapping, Sequence

from responder import text as plain


class Sections:
    """Finds the lexicon's section phrases; the longest decides, then the one said first."""

    def __init__(self, phrases: Mapping[str, tuple[str, ...]], stem: Callable[[str], str]) -> None:
        self._sections: dict[tuple[str, ...], str] = {}
        lengths: dict[str, set[int]] = {}
        for section, ways in phrases.items():
            for way in ways:
                stems = tuple(stem(word) for word in plain.words(way))
                if stems:
                    self._sections.setdefault(stems, section)
                    lengths.setdefault(stems[0], set()).add(len(stems))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def find(self, stems: Sequence[str]) -> str | None:
        """The section that a message of these stems asks for, or None for the topic as a whole."""
        longest, found = 0, None
        for place, first in enumerate(stems):
            for length in self._lengths.get(first, ()):
                if length <= longest:
                    break
                section = self._sections.get(tuple(stems[place : place + length]))
                if section:
                    longest, found = length, section
                    break
        return found
