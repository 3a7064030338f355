"""`flask responder ask`: one question in the terminal, or many as JSON lines."""

import json
import sys
import time
from typing import Any

import click
from flask.cli import with_appcontext

from responder import segments
from responder.channels.messaging import body
from responder.cli import pack
from responder.cli.explain import explained
from responder.engine import Engine
from responder.turn import CHANNELS, Channel, Dialogue, Inquiry


@click.command()
@click.argument("words", nargs=-1)
@click.option("--jsonl", is_flag=True, help="Read one JSON object a line from standard input, write one a line.")
@click.option("--explain", is_flag=True, help="Show why: words, ideas, candidates, red flags.")
@click.option("--channel", type=click.Choice(CHANNELS), default="sms", show_default=True)
@click.option("--country", help="Two letters, such as US; decides which emergency number is told.")
@click.option("--language", help="Two letters, such as es; otherwise the words decide.")
@with_appcontext
def ask(words: tuple[str, ...], jsonl: bool, explain: bool, channel: Channel, country: str, language: str) -> None:
    """Ask the line something: flask responder ask "my eyelid twitches"."""
    engine = pack.engine()
    if jsonl:
        _bulk(engine)
        return
    text = " ".join(words)
    if not text:
        raise click.UsageError('Say what to ask, such as: flask responder ask "my eyelid twitches".')
    inquiry = Inquiry(text, channel=channel, country=country, language=language)
    if explain:
        click.echo(explained(engine.explain(inquiry)) + "\n")
    reply, _ = engine.respond(inquiry)
    click.echo(body(reply, channel))


def _bulk(engine: Engine) -> None:
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            inquiry = _inquiry(asked)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise click.ClickException(
                f"line {number}: {error}. Each line is an object with at least a text."
            ) from None
        click.echo(
            json.dumps(_answered(engine, inquiry, Dialogue.from_dict(asked.get("dialogue"))), ensure_ascii=False)
        )


def _inquiry(asked: dict[str, Any]) -> Inquiry:
    channel = asked.get("channel") or "sms"
    if not isinstance(asked["text"], str) or channel not in CHANNELS:
        raise ValueError(f"text must be a string and channel one of {', '.join(CHANNELS)}")
    return Inquiry(
        text=asked["text"],
        digits=asked.get("digits") or "",
        channel=channel,
        country=asked.get("country"),
        language=asked.get("language"),
    )


def _answered(engine: Engine, inquiry: Inquiry, dialogue: Dialogue) -> dict[str, Any]:
    started = time.perf_counter()
    reply, after = engine.respond(inquiry, dialogue)
    milliseconds = (time.perf_counter() - started) * 1000
    text = body(reply, inquiry.channel)
    cost = segments.cost(text)
    return {
        "outcome": reply.outcome,
        "level": reply.level,
        "topic": reply.topic,
        "section": reply.section,
        "choices": list(reply.choices),
        "language": reply.language,
        "flag": reply.flag,
        "score": round(reply.match.score, 4) if reply.match else None,
        "text": text,
        "segments": cost.segments,
        "encoding": cost.encoding,
        "dialogue": after.to_dict(),
        "ms": round(milliseconds, 3),
    }
