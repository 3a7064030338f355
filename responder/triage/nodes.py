"""What a compiled pattern is made of. A node takes the places where it may begin and gives those after it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from responder.reading import Token
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
    """The message's beginning or end."""

    start: bool

    def step(self, scan: Scan, frontier: int) -> int:
        return frontier & scan.skipped(1) if self.start else scan.skipped(frontier) & scan.end

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

    def step(self, scan: Scan, frontier: int) -> int:
        for node in self.nodes:
            frontier = node.step(scan, frontier)
            if not frontier:
                return 0
        return frontier

    def heads(self, scan: Scan) -> int:
        mask = 0
        for node in self.nodes:
            mask |= node.heads(scan)
            if not node.optional():
                break
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
    _key: object = field(default_factory=object, repr=False)

    def step(self, scan: Scan, frontier: int) -> int:
        single = self._single(scan)
        reached = (scan.skipped(frontier) & single) << 1 if single else 0
        for node in self.others:
            reached |= node.step(scan, frontier)
        return reached

    def heads(self, scan: Scan) -> int:
        mask = self._single(scan)
        for node in self.others:
            mask |= node.heads(scan)
        return mask

    def _single(self, scan: Scan) -> int:
        return scan.kept(self._key, lambda scan: scan.any(self.stems))

    def needs(self) -> Iterator[frozenset[str]]:
        found = set(self.stems)
        for node in self.others:
            best = rarest(list(node.needs()))
            if best is None:
                return
            found |= best
        yield frozenset(found)

    def optional(self) -> bool:
        return any(node.optional() for node in self.others)


def rarest(keys: Sequence[frozenset[str]]) -> frozenset[str] | None:
    """The set least likely to be met: few and long stems. None where there is none."""
    return min(keys, key=lambda stems: sum(2 ** max(0, 6 - len(stem)) for stem in stems), default=None)
