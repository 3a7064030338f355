"""Whether `see_doctor` sends people to somebody."""

from collections.abc import Iterator, Sequence

from responder import text as plain
from responder.audit.pack import Pack
from responder.catalog.model import Lexicon
from responder.errors import Problem

Stems = tuple[str, ...]


def rule(pack: Pack) -> Iterator[Problem]:
    """Every see_doctor names one whom the lexicon knows as `care`, in any inflection."""
    care = {code: _care(one.lexicon, code) for code, one in pack.catalog.languages.items()}
    for topic, language, text in pack.texts():
        said = _stems(text.see_doctor, language)
        if care[language] and not any(_holds(said, name) for name in care[language]):
            found, fix = f"{text.see_doctor!r} names nobody", f"Say whom to see, such as: {_example(pack, language)}"
            yield pack.in_topic("names-nobody", topic, (language, "see_doctor"), found, fix)


def _care(lexicon: Lexicon, language: str) -> list[Stems]:
    return [_stems(word, language) for group in lexicon.groups if group.kind == "care" for word in group.words]


def _stems(text: str, language: str) -> Stems:
    return tuple(map(plain.stemmer(language).stem, plain.words(text)))


def _holds(said: Sequence[str], name: Stems) -> bool:
    return any(said[place : place + len(name)] == name for place in range(len(said) - len(name) + 1))


def _example(pack: Pack, language: str) -> str:
    return pack.catalog.languages[language].phrases.texts["reminder"]
