"""Conversations through the engine: one table of turns a case."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.catalog import SECTIONS
from responder.engine import Engine
from responder.turn import CHANNELS, Dialogue, Inquiry, Reply


def talk(engine: Engine, *messages: str, **inquiry: str) -> list[Reply]:
    replies, dialogue = [], Dialogue()
    for message in messages:
        reply, dialogue = engine.respond(Inquiry(message, **inquiry), dialogue)
        replies.append(reply)
    return replies


ANSWERED = [
    ("why does my eyelid keep twitching", "eyelid-twitch"),
    ("back went out", "back-spasm"),
    ("what is isaacs sindrome", "isaacs-syndrome"),
    ("my calf cramps at nite", "night-leg-cramp"),
    ("charlie horse", "leg-cramp"),
    ("legcramps", "leg-cramp"),
    ("psychiatica", "sciatica"),
    ("pinch nerve in my neck", "pinched-nerve"),
    ("crampsss in my calf", "leg-cramp"),
    ("tore my acl", "ligament-injury"),
    ("too much coffee and now my muscles twitch", "caffeine"),
    ("what is lou garrigs disease", "als"),
    ("me brinca el ojo", "eyelid-twitch"),
    ("calambre en la pantorrilla", "leg-cramp"),
    ("se me trabo la espalda", "back-spasm"),
]


@pytest.mark.parametrize(("message", "topic"), ANSWERED)
def test_lay_words_find_their_topic(engine: Engine, message: str, topic: str) -> None:
    (reply,) = talk(engine, message)
    assert (reply.outcome, reply.topic) == ("answer", topic)
    assert reply.reminder


@pytest.mark.parametrize(
    ("message", "section"),
    [
        ("what causes eyelid twitching", "causes"),
        ("how do i stop leg cramps", "treatment"),
        ("will sciatica go away", None),
        ("how is a slipped disc diagnosed", "diagnosis"),
        ("symptoms of als", "symptoms"),
        ("should i worry about my eyelid twitching", "worry"),
        ("my eyelid twitches", None),
    ],
)
def test_a_question_for_one_side_gets_that_side(engine: Engine, message: str, section: str | None) -> None:
    (reply,) = talk(engine, message)
    assert reply.outcome == "answer"
    assert reply.section == section or section is None


@pytest.mark.parametrize(
    "message",
    ["asdf", "book me a flight to denver", "what is the capital of france", "qué tiempo hace mañana", "I got robbed"],
)
def test_other_things_get_an_honest_no(engine: Engine, message: str) -> None:
    assert talk(engine, message)[0].outcome == "fallback"


def test_the_same_fallback_is_never_said_twice_in_a_row(engine: Engine) -> None:
    first, second = talk(engine, "asdf", "qwer")
    assert first.sentences != second.sentences


@pytest.mark.parametrize(
    ("message", "choices"),
    [
        ("cramps", ("leg-cramp", "belly-cramp", "period-cramp")),
        ("lockjaw", None),
    ],
)
def test_words_with_two_meanings_ask_back(engine: Engine, message: str, choices: tuple[str, ...] | None) -> None:
    (reply,) = talk(engine, message)
    assert reply.outcome == "choice"
    assert 2 <= len(reply.choices) <= 3
    assert choices is None or reply.choices == choices


@pytest.mark.parametrize("taken", ["2", "two", "the second one", "stomach cramps", "second"])
def test_a_choice_is_taken_by_number_word_or_title(engine: Engine, taken: str) -> None:
    assert talk(engine, "cramps", taken)[1].topic == "belly-cramp"


def test_a_number_out_of_range_is_told_and_the_choice_stays_open(engine: Engine) -> None:
    replies = talk(engine, "cramps", "7", "1")
    assert replies[1].outcome == "command"
    assert replies[2].topic == "leg-cramp"


def test_more_tells_every_section_once_and_then_says_so(engine: Engine) -> None:
    sections = engine.catalog.topics["leg-cramp"].texts["en"].sections
    replies = talk(engine, "leg cramp", *["more"] * (len(sections) + 1))
    assert [reply.section for reply in replies[1:-1]] == [name for name in SECTIONS if name in sections]
    assert replies[-1].outcome == "command"


@pytest.mark.parametrize("word", ["causes", "causess", "Causes?", "why"])
def test_a_section_word_goes_on_with_the_topic(engine: Engine, word: str) -> None:
    assert talk(engine, "leg cramp", word)[1].section == "causes"


def test_the_menu_lists_topics_to_choose_by_number(engine: Engine) -> None:
    menu, chosen = talk(engine, "menu", "3")
    assert chosen.topic == menu.choices[2] == engine.catalog.menu[2]


@pytest.mark.parametrize(
    ("messages", "languages"),
    [
        (["my calf cramps"], ["en"]),
        (["me dan calambres"], ["es"]),
        (["my calf cramps", "en español"], ["en", "es"]),
        (["me dan calambres", "in english"], ["es", "en"]),
        (["me dan calambres", "ciática"], ["es", "es"]),
        (["my calf cramps", "tic"], ["en", "en"]),
        (["me brinca el ojo", "causas", "más"], ["es", "es", "es"]),
        (["calambre"], ["es"]),
        (["no"], ["en"]),
    ],
)
def test_the_language_follows_the_person(engine: Engine, messages: list[str], languages: list[str]) -> None:
    assert [reply.language for reply in talk(engine, *messages)] == languages


def test_switching_the_language_repeats_the_topic(engine: Engine) -> None:
    assert talk(engine, "leg cramp", "español")[1].topic == "leg-cramp"


ALARMS = [
    ("no fever but i cant pee since this morning", "emergency"),
    ("my back went out and now i cant feel when i wipe", "emergency"),
    ("stepped on nail last week now my jaw wont open", "emergency"),
    ("i have chest pain and my left arm is numb", "emergency"),
    ("i cant breath", "emergency"),
    ("i want to die", "crisis"),
    ("im suicidl", "crisis"),
    ("my moms face is droopy she says its a twitch", "emergency"),
    ("no puedo respirar", "emergency"),
    ("me quiero matar", "crisis"),
    ("no puedo orinar y me duele la espalda", "emergency"),
]


@pytest.mark.parametrize(("message", "level"), ALARMS)
@pytest.mark.parametrize("channel", CHANNELS)
def test_alarms_come_first_and_alone(engine: Engine, message: str, level: str, channel: str) -> None:
    (reply,) = talk(engine, message, channel=channel, country="US")
    assert (reply.outcome, reply.level) == (level, level)
    assert reply.topic is None
    assert not reply.reminder
    assert not reply.prompt
    assert "9 1 1" in reply.text if channel == "voice" else "911" in reply.text


@pytest.mark.parametrize(
    "message",
    [
        "no numbness, can pee fine, just a back spasm",
        "this cramp is killing me lol",
        "my back seized up",
        "fit and healthy 30yo twitching",
        "me muero de dolor de espalda",
    ],
)
def test_figures_of_speech_and_denials_raise_no_alarm(engine: Engine, message: str) -> None:
    assert talk(engine, message)[0].level in ("none", "urgent")


def test_a_question_about_an_emergency_gets_its_topic_and_the_number(engine: Engine) -> None:
    (reply,) = talk(engine, "can ALS make you stop breathing?", country="GB")
    assert reply.topic == "als"
    assert reply.text.endswith("If this is happening now, call 999.")


def test_an_urgent_message_is_told_so_first_and_still_gets_its_topic(engine: Engine) -> None:
    (reply,) = talk(engine, "fever and back pain for three days", country="GB")
    assert reply.level == "urgent"
    assert reply.sentences[0].startswith("Get medical advice today")
    assert "111" in reply.sentences[0]


@pytest.mark.parametrize(
    ("country", "says"),
    [("US", "Call or text 988."), ("GB", "Call 116 123."), ("KR", "findahelpline.com"), (None, "findahelpline.com")],
)
def test_a_crisis_names_the_countrys_helpline_if_it_is_sure(engine: Engine, country: str | None, says: str) -> None:
    (reply,) = talk(engine, "i want to kill myself", **({"country": country} if country else {}))
    assert says in reply.text


MEMORY_FIELDS = st.sampled_from(["language", "topic", "section", "choices", "misses"])
MEMORIES = st.recursive(
    st.none() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner) | st.dictionaries(MEMORY_FIELDS, inner),
)


@given(
    text=st.text(max_size=200),
    digits=st.text(max_size=4),
    channel=st.sampled_from(CHANNELS),
    country=st.one_of(st.none(), st.text(max_size=3)),
    memory=MEMORIES,
)
def test_any_turn_gets_a_reply_and_a_memory_that_can_be_kept(
    engine: Engine, text: str, digits: str, channel: str, country: str | None, memory: object
) -> None:
    inquiry = Inquiry(text, digits=digits, channel=channel, country=country)  # type: ignore[arg-type]
    reply, dialogue = engine.respond(inquiry, Dialogue.from_dict(memory))
    assert reply.text or reply.outcome == "command"
    assert Dialogue.from_dict(json.loads(json.dumps(dialogue.to_dict()))) == dialogue
