"""The matcher of one language: ideas, features, model, decision."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from math import exp, log

from responder import logistic
from responder import text as plain
from responder.catalog.model import Catalog, LanguagePack
from responder.logistic import Feature
from responder.matching import model
from responder.matching.features import general, pairs, topical
from responder.matching.ideas import Idea, Ideas
from responder.matching.keywords import Keywords
from responder.matching.rank import FLOOR, decide, in_doubt, settle
from responder.matching.sections import Sections
from responder.matching.sounds import Sounds
from responder.reading import Token
from responder.turn import Candidate, Match

OFF_TOPIC = ""
"""In place of a topic: what the line has nothing on."""
_SHOWN = 5
_CONVINCING = 0.5
"""So much evidence, counted in consonants, makes a reading of misheard words believed."""
_LONG_WORD = 7
"""Letters that make a word of a phrase worth hearing by itself."""
_SUPPORT = 0.2
"""What the rest of the message adds to it: the log-odds that it is for the line, times this."""


def vocabulary(catalog: Catalog, pack: LanguagePack) -> list[str]:
    """The words worth mending a typo to, most important first: lexicon, titles, keywords, words of examples."""
    texts = [topic.texts[pack.code] for topic in catalog.topics.values()]
    found = dict.fromkeys(
        word
        for phrases in (
            (word for group in pack.lexicon.groups for word in group.words),
            pack.lexicon.spellings,
            (text.title for text in texts),
            (keyword for text in texts for keyword in text.keywords),
        )
        for phrase in phrases
        for word in plain.words(phrase)
    )
    counts = Counter(word for text in texts for example in text.examples for word in set(plain.words(example)))
    found.update(dict.fromkeys(word for word, count in counts.most_common() if count > 2))
    return list(found)


class Matcher:
    """Finds the topic of a message among one language's texts."""

    def __init__(self, catalog: Catalog, pack: LanguagePack, read: Callable[[str], list[Token]]) -> None:
        stem = plain.stemmer(pack.code).stem
        self._read = read
        self._sounds = _sounds(catalog, pack)
        self._ideas = Ideas(pack.lexicon, stem)
        self._sections = Sections(pack.lexicon.sections, stem)
        self._ambiguous = {_stems(read(words)): entry.ask for entry in pack.lexicon.ambiguous for words in entry.words}
        ours = [(self._read_ideas(text), topic) for text, topic in _ours(catalog, pack)]
        others = [self._read_ideas(text) for text in pack.off_topic]
        self._keywords = Keywords((self._read_ideas(text), topic) for text, topic in _keywords(catalog, pack))
        self._examples = _unambiguous([*ours, *((ideas, OFF_TOPIC) for ideas in others)])
        self._model = model.train([(topical(ideas, pairs(ideas)), topic) for ideas, topic in ours])
        self._gate = logistic.train(
            [(self._general(ideas), True) for ideas, _ in ours] + [(self._general(ideas), False) for ideas in others]
        )

    def match(self, tokens: Sequence[Token], *, heard: bool = False, flagged: bool = False) -> Match:
        """What `tokens` are about; `heard` says that a recogniser wrote them, who loses and mishears words.

        `flagged` says that a red flag fired: then the message is for this line, however little else says so.
        """
        found = self._match(tokens, flagged=flagged)
        if not heard or found.decision != "fallback":
            return found
        return self._reread(tokens, found.chance) or in_doubt(found)

    def _match(self, tokens: Sequence[Token], *, flagged: bool = False) -> Match:
        stems = _stems(tokens)
        section = self._sections.find(stems)
        asked = self._ambiguous.get(stems)
        if asked:
            return settle(asked, section)
        ideas = self._ideas.find(stems)
        names = _names(ideas)
        known = self._keywords.whole(names) or self._examples.get(names)
        if known is not None:
            return settle(known, section)
        keywords = self._keywords.find(names)
        near = pairs(ideas)
        chance = self._gate.chance(general(ideas, near, keywords))
        if chance < FLOOR:  # then no candidate can reach it, and most messages of others end here
            return Match("fallback", chance=chance, section=section)
        vector = self._model.vector(topical(ideas, near))
        candidates = self._candidates(self._model.scores(vector), chance)
        conditions = {idea.name for idea in ideas if idea.kind == "condition"}
        first = candidates[0].topic if candidates else None
        named = any(one.topic == first and conditions.issuperset(one.names) for one in keywords)
        return decide(candidates, chance, section, named=named or flagged)

    def _reread(self, tokens: Sequence[Token], chance: float) -> Match | None:
        """The match of what sounds like the words of `tokens`; None if there is too little evidence for any."""
        if not self._sounds:
            return None
        least = _CONVINCING - _SUPPORT * log((chance + 0.001) / (1.001 - chance))
        for reading in self._sounds.readings(_said(tokens), least):
            found = self._match(self._read(". ".join(map(" ".join, reading.sentences))))
            if found.decision != "fallback":
                return found
        return None

    def _candidates(self, scores: Mapping[int, float], chance: float) -> tuple[Candidate, ...]:
        """The best few, as shares of `chance`, among the topics that share something with the message."""
        best = sorted(scores, key=scores.__getitem__, reverse=True)[:_SHOWN]
        peak = scores[best[0]] if best else 0.0
        untouched = len(self._model.classes) - len(scores)
        total = sum(map(exp, [score - peak for score in scores.values()])) + untouched * exp(min(30.0, -peak))
        return tuple([Candidate(self._model.classes[n], chance * exp(scores[n] - peak) / total) for n in best])

    def ideas(self, tokens: Sequence[Token]) -> list[str]:
        """What in `tokens` the matcher goes by: words, and ideas of the lexicon (#calf)."""
        return [idea.name for idea in self._ideas.find(_stems(tokens))]

    def reasons(self, tokens: Sequence[Token], topic: str) -> list[tuple[str, float]]:
        """What in `tokens` speaks for and against `topic`, strongest first."""
        ideas = self._ideas.find(_stems(tokens))
        vector = self._model.vector(topical(ideas, pairs(ideas)))
        shares = self._model.shares(vector, self._model.classes.index(topic))
        return [(name if isinstance(name, str) else " ".join(name), weight) for name, weight in shares]

    def _read_ideas(self, text: str) -> list[Idea]:
        return self._ideas.find(_stems(self._read(text)))

    def _general(self, ideas: Sequence[Idea]) -> set[Feature]:
        return general(ideas, pairs(ideas), self._keywords.find(_names(ideas)))


