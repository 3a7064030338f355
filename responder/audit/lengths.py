"""What every answer costs as a text: at most two segments with all that is put around it."""

from collections.abc import Callable, Iterator

from responder import segments
from responder.audit.pack import Pack
from responder.catalog.model import SECTIONS, Catalog, LanguagePack
from responder.catalog.unseen import named
from responder.compose import MAX_SEGMENTS, Composer
from responder.errors import Problem
from responder.turn import Inquiry, Reply

_ROOM = {"GSM-7": {1: 160, 2: 306}, "UCS-2": {1: 70, 2: 134}}
"""Septets or UTF-16 units that fit into one and two segments."""
_NAMED = 5
FIRST = "the notice of a first contact"
URGENT = "the line for urgent messages"
URGENT_FIRST = "the line for urgent messages and the notice of a first contact"


def rule(pack: Pack) -> Iterator[Problem]:
    """Every topic and section, plain and with the line about urgency or emergency, in the dearest country."""
    for language, one in pack.catalog.languages.items():
        forms = _forms(pack.catalog, one)
        for topic in pack.catalog.topics.values():
            text = topic.texts[language]
            for section in (None, *(name for name in SECTIONS if name in text.sections)):
                replies = {around: form(topic.id, section) for around, form in forms.items()}
                if section:  # an urgent message gets the overview, whatever side of it was asked for
                    del replies[URGENT], replies[URGENT_FIRST]
                around = max(replies, key=lambda one: sent(replies[one])[1].units)
                problem = too_long(replies[around])
                if problem:
                    where = (language, "sections", section) if section else (language, "answer")
                    yield pack.in_topic("too-long", topic.id, where, f"{problem[0]}, with {around}", problem[1])


def sent(reply: Reply) -> tuple[str, segments.Cost]:
    """The reply as a text message, and what it costs."""
    text = segments.fold(reply.text)
    return text, segments.cost(text)


def too_long(reply: Reply, limit: int = MAX_SEGMENTS) -> tuple[str, str] | None:
    """What was found and what to do, if the reply needs more than `limit` segments."""
    text, cost = sent(reply)
    if cost.segments <= limit:
        return None
    over = cost.units - _ROOM[cost.encoding][limit]
    found = f"{cost.segments} segments ({cost.units} {'septets' if cost.encoding == 'GSM-7' else 'UCS-2 units'})"
    double = [named(place, c) for place, c in enumerate(text, 1) if c in segments.EXTENDED]
    if double:
        more = f" and {len(double) - _NAMED} more" if len(double) > _NAMED else ""
        found += f"; counted twice: {', '.join(double[:_NAMED])}{more}"
    return found, f"Take out {max(over, 1)} characters."


def dearest(catalog: Catalog, pack: LanguagePack, form: Callable[[Composer], Reply]) -> Composer:
    """The composer for the country, or none, whose reply of this form is longest."""
    composers = [Composer(catalog, pack, Inquiry(country=country)) for country in (None, *catalog.countries)]
    return max(composers, key=lambda composer: sent(form(composer))[1].units)


def first(composer: Composer, reply: Reply) -> Reply:
    """The reply as the first text to someone, whether or not there is room for the notice."""
    return reply._replace(reminder=composer.pack.phrases.texts["notice"], prompt="")


def _forms(catalog: Catalog, pack: LanguagePack) -> dict[str, Callable[[str, str | None], Reply]]:
    """What a topic can be sent with, and how to compose it."""
    some = next(iter(catalog.topics))
    plain = Composer(catalog, pack, Inquiry())
    urgent = dearest(catalog, pack, lambda composer: composer.answer(some, urgent=True))
    now = dearest(catalog, pack, lambda composer: composer.if_now(composer.answer(some)))
    return {
        "the reminder and the hint": plain.answer,
        FIRST: lambda topic, section: first(plain, plain.answer(topic, section)),
        URGENT: lambda topic, _: urgent.answer(topic, urgent=True),
        URGENT_FIRST: lambda topic, _: first(urgent, urgent.answer(topic, urgent=True)),
        "the line about an emergency": lambda topic, section: now.if_now(now.answer(topic, section)),
    }
