"""YAML without its traps: text stays text, a key stands once, and every value knows its line."""

import re
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

import yaml

from responder.errors import Problem

Field = tuple[str | int, ...]
"""The way to a value: ("en", "examples", 3)."""

_TRAP = re.compile(
    r"^(?:[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+|0[0-7]+|0x[0-9a-fA-F]+)$"
)
_UNSEEN = {
    "\t": "a tab",
    "\u00a0": "a no-break space",
    "\u200b": "a zero-width space",
    "\u200e": "an invisible direction mark",
    "\ufeff": "a byte order mark",
}


class _Loader(yaml.CSafeLoader):
    """Plain scalars are text, but for null, true, false and whole numbers; a repeated key is an error."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as its base class has it

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value]
        for place, key in enumerate(keys):
            if key in keys[:place]:
                mark = node.value[place][0].start_mark
                raise yaml.MarkedYAMLError(None, None, f"the key {key!r} stands twice", mark)
        return {str(key): value for key, value in super().construct_mapping(node, deep=True).items()}


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", list("tf")),
    ("tag:yaml.org,2002:int", r"^(?:0|-?[1-9][0-9]*)$", list("-0123456789")),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), _first)


def read(path: Path, name: str) -> tuple[Any, list[Problem]]:
    """The data of a file and what is wrong with it as YAML; `name` is how the problems call the file.

    Unreadable YAML gives None. Never raises for what the file holds.
    """
    try:
        source = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return None, [Problem("encoding", "error", name, 0, "", f"not UTF-8 ({error.reason})", "Save it as UTF-8.")]
    problems = list(_unseen(source, name))
    try:
        data = yaml.load(source, Loader=_Loader)  # noqa: S506 - a safe loader
    except yaml.MarkedYAMLError as error:
        return None, [*problems, _syntax(error, name)]
    except yaml.YAMLError as error:
        return None, [*problems, Problem("yaml", "error", name, 0, "", str(error), "Remove that character.")]
    if _may_hold_trap(source):
        problems += _traps(yaml.compose(source, Loader=_Loader), name, ())
    return data, problems


def lines(path: Path) -> dict[Field, int]:
    """The line (from 1) of every value in a readable file; asked only when there is something to report."""
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    return dict(_lines(root, ())) if root else {}


def _lines(node: yaml.Node, field: Field) -> Iterator[tuple[Field, int]]:
    yield field, node.start_mark.line + 1
    for step, child in _children(node):
        if isinstance(child, yaml.ScalarNode) and child.start_mark.line == node.start_mark.line:
            yield (*field, step), child.start_mark.line + 1
        else:
            yield from _lines(child, (*field, step))


def _children(node: yaml.Node) -> Iterator[tuple[str | int, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key.value, value
    elif isinstance(node, yaml.SequenceNode):
        yield from enumerate(node.value)


def _unseen(source: str, name: str) -> Iterator[Problem]:
    for number, line in enumerate(source.splitlines(), 1):
        for character, called in _UNSEEN.items():
            if character in line:
                column = line.index(character) + 1
                yield Problem(
                    "unseen-character", "error", name, number, "", f"{called} at column {column}", "Type a space."
                )


def _may_hold_trap(source: str) -> bool:
    return any(
        _TRAP.match(line.split(": ")[-1].strip(" -,[]{}")) or "[" in line or "{" in line for line in source.splitlines()
    )


def _traps(node: yaml.Node | None, name: str, field: Field) -> Iterator[Problem]:
    if isinstance(node, yaml.ScalarNode) and not node.style and _TRAP.match(node.value):
        found = f"{node.value} without quotes, which YAML tools read as something else"
        yield Problem(
            "yaml-trap", "error", name, node.start_mark.line + 1, dotted(field), found, f'Write "{node.value}".'
        )
    elif node is not None:
        for step, child in _children(node):
            yield from _traps(child, name, (*field, step))


def dotted(field: Field) -> str:
    """`en.examples[3]` for ("en", "examples", 3)."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in field).lstrip(".")


def _syntax(error: yaml.MarkedYAMLError, name: str) -> Problem:
    line = error.problem_mark.line + 1 if error.problem_mark else 0
    found = (error.problem or "not readable").strip()
    if "stands twice" in found:
        return Problem("duplicate-key", "error", name, line, "", found, "Keep one of the two.")
    if "cannot start any token" in found and "\\t" in found:
        return Problem("yaml", "error", name, line, "", "a tab where the line should begin", "Indent with spaces.")
    if "mapping values are not allowed" in found:
        fix = 'Put the text in quotes: it holds a colon followed by a space ("pain: sharp").'
        return Problem("yaml", "error", name, line, "", "a second colon in one line", fix)
    fix = "Check the indentation and the quotes in this line and the one above."
    return Problem("yaml", "error", name, line, "", found, fix)