def _sounds(catalog: Catalog, pack: LanguagePack) -> Sounds | None:
    """What sounds like the pack's names and words, for a language that lists what recognisers make of them."""
    lexicon = pack.lexicon
    if not lexicon.misheard:
        return None
    words = [word for group in lexicon.groups for word in group.words]
    phrases = [*words, *(text for text, _ in _keywords(catalog, pack)), *lexicon.spellings]
    parts = [word for phrase in phrases for word in plain.words(phrase) if len(word) >= _LONG_WORD]
    kept = [word for word in words if " " not in word]
    return Sounds([*phrases, *parts], kept, plain.stemmer(pack.code).stem, lexicon.spoken, lexicon.misheard)


def _ours(catalog: Catalog, pack: LanguagePack) -> Iterator[tuple[str, str]]:
    yield from _keywords(catalog, pack)
    for topic in catalog.topics.values():
        for example in topic.texts[pack.code].examples:
            yield example, topic.id


def _keywords(catalog: Catalog, pack: LanguagePack) -> Iterator[tuple[str, str]]:
    for topic in catalog.topics.values():
        text = topic.texts[pack.code]
        for words in (text.title, *text.keywords):
            yield words, topic.id


def _unambiguous(examples: Sequence[tuple[Sequence[Idea], str]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Whose example each sequence of ideas is, idea for idea, empty for off topic; without those that two share."""
    owners: dict[tuple[str, ...], set[str]] = {}
    for ideas, topic in examples:
        if ideas:
            owners.setdefault(_names(ideas), set()).add(topic)
    return {names: tuple(filter(None, topics)) for names, topics in owners.items() if len(topics) == 1}


def _said(tokens: Sequence[Token]) -> list[list[str]]:
    """The words as they came, a list a sentence: a recogniser makes no typing errors that had to be mended."""
    sentences = (group for _, group in groupby(tokens, key=lambda token: token.sentence))
    told = ([said for said, _ in groupby(token.said for token in group)] for group in sentences)
    return [" ".join(sentence).split() for sentence in told]


def _stems(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple([token.stem for token in tokens])


def _names(ideas: Sequence[Idea]) -> tuple[str, ...]:
    return tuple([idea.name for idea in ideas])
