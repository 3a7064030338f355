"""The content's own tests: examples that must lead to their topic, red flags that must fire or stay quiet."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from responder.catalog.model import Catalog
from responder.engine import Engine
from responder.turn import Inquiry, Reply

ALARMS = ("emergency", "crisis")
FOLDS = 5


@dataclass(slots=True)
class Report:
    """What the content's own sentences did."""

    failures: list[str] = field(default_factory=list)
    stolen: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many examples of one topic another topic takes: (owner, thief)."""
    sentences: int = 0

    @property
    def passed(self) -> bool:
        return not self.failures

    def __str__(self) -> str:
        lines = list(self.failures)
        lines.append(f"{self.sentences} sentences, {len(self.failures)} failed.")
        return "\n".join(lines)


def run(engine: Engine) -> Report:
    """Every example and every red-flag sentence through the engine."""
    report = Report()
    for language, message, wanted in _examples(engine.catalog):
        report.sentences += 1
        reply, _ = engine.respond(Inquiry(message, language=language))
        _judge(report, language, message, wanted, reply)
    for language, rule, message, fires in _sentences(engine.catalog):
        report.sentences += 1
        found = [
            finding.flag
            for finding in engine.explain(Inquiry(message, language=language)).findings
            if not finding.excuse
        ]
        if fires != (rule in found):
            report.failures.append(f"{language} red flag {rule}: {message!r} {'stays quiet' if fires else 'fires'}")
    return report


def _judge(report: Report, language: str, message: str, wanted: str, reply: Reply) -> None:
    if reply.topic == wanted or wanted in reply.choices:
        return
    if reply.level in ALARMS:
        report.failures.append(f"{language} {wanted}: {message!r} raises the alarm {reply.flag}")
        return
    got = reply.topic or ", ".join(reply.choices) or reply.outcome
    if reply.topic:
        report.stolen[wanted, reply.topic] += 1
    report.failures.append(f"{language} {wanted}: {message!r} leads to {got}")


def _examples(catalog: Catalog) -> Iterator[tuple[str, str, str]]:
    for topic in catalog.topics.values():
        for language in catalog.languages:
            text = topic.texts[language]
            for message in (text.title, *text.keywords, *text.examples):
                yield language, message, topic.id


def _sentences(catalog: Catalog) -> Iterator[tuple[str, str, str, bool]]:
    for language, pack in catalog.languages.items():
        for rule in pack.red_flags.rules:
            for message in rule.fires:
                yield language, rule.id, message, True
            for message in rule.quiet:
                yield language, rule.id, message, False


__all__: Sequence[str] = ["ALARMS", "FOLDS", "Report", "run"]
