import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.speech import MAX_SAID, digits, is_number, portions, sentences, spoken

SOUNDS = {"ALS": "A L S", "Isaacs'": "EYE-zacks", "Isaacs' syndrome": "EYE-zacks syndrome", "TMJ": "T M J"}
COUNTING = {"2": "two", "3": "three", "4": "four", "10": "ten", "15": "fifteen", "1000": "one thousand"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("ALS is rare.", "A L S is rare."),
        ("Isaacs' syndrome", "EYE-zacks syndrome"),
        ("Isaacs' is rare", "EYE-zacks is rare"),
        ("false and PALSY stay", "false and PALSY stay"),
        ("rest 2-3 days", "rest two to three days"),
        ("About 3 in 4 people.", "About three in four people."),
        ("in 1,000 do", "in one thousand do"),
        ("after 15, rest", "after fifteen, rest"),
        ("in 1998", "in 1998"),
        ("2.5 times, at 10:15, 10%", "2.5 times, at 10:15, 10%"),
        ("Call 9 1 1 now, or 2 2, 3 3.", "Call 9 1 1 now, or 2 2, 3 3."),
        ("L4 and SMN1 stay", "L4 and SMN1 stay"),
        ("ALS (Lou Gehrig's disease), press 2.", "A L S, Lou Gehrig's disease, press two."),
        ("Pinched (trapped) nerve", "Pinched, trapped, nerve"),
        ("a nerve (trapped)", "a nerve, trapped"),
        ("", ""),
    ],
)
def test_text_for_ears(written: str, said: str) -> None:
    assert spoken(written, SOUNDS, "to", COUNTING) == said


def test_without_sounds_and_words_for_figures_the_text_stays() -> None:
    assert spoken("ALS in 2 days", {}, "to") == "ALS in 2 days"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("911", "9 1 1"),
        ("116 123", "1 1 6, 1 2 3"),
        ("0800 611 116", "0 8 0 0, 6 1 1, 1 1 6"),
        ("+15551234567", "1 5 5 5, 1 2 3, 4 5 6 7"),
        ("+442079460958", "4 4, 2 0 7, 9 4 6, 0 9 5 8"),
        ("1-800-222-1222", "1 8 0 0, 2 2 2, 1 2 2 2"),
        ("", ""),
    ],
)
def test_telephone_numbers_are_said_digit_by_digit(number: str, said: str) -> None:
    assert digits(number) == said
    assert spoken(said, {}, "to", COUNTING) == said


@pytest.mark.parametrize(
    ("address", "whether"),
    [("+15551234567", True), ("anonymous", False), ("+1", False), ("15551234567", False), ("client:a", False)],
)
def test_a_number_is_told_from_all_that_is_none(address: str, whether: bool) -> None:
    assert is_number(address) == whether


def test_a_long_text_is_said_in_portions_of_whole_sentences() -> None:
    text = " ".join(f"This is sentence {number}." for number in range(1000))
    parts = list(portions(text))
    assert " ".join(parts) == text
    assert all(len(part) <= MAX_SAID and part.endswith(".") for part in parts)
    assert len(parts) == -(-len(text) // MAX_SAID)


@given(st.text(max_size=400), st.integers(5, 60))
def test_no_portion_is_ever_too_long_and_no_word_is_lost(text: str, limit: int) -> None:
    for parts in (list(portions(text, limit)), list(sentences(text, limit))):
        assert all(0 < len(part) <= limit for part in parts)
        assert "".join("".join(parts).split()) == "".join(text.split())
