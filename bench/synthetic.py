"""Packs of any size and messages for them, of seeded random words: to see what grows with the number of topics."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations

from responder.catalog import Catalog, Topic, TopicText
from responder.catalog.model import Group, Lexicon

_EVERYDAY, _SHARED = 3_000, 600
"""Words that say nothing of a topic, and words that many topics share (body parts, sensations, causes)."""
_KINDS = ("body", "sensation", "cause", "time", "medicine")
_KEYWORDS = 10
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class _About:
    """The words of one topic: a name of its own and the shared words it is told with."""

    name: tuple[str, str]
    own: str
    shared: tuple[str, ...]


class _Words:
    """Words of random syllables, no two alike, and ways to draw them."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._used: set[str] = set()
        self._taken: set[tuple[str, ...]] = set()
        self.everyday, self.shared = self.new(_EVERYDAY), self.new(_SHARED)
        self._everyday, self._shared = _zipf(_EVERYDAY), _zipf(_SHARED)

    def new(self, count: int) -> list[str]:
        found: list[str] = []
        while len(found) < count:
            syllables = self._chance.choices((1, 2, 3, 4), (1, 5, 4, 2))[0]
            word = "".join(self._syllable() for _ in range(syllables))
            if len(word) > 2 and word not in self._used:
                self._used.add(word)
                found.append(word)
        return found

    def draw_everyday(self, count: int) -> list[str]:
        return self._chance.choices(self.everyday, cum_weights=self._everyday, k=count)

    def draw_shared(self, count: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._chance.choices(self.shared, cum_weights=self._shared, k=count)))

    def pairs(self, among: Sequence[str], count: int) -> list[str]:
        """Up to so many pairs of words that no topic has taken before: a keyword means one topic."""
        free = [pair for pair in combinations(sorted(among), 2) if pair not in self._taken]
        taken = self._chance.sample(free, min(count, len(free)))
        self._taken.update(taken)
        return [" ".join(pair) for pair in taken]

    def _syllable(self) -> str:
        consonants = "bcdfghjklmnprstvwz"
        end = self._chance.choice(consonants) if self._chance.random() < 0.4 else ""
        return self._chance.choice(consonants) + self._chance.choice("aeiou") + end


def pack(base: Catalog, topics: int, examples: int, held_out: int, seed: int = 3) -> tuple[Catalog, list[str]]:
    """`base` with so many synthetic topics instead of its own, and `held_out` messages that none of them has seen.

    Its red flags, phrases and numbers stay. A third of the messages holds a typing error.
    """
    chance = random.Random(seed)
    words = _Words(chance)
    like = next(iter(base.topics.values()))
    code = base.default_language
    text = replace(like.texts[code], speech=None)
    made: dict[str, Topic] = {}
    abouts = []
    for number in range(topics):
        first, second, own = words.new(3)
        about = _About((first, second), own, words.draw_shared(12))
        abouts.append(about)
        name = f"topic-{number}"
        made[name] = replace(like, id=name, related=(), texts={code: _text(text, about, examples, words, chance)})
    language = base.languages[code]
    off_topic = tuple(" ".join(words.draw_everyday(chance.randint(3, 14))) for _ in range(2_000))
    lexicon = _lexicon(language.lexicon, words, abouts)
    languages = {code: replace(language, lexicon=lexicon, off_topic=off_topic)}
    catalog = replace(base, topics=made, languages=languages, menu=tuple(made)[:9])
    messages = [_example(chance.choice(abouts), words, chance) for _ in range(held_out)]
    return catalog, [_mistyped(message, chance) if chance.random() < 1 / 3 else message for message in messages]


def _text(like: TopicText, about: _About, examples: int, words: _Words, chance: random.Random) -> TopicText:
    name = " ".join(about.name)
    return replace(
        like,
        title=name.capitalize(),
        keywords=(name, about.own, *words.pairs(about.shared, _KEYWORDS - 2)),
        examples=tuple(_example(about, words, chance) for _ in range(examples)),
    )


def _example(about: _About, words: _Words, chance: random.Random) -> str:
    """One to four of the topic's shared words, its name in one of three, everyday words around them."""
    said = chance.sample(about.shared, min(len(about.shared), chance.randint(1, 4)))
    if chance.random() < 1 / 3:
        said += [about.own] if chance.random() < 0.5 else about.name
    said += words.draw_everyday(chance.randint(2, 12))
    chance.shuffle(said)
    return " ".join(said)


def _lexicon(like: Lexicon, words: _Words, abouts: Sequence[_About]) -> Lexicon:
    """Half of the shared words in groups of three, and every topic's name as a condition."""
    grouped = words.shared[::2]
    groups = [
        Group(f"group-{start}", _KINDS[start % len(_KINDS)], tuple(grouped[start : start + 3]))
        for start in range(0, len(grouped), 3)
    ]
    groups += [Group(f"name-{n}", "condition", (" ".join(about.name),)) for n, about in enumerate(abouts)]
    return Lexicon(like.language, groups=tuple(groups), noise=tuple(words.everyday[:150]), common=tuple(words.everyday))


def _mistyped(message: str, chance: random.Random) -> str:
    """One letter lost, doubled, swapped or changed."""
    place = chance.randrange(len(message) - 1)
    left, one, two, right = message[:place], message[place], message[place + 1], message[place + 2 :]
    return left + chance.choice((two, one + one + two, two + one, chance.choice(_LETTERS) + two)) + right


def _zipf(count: int) -> list[float]:
    return list(accumulate(1 / (rank + 2) for rank in range(count)))
