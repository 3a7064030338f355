"""What silences a find: a negation, a past, a question. Worked out only for messages that hold a find."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

from responder.catalog.model import RedFlags
from responder.triage.index import Index
from responder.triage.pattern import Parser, Pattern
from responder.triage.scan import Scan, Span, ones

_SHORT = 5
"""So few words are a question if the next sentence is but "no" ("Short of breath? No.")."""

REACH = 8
"""How many words an entry covers unless it says so itself."""

_ENTRY = re.compile(r"^\s*(<?)\s*(.*?)\s*(?:>\s*(\d+))?\s*$")


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of negations, history, past or questions."""

    pattern: Pattern
    reach: int
    back: bool
    """Covers only what precedes it."""


class Group:
    """The entries of one list."""

    __slots__ = ("_cues", "_index")

    def __init__(self, cues: Sequence[Cue]) -> None:
        self._cues = tuple(cues)
        self._index = Index.of(cue.pattern.key for cue in cues)

    def found(self, scan: Scan) -> Iterator[tuple[Cue, int, int]]:
        """Each entry that is said, with the first and the last place of its words."""
        for place in self._index.touched(scan.stems):
            cue = self._cues[place]
            if cue.pattern.possible(scan.stems):
                for first, last in cue.pattern.parts[0].spans(scan, longest=True):
                    yield cue, first, last

    def mask(self, scan: Scan) -> int:
        """Where any entry stands."""
        mask = 0
        for _, first, last in self.found(scan):
            mask |= ones(first, last)
        return mask


def _cue(parser: Parser, what: str, text: str) -> Cue:
    told = _ENTRY.match(text)
    back, words, reach = told.groups() if told else ("", text, None)
    try:
        pattern = parser.pattern(words, ragged=True)
    except ValueError as error:
        raise ValueError(f"{what}, entry {text!r}: {error}") from error
    if len(pattern.parts) != 1:
        raise ValueError(f"{what}, entry {text!r}: '&' has no place here")
    return Cue(pattern, int(reach or REACH), bool(back))


@dataclass(frozen=True, slots=True)
class Cues:
    """All entries of a language."""

    negations: Group
    questions: Group
    history: Group
    past: Group
    present: Group
    returns: Group
    affirms: Group
    breaks: Group
    subjects: Group
    own: Group
    live: Group
    tells: Group
    bygone: Group
    resolved: Group
    mended: Group
    study: Group
    opens: Group
    asks: Group
    denials: Group

    @classmethod
    def of(cls, book: RedFlags, parser: Parser) -> "Cues":
        """The entries of a book. Raises ValueError."""
        lists = ("negations", "questions", "past", "breaks")
        told = {field.name: book.words.get(field.name, ()) for field in fields(cls)}
        told |= {name: getattr(book, name) for name in lists}
        return cls(**{name: Group([_cue(parser, name, text) for text in texts]) for name, texts in told.items()})


