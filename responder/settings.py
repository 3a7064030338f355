"""Every setting, typed and checked, from the environment; secrets also from files (NAME_FILE)."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from responder.errors import SettingsError

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
