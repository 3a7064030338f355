"""What of a catalog only teaches and tests: once an engine has learned, it answers without."""

from dataclasses import replace

from responder.catalog.model import Alarms, Catalog, LanguagePack, Lexicon, Topic


def without_lessons(catalog: Catalog) -> Catalog:
    """The catalog without what understanding is made of, and without conversations; what it says stays."""
    return replace(
        catalog,
        topics={name: _topic(topic) for name, topic in catalog.topics.items()},
        languages={code: _pack(pack) for code, pack in catalog.languages.items()},
        conversations=(),
    )


def _topic(topic: Topic) -> Topic:
    return replace(topic, texts={code: replace(text, examples=()) for code, text in topic.texts.items()})


def _pack(pack: LanguagePack) -> LanguagePack:
    book = replace(pack.red_flags, words={}, negations=(), breaks=(), past=(), questions=(), rules=())
    lexicon = Lexicon(pack.lexicon.language, spoken=pack.lexicon.spoken)
    return replace(pack, lexicon=lexicon, red_flags=book, alarms=Alarms(), off_topic=())
