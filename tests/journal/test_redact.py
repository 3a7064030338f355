"""What could tell who wrote a message does not outlive it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from responder.journal import redact
from responder.journal.redact import LONGEST

CASES = [
    ("my name is john smith and my leg cramps", "my name is [name] and my leg cramps"),
    ("My name\u2019s Bob. Call me", "My name's [name]. Call me"),
    ("me llamo maría josé y me duele la pierna", "me llamo [name] y me duele la pierna"),
    ("mi nombre es Luz, tengo calambres", "mi nombre es [name], tengo calambres"),
    ("Dr. Smith said it is als", "Dr. [name] said it is als"),
    ("I'm John Brown and I'm in pain. I'm so tired", "I'm [name] and I'm in pain. I'm so tired"),
    ("call (555) 123-4567 or +44 20 7946 0958", "call [number] or [number]"),
    ("five five five one two three four", "[number]"),
    ("five days of twitching", "five days of twitching"),
    ("mrn A12345 ssn 123456789", "mrn [number] ssn [number]"),
    ("write john.doe+x@mail.example.com", "write [email]"),
    ("john at gmail dot com", "[email]"),
    ("see https://x.org/a?b=1 www.foo.bar example.com/path", "see [link] [link] [link]"),
    ("since 12 March 2024, on May 3rd and Tuesday", "since [date], on [date] and [date]"),
    ("born 1/2/1980", "born [date]"),
    ("el 3 de mayo de 2023, el lunes", "el [date], el [date]"),
    ("it may be a march fracture", "it may be a march fracture"),
    ("hurt since last May", "hurt since last [date]"),
    ("221b Baker Street in London", "[address] in [place]"),
    ("vivo en la calle mayor 5 de Madrid", "vivo en la [address] de [place]"),
    ("i live in boston and have cramps", "i live in [place] and have cramps"),
    ("the clinic at Santa Fe, from New York", "the clinic at [place], from [place]"),
    ("pain in my leg at night", "pain in my leg at night"),
    ("MY BACK HURTS IN MY LEG", "my back hurts in my leg"),
    ("the pain I'm in I can't stand", "the pain I'm in I can't stand"),
    ("\u0663\u0664\u0665 \u2460\u2461 \u00bd", "[number]"),
    ("leg\x00\ud800cramp", "leg ?cramp"),
    ("", ""),
]


@pytest.mark.parametrize(("said", "kept"), CASES)
def test_only_what_was_asked_is_kept(said: str, kept: str) -> None:
    assert kept == redact(said)


@given(st.text(max_size=2000))
@example("9" * 3000)
@example("a@" * 1000)
@example("1 a " * 500)
def test_no_digit_and_no_control_character_survives(text: str) -> None:
    kept = redact(text)
    assert len(kept) <= LONGEST
    assert not any(character.isdigit() for character in kept)
    assert kept.isprintable()
    kept.encode()


_FEW = ("my", "leg", "hurts", "since", "and", "cramps", "name", "is", "in", "from", "me", "duele")
_WORDS = st.lists(st.sampled_from(_FEW), max_size=5).map(" ".join)
_SECRETS = st.one_of(
    st.from_regex(r"\+?[0-9]{7,15}", fullmatch=True),
    st.from_regex(r"[0-9]{3}[-. ][0-9]{3}[-. ][0-9]{4}", fullmatch=True),
    st.from_regex(r"[a-z]{3,9}@[a-z]{3,9}\.(com|org)", fullmatch=True),
    st.from_regex(r"https?://[a-z]{3,9}\.[a-z]{2,3}/[a-z]{0,5}", fullmatch=True),
    st.sampled_from(["my name is Wolfgang", "me llamo Guadalupe", "I live in Springfield", "Dr. Rodriguez"]),
)


@given(_WORDS, _SECRETS, _WORDS)
def test_a_secret_never_survives_among_other_words(before: str, secret: str, after: str) -> None:
    kept = redact(f"{before} {secret} {after}")
    assert secret.split()[-1] not in kept
