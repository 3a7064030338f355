"""How well alarms are known that nobody wrote down: rules and likeness, on sentences that were kept from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from responder.audit.folds import FOLDS, fold
from responder.catalog.model import Catalog, LanguagePack
from responder.engine import Engine
from responder.triage import Likeness
from responder.understanding import Understanding, messages


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


def unseen(engine: Engine, catalog: Catalog, language: str) -> Unseen:
    """The honest figure: each sentence of `alarms/<language>.yaml` asked of a likeness that was taught without it."""
    result = Unseen(language)
    understanding = engine.languages[language]
    told = list(messages(catalog, language))
    for part in range(FOLDS):
        pack, alarms, calm = _split(catalog.languages[language], part)
        taught = replace(
            understanding, likeness=Likeness(pack, told, understanding.reader.read, understanding.triage.live)
        )
        rules = replace(understanding, likeness=None)
        result.alarms += len(alarms)
        result.calm += len(calm)
        result.caught += _alarmed(taught, alarms)
        result.by_rules += _alarmed(rules, alarms)
        result.alarmed += _alarmed(taught, calm)
    return result


def _split(pack: LanguagePack, part: int) -> tuple[LanguagePack, list[str], list[str]]:
    """The pack without one fold of its alarms and calm messages, and that fold of each."""
    sentences, alarms = {}, []
    for rule, every in pack.alarms.sentences.items():
        sentences[rule], out = fold(every, rule, part)
        alarms += out
    kept, calm = fold(pack.alarms.calm, "calm", part)
    return replace(pack, alarms=replace(pack.alarms, sentences=sentences, calm=kept)), alarms, calm


def _alarmed(understanding: Understanding, messages: Sequence[str]) -> int:
    """How many of `messages` raise an alarm."""
    found = (understanding.red_flag(understanding.reader.read(message)) for message in messages)
    return sum(finding is not None and finding.alarm for finding in found)
