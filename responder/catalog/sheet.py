"""A topic's data as the rows of a spreadsheet, and back."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from responder.catalog.model import SECTIONS
from responder.catalog.schema import complaints
from responder.catalog.unseen import is_unseen, named
from responder.catalog.yaml import Field

COLUMNS = ("topic", "language", "field", "text")
_LISTS = ("keywords", "examples", "related")
"""Fields that take a row for every entry, in order."""
_OF_TOPIC = ("care", "related", "review.status", "review.by", "review.on", "review.due")
_SECTIONS = tuple(f"sections.{name}" for name in SECTIONS)
_OF_LANGUAGE = ("title", "keywords", "answer", "see_doctor", *_SECTIONS, "speech", "examples")
_MAY_BE_EMPTY = ("review.by", "review.on", "speech", *_SECTIONS)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet."""

    number: int
    """As the spreadsheet counts; the heading is 1."""
    topic: str
    language: str
    """Empty for what is the same in every language."""
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be taken."""

    row: int
    column: str
    found: str
    fix: str

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column}: {self.found}. {self.fix}"


def rows(data: Mapping[str, Any], languages: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    """A topic as rows of COLUMNS. Sections that only another language has come as empty rows, to be filled in."""
    for name in _OF_TOPIC:
        for text in _texts(data, name):
            yield data["id"], "", name, text
    spoken = [code for code in languages if code in data]
    there = {section for code in spoken for section in data[code]["sections"]}
    for code in spoken:
        for name in _OF_LANGUAGE:
            texts = _texts(data[code], name)
            if not texts and name.removeprefix("sections.") in there:
                texts = [""]
            for text in texts:
                yield data["id"], code, name, text


def _texts(data: Mapping[str, Any], name: str) -> list[str]:
    value: Any = data
    for step in name.split("."):
        if step not in value:
            return []
        value = value[step]
    if isinstance(value, list):
        return [str(entry) for entry in value]
    return ["" if value is None else str(value)]


def merged(
    sheet: Iterable[Row], topics: Mapping[str, Mapping[str, Any]], languages: Iterable[str]
) -> tuple[dict[str, dict[str, Any]], list[Fault]]:
    """The topics whose data the sheet changes, and every fault in it. What the sheet does not name stays as it is.

    A list is taken as a whole from its rows. A section, a speech, or the name and day of a review is
    removed by an empty text.
    """
    known = list(languages)
    fields: dict[tuple[str, str, str], list[Row]] = {}
    faults = []
    for row in sheet:
        wrong = list(_faults(row, topics, known))
        faults += wrong
        if not wrong:
            fields.setdefault((row.topic, row.language, row.field), []).append(row)
    faults += [fault for (_, _, name), given in fields.items() for fault in _repeated(name, given)]
    new = {topic: deepcopy(dict(topics[topic])) for topic, _, _ in fields}
    for (topic, language, name), given in fields.items():
        _put(new[topic], language, name, [row.text for row in given])
    changed = {topic: data for topic, data in new.items() if data != topics[topic]}
    for topic, data in changed.items():
        faults += _broken(topic, data, fields)
    return changed, sorted(faults, key=lambda fault: fault.row)


def _faults(row: Row, topics: Mapping[str, Any], languages: list[str]) -> Iterator[Fault]:
    if row.topic not in topics:
        yield Fault(row.number, "topic", f"there is no topic {row.topic!r}", "Make it first: flask responder new.")
    if row.language not in ("", *languages):
        fix = f"Write one of: {', '.join(languages)}; or leave it empty."
        yield Fault(row.number, "language", f"{row.language!r} is no language of the pack", fix)
    known = _OF_LANGUAGE if row.language else _OF_TOPIC
    if row.field not in known:
        found = f"{row.field!r} is no field" + (" of a language" if row.language else " without a language")
        yield Fault(row.number, "field", found, f"Write one of: {', '.join(known)}.")
    elif not row.text.strip() and row.field not in _MAY_BE_EMPTY:
        yield Fault(row.number, "text", "nothing", "Write the text, or take the row out.")
    for place, character in enumerate(row.text, 1):
        if is_unseen(character):
            yield Fault(row.number, "text", named(place, character), "Type a plain space, or nothing.")


def _repeated(name: str, given: list[Row]) -> Iterator[Fault]:
    if name not in _LISTS:
        for row in given[1:]:
            yield Fault(row.number, "field", f"{name} stands in row {given[0].number} too", "Keep one of the two.")


def _put(data: dict[str, Any], language: str, name: str, texts: list[str]) -> None:
    at: dict[str, Any] = data.setdefault(language, {"sections": {}}) if language else data
    *steps, last = name.split(".")
    for step in steps:
        at = at[step]
    if name in _LISTS:
        at[last] = texts
    elif texts[0]:
        at[last] = texts[0]
    elif name.startswith("review."):
        at[last] = None
    else:
        at.pop(last, None)


def _broken(topic: str, data: Mapping[str, Any], fields: Mapping[tuple[str, str, str], list[Row]]) -> Iterator[Fault]:
    """What the schema says against the topic as the sheet would leave it, by row."""
    for where, _, found, fix in complaints("topic", data):
        yield Fault(_row(topic, where, fields), "text", found, fix)


def _row(topic: str, where: Field, fields: Mapping[tuple[str, str, str], list[Row]]) -> int:
    """The row that a field came from; else the topic's first row."""
    language = str(where[0]) if where and (topic, str(where[0])) in {key[:2] for key in fields} else ""
    steps = where[1:] if language else where
    name = ".".join(step for step in steps if isinstance(step, str))
    place = next((step for step in steps if isinstance(step, int)), 0)
    given = fields.get((topic, language, name))
    if given is None:
        return min(row.number for key, taken in fields.items() if key[0] == topic for row in taken)
    return given[min(place, len(given) - 1)].number
