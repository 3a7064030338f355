"""How well alarms are known that nobody wrote down: rules and likeness, on sentences that were kept from it."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace

from responder.catalog.model import ALARMS, LanguagePack
from responder.engine import Engine
from responder.triage import Likeness
from responder.understanding import Understanding, messages

FOLDS = 5


@dataclass(slots=True)
class Unseen:
    """Counts of sentences, in one language."""

    language: str
    alarms: int = 0
    caught: int = 0
    by_rules: int = 0
    calm: int = 0
    alarmed: int = 0

    def __str__(self) -> str:
        caught, rules = (100 * part / max(1, self.alarms) for part in (self.caught, self.by_rules))
        alarmed = 100 * self.alarmed / max(1, self.calm)
        return (
            f"{self.language}, alarms not seen in training ({FOLDS} folds): {caught:.1f} % of {self.alarms} caught "
            f"({rules:.1f} % by rules), {alarmed:.1f} % of {self.calm} calm messages alarmed"
        )


def unseen(engine: Engine, language: str) -> Unseen:
    """The honest figure: each sentence of `alarms/<language>.yaml` asked of a likeness that was taught without it."""
    result = Unseen(language)
    understanding = engine.languages[language]
    told = list(messages(engine.catalog, language))
    for part in range(FOLDS):
        pack, alarms, calm = _split(understanding.pack, part)
        taught = replace(understanding, likeness=Likeness(pack, told, understanding.reader.read))
        result.alarms += len(alarms)
        result.calm += len(calm)
        result.caught += sum(_alarmed(taught, message) for message in alarms)
        result.alarmed += sum(_alarmed(taught, message) for message in calm)
        result.by_rules += sum(_fires(taught, message) for message in alarms)
    return result


def _split(pack: LanguagePack, part: int) -> tuple[LanguagePack, list[str], list[str]]:
    """The pack without one fold of its alarms and calm messages, and that fold."""
    held: list[str] = []

    def kept(messages: Iterable[str], seed: str) -> tuple[str, ...]:
        order = sorted(messages)
        random.Random(seed).shuffle(order)  # noqa: S311 - an order, no secret
        held.extend(order[part::FOLDS])
        return tuple(message for place, message in enumerate(order) if place % FOLDS != part)

    sentences = {rule: kept(messages, rule) for rule, messages in pack.alarms.sentences.items()}
    alarms, held = held, []
    calm = kept(pack.alarms.calm, "calm")
    return replace(pack, alarms=replace(pack.alarms, sentences=sentences, calm=calm)), alarms, held


def _alarmed(understanding: Understanding, message: str) -> bool:
    finding = understanding.red_flag(understanding.reader.read(message))
    return finding is not None and not finding.excuse and finding.level in ALARMS


def _fires(understanding: Understanding, message: str) -> bool:
    finding = understanding.triage.check(understanding.reader.read(message))
    return finding is not None and not finding.excuse and finding.level in ALARMS
