"""What the line's own sentences cost as texts, put together as they are sent."""

from collections.abc import Iterator

from responder.audit.lengths import dearest, first, too_long
from responder.audit.pack import Pack
from responder.catalog.model import ALARMS, Catalog, LanguagePack, Level
from responder.compose import Composer
from responder.errors import Problem
from responder.turn import MAX_CHOICES, Inquiry, Reply

_ALONE = (
    "greeting",
    "thanks",
    "nothing_before",
    "nothing_open",
    "none_of_these",
    "no_such_choice",
    "language_set",
)
"""Phrases that are sent as they stand, with the reminder."""
_LONG_URL = "https://line.example.org/privacy-notice.html"


def rule(pack: Pack) -> Iterator[Problem]:
    """Two segments for everything; an alarm in a country whose number is known must fit into one."""
    for language, one in pack.catalog.languages.items():
        for key, reply in _replies(pack.catalog, one):
            problem = too_long(reply)
            if problem:
                yield pack.problem("phrase-too-long", f"phrases/{language}.yaml", ("texts", key), *problem)
        for number, flag in enumerate(one.red_flags.rules):
            problem = _alarm(pack.catalog, one, flag.level, flag.reason) if flag.level in ALARMS else None
            if problem:
                where = ("rules", number, "reason")
                yield pack.problem("phrase-too-long", f"red_flags/{language}.yaml", where, *problem)
        if problem := _alarm(pack.catalog, one, "emergency", one.alarms.reason):
            yield pack.problem("phrase-too-long", f"alarms/{language}.yaml", ("reason",), *problem)


def _replies(catalog: Catalog, pack: LanguagePack) -> Iterator[tuple[str, Reply]]:
    text = Composer(catalog, pack, Inquiry())
    longest = sorted(catalog.topics, key=lambda topic: -len(catalog.topics[topic].texts[pack.code].title))
    yield "fallback", text.fallback(1)
    yield "fallback_again", text.fallback(2)
    yield "empty", text.silence()
    yield "picture", Composer(catalog, pack, Inquiry(media=True)).silence()
    yield "choice", text.choice(longest[:3])
    yield "urgent", _urgent_choice(catalog, pack, longest[:3])
    for place in range(0, len(catalog.menu), MAX_CHOICES):
        yield "menu_more", text.menu(catalog.menu[place : place + MAX_CHOICES], more=True)
    yield "notice", first(text, text.menu(catalog.menu[:MAX_CHOICES]))
    for key in ("fallback", "greeting", "empty"):
        yield "notice", first(text, text.command(key))
    yield "no_more", text.no_more(longest[0])
    yield "help", text.command("help", name=catalog.name)
    for key in _ALONE:
        yield key, text.command(key)
    for key in ("stopped", "started", "forgotten"):
        yield key, text.about_the_line(key, name=catalog.name)
    yield "privacy", text.about_the_line("privacy", "privacy_more", url=_LONG_URL)
    emergency = pack.phrases.texts["emergency_number_unknown"]
    yield "trouble", Reply("command", pack.code, (pack.phrases.texts["trouble"].format(emergency=emergency),))


def _urgent_choice(catalog: Catalog, pack: LanguagePack, topics: list[str]) -> Reply:
    """A question back after the line for urgent messages, where that line is longest."""

    def asked(composer: Composer) -> Reply:
        return composer.urgently(composer.choice(topics))

    return asked(dearest(catalog, pack, asked))


def _alarm(catalog: Catalog, pack: LanguagePack, level: Level, reason: str) -> tuple[str, str] | None:
    """What is wrong with an alarm's reply where its number is unknown, and where it is longest among the known."""

    def told(composer: Composer) -> Reply:
        return composer.alarm("", level, reason)

    everywhere = too_long(told(dearest(catalog, pack, told)))
    if everywhere or level == "crisis":
        return everywhere
    known = [country for country, lines in catalog.countries.items() if lines.emergency.told]
    replies = [told(Composer(catalog, pack, Inquiry(country=country))) for country in known]
    longest = max(replies, key=lambda reply: len(reply.text), default=None)
    return too_long(longest, limit=1) if longest else None
