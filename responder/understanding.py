"""What one language brings to a turn: its words, red flags and topics, made ready to be asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from responder import text as plain
from responder.catalog.model import SECTIONS, Catalog, LanguagePack, Lexicon
from responder.compose import WORRY
from responder.matching import Matcher, Sections, vocabulary
from responder.reading import Reader, Token
from responder.triage import Triage


@dataclass(frozen=True, slots=True)
class Understanding:
    """Understands one language of a catalog."""

    pack: LanguagePack
    reader: Reader
    triage: Triage
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
            Matcher(catalog, pack, reader.read),
            frozenset(known),
            Sections(ways, stem),
            frozenset(stem(word) for way in asking for word in plain.words(way)),
        )

    def side(self, tokens: Sequence[Token]) -> str | None:
        """The side of a topic that `tokens` ask for without naming any topic: "so what are the symptoms"."""
        return self.sides.find(tokens) if all(token.stem in self.empty for token in tokens) else None


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
