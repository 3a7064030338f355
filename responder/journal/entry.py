"""One turn as it is stored: which columns it fills, and whether its words may stay."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from responder.journal.redact import redact
from responder.turn import Dialogue, Inquiry, Match, Reply

Entry = dict[str, dict[str, Any]]
"""What is stored together: table -> row. A line of the spool is one entry."""

_KEPT_CANDIDATES = 4
_UNCLEAR = ("fallback", "choice")
"""Outcomes whose words an editor can learn from; all other words are dropped at once."""
_encode = json.JSONEncoder(separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Given:
    """The reply as it left, so that the same message sent again gets the very same."""

    document: str
    """The TwiML."""
    dialogue: Dialogue = field(default_factory=Dialogue)


@dataclass(frozen=True, slots=True)
class Turn:
    """All there is to know of one turn when its reply is ready. Only `entry` decides what of it is kept."""

    message_id: str
    """Unique to the turn: MessageSid, or CallSid and the turn's number; empty where there is none."""
    sender: str
    """The address as Twilio gave it; only its keyed hash is kept. Empty where the row must not point to anyone."""
    inquiry: Inquiry
    reply: Reply
    given: Given
    version: str
    """Of the content."""
    segments: int | None = None
    milliseconds: float | None = None


def entry(turn: Turn, *, sender: str | None, at: int, keep_text: bool) -> Entry:
    """The rows of `turn`: `sender` is its hash, `at` the time in milliseconds."""
    reply, inquiry = turn.reply, turn.inquiry
    message_id = _clean(turn.message_id)[:80] or uuid.uuid4().hex
    row = {
        "message_id": message_id,
        "at": at,
        "channel": inquiry.channel,
        "language": reply.language,
        "country": _clean(inquiry.country or "")[:2] or None,
        "sender": sender,
        "outcome": reply.outcome,
        "topic": reply.topic,
        "section": reply.section,
        "level": reply.level,
        "flag": reply.flag,
        **_scores(reply.match),
        "segments": turn.segments,
        "milliseconds": None if turn.milliseconds is None else round(turn.milliseconds, 3),
        "version": turn.version,
        "text": redact(inquiry.text) or None if keep_text and reply.outcome in _UNCLEAR else None,
    }
    answer = {
        "message_id": message_id,
        "at": at,
        "document": _clean(turn.given.document),
        "dialogue": turn.given.dialogue.to_dict(),
    }
    return {"turns": row, "answers": answer}


def to_line(entry: Entry) -> bytes:
    """The entry as one line of JSON, ASCII only."""
    return _encode(entry).encode("ascii") + b"\n"


def from_line(line: bytes) -> Entry:
    """The entry of a line. Raises ValueError for anything else, such as half a line."""
    entry = json.loads(line)
    if not isinstance(entry, Mapping) or not all(isinstance(row, Mapping) for row in entry.values()):
        raise ValueError("not an entry")
    return dict(entry)


def _scores(match: Match | None) -> dict[str, Any]:
    if match is None:
        return {"score": None, "margin": None, "candidates": None}
    candidates = [[one.topic, round(one.score, 4)] for one in match.candidates[:_KEPT_CANDIDATES]]
    return {"score": round(match.score, 4), "margin": round(match.margin, 4), "candidates": candidates}


def _clean(text: str) -> str:
    """Without what PostgreSQL refuses: NUL and lone surrogates."""
    return text if text.isascii() and "\0" not in text else text.replace("\0", "").encode("utf-8", "replace").decode()
