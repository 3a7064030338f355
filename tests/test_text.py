import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder import text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("My LEG Cramps", ["my", "leg", "cramps"]),
        ("mioquímia del Párpado", ["mioquimia", "del", "parpado"]),
        ("crampsss soooo bad", ["crampss", "soo", "bad"]),
        ("can't won't it's Isaacs' I'll", ["cant", "wont", "it", "isaacs", "i"]),
        ("can\u2019t", ["cant"]),
        ("L4-L5, c5/c6", ["l4", "l5", "c5", "c6"]),
        ("\U0001f62d\U0001f62d", []),
        ("a\x00b\ud800c", ["a", "b", "c"]),
        ("", []),
    ],
)
def test_words(said: str, words: list[str]) -> None:
    assert text.words(said) == words


def test_sentences_end_at_marks_and_lines_but_not_inside_numbers() -> None:
    assert text.sentences("No fever. Hurts 3.5 hours\nwhy?") == [
        ["no", "fever"],
        ["hurts", "3", "5", "hours"],
        ["why"],
    ]


def test_what_is_beyond_the_longest_message_is_not_read() -> None:
    assert text.words("x " * 2000) == ["x"] * (text.MAX_CHARACTERS // 2)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["twitch", "twitches", "twitching", "twitched"]),
        ("en", ["suicide", "suicidal"]),
        ("es", ["calambre", "calambres"]),
        ("xx", ["word"]),
    ],
)
def test_inflections_share_a_stem(language: str, forms: list[str]) -> None:
    stem = text.stemmer(language).stem
    assert len({stem(form) for form in forms}) == 1


@given(st.text())
def test_any_text_can_be_read(said: str) -> None:
    for word in text.words(said):
        assert word == text.fold(word)
        assert " " not in word
