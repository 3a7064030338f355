"""What one language brings to a turn: its words, red flags and topics, made ready to be asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from responder import text as plain
from responder.catalog.model import SECTIONS, Catalog, LanguagePack, Lexicon, TopicText
from responder.compose import WORRY
from responder.matching import Matcher, Sections, vocabulary
from responder.reading import Reader, Token
from responder.triage import Finding, Likeness, Triage


@dataclass(frozen=True, slots=True)
class Understanding:
    """Understands one language of a catalog."""

    pack: LanguagePack
    reader: Reader
    triage: Triage
    likeness: Likeness | None
    """None where the pack has no alarms to learn from: rules alone."""
    matcher: Matcher
    words: frozenset[str]
    """Those that its topics are told by."""
    sides: Sections
    asking: frozenset[str]
    """Stems of words that ask for a side."""
    noise: frozenset[str]
    """Stems of words that say nothing."""

    @classmethod
    def of(cls, catalog: Catalog, pack: LanguagePack) -> "Understanding":
        """Built from the catalog; takes as long as learning its examples does."""
        lexicon, stem = pack.lexicon, plain.stemmer(pack.code).stem
        triage = Triage(pack.red_flags, stem, [*messages(catalog, pack.code), *pack.off_topic])
        known = vocabulary(catalog, pack)
        reader = Reader(
            pack.code,
            known=[*known, *sorted(triage.vocabulary)],
            common=lexicon.common,
            rewrites=_rewrites(lexicon),
            reserved=lexicon.noise,
        )
        ways = {
            side: (*lexicon.sections.get(side, ()), *pack.phrases.commands.get(side, ())) for side in (*SECTIONS, WORRY)
        }
        numerals = (way for some in pack.phrases.numerals.values() for way in some)
        taught = bool(pack.alarms.sentences)
        return cls(
            pack,
            reader,
            triage,
            likeness=Likeness(pack, messages(catalog, pack.code), reader.read, triage.live) if taught else None,
            matcher=Matcher(catalog, pack, reader.read),
            words=frozenset(known),
            sides=Sections(ways, stem),
            asking=_stems(pack.code, *(way for some in ways.values() for way in some)),
            noise=_stems(pack.code, *lexicon.noise, *pack.phrases.polite, *numerals),
        )

    def side(self, tokens: Sequence[Token]) -> str | None:
        """The side of a topic that `tokens` ask for without naming any topic: "so what are the symptoms"."""
        empty = all(token.stem in self.noise or token.stem in self.asking for token in tokens)
        return self.sides.find([token.stem for token in tokens]) if empty else None

    def chosen(self, tokens: Sequence[Token], offered: Mapping[str, TopicText]) -> str | None:
        """The one of the topics on offer that `tokens` name, by words of its title or else of one of its keywords."""
        said = {token.stem for token in tokens} - self.noise
        if not said:
            return None
        fitting = [topic for topic, text in offered.items() if said <= _stems(self.pack.code, text.title)]
        if not fitting:
            names = {topic: [_stems(self.pack.code, one) for one in text.keywords] for topic, text in offered.items()}
            fitting = [topic for topic, some in names.items() if any(map(said.issubset, some))]
        return fitting[0] if len(fitting) == 1 else None

    def red_flag(self, tokens: Sequence[Token]) -> Finding | None:
        """What the rules find; where that is no alarm, what the message is like, if that is one."""
        finding = self.triage.check(tokens)
        if finding and finding.alarm:
            return finding
        like = self.likeness and self.likeness.find(tokens)
        return like if like and (finding is None or not like.excuse) else finding

    def red_flags(self, tokens: Sequence[Token]) -> list[Finding]:
        """Every rule that the message touches, and what it is like where none fires."""
        touched = self.triage.explain(tokens)
        if any(finding.alarm for finding in touched):
            return touched
        like = self.likeness and self.likeness.find(tokens)
        return [like, *touched] if like else touched


def _stems(language: str, *phrases: str) -> frozenset[str]:
    stem = plain.stemmer(language).stem
    return frozenset(stem(word) for phrase in phrases for word in plain.words(phrase))


def messages(catalog: Catalog, code: str) -> Iterator[str]:
    """Titles, keywords and examples of all topics, in one language."""
    for topic in catalog.topics.values():
        text = topic.texts[code]
        yield from (text.title, *text.keywords, *text.examples)


def _rewrites(lexicon: Lexicon) -> dict[str, str]:
    """What is misspelt, misheard, shortened or written apart, and what is meant.

    Of a name in several words ("lou garrigs") each odd word also stands alone ("garrigs" is Gehrig wherever it is).
    """
    everyday = frozenset(lexicon.common)
    rewrites: dict[str, str] = {}
    for right, forms in lexicon.spellings.items():
        meant = plain.words(right)
        for wrong in forms:
            rewrites[wrong] = right
            said = plain.words(wrong)
            if len(said) == len(meant) > 1:
                for one, other in zip(said, meant, strict=True):
                    if one != other and len(one) > 4 and one not in everyday:
                        rewrites[one] = other
    return rewrites | dict(lexicon.compounds) | dict(lexicon.shorthand)
