"""How hard the texts are to read, the topic's own names aside."""

from collections.abc import Iterator

from responder.audit.pack import Pack
from responder.catalog.model import TopicText
from responder.catalog.reading_level import Readability, readability
from responder.catalog.yaml import Field
from responder.errors import Problem


def rule(pack: Pack) -> Iterator[Problem]:
    """The first reply as a whole, and each section and speech on its own: `hard` warns, `too hard` is an error."""
    for topic, language, text in pack.texts():
        for where, words in _parts(language, text):
            found = readability(words, language, exempt=(text.title, *text.keywords))
            if found and found.verdict != "easy":
                code = "hard" if found.verdict == "hard" else "too-hard"
                yield pack.in_topic(code, topic, where, _told(found), "Shorten the sentences; choose shorter words.")


def _parts(language: str, text: TopicText) -> Iterator[tuple[Field, str]]:
    yield (language, "answer"), f"{text.answer} {text.see_doctor}"
    for section, words in text.sections.items():
        yield (language, "sections", section), words
    if text.speech:
        yield (language, "speech"), f"{text.speech} {text.see_doctor}"


def _told(found: Readability) -> str:
    words = ", ".join(found.long_words[:6])
    longest = f"; long words: {words}" if words else ""
    return f"{found.scale} {found.score:g}, wanted {found.wanted}{longest}"
