"""Words that sound alike: what is read behind them, and what is left as it was heard."""

import pytest

from responder.matching.sounds import Sounds, distance, sound

PHRASES = ["claudication", "dystonia", "calf cramps", "bfs", "temporomandibular", "tics", "muscle relaxer"]
KEPT = ["calf", "muscle", "cramp", "back", "upper back"]
SOUNDS = Sounds(PHRASES, KEPT, spoken={"BFS": "B F S"}, heard={"dystonia": ["estonia", "just told you"]})


def read(said: str) -> list[str]:
    readings = SOUNDS.readings([said.split()])
    return [" ".join(word for sentence in reading.sentences for word in sentence) for reading in readings]


@pytest.mark.parametrize(
    ("one", "other"),
    [("claudication", "glad occasion"), ("sciatica", "sigh attica"), ("knee", "nee"), ("phase", "face")],
)
def test_same_sound(one: str, other: str) -> None:
    assert sound(one.split()) == sound(other.split())


def test_letters_are_called_by_their_names() -> None:
    assert sound(["b", "f", "s"]) == sound(["bee", "ef", "ess"])


def test_digits_and_foreign_letters_have_no_sound() -> None:
    assert sound(["12", "ñß漢"]) == ""


@pytest.mark.parametrize(("near", "far"), [("fat", "sat"), ("mat", "sat"), ("pad", "pal"), ("pad", "pack")])
def test_a_confusable_consonant_costs_less_than_a_strange_one(near: str, far: str) -> None:
    assert distance(sound([near]), sound(["pat"])) < distance(sound([far]), sound(["pat"]))


def test_distance_is_the_same_both_ways() -> None:
    assert distance("sAtAkA", "JAtAtA") == pytest.approx(distance("JAtAtA", "sAtAkA"))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("what is glad occasion", "what is claudication"),
        ("temper a mandible are pain", "temporomandibular pain"),
        ("cuff cramps at night", "calf cramps at night"),
        ("muscle elixir", "muscle relaxer"),
    ],
)
def test_a_phrase_is_read_behind_words_that_sound_like_it(said: str, meant: str) -> None:
    assert meant in read(said)


def test_known_mishearings_are_read_though_they_sound_otherwise() -> None:
    assert read("treatment for just told you")[0] == "treatment for dystonia"


@pytest.mark.parametrize(
    "said", ["", "my calf hurts", "muscle relaxer", "claudication", "what is the weather", "six ticks", "back off"]
)
def test_well_heard_words_are_left_alone(said: str) -> None:
    assert read(said) == []


def test_a_telling_word_is_never_read_as_another() -> None:
    assert all("muscle" in reading for reading in read("muscle elixir"))
    assert read("calf occasion") == []


def test_other_sentences_stay() -> None:
    (reading,) = SOUNDS.readings([["hello"], ["glad", "occasion"], ["thanks"]])
    assert reading.sentences == [["hello"], ["claudication"], ["thanks"]]


def test_never_more_than_six_and_the_same_each_time() -> None:
    said = " ".join(["glad occasion and estonia"] * 8)
    assert len(read(said)) == 6
    assert read(said) == read(said)


def test_more_words_than_a_caller_says_in_one_turn_are_left_alone() -> None:
    assert read(" ".join(["glad occasion"] * 21)) == []
