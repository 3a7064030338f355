"""Ideas to features: what the two models count."""

from collections.abc import Sequence

from responder.logistic import Feature
from responder.matching.ideas import Idea
from responder.matching.keywords import Keyword

NEAR = 4
"""Two ideas of the lexicon within so many telling words of each other also count as a pair."""

Pairs = Sequence[tuple[Idea, Idea]]


def pairs(ideas: Sequence[Idea]) -> Pairs:
    """Every two different ideas of the lexicon that stand near each other."""
    return [
        (first, second)
        for place, first in enumerate(ideas)
        if first.kind
        for second in ideas[place + 1 : place + 1 + NEAR]
        if second.kind and second.name != first.name
    ]


def topical(ideas: Sequence[Idea], near: Pairs) -> list[Feature]:
    """What tells one topic from another: words, ideas (#calf) and pairs of ideas, as often as they stand there."""
    found: list[Feature] = []
    for idea in ideas:
        found += idea.stems
        if idea.kind:
            found.append(idea.name)
    found += [_ordered(first.name, second.name) for first, second in near]
    return found


def general(ideas: Sequence[Idea], near: Pairs, keywords: Sequence[Keyword]) -> set[Feature]:
    """What tells a message for this line from any other: words, ideas, their kinds, pairs of both, whole keywords."""
    found: set[Feature] = {idea.name for idea in ideas}
    found.update(idea.kind for idea in ideas if idea.kind)
    for first, second in near:
        found.add(_ordered(first.name, second.name))
        found.add(_ordered(first.kind, second.kind))
    for keyword in keywords:
        found.update(("=", f"={len(keyword.names)}", f"={keyword.topic}", keyword.names))
    return found


def _ordered(first: str, second: str) -> tuple[str, str]:
    return (first, second) if first < second else (second, first)
