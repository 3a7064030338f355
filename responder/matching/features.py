"""Ideas to features: what the two models count."""

from collections.abc import Iterator, Sequence

from responder.matching.ideas import Idea
from responder.matching.keywords import Keyword

NEAR = 4
"""Two ideas of the lexicon within so many telling words of each other also count as a pair."""

Feature = str | tuple[str, ...]


def topical(ideas: Sequence[Idea]) -> Iterator[Feature]:
    """What tells one topic from another: words, ideas (#calf) and pairs of ideas, as often as they stand there."""
    for idea in ideas:
        yield from idea.stems
        if idea.kind:
            yield idea.name
    for first, second in _pairs(ideas):
        yield _ordered(first.name, second.name)


def general(ideas: Sequence[Idea], keywords: Sequence[Keyword]) -> set[Feature]:
    """What tells a message for this line from any other: words, ideas, their kinds, pairs of both, whole keywords."""
    found: set[Feature] = set()
    for idea in ideas:
        found.add(idea.name)
        if idea.kind:
            found.add(idea.kind)
    for first, second in _pairs(ideas):
        found.add(_ordered(first.name, second.name))
        found.add(_ordered(first.kind, second.kind))
    for keyword in keywords:
        found.update(("=", f"={len(keyword.names)}", f"={keyword.topic}", keyword.names))
    return found


def _pairs(ideas: Sequence[Idea]) -> Iterator[tuple[Idea, Idea]]:
    for place, first in enumerate(ideas):
        if first.kind:
            for second in ideas[place + 1 : place + 1 + NEAR]:
                if second.kind and second.name != first.name:
                    yield first, second


def _ordered(first: str, second: str) -> tuple[str, str]:
    return (first, second) if first < second else (second, first)
