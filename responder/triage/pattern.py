"""Pattern strings to nodes. The language is told in the package's docstring."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from responder import text as plain
from responder.triage.nodes import Chain, Choice, Edge, Form, Gap, Maybe, Node, Number, Stem, chain, choice, rarest
from responder.triage.scan import Scan, Span, bits

_SIGN = re.compile(r"\s*(\.\.\d*|\{[a-z_]+\}|#{1,4}|=?[^\W_]+|[()|?&^$])")
_GAP = 5
_TWO_OF = "two of "
_MANY = 30
"""Of so many words one is said so often that asking for it first spares little, and the sets take megabytes."""


@dataclass(frozen=True, slots=True)
class Part:
    """What stands together in a pattern, between the "&"s."""

    node: Node
    lasting: bool = False
    """Written with "~": it counts however long ago it was."""

    def spans(self, scan: Scan, *, longest: bool = False) -> list[Span]:
        """Everywhere it matches: from each place where it may begin, the shortest (or longest) match."""
        heads = self.node.heads(scan)
        if not heads or not self.node.step(scan, heads):
            return []
        found = []
        for place in bits(heads):
            reached = self.node.step(scan, 1 << place)
            if reached:
                end = reached if longest else reached & -reached
                found.append((place, end.bit_length() - 2))
        return found


@dataclass(frozen=True, slots=True)
class Pattern:
    """A whole pattern: all its parts must be there, or as many as `spare` leaves."""

    parts: tuple[Part, ...]
    key: frozenset[str]
    """The message must hold one of these stems; the rarest such set."""
    needs: tuple[frozenset[str], ...]
    """More such sets, of which `spare` may be missed; where some may, one for each part."""
    spare: int = 0

    def possible(self, stems: frozenset[str]) -> bool:
        """Whether a message with these stems could match: a cheap first look."""
        spare = self.spare
        for need in self.needs:
            if need.isdisjoint(stems):
                if not spare:
                    return False
                spare -= 1
        return True

    def spans(self, scan: Scan, *, longest: bool = False) -> list[list[Span]]:
        """Where each part stands; empty where too many are missing."""
        found = []
        spare = self.spare
        for number, part in enumerate(self.parts):
            idle = spare and self.needs[number].isdisjoint(scan.stems)
            spans = [] if idle else part.spans(scan, longest=longest)
            if not spans:
                if not spare:
                    return []
                spare -= 1
            found.append(spans)
        return found


class Parser:
    """Compiles the patterns of one language; `vocabulary` gathers the plain words met on the way.

    `often` tells how many sentences hold a stem: a pattern is looked at where its rarest word is said.
    """

    def __init__(
        self, words: Mapping[str, Iterable[str]], stem: Callable[[str], str], often: Mapping[str, int]
    ) -> None:
        self._words = words
        self._often = often
        self._stem = stem
        self._sets: dict[str, Choice] = {}
        self._choices: dict[tuple[Node, ...], Choice] = {}
        """Equal ones are one: what is found of it in a message is found once."""
        self._open: list[str] = []
        self.vocabulary: set[str] = set()

    def pattern(self, text: str, *, ragged: bool = False) -> Pattern:
        """The compiled pattern. Raises ValueError, saying what is wrong with it.

        Only a `ragged` one may end with something that may be missing.
        """
        if text.startswith(_TWO_OF):
            return self._pair(text)
        parts = tuple(self._part(part, ragged) for part in text.split("&"))
        needs = [keys for part in parts for keys in part.node.needs()]
        key = rarest(needs, self._often)
        if key is None:
            raise ValueError("it holds no word that must be said")
        return Pattern(parts, key, tuple(need for need in needs if need is not key and len(need) <= _MANY))

    def _pair(self, text: str) -> Pattern:
        """ "two of {a} {b} {c}": any two of these sets."""
        parts = tuple(self._part(part, False) for part in text.removeprefix(_TWO_OF).split())
        needs = tuple(keys for part in parts for keys in part.node.needs())
        if not len(needs) == len(parts) > 1:
            raise ValueError("'two of' takes named sets, two or more")
        return Pattern(parts, frozenset().union(*needs), needs, len(parts) - 2)

    def named(self, name: str) -> Choice:
        """The set {name}; empty where the book has none."""
        if name not in self._sets:
            if name in self._open:
                raise ValueError(f"the set {{{name}}} holds itself: {' > '.join([*self._open, name])}")
            self._open.append(name)
            try:
                self._sets[name] = self._choice([self._chain(entry) for entry in self._words.get(name, ())])
            finally:
                self._open.pop()
        return self._sets[name]

    def _part(self, text: str, ragged: bool) -> Part:
        words = text.strip()
        node = self._chain(words.removeprefix("~"))
        inner = node.nodes if isinstance(node, Chain) else (node,)
        if not ragged and any(isinstance(end, Gap | Maybe) for end in (inner[0], inner[-1])):
            raise ValueError(f"{words!r} begins or ends with '..' or something that may be missing")
        return Part(node, words.startswith("~"))

    def _chain(self, text: str) -> Node:
        signs = _signs(text)
        node, rest = self._sequence(signs)
        if rest:
            raise ValueError(f"unexpected {rest[0]!r} in {text.strip()!r}")
        return node

    def _sequence(self, signs: Sequence[str]) -> tuple[Node, Sequence[str]]:
        nodes: list[Node] = []
        while signs and signs[0] not in ("|", ")", "&"):
            node, signs = self._item(signs)
            if signs and signs[0] == "?":
                node, signs = Maybe(node), signs[1:]
            nodes.append(node)
        if not nodes:
            raise ValueError("something is empty: write a word")
        return (nodes[0] if len(nodes) == 1 else chain(nodes)), signs

    def _item(self, signs: Sequence[str]) -> tuple[Node, Sequence[str]]:
        sign, rest = signs[0], signs[1:]
        if sign == "(":
            return self._alternatives(rest)
        if sign == "?":
            raise ValueError("'?' follows nothing")
        return self._single(sign), rest

    def _alternatives(self, signs: Sequence[str]) -> tuple[Node, Sequence[str]]:
        found = []
        while True:
            node, signs = self._sequence(signs)
            found.append(node)
            if not signs or signs[0] not in ("|", ")"):
                raise ValueError("'(' is not closed")
            sign, signs = signs[0], signs[1:]
            if sign == ")":
                return self._choice(found), signs

    def _choice(self, nodes: Sequence[Node]) -> Choice:
        key = tuple(nodes)
        if key not in self._choices:
            self._choices[key] = choice(nodes, self._often)
        return self._choices[key]

    def _single(self, sign: str) -> Node:
        if sign.startswith(".."):
            return Gap(int(sign[2:] or _GAP))
        if sign.startswith("#"):
            if sign == "###":
                raise ValueError("write #, ## or ####, not ###")
            return Number(sign)
        if sign in "^$":
            return Edge(sign == "^")
        if sign.startswith("{"):
            if sign[1:-1] not in self._words:
                raise ValueError(f"there is no set of words called {sign}")
            return self.named(sign[1:-1])
        return self._word(sign)

    def _word(self, sign: str) -> Node:
        word = plain.fold(sign.lstrip("="))
        self.vocabulary.add(word)
        return Form(word, self._stem(word)) if sign.startswith("=") else Stem(self._stem(word))


def _signs(text: str) -> list[str]:
    signs = []
    place = 0
    text = text.rstrip()
    while place < len(text):
        found = _SIGN.match(text, place)
        if found is None:
            raise ValueError(f"cannot read {text[place:].strip()!r} in {text.strip()!r}")
        signs.append(found.group(1))
        place = found.end()
    return signs
