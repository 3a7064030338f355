"""`flask responder test` holds the pack's conversations, and says in which turn one goes wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from responder.audit.known import FILE
from responder.cli.test import test as command

Run = Callable[..., Result]

SCRIPT = """
conversations:
  - about: A flat tire, and more of it
    turns:
      - says: flat tire
        gets: {{outcome: answer, topic: {topic}}}
      - says: more
        gets: {{topic: flat-tire, lacks: Tell me}}
  - about: Goodbye
    channel: voice
    turns:
      - says: Goodbye.
        gets: {{ends: true}}
"""
WRONG = "calls: A flat tire, and more of it: turn 1 ('flat tire'): wanted topic slipping-chain, got flat-tire"


def write(pack: Path, topic: str) -> None:
    (pack / "conversations").mkdir(exist_ok=True)
    (pack / "conversations" / "calls.yaml").write_text(SCRIPT.format(topic=topic), encoding="utf-8")


@pytest.mark.parametrize(("topic", "code", "end"), [("flat-tire", 0, "0 wrong."), ("slipping-chain", 1, "1 wrong.")])
def test_conversations_are_held(run: Run, pack: Path, topic: str, code: int, end: str) -> None:
    write(pack, topic)
    result = run(command, "--quick")
    assert result.exit_code == code
    assert (WRONG in result.output) == bool(code)
    assert result.output.strip().endswith(f"2 conversations, {end}")


def test_a_conversation_that_is_known_to_fail_is_no_news(run: Run, pack: Path) -> None:
    write(pack, "slipping-chain")
    (pack / FILE).write_text(WRONG, encoding="utf-8")
    assert run(command, "--quick").exit_code == 0
