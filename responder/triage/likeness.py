"""Alarms that no rule finds: how like the content's own alarms a message is.

Rules know what must be said together; people find other words for it. A logistic regression over words, neighbours
and the rules' own word sets learns from the sentences that the content calls alarms, against all that it calls calm.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log

from responder import logistic
from responder.catalog.model import ALARMS, LanguagePack, RedFlags
from responder.logistic import Feature
from responder.reading import Token
from responder.triage.check import Finding

SURE = 0.94
"""A message likelier than this to be an alarm raises one; docs/understanding.md tells what other values do."""
UNSURE = 0.8
"""From here on its answer ends with whom to call if it is happening now."""
_AT_LEAST = 4
"""What is met less often while learning teaches nothing that holds for other messages."""
_SHOWN = 3
_PARTS = frozenset({"filler", "walls", "subjects", "affirms", "history", "present", "returns"})
"""Word sets that say how a sentence is built, not what it is about."""
_WORD = re.compile(r"=?(\w+)")

Read = Callable[[str], Sequence[Token]]
Live = Callable[[Sequence[Token]], Sequence[Token]]


class Likeness:
    """Knows the alarms of one language by their likes. Holds no state between messages."""

    def __init__(self, pack: LanguagePack, calm: Iterable[str], read: Read, live: Live) -> None:
        """Learns the pack's alarms, against what it says is calm or off topic and `calm`, its topics' messages.

        `live` gives those words of a message that tell of now.
        """
        book = pack.red_flags
        self._live = live
        self._reason = pack.alarms.reason
        self._rules = {rule.id: rule for rule in book.rules if rule.level in ALARMS}
        self._sets = _sets(book, read)
        alarms = [(self._features(read(text)), rule) for rule, text in _alarms(pack)]
        close = [self._features(read(text)) for text in _close(pack)]
        far = [self._features(read(text)) for text in (*calm, *pack.off_topic)]
        # What was written to be told apart teaches more than what is far from any alarm.
        told = [(one, True) for one, _ in alarms] * 2 + [(one, False) for one in [*close, *close, *far]]
        counts = Counter(feature for features, _ in told for feature in features)
        self._model = logistic.train([([one for one in has if counts[one] >= _AT_LEAST], is_) for has, is_ in told])
        self._nearest = _NaiveBayes(alarms)

    def find(self, tokens: Sequence[Token]) -> Finding | None:
        """The rule whose alarms a message is like, if any; excused as unsure where it is only somewhat like them.

        Without what it denies, asks in general or tells of long ago it must still be like them, unless it is a crisis.
        """
        features = self._features(tokens)
        chance = self._model.chance(features)
        if chance < UNSURE:
            return None
        rule = self._rules[self._nearest.best(features)]
        if not rule.certain:
            chance = min(chance, self._model.chance(self._features(self._live(tokens))))
        return Finding(rule.id, rule.level, self._reason, None if chance >= SURE else "unsure", self._telling(tokens))

    def _telling(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        """The words that speak most for an alarm, in the order of the message."""
        weights = {token.stem: -self._model.weights.get(token.stem, 0.0) for token in tokens}
        most = sorted(weights, key=weights.__getitem__)[:_SHOWN]
        return tuple(dict.fromkeys(token.said for token in tokens if token.stem in most))

    def _features(self, tokens: Sequence[Token]) -> list[Feature]:
        stems = [token.stem for token in tokens]
        sets = [name for stem in stems for name in self._sets.get(stem, ())]
        return list(dict.fromkeys((*stems, *pairwise(stems), *sets)))


class _NaiveBayes:
    """Whose sentences a message is nearest to (multinomial, with additive smoothing)."""

    _UNSEEN = 0.5

    def __init__(self, examples: Sequence[tuple[Sequence[Feature], str]]) -> None:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for features, name in examples:
            counts[name].update(one for one in features if isinstance(one, str))
        self._known = frozenset(feature for found in counts.values() for feature in found)
        every = len(self._known)
        self._rest = {name: -log(found.total() + self._UNSEEN * every) for name, found in counts.items()}
        """What each feature adds by itself, by class."""
        self._more = {
            name: {feature: log(1 + count / self._UNSEEN) for feature, count in found.items()}
            for name, found in counts.items()
        }

    def best(self, features: Sequence[Feature]) -> str:
        known = [one for one in features if one in self._known]
        scores = {
            name: len(known) * self._rest[name] + sum([more[one] for one in known if one in more])
            for name, more in self._more.items()
        }
        return max(scores, key=scores.__getitem__)


def _alarms(pack: LanguagePack) -> Iterator[tuple[str, str]]:
    for rule in pack.red_flags.rules:
        if rule.level in ALARMS:
            for text in (*rule.fires, *pack.alarms.sentences.get(rule.id, ())):
                yield rule.id, text


def _close(pack: LanguagePack) -> Iterator[str]:
    """Messages that hold words of alarms and are none."""
    yield from pack.alarms.calm
    for rule in pack.red_flags.rules:
        yield from rule.quiet
        if rule.level not in ALARMS:
            yield from rule.fires


def _sets(book: RedFlags, read: Read) -> Mapping[str, tuple[str, ...]]:
    """By stem: the word sets that hold the word by itself."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, entries in book.words.items():
        words = [] if name in _PARTS else [match[1] for entry in entries if (match := _WORD.fullmatch(entry))]
        for stem in dict.fromkeys(token.stem for word in words for token in read(word)):
            found[stem].append(f"{{{name}}}")
    return {stem: tuple(names) for stem, names in found.items()}
