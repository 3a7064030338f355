"""A message as words in right spelling: what triage, matching, commands and the language vote all read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from responder import text as plain
from responder.phrasebook import Phrasebook
from responder.spelling import Speller


class Token(NamedTuple):
    """One word of a message."""

    word: str
    """Folded, with text-speak opened and typos mended."""
    stem: str
    said: str
    """The folded word as it came; several tokens may share one ("wont" -> will, not)."""
    sentence: int


class Reader:
    """Reads the messages of one language.

    `known` are the words the pack works with (the speller repairs to them), `common` the language's
    frequent words, which are right as they are. `rewrites` map what is written or heard (one to four
    words) to the plain words meant: text-speak, named misspellings, mis-hearings, compounds.
    """

    def __init__(
        self,
        language: str,
        *,
        known: Iterable[str],
        common: Iterable[str] = (),
        rewrites: Mapping[str, str] | None = None,
        reserved: Iterable[str] = (),
    ) -> None:
        self._stem = plain.stemmer(language).stem
        targets = list(known)
        self.common = {word: rank for rank, word in enumerate(common, 1)}
        """The frequent words, by rank."""
        self.known = {word: self._stem(word) for word in targets}
        """The pack's words, and their stems."""
        self._known_stems = frozenset(self.known.values())
        self._speller = Speller(targets, right=self.common, reserved=reserved)
        self._rewrites = Phrasebook(
            {tuple(plain.words(said)): tuple(plain.words(meant)) for said, meant in (rewrites or {}).items()}
        )

    def read(self, message: str) -> list[Token]:
        """The tokens of `message`, in order. Never raises; an empty list where nothing is a word."""
        return self.read_sentences(plain.sentences(message))

    def read_sentences(self, sentences: Sequence[Sequence[str]]) -> list[Token]:
        """The tokens of a message that is already split into the folded words of its sentences."""
        return [token for number, said in enumerate(sentences) for token in self._sentence(said, number)]

    def _sentence(self, said: Sequence[str], number: int) -> list[Token]:
        tokens = []
        place = 0
        while place < len(said):
            word = said[place]
            if not self._rewrites.begins(word) and (word in self.known or word in self.common):
                tokens.append(Token(word, self._stemmed(word), word, number))  # as most words are
                place += 1
                continue
            taken, meant = next(self._rewrites.at(said, place), None) or (1, self._spelled(word))
            written = " ".join(said[place : place + taken])
            tokens += [Token(word, self._stemmed(word), written, number) for word in meant]
            place += taken
        return tokens

    def _spelled(self, word: str) -> tuple[str, ...]:
        if word in self.known or word in self.common or self._stem(word) in self._known_stems:
            return (word,)
        mended = self._speller.mend(word)
        if mended != word:
            return (mended,)
        return self._speller.split(word) or (word,)

    def _stemmed(self, word: str) -> str:
        return self.known.get(word) or self._stem(word)
