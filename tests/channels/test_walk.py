"""A simulated Twilio walks the line, breadth first: no dead end, no document without a way on or a goodbye."""

from collections import deque
from dataclasses import replace
from itertools import count
from urllib.parse import parse_qs, urlsplit

import pytest

from responder.catalog import Catalog
from responder.engine import Engine
from tests.channels.conftest import OPEN, Line
from tests.channels.twilio_api import Api
from tests.channels.twilio_simulator import KEYS, Call

WORDS = ["cramps", "leg cramp", "menu", "asdf qwer", "i can't breathe", "text me that", "slower", "no", "español"]
WORDS += ["in english", "talk to a person", "more", "goodbye"]
_calls = count()


def state(call: Call) -> tuple[object, ...]:
    """What tells two places apart: not which topic was told, but that one was, and whether it was its last section."""
    assert call.gather is not None
    query = {name: values[0] for name, values in parse_qs(urlsplit(call.gather.get("action", "")).query).items()}
    query.pop("turn", None)
    told = (bool(query.pop("topic", "")), query.pop("section", "") in ("", "diagnosis"))
    query.pop("repeats", "")
    choices = query.pop("choices", "").count(",")
    return (*told, choices, *sorted(query.items()))


def checked(call: Call, catalog: Catalog) -> None:
    """A document in which something is said, and then the line listens, hands over or says goodbye."""
    assert call.heard.strip(), call.address
    if call.over:
        byes = [pack.phrases.spoken["bye"] for pack in catalog.languages.values()]
        assert call.heard.endswith(tuple(byes)), call.heard
    elif call.dialling is None:
        assert call.gather is not None
        assert call.gather.get("actionOnEmptyResult") == "true"
        assert call.document is not None
        assert call.document[-1].tag == "Redirect", "should Twilio fall through, the call goes on"


def test_every_way_through_the_line_leads_on_or_to_a_goodbye(line: Line, api: Api, catalog: Catalog) -> None:
    begun = Call(line(OPEN, nurse_line="+15557654321")).dial()
    seen, waiting, ends = {state(begun)}, deque([begun]), 0
    while waiting:
        place = waiting.popleft()
        for act in ["", *KEYS, *WORDS]:
            call = do(again(place), act)
            checked(call, catalog)
            if call.dialling is not None:
                checked(call.hand_over("no-answer"), catalog)
            ends += call.over
            if not call.over and state(call) not in seen:
                seen.add(state(call))
                waiting.append(call)
    assert len(seen) > 40
    assert ends > 10


def again(place: Call) -> Call:
    """Another call that is at that place: all there is to know of it is in the document."""
    return replace(place, said=[], sid=f"CA{next(_calls)}")


def do(call: Call, act: str) -> Call:
    if not act:
        return call.stay_silent()
    return call.press(act) if act in KEYS else call.speak(act)


def test_silence_ends_every_place_within_three_turns(line: Line, api: Api) -> None:
    twilio = line(OPEN)
    for act in ["", *KEYS, *WORDS]:
        call = Call(twilio).dial()
        do(call, act)
        for _ in range(3):
            if not call.over:
                call.stay_silent()
        assert call.over, act


def test_every_topic_and_section_is_told_and_can_be_left(line: Line, api: Api, engine: Engine) -> None:
    twilio = line(OPEN)
    on = {"en": "For more, press one.", "es": "Para oír más, oprima el uno."}
    for language in engine.catalog.languages:
        for topic in engine.catalog.topics:
            call = Call(twilio).dial(f"/voice/turn?language={language}&choices={topic}").press("1")
            sections = 0
            while on[language] in call.heard:
                call.press("1")
                sections += 1
            assert sections == len(engine.catalog.topics[topic].texts[language].sections)


def test_a_document_that_twilio_asks_for_twice_is_the_very_same(line: Line, api: Api) -> None:
    call = Call(line(OPEN, retries=True)).dial()
    for act in ("cramps", "1", "2", "9", "*", "0", "asdf", "", "", ""):
        if not call.over:
            do(call, act)


def test_should_twilio_fall_through_the_next_document_still_comes(line: Line, api: Api) -> None:
    call = Call(line(OPEN)).dial()
    assert call.gather is not None
    call.gather.attrib.pop("actionOnEmptyResult")
    call.stay_silent()
    assert call.gather is not None
    assert call.heard


def test_choices_that_are_left_keep_their_numbers_until_they_are_offered_again(line: Line, api: Api) -> None:
    link = "/voice/turn?choices=gone,leg-cramp,als"
    assert "toes" in Call(line(OPEN)).dial(link).press("1").heard  # silence came first: the list was read out anew
    call = Call(line(OPEN)).dial()
    assert call.gather is not None
    call.gather.set("action", link)
    assert "A L S" in call.press("3").heard


@pytest.mark.parametrize("query", ["topic=gone&section=gone", "choices=gone,gone2", "page=7&choices=gone", "page=9"])
@pytest.mark.parametrize("act", ["", *KEYS, *WORDS])
def test_a_link_to_what_is_no_more_gets_a_sensible_answer(
    line: Line, api: Api, catalog: Catalog, query: str, act: str
) -> None:
    call = Call(line(OPEN)).dial(f"/voice/turn?{query}")
    checked(call, catalog)
    if not call.over:
        assert call.gather is not None
        call.gather.set("action", f"/voice/turn?{query}&turn=5")
        do(call, act)
        checked(call, catalog)
