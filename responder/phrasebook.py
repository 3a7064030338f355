"""Phrases and what each stands for, found where they begin in a message."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, TypeVar

_Meaning = TypeVar("_Meaning")


class Phrasebook(Generic[_Meaning]):
    """Looks phrases up by their first word, so that time does not grow with how many there are."""

    def __init__(self, phrases: Mapping[tuple[str, ...], _Meaning]) -> None:
        """An empty phrase is never found."""
        self._phrases = phrases
        lengths: dict[str, set[int]] = {}
        for phrase in filter(None, phrases):
            lengths.setdefault(phrase[0], set()).add(len(phrase))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def begins(self, word: str) -> bool:
        """Whether a phrase begins with `word`."""
        return word in self._lengths

    def at(self, words: Sequence[str], place: int) -> Iterator[tuple[int, _Meaning]]:
        """The phrases that stand at `place`, longest first: how many words each takes, and what it stands for."""
        room = len(words) - place
        for length in self._lengths.get(words[place], ()):
            meaning = self.whole(tuple(words[place : place + length])) if length <= room else None
            if meaning is not None:
                yield length, meaning

    def whole(self, phrase: tuple[str, ...]) -> _Meaning | None:
        """What this very phrase stands for."""
        return self._phrases.get(phrase)
