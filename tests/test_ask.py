"""`flask responder ask`: one question, and many as JSON lines in the form others rely on."""

import json

import pytest
from flask import Flask

FIELDS = {
    "outcome", "level", "topic", "section", "choices", "language", "flag", "score", "text", "segments", "encoding",
    "dialogue", "ms",
}  # fmt: skip


def run(app: Flask, *args: str, **more: object):
    return app.test_cli_runner().invoke(args=["responder", "ask", *args], **more)


def bulk(app: Flask, *asked: dict[str, object]) -> list[dict[str, object]]:
    result = run(app, "--jsonl", input="\n".join(map(json.dumps, asked)))
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_one_question(open_app: Flask) -> None:
    result = run(open_app, "my", "eyelid", "twitches")
    assert result.exit_code == 0
    assert "eyelid" in result.output


def test_why(open_app: Flask) -> None:
    output = run(open_app, "--explain", "no fever but my calf cramps at nite").output
    for part in ("language   en", "nite>night", "night-leg-cramp", "decision   answer"):
        assert part in output


def test_asking_nothing_says_how(open_app: Flask) -> None:
    result = run(open_app)
    assert result.exit_code == 2
    assert 'flask responder ask "my eyelid twitches"' in result.output


def test_bulk_answers_in_order_with_every_field(open_app: Flask) -> None:
    answers = bulk(open_app, {"text": "sciatica"}, {"text": "qwertz"}, {"text": "i cant breathe", "country": "GB"})
    assert [answer["outcome"] for answer in answers] == ["answer", "fallback", "emergency"]
    assert all(set(answer) == FIELDS for answer in answers)
    assert answers[0]["topic"] == "sciatica"
    assert answers[0]["encoding"] == "GSM-7"
    assert answers[2]["flag"] == "breathing"
    assert "999" in str(answers[2]["text"])


def test_bulk_goes_on_with_a_dialogue_given_back(open_app: Flask) -> None:
    (first,) = bulk(open_app, {"text": "cramps", "channel": "voice"})
    (second,) = bulk(open_app, {"text": "", "digits": "1", "channel": "voice", "dialogue": first["dialogue"]})
    assert second["topic"] == "leg-cramp"


def test_nulls_are_defaults(open_app: Flask) -> None:
    asked = {"text": "leg cramp", "channel": "sms", "country": None, "language": None, "digits": "", "dialogue": None}
    assert bulk(open_app, asked)[0]["topic"] == "leg-cramp"


@pytest.mark.parametrize("line", ["{}", "nonsense", "[]", '{"text": 1}', '{"text": "a", "channel": "fax"}'])
def test_a_bad_line_is_named(open_app: Flask, line: str) -> None:
    result = run(open_app, "--jsonl", input='{"text": "ok"}\n' + line)
    assert result.exit_code == 1
    assert "line 2" in result.output


@pytest.mark.parametrize("name", ["topics", "offtopic", "alarms", "calm"])
def test_bulk_runs_through_all_labelled_messages(open_app: Flask, shared, name: str) -> None:
    lines = shared(f"eval/{name}.jsonl").read_text(encoding="utf-8")
    result = run(open_app, "--jsonl", input=lines)
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == len(lines.splitlines())
