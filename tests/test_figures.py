"""How well messages are understood that the content does not hold: the bars, on labelled and on our own messages."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.figures import DATA, calm, emergencies, in_scope, off_topic, rows, shares
from responder.engine import Engine


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
    assert shares(engine, emergencies(found))["alarm"] >= 97
    assert shares(engine, rows(shared("eval/calm.jsonl")))["alarm"] <= 5


@pytest.mark.parametrize(("language", "caught", "alarmed"), [("", 93, 10), ("_es", 93, 9.5)])
def test_alarms_that_nobody_looked_at_while_writing_rules(
    language: str, caught: float, alarmed: float, engine: Engine
) -> None:
    """Even lines only; the figures are below what we want, and may only get better."""
    assert shares(engine, rows(DATA / f"alarms{language}.jsonl")[1::2])["alarm"] >= caught
    assert shares(engine, rows(DATA / f"calm{language}.jsonl")[1::2])["alarm"] <= alarmed


@pytest.mark.parametrize(("language", "caught", "alarmed"), [("", 91, 6), ("_es", 81, 9.5)])
def test_alarms_in_words_that_nobody_would_foresee(
    language: str, caught: float, alarmed: float, engine: Engine
) -> None:
    """Even lines only, as above."""
    found = rows(DATA / f"unforeseen{language}.jsonl")[1::2]
    assert shares(engine, emergencies(found))["alarm"] >= caught
    assert shares(engine, calm(found))["alarm"] <= alarmed
