"""Whose keywords stand in a message."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from responder.matching.ideas import Idea
from responder.phrasebook import Phrasebook


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword of a topic, as the names of its ideas."""

    names: tuple[str, ...]
    topic: str


class Keywords:
    """The keywords of every topic as ideas, so that one keyword covers all words of its groups."""

    def __init__(self, keywords: Iterable[tuple[Sequence[Idea], str]]) -> None:
        known: dict[tuple[str, ...], list[Keyword]] = {}
        for ideas, topic in keywords:
            if ideas:
                keyword = Keyword(tuple(idea.name for idea in ideas), topic)
                entries = known.setdefault(keyword.names, [])
                if keyword not in entries:
                    entries.append(keyword)
        self._known = Phrasebook(known)

    def find(self, names: Sequence[str]) -> list[Keyword]:
        """Every keyword that stands in a message of ideas called so, in the order of the message."""
        return [
            keyword
            for place, name in enumerate(names)
            if self._known.begins(name)
            for _, keywords in self._known.at(names, place)
            for keyword in keywords
        ]

    def whole(self, names: tuple[str, ...]) -> list[str]:
        """The topics of which a message of ideas called so is a keyword and nothing more."""
        return [keyword.topic for keyword in self._known.whole(names) or ()]
