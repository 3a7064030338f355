"""The red-flag check itself."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from responder import text as plain
from responder.catalog.model import ALARMS, Level, RedFlag, RedFlags
from responder.reading import Token
from responder.triage.excuses import Cover, Cues
from responder.triage.index import Index
from responder.triage.pattern import Parser, Pattern
from responder.triage.scan import Scan, Span, ones

Excuse = Literal["negated", "past", "question", "figurative", "unsure"]

_RANK: dict[Level, int] = {"crisis": 0, "emergency": 1, "urgent": 2, "none": 3}


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that a message touched."""

    flag: str
    level: Level
    reason: str
    excuse: Excuse | None
    """None: it fires."""
    evidence: tuple[str, ...]
    """The words that matched, as they were written, one entry a part of the pattern."""

    @property
    def alarm(self) -> bool:
        """Whether it fires, at a level at which whom to call is said and nothing else."""
        return self.excuse is None and self.level in ALARMS


@dataclass(frozen=True, slots=True)
class _Rule:
    flag: RedFlag
    unless: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class _Look:
    """One message while its patterns are tried."""

    scan: Scan
    cover: Cover


class Triage:
    """The red flags of one language. Holds no state between messages; never raises on any message."""

    def __init__(self, book: RedFlags, stem: Callable[[str], str], usual: Iterable[str] = ()) -> None:
        """Compiles every pattern. Raises ValueError naming the rule and the pattern that is malformed.

        `usual` are messages of the kind to come: a pattern is looked at where that of its words is said which is
        rarest in them.
        """
        parser = Parser(book.words, stem, _often((*_sentences(book), *usual), stem))
        self._filler, self._walls = (
            frozenset(stem(word) for word in book.words.get(name, ())) for name in ("filler", "walls")
        )
        self._cues = Cues.of(book, parser)
        self._patterns: list[tuple[_Rule, Pattern]] = []
        for flag in sorted(book.rules, key=lambda flag: _RANK[flag.level]):
            rule = _Rule(flag, tuple(_compiled(parser, flag, text) for text in flag.unless))
            self._patterns.extend((rule, _compiled(parser, flag, text)) for text in flag.when)
        self._vocabulary = frozenset(word for word in parser.vocabulary if word.isalpha())
        self._index = Index.of(pattern.key for _, pattern in self._patterns)

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every plain word of the patterns, folded."""
        return self._vocabulary

    def check(self, tokens: Sequence[Token]) -> Finding | None:
        """The highest rule that fires; else the first one excused as past or question; else None.

        "First" is crisis before emergency before urgent, then the order of the book.
        """
        excused: Finding | None = None
        for finding in self._findings(tokens):
            if finding.excuse is None:
                return finding
            if excused is None and finding.excuse in ("past", "question"):
                excused = finding
        return excused

    def live(self, tokens: Sequence[Token]) -> list[Token]:
        """Those of `tokens` that tell of now: neither denied, nor over, nor asked about in general."""
        scan = Scan(tokens, self._filler, self._walls)
        cover = Cover(scan, self._cues)
        return [token for place, token in enumerate(scan.places) if token and not cover.excused((place, place))]

    def explain(self, tokens: Sequence[Token]) -> list[Finding]:
        """Every rule that the message touches, once each, with its excuse if it has one; highest first."""
        found: dict[str, Finding] = {}
        for finding in self._findings(tokens):
            known = found.get(finding.flag)
            if known is None or (known.excuse is not None and finding.excuse is None):
                found[finding.flag] = finding
        return list(found.values())

    def _findings(self, tokens: Sequence[Token]) -> Iterator[Finding]:
        scan = Scan(tokens, self._filler, self._walls)
        stems = scan.stems
        look: _Look | None = None
        for place in self._index.touched(stems):
            rule, pattern = self._patterns[place]
            spans = pattern.spans(scan) if pattern.possible(stems) else []
            if spans:
                look = look or _Look(scan, Cover(scan, self._cues))
                yield from _judged(rule, pattern, spans, look)


def _sentences(book: RedFlags) -> Iterator[str]:
    """The book's own."""
    return (sentence for rule in book.rules for sentence in (*rule.fires, *rule.quiet))


def _often(messages: Iterable[str], stem: Callable[[str], str]) -> Counter[str]:
    """How many messages hold each stem."""
    return Counter(stem(word) for message in messages for word in set(plain.words(message)))


def _compiled(parser: Parser, flag: RedFlag, text: str) -> Pattern:
    try:
        return parser.pattern(text)
    except ValueError as error:
        raise ValueError(f"rule {flag.id}, pattern {text!r}: {error}") from error


def _judged(rule: _Rule, pattern: Pattern, spans: list[list[Span]], look: _Look) -> Iterator[Finding]:
    """The finding of one pattern, if its parts are near each other."""
    flag = rule.flag
    figures = 0
    for figure in rule.unless:
        figures |= _covered(figure, look.scan)
    excuses: dict[Span, Excuse | None] = {}
    for part, places in zip(pattern.parts, spans, strict=True):
        for span in places:
            excuse = _excuse(flag, span, figures, look.cover)
            excuses[span] = None if part.lasting and excuse == "past" else excuse
    live = [[span for span in part if excuses[span] is None] for part in spans]
    count = len(pattern.parts) - pattern.spare
    chosen = _near(live, count, look.scan) or _near(spans, count, look.scan)
    if chosen:
        excuse = next((excuses[span] for span in chosen if excuses[span] is not None), None)
        evidence = tuple(look.scan.said(span) for span in chosen)
        yield Finding(flag.id, flag.level, flag.reason, excuse, evidence)


def _covered(pattern: Pattern, scan: Scan) -> int:
    """Where an `unless` pattern stands: each of its parts, where all others are near."""
    if pattern.key.isdisjoint(scan.stems) or not pattern.possible(scan.stems):
        return 0
    spans = pattern.spans(scan, longest=True)
    mask = 0
    for number, part in enumerate(spans):
        others = [*spans[:number], *spans[number + 1 :]]
        for span in part:
            if all(scan.nearest(other, span) for other in others):
                mask |= ones(*span)
    return mask


def _near(spans: list[list[Span]], count: int, scan: Scan) -> list[Span]:
    """One span each of `count` parts, all near the first; empty where there is no such choice."""
    for parts in combinations([part for part in spans if part], count):
        for first in parts[0]:
            chosen = [first, *(other for part in parts[1:] if (other := scan.nearest(part, first)))]
            if len(chosen) == count:
                return chosen
    return []


def _excuse(flag: RedFlag, span: Span, figures: int, cover: Cover) -> Excuse | None:
    if figures & ones(*span):
        return "figurative"
    if cover.negated(span):
        return "negated"
    if flag.certain:
        return "past" if cover.settled(span) else None
    if cover.past(span):
        return "past"
    return "question" if cover.asked(span) else None
