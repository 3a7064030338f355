import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.spelling import Speller, tolerance

TARGETS = ["cramp", "twitch", "eyelid", "muscle", "spasm", "sciatica", "fasciculation", "calf", "leg", "back"]
RIGHT = ["champ", "stomach", "camp", "but", "batch", "leg", "cramp", "back"]
SPELLER = Speller(TARGETS, right=RIGHT, reserved=["stop", "cannot"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("crampp", "cramp"),
        ("carmp", "cramp"),
        ("twich", "twitch"),
        ("twithc", "twitch"),
        ("muscel", "muscle"),
        ("siatica", "sciatica"),
        ("fasiculaton", "fasciculation"),
        ("cramp", "cramp"),
        ("champ", "champ"),  # a right word stays
        ("bakc", "back"),
        ("lag", "lag"),  # too short to guess
        ("stop", "stop"),  # reserved
        ("zzzzzz", "zzzzzz"),
        ("c4mp5", "c4mp5"),
    ],
)
def test_mending(written: str, meant: str) -> None:
    assert SPELLER.mend(written) == meant


def test_a_slip_in_a_right_word_is_not_mended_into_a_farther_target() -> None:
    assert Speller(["cramping"]).mend("clampingg") == "cramping"
    assert Speller(["cramping"], right=["clamping"]).mend("clampingg") == "clampingg"


@pytest.mark.parametrize(("written", "parts"), [("legcramp", ("leg", "cramp")), ("champback", None), ("spasm", None)])
def test_missing_spaces(written: str, parts: tuple[str, str] | None) -> None:
    assert SPELLER.split(written) == parts


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=30))
def test_a_mended_word_is_a_target_or_what_it_was(word: str) -> None:
    assert SPELLER.mend(word) in {word, *TARGETS}


@given(st.sampled_from([word for word in TARGETS if tolerance(word)]), st.data())
def test_one_dropped_inner_letter_is_always_mended(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(word) - 1))
    assert SPELLER.mend(word[:place] + word[place + 1 :]) in {word, word[:place] + word[place + 1 :]}
