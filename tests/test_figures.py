"""How well messages are understood that the content does not hold: the bars, on labelled and on our own messages."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from responder.catalog.model import ALARMS
from responder.engine import Engine
from responder.turn import Inquiry

DATA = Path(__file__).parent / "data"
OFF = "off-topic"

Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def verdict(engine: Engine, row: Row) -> str:
    """What became of a message for which certain topics are fair, or none, or an alarm is."""
    reply, _ = engine.respond(Inquiry(row["text"], country="US"))
    fair = row.get("accept", [OFF])
    if reply.level in ALARMS:
        return "alarm"
    if reply.outcome == "answer":
        return "right" if reply.topic in fair else "wrong"
    if reply.outcome == "choice":
        return "asked" if set(reply.choices) & set(fair) else "wrong"
    return "silent"


def shares(engine: Engine, chosen: list[Row]) -> dict[str, float]:
    """Per cent of each verdict."""
    counts = Counter(verdict(engine, row) for row in chosen)
    return {name: 100 * counts[name] / len(chosen) for name in ("right", "asked", "wrong", "silent", "alarm")}


def in_scope(found: list[Row]) -> list[Row]:
    return [row for row in found if OFF not in row["accept"] and (row["soft"] or row["level"] not in ALARMS)]


def off_topic(found: list[Row]) -> list[Row]:
    return [row for row in found if row["accept"] == [OFF] and row["level"] not in ALARMS]


@pytest.mark.parametrize(("name", "right"), [("topics.jsonl", 85), ("english.jsonl", 85), ("spanish.jsonl", 80)])
def test_people_get_what_they_asked_for(name: str, right: float, engine: Engine, shared: Callable[[str], Path]) -> None:
    found = rows(DATA / name if (DATA / name).exists() else shared(f"eval/{name}"))
    told = shares(engine, in_scope(found))
    assert told["right"] >= right
    assert told["right"] + told["asked"] >= 92
    assert told["wrong"] <= 5


def test_little_is_told_to_those_who_ask_about_something_else(engine: Engine, shared: Callable[[str], Path]) -> None:
    found = [*rows(shared("eval/offtopic.jsonl")), *off_topic(rows(shared("eval/topics.jsonl")))]
    told = shares(engine, found)
    assert told["right"] + told["asked"] + told["wrong"] <= 2
    assert told["alarm"] <= 1


def test_no_labelled_emergency_is_missed_and_few_calm_ones_alarm(engine: Engine, shared: Callable[[str], Path]) -> None:
    found = [*rows(shared("eval/alarms.jsonl")), *rows(shared("eval/topics.jsonl"))]
    emergencies = [row for row in found if row["level"] in ALARMS and not row["soft"]]
    assert shares(engine, emergencies)["alarm"] >= 97
    assert shares(engine, rows(shared("eval/calm.jsonl")))["alarm"] <= 5


@pytest.mark.parametrize(("language", "caught", "alarmed"), [("", 90, 10), ("_es", 80, 12)])
def test_alarms_that_nobody_looked_at_while_writing_rules(
    language: str, caught: float, alarmed: float, engine: Engine
) -> None:
    """Even lines only; the figures are below what we want, and may only get better."""
    assert shares(engine, rows(DATA / f"alarms{language}.jsonl")[1::2])["alarm"] >= caught
    assert shares(engine, rows(DATA / f"calm{language}.jsonl")[1::2])["alarm"] <= alarmed
