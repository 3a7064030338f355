"""A logistic regression over features that are there or not: yes or no, and how sure. Trained from content alone."""

import random
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import exp, sqrt

Feature = str | tuple[str, ...]

_PASSES, _VISITS = 4, 30_000
"""Many examples are gone over so many times; few until so many were visited, or it learns too little."""
_STEP = 0.3
_SCALE = 3.0
"""Sharpness of one feature beside the others of its message."""
_AT_LEAST = 10
"""So few features prove little: one word alone does not decide as if it were a whole message."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights of what speaks for (positive) and against (negative) a yes."""

    bias: float
    weights: dict[Feature, float]

    def chance(self, features: Collection[Feature]) -> float:
        """How likely a yes is for a message with these features, 0 to 1."""
        return _squashed(_raw(self.weights, features, self.bias))


def train(examples: Sequence[tuple[Collection[Feature], bool]]) -> Logistic:
    """Learns from features and their yes or no; both sides weigh the same, whatever their number.

    Stochastic gradient steps on the log loss in a fixed order, each weight with its own step size
    (AdaGrad: Duchi, Hazan and Singer 2011). The same examples give the same weights.
    """
    known = Counter(feature for features, _ in examples for feature in features)
    weights = dict.fromkeys(known, 0.0)
    squares = dict.fromkeys(known, 1e-6)
    ours = sum(wanted for _, wanted in examples)
    balance = ours / max(1, len(examples) - ours)
    bias, order = 0.0, list(range(len(examples)))
    shuffle = random.Random(0).shuffle  # noqa: S311 - an order, no secret
    for _ in range(max(_PASSES, _VISITS // max(1, len(examples)))):
        shuffle(order)
        for place in order:
            features, wanted = examples[place]
            error = wanted - _squashed(_raw(weights, features, bias))
            error *= 1.0 if wanted else balance
            bias += 0.1 * _STEP * error
            slope = error * _SCALE / _length(features)
            for feature in features:
                squares[feature] += slope * slope
                weights[feature] += _STEP * slope / sqrt(squares[feature])
    return Logistic(bias, {feature: kept for feature, weight in weights.items() if (kept := round(weight, 2))})


def _raw(weights: dict[Feature, float], features: Collection[Feature], bias: float) -> float:
    total = sum([weights.get(feature, 0.0) for feature in features])
    return bias + _SCALE * total / _length(features)


def _length(features: Collection[Feature]) -> float:
    return sqrt(len(features) + _AT_LEAST)


def _squashed(raw: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, raw))))
