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
        self._by_first: dict[str, list[Keyword]] = {}
        for ideas, topic in keywords:
            if ideas:
                keyword = Keyword(tuple(idea.name for idea in ideas), topic)
                entries = self._by_first.setdefault(keyword.names[0], [])
                if keyword not in entries:
                    entries.append(keyword)

    def find(self, ideas: Sequence[Idea]) -> list[Keyword]:
        """Every keyword that stands in `ideas`, in the order of the message."""
        names = [idea.name for idea in ideas]
        return [
            keyword
            for place, name in enumerate(names)
            for keyword in self._by_first.get(name, ())
            if len(keyword.names) == 1 or tuple(names[place : place + len(keyword.names)]) == keyword.names
        ]

    def whole(self, ideas: Sequence[Idea]) -> list[str]:
        """The topics of which `ideas` are a keyword and nothing more."""
        names = tuple(idea.name for idea in ideas)
        entries = self._by_first.get(names[0], ()) if names else ()
        return list(dict.fromkeys(keyword.topic for keyword in entries if keyword.names == names))
