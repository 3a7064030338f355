import pytest

from responder.speech import spoken

SOUNDS = {"ALS": "A L S", "Isaacs'": "EYE-zacks", "Isaacs' syndrome": "EYE-zacks syndrome", "TMJ": "T M J"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("ALS is rare.", "A L S is rare."),
        ("Isaacs' syndrome", "EYE-zacks syndrome"),
        ("Isaacs' is rare", "EYE-zacks is rare"),
        ("false and PALSY stay", "false and PALSY stay"),
        ("rest 2-3 days", "rest 2 to 3 days"),
        ("", ""),
    ],
)
def test_text_for_ears(written: str, said: str) -> None:
    assert spoken(written, SOUNDS, "to") == said


def test_without_sounds_the_text_stays() -> None:
    assert spoken("ALS", {}, "to") == "ALS"
