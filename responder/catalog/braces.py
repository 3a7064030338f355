"""What the line fills into its sentences: a brace that it does not know would be sent to people as it stands."""

import string
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from responder.errors import Problem

if TYPE_CHECKING:
    from responder.catalog.load import File

FILLED = {
    ("texts", "urgent_nurse"): {"nurse"},
    ("texts", "emergency"): {"emergency", "reason"},
    ("texts", "crisis"): {"helpline", "emergency"},
    ("texts", "crisis_call"): {"number"},
    ("texts", "crisis_call_or_text"): {"number"},
    ("texts", "happening_now"): {"emergency"},
    ("texts", "numbers"): {"emergency"},
    ("texts", "help"): {"name"},
    ("texts", "help_contact"): {"contact"},
    ("texts", "privacy_more"): {"url"},
    ("texts", "started"): {"name"},
    ("texts", "stopped"): {"name"},
    ("texts", "no_more"): {"title"},
    ("texts", "trouble"): {"emergency"},
    ("spoken", "greeting"): {"name", "emergency"},
    ("spoken", "invite"): {"number"},
    **{("spoken", key): {"key"} for key in ("offer_more", "offer_text", "offer_person", "offer_again", "menu_next")},
    ("spoken", "help"): {"name", "key"},
    ("spoken", "choice_item"): {"title", "number"},
    ("spoken", "goodbye_text"): {"number"},
    **{("spoken", key): {"emergency"} for key in ("emergency", "repeat_number", "crisis_danger", "number_emergency")},
    ("spoken", "number_nurse"): {"nurse"},
    ("spoken", "number_crisis"): {"helpline"},
    ("spoken", "repeat_helpline"): {"helpline"},
}
"""The names that the engine gives to each phrase; all others are said as they are written."""
_OPTIONAL = {"name", "reason"}


def braces(files: Iterable["File"]) -> Iterator[Problem]:
    """Every phrase with a brace that is not in FILLED, or without one that must be. Then no reply can be composed."""
    for file in files:
        if file.kind == "phrases":
            for part in ("texts", "spoken"):
                for key, sentence in file.data[part].items():
                    wanted = FILLED.get((part, key), set())
                    used = _used(sentence)
                    if used is None:
                        found = "a brace without its partner"
                        yield file.problem((part, key), "placeholder", found, f"Use {_listed(wanted)} here.")
                    elif not wanted - _OPTIONAL <= used <= wanted:
                        fix = f"Use {_listed(wanted)} here."
                        yield file.problem((part, key), "placeholder", _listed(used), fix)


def _used(sentence: str) -> set[str] | None:
    """The names in braces; None where a brace has no partner."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}
    except ValueError:
        return None


def _listed(names: set[str]) -> str:
    return " and ".join(f"{{{name}}}" for name in sorted(names)) or "no braces"
