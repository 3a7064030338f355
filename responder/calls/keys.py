"""What the keys of a telephone mean. Nothing else knows: prompts name the keys from here, turns ask here."""

from collections.abc import Iterable

from responder.turn import Dialogue

NUMBERS, AGAIN = "0", "9"
MORE, TEXT, PERSON = "1", "2", "3"
"""After an answer."""
NEXT_PAGE = "9"
"""In the menu, where it goes before AGAIN."""
FIRST_LANGUAGE = 2
"""Before anything was told, this key and those after it are the pack's other languages."""
TOPICS_A_PAGE = 5
"""Nobody keeps more than five things of a list in mind; it also leaves the other keys free."""

_ANYWHERE = {NUMBERS: "numbers", AGAIN: "again", "*": "another", "#": "another"}
_AFTER_ANSWER = {MORE: "more", TEXT: "text_me", PERSON: "person"}


def meaning(key: str, dialogue: Dialogue, current: str, languages: Iterable[str]) -> tuple[str, str | None] | None:
    """The command that `key` is now in the `current` language, and the language it chooses if it does; or None.

    Keys that take one of the open choices are not asked here: they come first.
    """
    if dialogue.alarm != "none":
        return "again", None
    if dialogue.page and key == NEXT_PAGE:
        return "menu", None
    if key in _ANYWHERE:
        return _ANYWHERE[key], None
    if dialogue.choices:
        return None
    if dialogue.topic:
        name = _AFTER_ANSWER.get(key)
        return (name, None) if name else None
    language = dict(language_keys(current, languages)).get(key)
    return ("language", language) if language else None


def language_keys(current: str, languages: Iterable[str]) -> list[tuple[str, str]]:
    """The keys that choose one of the other languages before anything was told, as pairs."""
    others = [code for code in languages if code != current]
    return [(str(number), code) for number, code in enumerate(others, FIRST_LANGUAGE)]
