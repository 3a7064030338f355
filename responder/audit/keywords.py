"""Keywords that cannot work: claimed by two topics, or commands of the line."""

from collections.abc import Iterator

from responder import carrier
from responder import text as plain
from responder.audit.pack import Pack, topic_file
from responder.errors import Problem


def rule(pack: Pack) -> Iterator[Problem]:
    """Each keyword means one topic, and no keyword is a command in any language of the pack."""
    reserved = _reserved(pack)
    for language in pack.catalog.languages:
        owners: dict[frozenset[str], str] = {}
        stem = plain.stemmer(language).stem
        for topic in pack.catalog.topics.values():
            for place, keyword in enumerate(topic.texts[language].keywords):
                words = plain.words(keyword)
                where = (language, "keywords", place)
                command = reserved.get(tuple(words))
                if command:
                    fix = "Remove it, or add a word that makes it a question about the topic."
                    yield pack.in_topic("reserved-word", topic.id, where, f"{keyword!r} is {command}", fix)
                owner = owners.setdefault(frozenset(map(stem, words)), topic.id)
                if owner != topic.id:
                    found = f"{keyword!r} is also a keyword of {topic_file(owner)}"
                    yield pack.in_topic("keyword-conflict", topic.id, where, found, "Keep it in one of the two topics.")


def _reserved(pack: Pack) -> dict[tuple[str, ...], str]:
    """Whole messages that never reach the matcher, and what they are."""
    words = carrier.STOP | carrier.START | carrier.HELP
    reserved: dict[tuple[str, ...], str] = {(word,): "a word that Twilio acts on itself" for word in words}
    for one in pack.catalog.languages.values():
        for command, ways in one.phrases.commands.items():
            for way in ways:
                reserved.setdefault(tuple(plain.words(way)), f"the command {command}")
        for numeral, ways in one.phrases.numerals.items():
            for way in ways:
                reserved.setdefault(tuple(plain.words(way)), f"the number {numeral}")
    return reserved
