"""Every setting, typed and checked, from the environment; secrets also from files (NAME_FILE)."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from responder.errors import SettingsError
from responder.hours import Hours, hours
from responder.speech import is_number

ROOT = Path(__file__).parent.parent
OURS = "RESPONDER_"


def _mode(text: str) -> str:
    if text not in ("production", "development"):
        raise ValueError("production or development")
    return text


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("an address such as https://line.example.org, without ? or #")
    return text.rstrip("/")


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(token.strip() for token in text.split(",") if token.strip())


def _days(lowest: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isascii() or not text.isdigit() or int(text) < lowest:
            raise ValueError(f"a number of days, {lowest} or more")
        return int(text)

    return parse


def _database(text: str) -> str:
    from responder.journal.engine import database_url  # here only: most commands need no SQLAlchemy

    database_url(text, ROOT)
    return text


def _redis(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("redis", "rediss") or not parts.hostname:
        raise ValueError("redis://:password@host:6379/0, or rediss://... for TLS")
    return text


def _token(text: str) -> str:
    if len(text) < 16 or not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("16 printable characters or more, without spaces")
    return text


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ValueError("a number, 1 or more")
    return int(text)


def _line(text: str) -> str:
    if len(text) > 80 or not text.isprintable():
        raise ValueError("at most 80 characters on one line")
    return text


def _telephone(text: str) -> str:
    if not is_number(text):
        raise ValueError("a telephone number such as +15551234567")
    return text


def _sid(kind: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not re.fullmatch(rf"{kind}[0-9a-fA-F]{{32}}", text):
            raise ValueError(f"{kind} and 32 figures or letters a to f, as Twilio's console shows it")
        return text

    return parse


def _flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("0 or 1")
    return text == "1"


def _setting(name: str, parse: Callable[[str], Any], default: Any, about: str, secret: bool = False) -> Any:
    return field(default=default, metadata={"name": name, "parse": parse, "about": about, "secret": secret})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of the server. `from_environment` reads them; the defaults suit a first try on a laptop."""

    mode: str = _setting(
        "RESPONDER_MODE", _mode, "production",
        "production, or development: without a Twilio token it serves only requests from this machine.",
    )  # fmt: skip
    content: Path = _setting("RESPONDER_CONTENT", Path, ROOT / "content", "The folder that holds the pack.")
    auth_tokens: tuple[str, ...] = _setting(
        "TWILIO_AUTH_TOKEN", _tokens, (),
        "Twilio's auth token, which signs every request; several, comma-separated, while rotating.", secret=True,
    )  # fmt: skip
    public_base_url: str = _setting(
        "PUBLIC_BASE_URL",
        _base_url,
        "",
        "The address under which Twilio calls this server, such as https://line.example.org.",
    )
    secret_key: str = _setting(
        "SECRET_KEY", str, "", "Signs what is remembered between two texts; the same for all workers.", secret=True
    )

    instance: Path = _setting(
        "RESPONDER_INSTANCE", Path, ROOT / "instance",
        "The folder, on a local disk, for the journal's spool, by default its database, and the compiled pack.",
    )  # fmt: skip
    database: str = _setting(
        "DATABASE_URL", _database, "",
        "Where the journal is: postgresql://user:password@host/name; empty is SQLite in the instance folder.",
        secret=True,
    )  # fmt: skip
    hash_keys: tuple[str, ...] = _setting(
        "RESPONDER_HASH_KEY", _tokens, (),
        "Hashes senders in the journal, the same for all machines; new,old while rotating.", secret=True,
    )  # fmt: skip
    keep_text_days: int = _setting(
        "RESPONDER_KEEP_TEXT_DAYS", _days(0), 30, "Days that words not understood are kept, redacted; 0 keeps none."
    )
    keep_rows_days: int = _setting("RESPONDER_KEEP_ROWS_DAYS", _days(1), 365, "Days that the journal's rows are kept.")
    redis_url: str = _setting(
        "REDIS_URL", _redis, "",
        "Where machines share limits and duplicates: redis://:password@host:6379/0; empty keeps them in each process.",
        secret=True,
    )  # fmt: skip
    metrics_token: str = _setting(
        "RESPONDER_METRICS_TOKEN", _token, "",
        "Shows /metrics and /readyz to other machines that send it: Authorization: Bearer <token>.", secret=True,
    )  # fmt: skip
    brand: str = _setting("RESPONDER_BRAND", _line, "", "Whose line it is, in HELP and STOP; empty is the pack's name.")
    contact: str = _setting(
        "RESPONDER_CONTACT", _line, "", "Telephone number, e-mail or site of who runs the line, for HELP."
    )
    privacy_url: str = _setting(
        "RESPONDER_PRIVACY_URL", _base_url, "", "The address of the privacy notice, for PRIVACY."
    )
    replies_per_hour: int = _setting(
        "RESPONDER_REPLIES_PER_HOUR", _count, 30,
        "Texts an hour that one sender gets at most; then silence. Emergencies are counted apart.",
    )  # fmt: skip
    same_replies: int = _setting(
        "RESPONDER_SAME_REPLIES", _count, 3, "How often in a row one sender gets the same text; then silence."
    )
    own_keywords: bool = _setting(
        "RESPONDER_OWN_KEYWORDS", _flag, False,
        "1 where Twilio's STOP handling is off (short codes, redaction): the line answers STOP, START and HELP.",
    )  # fmt: skip
    account_sid: str = _setting(
        "TWILIO_ACCOUNT_SID", _sid("AC"), "", "The Twilio account: for texts from calls and `flask responder webhooks`."
    )
    api_key: str = _setting(
        "TWILIO_API_KEY", _sid("SK"), "", "An API key of that account; without one the auth token logs in."
    )
    api_secret: str = _setting("TWILIO_API_SECRET", str, "", "Its secret.", secret=True)
    messaging_service: str = _setting(
        "RESPONDER_MESSAGING_SERVICE", _sid("MG"), "",
        "The Messaging Service that texts from calls go through; empty texts from the number that was called.",
    )  # fmt: skip
    nurse_line: str = _setting(
        "RESPONDER_NURSE_LINE", _telephone, "",
        "The telephone that callers are put through to when they ask for a person; empty offers none.",
    )  # fmt: skip
    nurse_hours: Hours | None = _setting(
        "RESPONDER_NURSE_HOURS", hours, None,
        "When somebody is there, such as Mo-Fr 08:00-18:00 America/New_York; empty is always.",
    )  # fmt: skip
    fallback_url: str = _setting(
        "RESPONDER_FALLBACK_URL", _base_url, "",
        "Where the documents of `flask responder fallback-twiml` are hosted, for when this server is away.",
    )  # fmt: skip
    reviewed_only: bool = _setting(
        "RESPONDER_REVIEWED_ONLY", _flag, False, "1 serves only topics that a clinician has signed."
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """The settings in `environment`. Raises SettingsError, naming all that is wrong, for unknown or bad ones."""
        known = {one.metadata["name"]: one for one in fields(cls)}
        wrong = [f"{name} is not a setting. {_nearest(name, known)}" for name in sorted(_unknown(environment, known))]
        values: dict[str, Any] = {}
        for name, one in known.items():
            try:
                text = _text(environment, name)
                if text:
                    values[one.name] = one.metadata["parse"](text)
            except ValueError as error:
                wrong.append(f"{name} wants {error}.")
            except OSError as error:
                wrong.append(f"{name}_FILE cannot be read: {error.strerror}.")
        if wrong:
            raise SettingsError("\n".join(wrong))
        return cls(**values)

    @property
    def development(self) -> bool:
        return self.mode == "development"

    def check_serving(self) -> None:
        """Raises SettingsError, saying what to set, if a server must not start with these settings."""
        wrong = []
        if not self.development:
            for one in fields(self):
                if one.name in ("auth_tokens", "public_base_url", "secret_key") and not getattr(self, one.name):
                    wrong.append(f"Set {one.metadata['name']}: {one.metadata['about']}")
            if self.database.startswith("postgres") and not self.hash_keys:
                wrong.append("Set RESPONDER_HASH_KEY: with PostgreSQL every machine must hash senders alike.")
            if bool(self.api_key) != bool(self.api_secret):
                wrong.append("Set TWILIO_API_KEY and TWILIO_API_SECRET together.")
            if wrong:
                wrong.append("Or set RESPONDER_MODE=development for a try on this machine (`make run` does).")
        elif self.auth_tokens and not self.public_base_url:
            wrong.append("Set PUBLIC_BASE_URL: Twilio's signature covers the address it calls.")
        if wrong:
            raise SettingsError("\n".join(wrong))


def _text(environment: Mapping[str, str], name: str) -> str:
    path = environment.get(f"{name}_FILE")
    if path and environment.get(name):
        raise ValueError(f"either {name} or {name}_FILE, not both")
    return Path(path).read_text(encoding="utf-8").strip() if path else environment.get(name, "").strip()


def _unknown(environment: Mapping[str, str], known: Mapping[str, Any]) -> set[str]:
    return {name for name in environment if name.startswith(OURS) and name.removesuffix("_FILE") not in known}


def _nearest(name: str, known: Mapping[str, Any]) -> str:
    from rapidfuzz import process

    near = process.extractOne(name, list(known), score_cutoff=85)
    return f"Did you mean {near[0]}?" if near else "Remove it."
