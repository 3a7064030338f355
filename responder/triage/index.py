"""Which of many patterns a message may hold: those of which a telling word is said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """The places of things in their list, by the stems of which a message must hold one."""

    by_stem: Mapping[str, tuple[int, ...]]
    free: tuple[int, ...]
    """Of those that need none."""

    @classmethod
    def of(cls, keys: Iterable[frozenset[str] | None]) -> "Index":
        """A key a thing, in order; None where no word must be said."""
        by_stem: dict[str, tuple[int, ...]] = {}
        free = []
        for place, key in enumerate(keys):
            if key is None:
                free.append(place)
            for stem in key or ():
                by_stem[stem] = (*by_stem.get(stem, ()), place)
        return cls(by_stem, tuple(free))

    def touched(self, stems: frozenset[str]) -> list[int]:
        """The places of those whose key holds one of `stems`, in order."""
        found = set(self.free)
        for stem in stems & self.by_stem.keys():
            found.update(self.by_stem[stem])
        return sorted(found)
