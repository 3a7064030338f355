"""Who wrote, as a keyed hash: rows of one person belong together, and the number cannot be read back."""

import hmac
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

_LENGTH = 32
"""Hexadecimal digits kept: 128 bits."""
_AT_ONCE = 64
"""Senders whose hashes are at hand."""
_CHANNEL = re.compile(r"(?:whatsapp|rcs|sms|tel|messenger):", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[\s().-]+")
_WITHHELD = frozenset(
    (
        *("", "anonymous", "restricted", "blocked", "unknown", "unavailable", "private"),
        # the same words spelled on a telephone's keys, as Twilio sends them
        *("+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"),
    )
)


class Senders:
    """Hashes senders. The first key is the current one; later ones are being rotated out and are only looked up."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise ValueError("at least one key")
        self._keys = [hmac.new(key.encode(), digestmod="sha256") for key in keys]
        self.every = lru_cache(_AT_ONCE)(self._every)  # a turn asks several times

    def current(self, sender: str) -> str | None:
        """The hash to store; None for a withheld number, which is nobody in particular."""
        return next(iter(self.every(sender)), None)

    def _every(self, sender: str) -> tuple[str, ...]:
        """The hashes under which `sender` may be stored, the current one first."""
        address = _address(sender)
        if address in _WITHHELD:
            return ()
        return tuple(_digest(key, address.encode(errors="replace")) for key in self._keys)


def _digest(key: hmac.HMAC, address: bytes) -> str:
    mac = key.copy()  # half the time of beginning with the key
    mac.update(address)
    return mac.hexdigest()[:_LENGTH]


def _address(sender: str) -> str:
    """One person is one address, whichever channel it came by."""
    address = _CHANNEL.sub("", sender.strip(), count=1)
    if address[:1] == "+" or address[:1].isdigit():
        return _PUNCTUATION.sub("", address)
    return address.lower() if address.lower() in _WITHHELD else address


def local_key(path: Path) -> str:
    """The key of this machine, made at first use and readable by its user only."""
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    fresh.touch(mode=0o600)
    fresh.write_text(secrets.token_hex(32))
    with suppress(FileExistsError):
        path.hardlink_to(fresh)  # whole or not at all, also when two workers start at once
    fresh.unlink()
    return path.read_text().strip()
