"""Characters that an editor cannot see."""

import unicodedata


def is_unseen(character: str) -> bool:
    """Whether nobody could see this character, or would take it for a plain space; joiners of emoji may stay."""
    if character in " \n\u200d\ufe0f":
        return False
    return character.isspace() or unicodedata.category(character) in ("Cf", "Cc", "Zl", "Zp", "Cs", "Co")


def named(place: int, character: str) -> str:
    """`CYRILLIC SMALL LETTER A at character 12`."""
    return f"{unicodedata.name(character, f'U+{ord(character):04X}')} at character {place}"
