"""What each key means at each place, by one table."""

import pytest

from responder.calls import keys
from responder.turn import Dialogue

LANGUAGES = ("en", "es", "fr")
START, TOLD = Dialogue(), Dialogue(topic="leg-cramp")
CHOICE = Dialogue(topic="als", choices=("leg-cramp", "als"))
MENU = Dialogue(choices=("leg-cramp", "als"), page=1)
ALARM = Dialogue(alarm="emergency")


@pytest.mark.parametrize(
    ("place", "meanings"),
    [
        (START, {"1": None, "2": "language es", "3": "language fr", "4": None, "9": "again", "0": "numbers"}),
        (TOLD, {"1": "more", "2": "text_me", "3": "person", "4": None, "9": "again", "0": "numbers", "*": "another"}),
        (CHOICE, {"3": None, "9": "again", "0": "numbers", "*": "another", "#": "another"}),
        (MENU, {"3": None, "9": "menu", "0": "numbers", "*": "another"}),
        (ALARM, dict.fromkeys("0123456789*#", "again")),
    ],
)
def test_every_key_means_one_thing_at_each_place(place: Dialogue, meanings: dict[str, str | None]) -> None:
    for key, meaning in meanings.items():
        name, language = keys.meaning(key, place, "en", LANGUAGES) or (None, None)
        assert (f"{name} {language}" if language else name) == meaning, key


def test_the_language_keys_begin_with_two_and_leave_out_the_one_that_is_spoken() -> None:
    assert keys.language_keys("en", LANGUAGES) == [("2", "es"), ("3", "fr")]
    assert keys.language_keys("es", LANGUAGES) == [("2", "en"), ("3", "fr")]
    assert keys.language_keys("en", ("en",)) == []
