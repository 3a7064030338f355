"""What no schema can see: whether the files of a pack fit each other."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from responder.catalog.braces import braces
from responder.errors import Problem

if TYPE_CHECKING:
    from responder.catalog.load import File

NEEDED = ("lexicon", "red_flags", "phrases")
"""A language is served only with all of these."""


def inconsistencies(files: Iterable["File"]) -> Iterator[Problem]:
    """Every way in which well-formed files contradict each other."""
    kinds: dict[str, list[File]] = {}
    for file in files:
        kinds.setdefault(file.kind, []).append(file)
    topics = {file.data["id"] for file in kinds.get("topic", [])}
    (pack,) = kinds["pack"]
    languages = list(pack.data["languages"])
    yield from _names(kinds)
    yield from _languages(kinds, pack, languages)
    yield from _references(kinds, pack, topics)
    yield from braces(kinds.get("phrases", []))


def _names(kinds: Mapping[str, list["File"]]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for file in kinds.get("topic", []):
        name = file.data["id"]
        if name in seen:
            found = f"the id {name} is also in {seen[name]}"
            yield file.problem(("id",), "duplicate-id", found, "Give each topic an id of its own.")
        elif name != file.path.stem:
            fix = f"Write id: {file.path.stem}, or rename the file to {name}.yaml."
            yield file.problem(("id",), "file-name", f"the id {name} in {file.path.name}", fix)
        seen.setdefault(name, file.name)
    for kind in ("lexicon", "red_flags", "phrases", "alarms", "off_topic"):
        for file in kinds.get(kind, []):
            if file.data["language"] != file.path.stem:
                fix = f"Write language: {file.path.stem}."
                yield file.problem(
                    ("language",), "file-name", f"language {file.data['language']} in {file.path.name}", fix
                )


def _languages(kinds: Mapping[str, list["File"]], pack: "File", languages: list[str]) -> Iterator[Problem]:
    for kind in NEEDED:
        there = {file.path.stem for file in kinds.get(kind, [])}
        for code in languages:
            if code not in there:
                fix = f"Add {kind}/{code}.yaml, or take {code} out of the pack."
                yield pack.problem(("languages", code), "missing-language", f"no {kind} for {code}", fix)
    for file in kinds.get("topic", []):
        for code in languages:
            if code not in file.data:
                fix = f"Add the part {code}: with title, keywords, answer, see_doctor, sections, examples."
                yield file.problem((), "missing-language", f"no {code}", fix)


def _references(kinds: Mapping[str, list["File"]], pack: "File", topics: set[str]) -> Iterator[Problem]:
    def check(file: "File", field: tuple[str | int, ...], names: Iterable[str]) -> Iterator[Problem]:
        for place, name in enumerate(names):
            if name not in topics:
                yield file.problem(
                    (*field, place), "unknown-topic", f"there is no topic {name}", "Write the id of a topic."
                )

    yield from check(pack, ("menu",), pack.data["menu"])
    for file in kinds.get("topic", []):
        yield from check(file, ("related",), file.data["related"])
    for file in kinds.get("lexicon", []):
        for number, entry in enumerate(file.data.get("ambiguous", [])):
            yield from check(file, ("ambiguous", number, "ask"), entry["ask"])
    rules = {file.path.stem: {rule["id"] for rule in file.data["rules"]} for file in kinds.get("red_flags", [])}
    for file in kinds.get("alarms", []):
        for name in file.data["alarms"]:
            if name not in rules.get(file.path.stem, ()):
                fix = f"Write the id of a rule in red_flags/{file.path.name}."
                yield file.problem(("alarms", name), "unknown-rule", f"there is no rule {name}", fix)
    for file in kinds.get("conversation", []):
        for number, one in enumerate(file.data["conversations"]):
            for turn, step in enumerate(one["turns"]):
                if not isinstance(step["gets"], str):
                    where = ("conversations", number, "turns", turn, "gets")
                    yield from check(file, (*where, "offers"), step["gets"].get("offers", ()))
                    yield from check(file, (*where, "topic"), filter(None, [step["gets"].get("topic")]))
