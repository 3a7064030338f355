"""All rules over one folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from responder import text as plain
from responder.audit import characters, completeness, dates, doctor, hearing, keywords, lengths, phrases, reach, reading
from responder.audit.pack import Pack, Rule
from responder.catalog import Catalog, inspect
from responder.catalog.load import File
from responder.engine import Engine
from responder.errors import Problem
from responder.triage import Triage

RULES: tuple[Rule, ...] = (
    characters.rule,
    completeness.rule,
    dates.rule,
    doctor.rule,
    hearing.rule,
    keywords.rule,
    lengths.rule,
    phrases.rule,
    reach.rule,
    reading.rule,
)


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a pack."""

    problems: tuple[Problem, ...]
    """By file and line."""
    topics: int
    drafts: int
    """Topics that no clinician has signed."""

    def of(self, severity: str) -> list[Problem]:
        """The problems that are an `error` or a `warning`."""
        return [problem for problem in self.problems if problem.severity == severity]


def audit(folder: Path, today: date) -> Report:
    """Everything that is wrong or doubtful in the pack in `folder`. Never raises for what its files hold.

    The rules run only on a pack that its schemas accept; until then their problems are all that is told.
    """
    catalog, files, problems = inspect(folder)
    if catalog is None:
        return Report(_ordered(problems), topics=sum(file.kind == "topic" for file in files), drafts=0)
    broken = list(_patterns(catalog, files))
    if not broken:
        pack = Pack(catalog, Engine(catalog), {file.name: file for file in files}, today)
        broken = _without_skeletons([problem for rule in RULES for problem in rule(pack)])
    drafts = sum(topic.review.status == "draft" for topic in catalog.topics.values())
    return Report(_ordered(broken), topics=len(catalog.topics), drafts=drafts)


def _without_skeletons(problems: list[Problem]) -> list[Problem]:
    """Of a file that still holds skeleton words, only that is told: the rest is no one's text yet."""
    unwritten = {problem.path for problem in problems if problem.code == "unwritten"}
    return [problem for problem in problems if problem.code == "unwritten" or problem.path not in unwritten]


def _patterns(catalog: Catalog, files: list[File]) -> Iterator[Problem]:
    """Red-flag patterns that cannot be compiled: without them there is no engine to ask."""
    by_name = {file.name: file for file in files}
    for code, pack in catalog.languages.items():
        try:
            Triage(pack.red_flags, plain.stemmer(code).stem)
        except ValueError as error:
            fix = "See how patterns are written in docs/content-guide.md."
            yield by_name[f"red_flags/{code}.yaml"].problem(("rules",), "red-flag-pattern", str(error), fix)


def _ordered(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.path, problem.line, problem.field, problem.code)))
