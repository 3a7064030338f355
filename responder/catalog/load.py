"""The content folder to a Catalog, or every problem in it at once.

What reads YAML and checks schemas is imported when it is used: a server that finds its pack compiled does neither.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from responder.catalog.model import Catalog
from responder.errors import ContentError, Problem

if TYPE_CHECKING:
    from responder.catalog.yaml import Field

PER_LANGUAGE = ("lexicon", "red_flags", "phrases", "alarms", "off_topic")
"""Folders that hold one file a language."""


@dataclass(frozen=True, slots=True)
class File:
    """A content file that was read."""

    kind: str
    name: str
    """Relative to the content folder, such as topics/als.yaml."""
    path: Path
    data: Any

    def problem(self, field: "Field", code: str, found: str, fix: str, severity: Any = "error") -> Problem:
        """A problem in this file, with its line."""
        from responder.catalog import yaml

        known = yaml.lines(self.path)
        place = next((known[field[:end]] for end in range(len(field), -1, -1) if field[:end] in known), 0)
        return Problem(code, severity, self.name, place, yaml.dotted(field), found, fix)


def load(folder: Path) -> Catalog:
    """The checked pack in `folder`. Raises ContentError, with all that is wrong, if it cannot be served."""
    catalog, _, problems = inspect(folder)
    errors = [problem for problem in problems if problem.severity == "error"]
    if catalog is None or errors:
        raise ContentError(errors)
    return catalog


def inspect(folder: Path) -> tuple[Catalog | None, list[File], list[Problem]]:
    """What `folder` holds: the catalog (None if it cannot be built), its files, and all problems found."""
    from responder.catalog import build
    from responder.catalog.consistency import inconsistencies
    from responder.catalog.schema import complaints

    files, problems = _read(folder)
    for file in files:
        for field, code, found, fix in complaints(file.kind, file.data):
            problems.append(file.problem(field, code, found, fix))
    if problems:
        return None, files, problems
    problems = list(inconsistencies(files))
    if problems:
        return None, files, problems
    return build.catalog(files, _common(folder), version(folder)), files, problems


def version(folder: Path) -> str:
    """Twelve hex digits that change with any content file."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".yaml", ".txt"):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _read(folder: Path) -> tuple[list[File], list[Problem]]:
    from responder.catalog import yaml

    files, problems = [], []
    for kind, path in _paths(folder):
        name = path.relative_to(folder).as_posix()
        if not path.is_file():
            problems.append(Problem("missing-file", "error", name, 0, "", "the file is missing", "Add it."))
            continue
        data, found = yaml.read(path, name)
        problems += found
        if data is None and not found:
            problems.append(Problem("empty-file", "error", name, 0, "", "the file is empty", "Fill it or remove it."))
        if data is not None:
            files.append(File(kind, name, path, data))
    return files, problems


def _paths(folder: Path) -> Iterator[tuple[str, Path]]:
    yield "pack", folder / "pack.yaml"
    yield "numbers", folder / "numbers.yaml"
    for kind, name in (("topic", "topics"), ("conversation", "conversations")):
        for path in sorted((folder / name).glob("*.yaml")):
            yield kind, path
    for kind in PER_LANGUAGE:
        for path in sorted((folder / kind).glob("*.yaml")):
            yield kind, path


def _common(folder: Path) -> dict[str, tuple[str, ...]]:
    return {path.stem: tuple(path.read_text(encoding="utf-8").split()) for path in (folder / "common").glob("*.txt")}
