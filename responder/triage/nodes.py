"""What a compiled pattern is made of. A node takes the places where it may begin and gives those after it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from responder.reading import Token
from responder.triage.index import Index
from responder.triage.scan import Scan


class Node(Protocol):
    """One step of a pattern."""

    def step(self, scan: Scan, frontier: int) -> int:
        """The places after this node, for all places of `frontier` at once; 0 where it does not match."""
        ...

    def heads(self, scan: Scan) -> int:
        """Where this node may begin."""
        ...

    def needs(self) -> Iterator[frozenset[str]]:
        """Sets of stems: of each, the message must hold at least one."""
        ...

    def optional(self) -> bool:
        """Whether it may match no word at all."""
        ...


@dataclass(frozen=True, slots=True)
class Stem:
    """A word in any inflection."""

    stem: str

    def step(self, scan: Scan, frontier: int) -> int:
        mask = scan.masks.get(self.stem)
        return (scan.skipped(frontier) & mask) << 1 if mask else 0

    def heads(self, scan: Scan) -> int:
        return scan.masks.get(self.stem, 0)

    def needs(self) -> Iterator[frozenset[str]]:
        yield frozenset((self.stem,))

    def optional(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Form:
    """A word in one inflection only."""

    word: str
    stem: str

    def step(self, scan: Scan, frontier: int) -> int:
        return (scan.skipped(frontier) & self.heads(scan)) << 1 if self.stem in scan.masks else 0

    def heads(self, scan: Scan) -> int:
        return scan.kept(self.word, lambda scan: scan.form(self.word))

    def needs(self) -> Iterator[frozenset[str]]:
        yield frozenset((self.stem,))

    def optional(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Number:
    """A number in digits: any, of two digits or more, or a year."""

    kind: str

    def step(self, scan: Scan, frontier: int) -> int:
        return (scan.skipped(frontier) & self.heads(scan)) << 1

    def heads(self, scan: Scan) -> int:
        return scan.kept(self.kind, lambda scan: scan.where(self._holds))

    def _holds(self, token: Token) -> bool:
        word = token.word
        if not word.isdigit():
            return False
        if self.kind == "####":
            return len(word) == 4 and word[:2] in ("19", "20")
        return len(word) >= len(self.kind)

    def needs(self) -> Iterator[frozenset[str]]:
        return iter(())

    def optional(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `width` words of any kind but walls, within the sentence."""

    width: int

    def step(self, scan: Scan, frontier: int) -> int:
        reached = scan.skipped(frontier)
        passable = scan.open
        for _ in range(self.width):
            reached |= (reached & passable) << 1
        return reached

    def heads(self, scan: Scan) -> int:
        return scan.end - 1

    def needs(self) -> Iterator[frozenset[str]]:
        return iter(())

    def optional(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Edge:
    """The message's beginning, or the end of a sentence."""

    start: bool

    def step(self, scan: Scan, frontier: int) -> int:
        return frontier & scan.skipped(1) if self.start else scan.skipped(frontier) & (scan.end | scan.borders)

    def heads(self, scan: Scan) -> int:
        return scan.skipped(1) if self.start else 0

    def needs(self) -> Iterator[frozenset[str]]:
        return iter(())

    def optional(self) -> bool:
        return not self.start


@dataclass(frozen=True, slots=True)
class Maybe:
    """Something that may be missing."""

    inner: Node

    def step(self, scan: Scan, frontier: int) -> int:
        return frontier | self.inner.step(scan, frontier)

    def heads(self, scan: Scan) -> int:
        return self.inner.heads(scan)

    def needs(self) -> Iterator[frozenset[str]]:
        return iter(())

    def optional(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Chain:
    """Nodes one after the other."""

    nodes: tuple[Node, ...]
    leads: int
    """How many of the first ones may be the beginning: those that may be missing, and the one after."""

    def step(self, scan: Scan, frontier: int) -> int:
        for node in self.nodes:
            frontier = node.step(scan, frontier)
            if not frontier:
                return 0
        return frontier

    def heads(self, scan: Scan) -> int:
        mask = 0
        for node in self.nodes[: self.leads]:
            mask |= node.heads(scan)
        return mask

    def needs(self) -> Iterator[frozenset[str]]:
        for node in self.nodes:
            yield from node.needs()

    def optional(self) -> bool:
        return all(node.optional() for node in self.nodes)


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One of several: single words are looked up together, phrases only where their key word is said."""

    stems: frozenset[str]
    others: tuple[Node, ...]
    index: Index
    """Of `others`."""

    def step(self, scan: Scan, frontier: int) -> int:
        single, said = self._found(scan)
        reached = (scan.skipped(frontier) & single) << 1 if single else 0
        for node in said:
            reached |= node.step(scan, frontier)
        return reached

    def heads(self, scan: Scan) -> int:
        mask, said = self._found(scan)
        for node in said:
            mask |= node.heads(scan)
        return mask

    def _found(self, scan: Scan) -> tuple[int, list[Node]]:
        return scan.kept(self, self._find)

    def _find(self, scan: Scan) -> tuple[int, list[Node]]:
        return scan.any(self.stems), [self.others[place] for place in self.index.touched(scan.stems)]

    def needs(self) -> Iterator[frozenset[str]]:
        if not self.index.free:
            yield self.stems.union(self.index.by_stem)

    def optional(self) -> bool:
        return any(node.optional() for node in self.others)


def chain(nodes: Sequence[Node]) -> Chain:
    """`nodes` one after the other."""
    leads = next((number for number, node in enumerate(nodes, 1) if not node.optional()), len(nodes))
    return Chain(tuple(nodes), leads)


_NOTHING = Index.of(())


def choice(nodes: Sequence[Node], often: Mapping[str, int]) -> Choice:
    """One of `nodes`, single words gathered."""
    others = tuple(node for node in nodes if not isinstance(node, Stem))
    index = Index.of(rarest(list(node.needs()), often) for node in others) if others else _NOTHING
    return Choice(frozenset(node.stem for node in nodes if isinstance(node, Stem)), others, index)


def rarest(keys: Sequence[frozenset[str]], often: Mapping[str, int]) -> frozenset[str] | None:
    """The set whose stems are said least often. None where there is none."""
    return min(keys, key=lambda stems: sum(1 + often.get(stem, 0) for stem in stems), default=None)
