"""The content's own tests: examples that must lead to their topic, red flags that must fire or stay quiet.

Examples teach and test. Each is asked as it stands; and, for an honest figure, each is asked of a matcher that was
trained without it and its fold.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from responder.audit.folds import FOLDS, fold
from responder.catalog.model import ALARMS, Catalog
from responder.engine import Engine
from responder.matching import Matcher
from responder.turn import Inquiry, Reply

_MOST_STOLEN = 12


@dataclass(slots=True)
class Report:
    """What the content's own sentences did."""

    failures: list[str] = field(default_factory=list)
    sentences: int = 0

    def add(self, failures: list[str], sentences: int) -> None:
        self.failures += failures
        self.sentences += sentences

    @property
    def passed(self) -> bool:
        return not self.failures

    def __str__(self) -> str:
        return "\n".join([*self.failures, f"{self.sentences} sentences, {len(self.failures)} failed."])


@dataclass(slots=True)
class Unseen:
    """How a matcher does on examples it was not taught, in one language."""

    language: str
    verdicts: Counter[str] = field(default_factory=Counter)
    stolen: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many examples of one topic another took: (owner, thief)."""

    def __str__(self) -> str:
        total = sum(self.verdicts.values()) or 1
        shares = ", ".join(f"{name} {100 * count / total:.1f} %" for name, count in self.verdicts.most_common())
        rows = [
            f"  {owner} loses {count} to {thief}" for (owner, thief), count in self.stolen.most_common(_MOST_STOLEN)
        ]
        return "\n".join([f"{self.language}, not seen in training ({FOLDS} folds): {shares}", *rows])


def run(engine: Engine, catalog: Catalog) -> Report:
    """Every title, keyword, example and red-flag sentence through the engine made of it."""
    report = Report()
    for language, message, wanted in _examples(catalog):
        reply, _ = engine.respond(Inquiry(message, language=language))
        report.sentences += 1
        if reply.topic != wanted and wanted not in reply.choices:
            report.failures.append(f"{language} {wanted}: {message!r} {_instead(reply)}")
    for language, rule, message, fires in _sentences(catalog):
        findings = engine.explain(Inquiry(message, language=language)).findings
        report.sentences += 1
        if fires != any(finding.flag == rule and not finding.excuse for finding in findings):
            verb = "stays quiet" if fires else "fires"
            report.failures.append(f"{language} red flag {rule}: {message!r} {verb}")
    return report


def unseen(engine: Engine, catalog: Catalog, language: str) -> Unseen:
    """The honest figure: every example asked of a matcher that was taught only the other folds."""
    result = Unseen(language)
    understanding = engine.languages[language]
    for part in range(FOLDS):
        taught, held = _split(catalog, language, part)
        matcher = Matcher(taught, catalog.languages[language], understanding.reader.read)
        for topic, message in held:
            match = matcher.match(understanding.reader.read(message))
            offered = [candidate.topic for candidate in match.candidates[:3]]
            if match.decision == "fallback":
                result.verdicts["silent"] += 1
            elif match.decision == "choice":
                result.verdicts["asked" if topic in offered else "wrong"] += 1
            else:
                result.verdicts["right" if offered[0] == topic else "wrong"] += 1
                if offered[0] != topic:
                    result.stolen[topic, offered[0]] += 1
    return result


def _split(catalog: Catalog, language: str, part: int) -> tuple[Catalog, list[tuple[str, str]]]:
    """The catalog without one fold of its examples, and that fold as pairs of topic and message."""
    topics, held = {}, []
    for topic in catalog.topics.values():
        text = topic.texts[language]
        rest, out = fold(text.examples, topic.id, part)
        held += [(topic.id, message) for message in out]
        topics[topic.id] = replace(topic, texts={**topic.texts, language: replace(text, examples=rest)})
    return replace(catalog, topics=topics), held


def _instead(reply: Reply) -> str:
    if reply.level in ALARMS:
        return f"raises the alarm {reply.flag}"
    return f"leads to {reply.topic or ', '.join(reply.choices) or reply.outcome}"


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
