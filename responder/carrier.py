"""Words that Twilio itself answers before any line does, as whole messages (default opt-out handling, 2026)."""

from typing import Literal

STOP = frozenset(["stop", "unsubscribe", "end", "quit", "stopall", "revoke", "optout", "cancel"])
START = frozenset(["start", "yes", "unstop"])
HELP = frozenset(["help", "info"])

Keyword = Literal["stop", "start", "help"]


def keyword(text: str) -> Keyword | None:
    """Which of Twilio's keywords the whole message is; "STOP it hurts" and "stop please" are none."""
    said = text.strip().lower()
    if said in STOP:
        return "stop"
    if said in START:
        return "start"
    return "help" if said in HELP else None


def answered(text: str, channel: str, opt_out_type: str = "") -> Keyword | None:
    """Which keyword Twilio has answered itself: always on SMS and RCS, elsewhere where it says so by `OptOutType`."""
    if opt_out_type:
        return keyword(opt_out_type)
    return keyword(text) if channel in ("sms", "rcs") else None
