"""Slower speech: by SSML only where every voice of the pack is sure to know it."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from responder.catalog import Catalog
from responder.channels.speaking import PhoneLine, knows_rate
from responder.speech import MAX_SAID
from responder.turn import Reply

SLOW = Reply("answer", "en", ("One thing. Another thing.",), prompt="Press one.", slow=True)


@pytest.mark.parametrize(
    ("voice", "knows"),
    [
        ("Polly.Joanna", True),
        ("Polly.Joanna-Neural", True),
        ("Polly.Joanna-Generative", False),
        ("Google.en-US-Wavenet-D", True),
        ("Google.en-US-Neural2-F", True),
        ("Google.en-US-Standard-A", True),
        ("Google.en-US-Chirp3-HD-Aoede", False),
        ("man", False),
        ("woman", False),
    ],
)
def test_which_voices_know_a_rate(voice: str, knows: bool) -> None:
    assert knows_rate(voice) == knows


def spoken(catalog: Catalog, voice: str, reply: Reply) -> ElementTree.Element:
    packs = {code: replace(one, voice=replace(one.voice, voice=voice)) for code, one in catalog.languages.items()}
    changed = replace(catalog, languages=packs)
    return ElementTree.fromstring(str(PhoneLine(changed, packs["en"]).say(reply, "/next")))


def test_a_voice_that_knows_it_is_told_the_rate(catalog: Catalog) -> None:
    document = spoken(catalog, "Polly.Joanna-Neural", SLOW)
    assert [one.get("rate") for one in document.iter("prosody")] == ["85%", "85%"]


def test_any_other_voice_pauses_after_every_sentence(catalog: Catalog) -> None:
    document = spoken(catalog, "Google.en-US-Chirp3-HD-Aoede", SLOW)
    assert list(document.iter("prosody")) == []
    assert [verb.tag for verb in document[0]][:4] == ["Say", "Pause", "Say", "Pause"]


@pytest.mark.parametrize("slow", [False, True])
def test_no_say_is_longer_than_the_voices_allow(catalog: Catalog, slow: bool) -> None:
    reply = Reply("answer", "en", ("A sentence of some words. " * 400,), slow=slow)
    said = ["".join(say.itertext()) for say in spoken(catalog, "Polly.Joanna-Neural", reply).iter("Say")]
    assert len(said) == 4
    assert max(map(len, said)) <= MAX_SAID
