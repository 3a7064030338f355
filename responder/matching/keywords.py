"""Whose keywords stand in a message."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from responder.matching.ideas import Idea


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword of a topic, as the names of its ideas."""

    names: tuple[str, ...]
    topic: str


class Keywords:
    """The keywords of every topic as ideas, so that one keyword covers all words of its groups."""

    def __init__(self, keywords: Iterable[tuple[Sequence[Idea], str]]) -> None:
        self._known: dict[tuple[str, ...], list[Keyword]] = {}
        lengths: dict[str, set[int]] = {}
        for ideas, topic in keywords:
            if ideas:
                keyword = Keyword(tuple(idea.name for idea in ideas), topic)
                entries = self._known.setdefault(keyword.names, [])
                if keyword not in entries:
                    entries.append(keyword)
                    lengths.setdefault(keyword.names[0], set()).add(len(keyword.names))
        self._lengths = {first: tuple(sorted(found)) for first, found in lengths.items()}

    def find(self, names: Sequence[str]) -> list[Keyword]:
        """Every keyword that stands in a message of ideas called so, in the order of the message."""
        return [
            keyword
            for place, name in enumerate(names)
            for length in self._lengths.get(name, ())
            for keyword in self._known.get(tuple(names[place : place + length]), ())
        ]

    def whole(self, names: tuple[str, ...]) -> list[str]:
        """The topics of which a message of ideas called so is a keyword and nothing more."""
        return [keyword.topic for keyword in self._known.get(names, ())]
