"""Why the line answers as it does, and what it costs, as values for the page."""

from collections.abc import Iterable
from typing import Any

from responder import segments
from responder.catalog.model import ALARMS
from responder.channels.messaging import body
from responder.engine import Engine, Explanation
from responder.reading import Token
from responder.turn import Dialogue, Inquiry, Reply

CENTS = 0.83
"""US cents for one segment in or out, by Twilio's US list of July 2026; carriers add 0.25 to 0.62 cents."""
_REASONS = 6


def price(text: str) -> dict[str, Any]:
    """Characters, encoding, segments, US cents, and the characters that make the text dear."""
    cost = segments.cost(text)
    return {
        "characters": len(text),
        "encoding": cost.encoding,
        "segments": cost.segments,
        "cents": round(cost.segments * CENTS, 2),
        "costly": list(dict.fromkeys(f"{c} ({name.lower()})" for _, c, name in segments.costly(text))),
    }


class Why:
    """Explains the turns of one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def explain(self, inquiry: Inquiry, dialogue: Dialogue) -> dict[str, Any]:
        """What the engine sees in the turn, what it decides and what it will remember."""
        seen = self._engine.explain(inquiry, dialogue)
        reply, after = self._engine.respond(inquiry, dialogue)
        return {
            **self._seen(seen),
            "outcome": reply.outcome,
            "level": reply.level,
            "flag": reply.flag,
            "topic": reply.topic,
            "title": self._title(reply.topic, reply.language) if reply.topic else None,
            "section": reply.section,
            "choices": len(reply.choices),
            "decision": decision(reply),
            "text": body(reply, inquiry.channel),
            "matched": reply.match is not None,
            "remembered": after.to_dict(),
        }

    def _seen(self, seen: Explanation) -> dict[str, Any]:
        pack = self._engine.catalog.languages[seen.language]
        reasons = seen.reasons
        return {
            "language": {"code": seen.language, "name": pack.phrases.name},
            "words": words(seen.tokens),
            "ideas": list(dict.fromkeys(seen.ideas)),
            "flags": [
                {"id": one.flag, "level": one.level, "excuse": one.excuse, "evidence": list(one.evidence)}
                for one in seen.findings
            ],
            "chance": round(seen.match.chance, 2),
            "margin": round(seen.match.margin, 2),
            "candidates": [
                {
                    "topic": one.topic,
                    "title": self._title(one.topic, seen.language),
                    "score": round(one.score, 3),
                    "reasons": [(name, round(weight, 2)) for name, weight in reasons.get(one.topic, ())[:_REASONS]],
                }
                for one in seen.match.candidates
            ],
        }

    def _title(self, topic: str, language: str) -> str:
        return self._engine.catalog.topics[topic].texts[language].title


def words(tokens: Iterable[Token]) -> list[dict[str, str]]:
    """What was said and how it is read; several words read from one stand together ("wont": "will not")."""
    found: list[dict[str, str]] = []
    for token in tokens:
        if found and token.said == found[-1]["said"] != token.word:
            found[-1]["read"] += f" {token.word}"
        else:
            found.append({"said": token.said, "read": token.word})
    return found


def decision(reply: Reply) -> str:
    """One sentence: which way the turn took through the engine."""
    if reply.level in ALARMS:
        return "A red flag fired. The reply says whom to call, and nothing else."
    if reply.outcome == "silence":
        return "No word could be read, so the line asks."
    if reply.outcome == "command":
        return "Read as a command to the line, not as a question."
    if reply.match is None:
        return _unmatched(reply)
    if reply.outcome == "choice":
        return "Several topics are too close to call, so the line asks which is meant."
    if reply.outcome == "fallback":
        return "No topic is likely enough, so the line says that it has nothing."
    if reply.level == "urgent":
        return "One topic leads clearly. A red flag of level urgent puts getting advice today first."
    return "One topic leads clearly, so it is told."


def _unmatched(reply: Reply) -> str:
    if reply.ends:
        return "Too many turns in a row made no sense, so the call ends politely."
    if reply.outcome == "choice":
        return "That number is not on offer, so the choices are told again."
    return "A number, a title or a command goes on from what was told before; nothing had to be matched."
