"""Ways to find the topic of a message: ours and three generic ones, all made from the same catalog."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import NamedTuple

from adapt.engine import IntentDeterminationEngine  # type: ignore[import-untyped]
from adapt.intent import IntentBuilder  # type: ignore[import-untyped]
from rapidfuzz import fuzz, process, utils
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from responder.catalog import Catalog
from responder.catalog.model import ALARMS
from responder.engine import Engine
from responder.turn import Inquiry

OFF_TOPIC = "off-topic"


class Said(NamedTuple):
    """What a way makes of one message."""

    topics: tuple[str, ...] = ()
    """One: the answer. Several: asked back. None: an honest no."""
    score: float = 0.0
    alarm: bool = False


class Way(ABC):
    """One way to find topics. Making one is its start-up; one language only."""

    name: str
    needs_threshold: bool = True
    """Whether what it says counts only from some score on, to be tuned."""

    @abstractmethod
    def __init__(self, catalog: Catalog) -> None: ...

    @abstractmethod
    def ask(self, message: str) -> Said: ...


class OurMatcher(Way):
    """The engine's reader and matcher alone."""

    name = "ours: matcher"
    needs_threshold = False

    def __init__(self, catalog: Catalog, engine: Engine | None = None) -> None:
        one = (engine or Engine(catalog)).languages[catalog.default_language]
        self._read, self._match = one.reader.read, one.matcher.match

    def ask(self, message: str) -> Said:
        match = self._match(self._read(message))
        topics = tuple(candidate.topic for candidate in match.candidates[:3])
        return Said({"answer": topics[:1], "choice": topics, "fallback": ()}[match.decision], match.score)


class OurEngine(Way):
    """The whole turn: language, commands, red flags, matching and the worded reply."""

    name = "ours: whole turn"
    needs_threshold = False

    def __init__(self, catalog: Catalog, engine: Engine | None = None) -> None:
        self._respond = (engine or Engine(catalog)).respond

    def ask(self, message: str) -> Said:
        reply, _ = self._respond(Inquiry(message))
        topics = (reply.topic,) if reply.outcome == "answer" and reply.topic else reply.choices
        return Said(topics, alarm=reply.level in ALARMS)


class TokenSet(Way):
    """The phrase with the highest rapidfuzz token_set_ratio."""

    name = "rapidfuzz token_set_ratio"

    def __init__(self, catalog: Catalog) -> None:
        pairs = [(utils.default_process(phrase), topic) for phrase, topic in phrases(catalog)]
        self._phrases, self._topics = [phrase for phrase, _ in pairs], [topic for _, topic in pairs]

    def ask(self, message: str) -> Said:
        found = process.extractOne(utils.default_process(message), self._phrases, scorer=fuzz.token_set_ratio)
        return Said((self._topics[found[2]],), found[1]) if found else Said()


class CharacterRegression(Way):
    """Logistic regression over tf-idf of character 2- to 5-grams; "off-topic" is one class more."""

    name = "character n-grams + log. regression"

    def __init__(self, catalog: Catalog) -> None:
        texts, topics = zip(*phrases(catalog), strict=True)
        others = catalog.languages[catalog.default_language].off_topic
        self._grams = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)
        self._model = LogisticRegression(C=20, max_iter=200)
        self._model.fit(self._grams.fit_transform([*texts, *others]), [*topics, *[OFF_TOPIC] * len(others)])
        self._classes = [str(name) for name in self._model.classes_]

    def ask(self, message: str) -> Said:
        """The score is how much likelier the topic is than off-topic, so the threshold can go either way from 0."""
        shares = dict(zip(self._classes, self._model.predict_proba(self._grams.transform([message]))[0], strict=True))
        off_topic = float(shares.pop(OFF_TOPIC, 0.0))
        best = max(shares, key=shares.__getitem__)
        return Said((best,), float(shares[best]) - off_topic)


class Adapt(Way):
    """Mycroft's adapt-parser: one intent a topic, its phrases as the words it needs."""

    name = "adapt-parser"

    def __init__(self, catalog: Catalog) -> None:
        self._engine = IntentDeterminationEngine()
        for phrase, topic in phrases(catalog):
            self._engine.register_entity(phrase.lower(), topic)
        for topic in catalog.topics:
            self._engine.register_intent_parser(IntentBuilder(topic).require(topic).build())

    def ask(self, message: str) -> Said:
        found = max(self._engine.determine_intent(message), key=lambda intent: intent["confidence"], default=None)
        return Said((found["intent_type"],), found["confidence"]) if found else Said()


WAYS: tuple[type[Way], ...] = (OurMatcher, OurEngine, TokenSet, CharacterRegression, Adapt)


def phrases(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """What every way learns from: titles, keywords and examples, with their topics."""
    for topic in catalog.topics.values():
        text = topic.texts[catalog.default_language]
        for phrase in (text.title, *text.keywords, *text.examples):
            yield phrase, topic.id
