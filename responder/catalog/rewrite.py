"""New values into a YAML file that people keep by hand: only lines that must change are touched."""

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

import yaml

from responder.catalog.model import SECTIONS

_ORDER = {
    name: place
    for order in (
        ("id", "care", "related", "sources", "review"),
        ("title", "keywords", "answer", "see_doctor", "sections", "speech", "examples"),
        SECTIONS,
        ("status", "by", "on", "due"),
    )
    for place, name in enumerate(order)
}
_PROSE = frozenset(["answer", "speech", *SECTIONS])
"""Fields that are written as a paragraph of their own (">-")."""
_INLINE = frozenset(["related", "review"])
"""Fields that are written in one line, in brackets or braces."""
_TEXT = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp")
"""What stays text without quotes; days do, because the catalog's loader knows no dates."""

Edit = tuple[int, int, list[str]]
"""The lines from the first to before the second, and what stands there instead."""


def rewritten(source: str, old: Any, new: Any) -> str:
    """`source`, whose data is `old`, with the data `new`.

    Lines whose values stay, comments and layout are kept; fields that are new go to their usual place.
    What a comment said about a removed value is not known, so comments within a removed value go with it.
    """
    root = yaml.compose(source, Loader=yaml.CSafeLoader)
    lines = source.splitlines()
    edits = [(first, end, turn, text) for turn, (first, end, text) in enumerate(_mapping(root, old, new, lines))]
    for first, end, _, text in sorted(edits, reverse=True):  # from the end, so that line numbers above stay true
        lines[first:end] = text
    return "\n".join(lines) + "\n"


def _mapping(node: Any, old: Mapping[str, Any], new: Mapping[str, Any], lines: list[str]) -> Iterator[Edit]:
    """The edits of a block mapping."""
    places = {key.value: (key, value) for key, value in node.value}
    column = node.value[0][0].start_mark.column
    for name, (key, value) in places.items():
        first, end = key.start_mark.line, _end(value, lines, column)
        if name not in new:
            yield first, end, []
        elif old[name] != new[name]:
            yield from _changed(name, value, old[name], new[name], lines, (first, end, column))
    for name in sorted(new.keys() - places.keys(), key=lambda name: (_ORDER.get(name, 99), name)):
        before = [key for key in places if _ORDER.get(key, 98) <= _ORDER.get(name, 99)]
        line = _end(places[before[-1]][1], lines, column) if before else node.start_mark.line
        yield line, line, list(_entry(name, new[name], column))


def _changed(name: str, node: Any, old: Any, new: Any, lines: list[str], place: tuple[int, int, int]) -> Iterator[Edit]:
    first, end, column = place
    block = not getattr(node, "flow_style", False)
    if not new or not block:
        yield first, end, list(_entry(name, new, column))
    elif isinstance(new, Mapping) and isinstance(node, yaml.MappingNode):
        yield from _mapping(node, old, new, lines)
    elif isinstance(new, list) and isinstance(node, yaml.SequenceNode):
        yield from _sequence(node, old, new, lines)
    elif isinstance(new, str) and _in_one_line(node):
        mark, stop = node.start_mark, node.end_mark
        yield first, end, [lines[first][: mark.column] + _scalar(new) + lines[first][stop.column :]]
    else:
        yield first, end, list(_entry(name, new, column))


def _sequence(node: Any, old: Sequence[str], new: Sequence[str], lines: list[str]) -> Iterator[Edit]:
    """The edits of a block list of texts: entries that stay keep their lines."""
    items = node.value
    column = node.start_mark.column
    starts = [item.start_mark.line for item in items]
    ends = [_end(item, lines, column) for item in items]
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            first = starts[a] if a < b else (ends[a - 1] if a else starts[0])
            yield first, ends[b - 1] if a < b else first, [f"{' ' * column}- {_scalar(text)}" for text in new[c:d]]


def _end(node: Any, lines: list[str], column: int) -> int:
    """The line after the last one of a value whose key or dash stands at `column`."""
    if isinstance(node, yaml.ScalarNode):
        if node.style not in ("|", ">"):
            return int(node.end_mark.line) + 1
        line = node.start_mark.line + 1
        while line < len(lines) and (not lines[line].strip() or len(lines[line]) - len(lines[line].lstrip()) > column):
            line += 1
        while not lines[line - 1].strip():
            line -= 1
        return int(line)
    if node.flow_style or not node.value:
        return int(node.end_mark.line) + 1
    last = node.value[-1]
    if isinstance(node, yaml.MappingNode):
        return _end(last[1], lines, last[0].start_mark.column)
    return _end(last, lines, node.start_mark.column)


def _in_one_line(node: Any) -> bool:
    if not isinstance(node, yaml.ScalarNode) or node.style in ("|", ">"):
        return False
    return bool(node.start_mark.line == node.end_mark.line)


def _entry(name: str, value: Any, column: int) -> Iterator[str]:
    """A field in the layout of the pack's files."""
    start = f"{' ' * column}{name}:"
    if isinstance(value, str) and name in _PROSE and _foldable(value):
        yield from (f"{start} >-", f"{' ' * column}  {value}")
    elif isinstance(value, Mapping) and value and name not in _INLINE:
        yield start
        for key in sorted(value, key=lambda key: _ORDER.get(key, 99)):
            yield from _entry(key, value[key], column + 2)
    elif isinstance(value, list) and name not in _INLINE and value:
        yield start
        yield from (f"{' ' * column}  - {_scalar(text)}" for text in value)
    else:
        yield f"{start} {_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(value[key])}" for key in value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value, "[{}]")


def _foldable(text: str) -> bool:
    return text == text.strip() and text.isprintable() and bool(text)


def _scalar(value: str | None, around: str = "- {}") -> str:
    """`value` plain where every YAML tool reads it as the same text, else in double quotes."""
    if value is None:
        return "null"
    plain = value.isprintable() and _reads_as(around.format(value), value)
    return value if plain else json.dumps(value, ensure_ascii=False)


def _reads_as(entry: str, value: str) -> bool:
    try:
        node = yaml.compose(entry, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return False
    (item,) = node.value if isinstance(node, yaml.SequenceNode) and len(node.value) == 1 else (None,)
    return isinstance(item, yaml.ScalarNode) and item.tag in _TEXT and item.value == value
