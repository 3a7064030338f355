"""What a text costs: GSM 03.38 folding, encoding and segments, as Twilio counts them."""

import unicodedata
from dataclasses import dataclass
from typing import Literal

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""GSM 03.38 basic set: one septet each (3GPP TS 23.038, table 6.2.1)."""
EXTENDED = frozenset("\f^{}\\[~]|€")
"""Extension table (6.2.1.1): two septets each, never split over two segments."""

_SINGLE, _PART = 160, 153
_SINGLE_UCS2, _PART_UCS2 = 70, 67

_FOLDS = {
    **dict.fromkeys("\u2018\u2019\u201a\u2032\u0060\u00b4", "'"),  # typographic apostrophes and primes
    **dict.fromkeys("\u201c\u201d\u201e\u2033\u00ab\u00bb", '"'),  # typographic quotes
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),  # hyphens, dashes, minus
    **dict.fromkeys("\u00a0\u2009\u202f\t", " "),  # spaces that are not plain
    "\u2026": "...",  # ellipsis
    "\u2022": "-",  # bullet
    "\u00d7": "x",  # multiplication sign
}


def fold(text: str) -> str:
    """`text` in GSM-7 where a close plain form exists: curly quotes, dashes, and accents outside the set.

    á í ó ú lose their accent (they would more than double the price of the message); é ñ ü ¿ ¡ stay.
    What has no plain form (an emoji) stays as it is.
    """
    if BASIC.issuperset(text):
        return text
    return "".join(c if c in BASIC or c in EXTENDED else _plain(c) for c in text)


def _plain(character: str) -> str:
    if character in _FOLDS:
        return _FOLDS[character]
    base = unicodedata.normalize("NFD", character)[0]
    return base if base in BASIC else character


@dataclass(frozen=True, slots=True)
class Cost:
    """The encoding a text is sent in and the segments it is billed for."""

    encoding: Literal["GSM-7", "UCS-2"]
    segments: int
    units: int
    """Septets in GSM-7, UTF-16 code units in UCS-2."""


def cost(text: str) -> Cost:
    """What sending `text` costs; an empty text costs one segment."""
    if BASIC.issuperset(text):  # nearly always: no septets to keep together
        return Cost("GSM-7", 1 if len(text) <= _SINGLE else -(-len(text) // _PART), len(text))
    if all(c in BASIC or c in EXTENDED for c in text):
        sizes = [2 if c in EXTENDED else 1 for c in text]
        return Cost("GSM-7", _parts(sizes, _SINGLE, _PART), sum(sizes))
    sizes = [2 if ord(c) > 0xFFFF else 1 for c in text]
    return Cost("UCS-2", _parts(sizes, _SINGLE_UCS2, _PART_UCS2), sum(sizes))


def costly(text: str) -> list[tuple[int, str, str]]:
    """The characters that force UCS-2: position (from 1), the character, its Unicode name."""
    return [
        (place, c, unicodedata.name(c, f"U+{ord(c):04X}"))
        for place, c in enumerate(text, 1)
        if c not in BASIC and c not in EXTENDED
    ]


def _parts(sizes: list[int], single: int, part: int) -> int:
    if sum(sizes) <= single:
        return 1
    parts, used = 1, 0
    for size in sizes:
        if used + size > part:
            parts, used = parts + 1, 0
        used += size
    return parts
