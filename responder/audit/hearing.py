"""How long an answer takes to hear: a caller keeps no more than 60 words."""

from collections.abc import Iterator

from responder import speech
from responder.audit.pack import Pack
from responder.catalog.model import SECTIONS, LanguagePack
from responder.compose import Composer
from responder.errors import Problem
from responder.turn import Inquiry, Reply

MAX_WORDS = 60
WORDS_A_MINUTE = 150


def rule(pack: Pack) -> Iterator[Problem]:
    """Every answer and section, as a voice says it with the reminder, within MAX_WORDS."""
    for language, one in pack.catalog.languages.items():
        composer = Composer(pack.catalog, one, Inquiry(channel="voice"))
        for topic in pack.catalog.topics.values():
            text = topic.texts[language]
            for section in (None, *(name for name in SECTIONS if name in text.sections)):
                words = heard(composer.answer(topic.id, section), one)
                if len(words) > MAX_WORDS:
                    answer = (language, "speech" if text.speech else "answer")
                    where = (language, "sections", section) if section else answer
                    found = f"{len(words)} spoken words ({seconds(words):.0f} seconds) with the reminder"
                    fix = f"Take out {len(words) - MAX_WORDS} words, or write a shorter speech."
                    yield pack.in_topic("too-long-to-hear", topic.id, where, found, fix)


def heard(reply: Reply, pack: LanguagePack) -> list[str]:
    """The words of the reply and its reminder as the voice says them ("ALS" is three)."""
    said = " ".join(filter(None, (*reply.sentences, reply.reminder)))
    phrases = pack.phrases
    return speech.spoken(said, pack.lexicon.spoken, phrases.spoken["to"], phrases.counting).split()


def seconds(words: list[str]) -> float:
    """How long they take at WORDS_A_MINUTE."""
    return len(words) * 60 / WORDS_A_MINUTE
