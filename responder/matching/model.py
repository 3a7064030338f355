"""A linear model over features, trained from the content's own examples: no random start, no clock, no outside data.

Each class begins as the centroid of its examples (Rocchio 1971), in tf-idf weights; then a few passes
over the examples in a fixed order move the weights down the gradient of the softmax loss, touching only the
classes that are in the running for an example. That is close to a full logistic regression at a fraction of the work.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import exp, log, sqrt
from typing import Any

from responder.logistic import Feature

_SHARPNESS = 12.0
"""Length of every centroid: how far apart raw scores lie."""
_PASSES = 3
_STEP = 1.0
_FAR = 4.0
"""A class so far behind the best in raw score takes no part in a step."""
_MOST = 16
"""As many classes as one feature may speak for, so that time does not grow with the pack."""
_LEAST = 0.2
"""Weights below this are dropped after training."""

_USUAL = 14.0
"""Length of a usual message's vector, before it is scaled."""

Vector = list[tuple[Feature, float]]
_Row = tuple[Any, ...]
"""By turns the number of a class and a weight: a third of the memory that pairs take, and there are ninety thousand."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature: for each class that it speaks for, what it adds to the raw score."""

    classes: tuple[str, ...]
    idf: Mapping[Feature, float]
    weights: Mapping[Feature, _Row]

    def vector(self, features: Iterable[Feature]) -> Vector:
        """The message as tf-idf weights of the features the model knows.

        They are scaled by the square root of their length: a long story says more than a short one, but not in
        proportion.
        """
        return _vector(features, self.idf)

    def scores(self, vector: Vector) -> dict[int, float]:
        """A raw score for every class, by number, that a feature speaks for or against; all others have 0."""
        scores: dict[int, float] = {}
        weights, before = self.weights, scores.get
        for feature, value in vector:
            for number, weight in _pairs(weights.get(feature, ())):
                scores[number] = before(number, 0.0) + weight * value
        return scores

    def shares(self, vector: Vector, number: int) -> list[tuple[Feature, float]]:
        """What each feature adds to one class's raw score, strongest first."""
        shares = [
            (feature, weight * value)
            for feature, value in vector
            for owner, weight in _pairs(self.weights.get(feature, ()))
            if owner == number
        ]
        return sorted(shares, key=lambda share: -abs(share[1]))


def train(examples: Sequence[tuple[Sequence[Feature], str]]) -> Model:
    """A model of `examples`: features and the class they belong to. The same examples give the same model."""
    counts = Counter(feature for features, _ in examples for feature in set(features))
    total = len(examples) + 1
    idf = {feature: log(total / (count + 1)) + 1 for feature, count in counts.items()}
    classes = tuple(dict.fromkeys(name for _, name in examples))
    numbers = {name: number for number, name in enumerate(classes)}
    vectors = [(_vector(features, idf), numbers[name]) for features, name in examples]
    weights = _centroids(vectors)
    _refine(weights, vectors)
    return Model(classes, idf, {feature: kept for feature, row in weights.items() if (kept := _kept(row))})


def _vector(features: Iterable[Feature], idf: Mapping[Feature, float]) -> Vector:
    counts: dict[Feature, int] = {}
    for feature in features:
        if feature in idf:
            counts[feature] = counts.get(feature, 0) + 1
    vector = [(one, idf[one] if count == 1 else (1 + log(count)) * idf[one]) for one, count in counts.items()]
    length = sqrt(_USUAL * sqrt(sum(value * value for _, value in vector))) or 1.0
    return [(feature, value / length) for feature, value in vector]


def _centroids(vectors: Sequence[tuple[Vector, int]]) -> dict[Feature, dict[int, float]]:
    weights: dict[Feature, dict[int, float]] = defaultdict(dict)
    for vector, number in vectors:
        for feature, value in vector:
            row = weights[feature]
            row[number] = row.get(number, 0.0) + value
    squares: dict[int, float] = defaultdict(float)
    for row in weights.values():
        for number, weight in row.items():
            squares[number] += weight * weight
    for row in weights.values():
        for number in row:
            row[number] *= _SHARPNESS / sqrt(squares[number])
    return weights


def _refine(weights: dict[Feature, dict[int, float]], vectors: Sequence[tuple[Vector, int]]) -> None:
    order = list(range(len(vectors)))
    shuffle = random.Random(0).shuffle  # noqa: S311 - an order, no secret
    for turn in range(_PASSES):
        shuffle(order)
        step = _STEP / (1 + turn)
        for place in order:
            vector, number = vectors[place]
            moves = _moves(weights, vector, number, step)
            for feature, value in vector:
                row = weights[feature]
                for owner, move in moves:
                    row[owner] = row.get(owner, 0.0) + move * value


def _moves(
    weights: Mapping[Feature, Mapping[int, float]], vector: Vector, right: int, step: float
) -> list[tuple[int, float]]:
    """How far each class in the running must move to make the right one likelier."""
    scores: dict[int, float] = {right: 0.0}
    for feature, value in vector:
        for number, weight in weights[feature].items():
            scores[number] = scores.get(number, 0.0) + weight * value
    best = max(scores.values())
    likely = {n: exp(score - best) for n, score in scores.items() if score > best - _FAR or n == right}
    total = sum(likely.values())
    moves = [(n, step * ((n == right) - share / total)) for n, share in likely.items()]
    return [(n, move) for n, move in moves if abs(move) > 0.02 * step]


def _pairs(row: _Row) -> Iterator[tuple[int, float]]:
    turn = iter(row)
    return zip(turn, turn, strict=True)


def _kept(row: Mapping[int, float]) -> _Row:
    strongest = sorted(row.items(), key=lambda item: (-abs(item[1]), item[0]))[:_MOST]
    kept = ((number, round(weight, 4)) for number, weight in strongest if abs(weight) >= _LEAST)
    return tuple(chain.from_iterable(kept))