class Cover:
    """Where in one message something is denied, asked or long ago."""

    __slots__ = ("_breaks", "_cues", "_made", "_scan", "_sentences", "_starts")

    def __init__(self, scan: Scan, told: Cues) -> None:
        self._scan = scan
        self._cues = told
        self._breaks = told.breaks.mask(scan) | scan.borders
        self._starts = told.subjects.mask(scan) | self._breaks
        self._sentences = scan.sentences()
        self._made: dict[str, int] = {}

    def negated(self, span: Span) -> bool:
        """Whether what begins there is denied."""
        return bool(self._kept("negations") >> span[0] & 1)

    def asked(self, span: Span) -> bool:
        """Whether what begins there is asked about in general, and not as someone's own."""
        if self._kept("study") >> span[0] & 1:
            return True
        if not self._kept("questions") >> span[0] & 1:
            return False
        return not self._starts & ones(max(0, span[0] - 2), span[1] + 2)

    def excused(self, span: Span) -> bool:
        """Whether it is denied, over or asked about in general."""
        return self.negated(span) or self.past(span) or self.asked(span)

    def settled(self, span: Span) -> bool:
        """Whether even what is taken at its word is over: long ago, and told how it ended."""
        return bool(self._kept("resolved") & self._kept("bygone") & 1 << span[0]) and self.past(span)

    def past(self, span: Span) -> bool:
        """Whether what stands there is over, or was never more than feared or named."""
        if self._kept("history") >> span[0] & 1:
            return True
        if not (self._kept("past") | self._kept("story")) & ones(span[0], span[1]):
            return False
        if self._kept("present") & ones(max(0, span[0] - 3), span[1] + 1):
            return False
        later = self._walk(span[1] + 1, 1, len(self._scan.tokens), self._scan.borders)
        return not self._kept("returns") & later

    def _kept(self, name: str) -> int:
        mask = self._made.get(name)
        if mask is None:
            mask = self._made[name] = getattr(self, f"_{name}")()
        return mask

    def _negations(self) -> int:
        affirmed = self._cues.affirms.mask(self._scan)
        return self._forward(self._cues.negations, self._starts, affirmed) | self._answered()

    def _answered(self) -> int:
        """The sentences that ask after a sign (any fever?) where the next one says no."""
        told = self._cues
        asks, own, denials = (group.mask(self._scan) for group in (told.asks, told.own, told.denials))
        mask = 0
        for one, after in pairwise(self._sentences):
            short = one.bit_count() <= _SHORT and after.bit_count() <= 2
            if (short or one & asks) and not one & own and denials & after & -after:
                mask |= one
        return mask

    def _questions(self) -> int:
        """What a question's opening covers, and whole questions that name nobody and no time."""
        personal = self._cues.own.mask(self._scan) | self._kept("live")
        opens = [(first, last) for _, first, last in self._cues.opens.found(self._scan)]
        mask = self._forward(self._cues.questions, self._starts, 0)
        for sentence in self._sentences:
            if not personal & sentence and any(self._leads(span, sentence) for span in opens):
                mask |= sentence
        return mask

    def _history(self) -> int:
        return self._forward(self._cues.history, self._starts, 0)

    def _past(self) -> int:
        mask = self._forward(self._cues.past, self._breaks, 0)
        for cue, first, last in self._cues.past.found(self._scan):
            if not cue.back:
                mask |= ones(first, last) | self._walk(first - 1, -1, cue.reach, self._breaks)
        return mask

    def _story(self) -> int:
        """The sentences that tell on from one of long ago, and all before an ending ("tests were normal")."""
        told = self._whole(self._cues.tells.mask(self._scan)) & ~self._whole(self._kept("present"))
        return told & self._kept("bygone") & ~self._whole(self._kept("anchors")) | self._kept("resolved")

    def _anchors(self) -> int:
        return self._cues.bygone.mask(self._scan)

    def _bygone(self) -> int:
        """From the first sentence that names a time long ago on; from the one before it if that was meant."""
        starts = [max(0, first - 2 * cue.back) for cue, first, _ in self._cues.bygone.found(self._scan)]
        return self._calm(-1 << min(starts)) if starts else 0

    def _resolved(self) -> int:
        """Up to the last sentence that tells how it ended; of long ago, up to the last word that all is well."""
        told = self._whole(self._cues.resolved.mask(self._scan))
        if self._kept("anchors"):
            told |= self._cues.mended.mask(self._scan)
        return ((1 << told.bit_length()) - 1) & ~self._kept("live")

    def _study(self) -> int:
        """All of a message that is about a class, a book, a quiz."""
        return self._calm(-1) if self._cues.study.mask(self._scan) else 0

    def _live(self) -> int:
        """The sentences that show that it goes on now."""
        return self._whole(self._cues.live.mask(self._scan))

    def _calm(self, mask: int) -> int:
        return self._whole(mask) & ~self._kept("live")

    def _whole(self, mask: int) -> int:
        """The sentences that `mask` touches."""
        return sum(sentence for sentence in self._sentences if sentence & mask)

    def _present(self) -> int:
        return self._cues.present.mask(self._scan)

    def _returns(self) -> int:
        return self._cues.returns.mask(self._scan)

    def _forward(self, group: Group, stops: int, but: int) -> int:
        mask = 0
        for cue, first, last in group.found(self._scan):
            if but & ones(first, last):
                continue
            if cue.back:
                mask |= self._walk(first - 1, -1, cue.reach, stops)
            else:
                mask |= ones(first + 1, last) | self._walk(last + 1, 1, cue.reach, stops)
        return mask

    def _leads(self, span: Span, sentence: int) -> bool:
        """Whether it stands at the sentence's beginning, but for two words."""
        return bool(sentence >> span[0] & 1) and not sentence & ((1 << max(0, span[0] - 2)) - 1)

    def _walk(self, place: int, pace: int, reach: int, stops: int) -> int:
        """The next `reach` words from `place`, up to a stop; fillers are not counted."""
        mask = 0
        filler = self._scan.filler
        end = self._scan.end.bit_length() - 1
        while reach > 0 and 0 <= place < end and not stops >> place & 1:
            mask |= 1 << place
            reach -= 1 - (filler >> place & 1)
            place += pace
        return mask
