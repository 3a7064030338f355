"""Sentences in folds, so that what learns from them can be asked about some that it was not taught."""

import random
from collections.abc import Sequence

FOLDS = 5


def fold(messages: Sequence[str], seed: str, part: int) -> tuple[tuple[str, ...], list[str]]:
    """All of `messages` but one fold, in their order, and that fold; `part` counts from 0, `seed` mixes them."""
    order = list(messages)
    random.Random(seed).shuffle(order)  # noqa: S311 - an order, no secret
    held = order[part::FOLDS]
    out = set(held)
    return tuple(message for message in messages if message not in out), held
