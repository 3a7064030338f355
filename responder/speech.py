"""Text made for ears."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

MAX_SAID = 3000
"""Characters one <Say> may hold: Polly's limit, the lowest of Twilio's voices (Basic 4096, Google 5000)."""

_RANGE = re.compile(r"(?<=\d)\s?-\s?(?=\d)")
_FIGURE = re.compile(r"(?<![\w.,:/-])(?<!\d )(\d{1,3}(?:,\d{3})+|\d+)(?![\w%:/-]|[.,]\d| \d)")
_ASIDE = re.compile(r"\s*\(([^()]*)\)(?=(.?))")
_E164 = re.compile(r"\+[1-9]\d{6,14}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def spoken(text: str, sounds: Mapping[str, str], to: str, counting: Mapping[str, str] | None = None) -> str:
    """`text` as a voice must say it: each key of `sounds` as its value ("ALS" -> "A L S"), "2-3" as "2 `to` 3".

    Keys are found as whole words in the case they are written in, longest first. Brackets become commas. `counting`
    turns figures into words ("2" -> "two"); figures that it does not name stay, and so do the spaced digits of
    telephone numbers ("9 1 1").
    """
    said = _RANGE.sub(f" {to} ", _ASIDE.sub(_aside, text))
    if sounds:
        said = _pattern(tuple(sorted(sounds, key=len, reverse=True))).sub(lambda found: sounds[found.group()], said)
    if counting:
        said = _FIGURE.sub(lambda found: counting.get(found.group().replace(",", ""), found.group()), said)
    return said


def _aside(found: re.Match[str]) -> str:
    """What stands in brackets, between commas."""
    return f", {found.group(1)}" + ("" if found.group(2) in ("", ",", ".", "?", "!", ":", ";") else ",")


def sentences(text: str, limit: int = MAX_SAID) -> Iterator[str]:
    """The sentences of `text`, none longer than `limit`; a longer one is cut between words."""
    for sentence in _SENTENCE.split(text.strip()):
        while len(sentence) > limit:
            cut = sentence.rfind(" ", 1, limit + 1)
            cut = cut if cut > 0 else limit
            yield sentence[:cut]
            sentence = sentence[cut:].lstrip()
        if sentence:
            yield sentence


def portions(text: str, limit: int = MAX_SAID) -> Iterator[str]:
    """`text` in as few pieces of at most `limit` characters as whole sentences allow."""
    piece = ""
    for sentence in sentences(text, limit):
        if piece and len(piece) + 1 + len(sentence) > limit:
            yield piece
            piece = ""
        piece = f"{piece} {sentence}" if piece else sentence
    if piece:
        yield piece


def is_number(address: str) -> bool:
    """Whether `address` is a telephone number in E.164, which withheld numbers, clients and usernames are not."""
    return _E164.fullmatch(address) is not None


def digits(number: str) -> str:
    """A telephone number digit by digit, with a pause between its groups: "116 123" -> "1 1 6, 1 2 3"."""
    groups = re.findall(r"\d+", number)
    if len(groups) == 1 and len(groups[0]) > 6:
        groups = _grouped(groups[0])
    if len(groups) > 1 and len(groups[0]) == 1:  # a lone figure would be said as a number
        groups[:2] = [groups[0] + groups[1]]
    return ", ".join(" ".join(group) for group in groups)


def _grouped(figures: str) -> list[str]:
    """The last four together, before them threes: "442079460958" -> 44 207 946 0958."""
    head, groups = figures[:-4], [figures[-4:]]
    while head:
        groups.insert(0, head[-3:])
        head = head[:-3]
    return groups


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")
