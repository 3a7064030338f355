"""Every voice document the line knows, as it leaves: compared with tests/golden/, valid by Twilio's schema.

After a wanted change: pytest tests/channels/test_golden.py --update-golden, and read the difference.
"""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import etree

from tests.channels.conftest import OPEN, SHUT, Line
from tests.channels.twilio_api import Api
from tests.channels.twilio_simulator import Call

GOLDEN = Path(__file__).parent.parent / "golden"
NURSE = {"nurse_line": "+15557654321"}

Script = Callable[[Line], Call]


def call(line: Line, **about: str) -> Call:
    return Call(line(), **about).dial()


def at(line: Line, query: str, **chosen: object) -> Call:
    """A call in the middle of which the line finds itself."""
    return Call(line(**chosen)).dial(f"/voice/turn?{query}")


def told(line: Line) -> Call:
    return call(line).speak("leg cramp")


def refused(line: Line, caller: str) -> Call:
    return call(line, caller=caller).speak("leg cramp").press("2")


DOCUMENTS: dict[str, Script] = {
    "greeting-en": call,
    "greeting-es": lambda line: Call(line()).dial("/voice?language=es"),
    "greeting-unknown-country": lambda line: call(line, country=""),
    "answer-en": told,
    "answer-es": lambda line: call(line).press("2").speak("me brinca el ojo"),
    "answer-als": lambda line: call(line).speak("what is lou gehrigs disease"),
    "answer-no-text": lambda line: call(line, caller="anonymous").speak("leg cramp"),
    "more": lambda line: told(line).press("1"),
    "no-more": lambda line: told(line).speak("how is it diagnosed").press("1"),
    "again": lambda line: told(line).press("9"),
    "again-slower": lambda line: told(line).press("9").press("9"),
    "another": lambda line: told(line).press("*"),
    "numbers": lambda line: told(line).press("0"),
    "numbers-es": lambda line: call(line, country="GB").press("2").press("0"),
    "texted": lambda line: told(line).press("2"),
    "texted-before": lambda line: told(line).press("2").press("2"),
    "text-nothing": lambda line: call(line).speak("text me"),
    "text-withheld": lambda line: refused(line, "anonymous"),
    "choice-en": lambda line: call(line).speak("cramps"),
    "choice-es": lambda line: call(line).speak("calambres"),
    "choice-silence": lambda line: call(line).speak("cramps").stay_silent(),
    "choice-silence-again": lambda line: call(line).speak("cramps").stay_silent().stay_silent(),
    "choice-no-such-key": lambda line: call(line).speak("cramps").press("8"),
    "missed": lambda line: call(line).speak("asdf qwer"),
    "missed-menu": lambda line: call(line).speak("asdf qwer").speak("uiop asdf"),
    "missed-goodbye": lambda line: call(line).speak("asdf").speak("qwer").speak("zxcv").speak("asdf"),
    "menu-last-page": lambda line: call(line).speak("menu").press("9").press("9").press("9"),
    "menu-es": lambda line: call(line).press("2").speak("menú"),
    "no-such-key": lambda line: call(line).press("7"),
    "silence-1": lambda line: call(line).stay_silent(),
    "silence-2": lambda line: call(line).stay_silent().stay_silent(),
    "silence-goodbye": lambda line: call(line).stay_silent().stay_silent().stay_silent(),
    "silence-after-answer": lambda line: told(line).stay_silent(),
    "language-es": lambda line: call(line).press("2"),
    "help": lambda line: call(line).speak("help"),
    "thanks": lambda line: told(line).speak("thank you"),
    "goodbye-es": lambda line: call(line).press("2").speak("adiós"),
    "emergency-us": lambda line: call(line).speak("i can't breathe"),
    "emergency-es": lambda line: call(line, country="MX").speak("no puedo respirar"),
    "emergency-unknown": lambda line: call(line, country="").speak("i can't breathe"),
    "emergency-again": lambda line: call(line).speak("i can't breathe").press("9"),
    "emergency-silence": lambda line: call(line).speak("i can't breathe").stay_silent(),
    "emergency-thanks": lambda line: call(line).speak("i can't breathe").speak("okay thank you"),
    "crisis-es": lambda line: call(line, country="ES").press("2").speak("me quiero morir"),
    "crisis-us": lambda line: call(line).speak("i want to die"),
    "crisis-gb": lambda line: call(line, country="GB").speak("i want to die"),
    "crisis-unknown": lambda line: call(line, country="").speak("i want to die"),
    "crisis-silence": lambda line: call(line).speak("i want to die").stay_silent(),
    "urgent": lambda line: call(line).speak("fever and back pain for three days"),
    "urgent-person": lambda line: Call(line(OPEN, **NURSE)).dial().speak("fever and back pain for three days"),
    "person": lambda line: Call(line(OPEN, **NURSE)).dial().speak("talk to a nurse"),
    "person-withheld": lambda line: Call(line(OPEN, **NURSE), caller="anonymous").dial().speak("talk to a nurse"),
    "person-none": lambda line: call(line).speak("talk to a nurse"),
    "person-busy": lambda line: Call(line(OPEN, **NURSE)).dial().speak("talk to a nurse").hand_over("busy"),
    "person-done": lambda line: Call(line(OPEN, **NURSE)).dial().speak("talk to a nurse").hand_over("completed"),
}


def pretty(document: ElementTree.Element) -> str:
    """One element a line; the recogniser's hints, which come from all topics, left out."""
    copy = ElementTree.fromstring(ElementTree.tostring(document))
    for gather in copy.iter("Gather"):
        gather.set("hints", "...")
    ElementTree.indent(copy)
    return ElementTree.tostring(copy, encoding="unicode") + "\n"


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_every_document_is_as_it_was(line: Line, api: Api, name: str, request: pytest.FixtureRequest) -> None:
    document = DOCUMENTS[name](line).document
    assert document is not None
    found, path = pretty(document), GOLDEN / f"{name}.xml"
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


def test_there_is_no_golden_document_that_nobody_makes() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.xml")) == sorted(DOCUMENTS)


@pytest.fixture(scope="session")
def schema(shared: Callable[[str], Path]) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared("twilio/voice.xsd")))


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_every_document_is_valid(schema: etree.XMLSchema, name: str) -> None:
    schema.assertValid(etree.parse(GOLDEN / f"{name}.xml"))


@pytest.mark.parametrize("name", sorted(name for name in DOCUMENTS if name.split("-")[0] in ("emergency", "crisis")))
def test_an_alarm_says_its_number_within_three_seconds(name: str) -> None:
    """At 150 words a minute that is after seven words; the number is in the first sentence, digit by digit."""
    first = next(ElementTree.parse(GOLDEN / f"{name}.xml").iter("Say")).text or ""
    before = re.split(r"\d", first, maxsplit=1)[0]
    assert re.search(r"\d \d \d", first)
    assert len(before.split()) <= 7


@pytest.mark.parametrize("moment", [OPEN, SHUT])
def test_the_nurse_line_is_called_within_its_hours_only(line: Line, moment: object) -> None:
    from responder.hours import hours

    twilio = line(moment, **NURSE, nurse_hours=hours("Mo-Fr 08:00-18:00 America/New_York"))
    asked = Call(twilio).dial().speak("can i talk to a person")
    assert (asked.dialling is not None) == (moment is OPEN)
    assert asked.heard
