"""Text made for ears."""

import re
from collections.abc import Mapping
from functools import lru_cache

_RANGE = re.compile(r"(?<=\d)\s?-\s?(?=\d)")


def spoken(text: str, sounds: Mapping[str, str], to: str) -> str:
    """`text` as a voice must say it: each key of `sounds` as its value ("ALS" -> "A L S"), "2-3" as "2 `to` 3".

    Keys are found as whole words in the case they are written in, longest first.
    """
    said = _RANGE.sub(f" {to} ", text)
    if not sounds:
        return said
    return _pattern(tuple(sorted(sounds, key=len, reverse=True))).sub(lambda found: sounds[found.group()], said)


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")
