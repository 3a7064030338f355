"""Characters that look right and are not: invisible, from another alphabet, typographic, or dear."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from responder import segments
from responder.audit.pack import Pack, topic_file
from responder.catalog.unseen import is_unseen, named
from responder.catalog.yaml import Field
from responder.errors import Problem

_WORD = re.compile(r"[^\W\d_]+")
_CURLY = {
    **dict.fromkeys("\u2018\u2019\u201a\u2032\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    "\u2026": "...",
    "\u2022": "-",
}


def rule(pack: Pack) -> Iterator[Problem]:
    """Invisible characters and foreign letters anywhere, typographic and dear ones where they are texted."""
    for name, file in pack.files.items():
        for where, text in strings(file.data):
            yield from _unseen(pack, name, where, text)
            yield from _look_alike(pack, name, where, text)
    for name, where, text in texted(pack):
        yield from _curly(pack, name, where, text)
        yield from _costly(pack, name, where, text)


def texted(pack: Pack) -> Iterator[tuple[str, Field, str]]:
    """Every piece of text that may be sent to a telephone: file, field, text."""
    yield "pack.yaml", ("name",), pack.catalog.name
    for topic, language, text in pack.texts():
        name = topic_file(topic)
        for key in ("title", "answer", "see_doctor"):
            yield name, (language, key), getattr(text, key)
        for section, words in text.sections.items():
            yield name, (language, "sections", section), words
    for language, one in pack.catalog.languages.items():
        for key, words in one.phrases.texts.items():
            yield f"phrases/{language}.yaml", ("texts", key), words
        for number, flag in enumerate(one.red_flags.rules):
            yield f"red_flags/{language}.yaml", ("rules", number, "reason"), flag.reason
        if one.alarms.reason:
            yield f"alarms/{language}.yaml", ("reason",), one.alarms.reason


def strings(data: Any, where: Field = ()) -> Iterator[tuple[Field, str]]:
    """Every text in a file's data, with its field."""
    if isinstance(data, str):
        yield where, data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from strings(value, (*where, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from strings(value, (*where, place))


def _unseen(pack: Pack, name: str, where: Field, text: str) -> Iterator[Problem]:
    if text.isascii():
        return
    for place, character in enumerate(text, 1):
        if is_unseen(character):
            yield pack.problem("unseen-character", name, where, named(place, character), "Remove it, or type a space.")


def _look_alike(pack: Pack, name: str, where: Field, text: str) -> Iterator[Problem]:
    if text.isascii():
        return
    for found in _WORD.finditer(text):
        word = found.group()
        scripts = [_script(character) for character in word]
        if "LATIN" in scripts and len(set(scripts)) > 1:
            place = next(place for place, script in enumerate(scripts) if script != "LATIN")
            which = named(found.start() + place + 1, word[place])
            yield pack.problem("look-alike", name, where, f"{which}, in the word {word}", "Type that word again.")


def _script(letter: str) -> str:
    """LATIN, GREEK, CYRILLIC ...: the first word of a letter's Unicode name; signs such as "a with ring" are Latin."""
    if letter in "\u00aa\u00ba\u00b5":  # feminine and masculine ordinals, micro sign
        return "LATIN"
    return unicodedata.name(unicodedata.normalize("NFKC", letter)[0], "?").split()[0]


def _curly(pack: Pack, name: str, where: Field, text: str) -> Iterator[Problem]:
    found = [(place, character) for place, character in enumerate(text, 1) if character in _CURLY]
    if found:
        fix = " ".join(dict.fromkeys(f"Type {_CURLY[character]} for {character}." for _, character in found))
        yield pack.problem("curly-character", name, where, _listed(found), fix)


def _costly(pack: Pack, name: str, where: Field, text: str) -> Iterator[Problem]:
    folded = segments.fold(text)
    if folded.isascii() or not segments.costly(folded):
        return
    found = [(place, c) for place, c in enumerate(text, 1) if segments.costly(segments.fold(c))]
    fix = "Use plain letters: with it, a segment holds 70 characters instead of 160."
    yield pack.problem("costly-character", name, where, _listed(found), fix)


def _listed(found: list[tuple[int, str]]) -> str:
    return ", ".join(f"{character} ({named(place, character)})" for place, character in found)
