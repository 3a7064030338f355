"""Which side of a topic is asked for: causes, treatment, tests, or whether to worry."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter

from responder import text as plain
from responder.phrasebook import Phrasebook


class Sections:
    """Finds the lexicon's section phrases; the longest decides, then the one said first."""

    def __init__(self, phrases: Mapping[str, tuple[str, ...]], stem: Callable[[str], str]) -> None:
        sections: dict[tuple[str, ...], str] = {}
        for section, ways in phrases.items():
            for way in ways:
                sections.setdefault(tuple(stem(word) for word in plain.words(way)), section)
        self._sections = Phrasebook(sections)

    def find(self, stems: Sequence[str]) -> str | None:
        """The section that a message of these stems asks for, or None for the topic as a whole."""
        places = (place for place, stem in enumerate(stems) if self._sections.begins(stem))
        found = (phrase for place in places for phrase in self._sections.at(stems, place))
        return max(found, key=itemgetter(0), default=(0, None))[1]
