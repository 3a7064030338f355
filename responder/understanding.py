"""What one language brings to a turn: its words, red flags and topics, made ready to be asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from responder import text as plain
from responder.catalog.model import ALARMS, SECTIONS, Catalog, LanguagePack, Lexicon
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
    empty: frozenset[str]
    """Stems that name no topic: of words that ask for a side, and of words that say nothing."""

    @classmethod
    def of(cls, catalog: Catalog, pack: LanguagePack) -> "Understanding":
        """Built from the catalog; takes as long as learning its examples does."""
        lexicon, stem = pack.lexicon, plain.stemmer(pack.code).stem
        triage = Triage(pack.red_flags, stem)
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
        asking = [*(way for some in ways.values() for way in some), *lexicon.noise, *pack.phrases.polite]
        return cls(
            pack,
            reader,
            triage,
            Likeness(pack, messages(catalog, pack.code), reader.read) if pack.alarms.sentences else None,
            Matcher(catalog, pack, reader.read),
            frozenset(known),
            Sections(ways, stem),
            frozenset(stem(word) for way in asking for word in plain.words(way)),
        )

    def side(self, tokens: Sequence[Token]) -> str | None:
        """The side of a topic that `tokens` ask for without naming any topic: "so what are the symptoms"."""
        return self.sides.find(tokens) if all(token.stem in self.empty for token in tokens) else None

    def red_flag(self, tokens: Sequence[Token]) -> Finding | None:
        """What the rules find; where that is no alarm, what the message is like, if that is one."""
        finding = self.triage.check(tokens)
        if finding and not finding.excuse and finding.level in ALARMS:
            return finding
        like = self.likeness and self.likeness.find(tokens)
        return like if like and (finding is None or not like.excuse) else finding

    def red_flags(self, tokens: Sequence[Token]) -> list[Finding]:
        """Every rule that the message touches, and what it is like where none fires."""
        touched = self.triage.explain(tokens)
        if any(not finding.excuse and finding.level in ALARMS for finding in touched):
            return touched
        like = self.likeness and self.likeness.find(tokens)
        return [like, *touched] if like else touched


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
