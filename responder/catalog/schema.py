"""JSON Schema's verdicts as sentences an editor can act on."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
from rapidfuzz import process
from referencing import Registry, Resource

from responder.catalog.yaml import Field

SCHEMAS = Path(__file__).parent.parent.parent / "schemas"

Complaint = tuple[Field, str, str, str]
"""Where, code, what was found, what to write."""


@cache
def _validator(kind: str) -> jsonschema.Draft202012Validator:
    registry: Registry[Any] = Registry()
    for path in SCHEMAS.glob("*.schema.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        registry = registry.with_resource(schema["$id"], Resource.from_contents(schema))
    return jsonschema.Draft202012Validator({"$ref": f"{kind}.schema.json"}, registry=registry)


def complaints(kind: str, data: Any) -> Iterator[Complaint]:
    """Every way in which `data` breaks `schemas/<kind>.schema.json`, each once."""
    errors = _leaves(_validator(kind).iter_errors(data))
    yield from dict.fromkeys(complaint for error in errors for complaint in _complain(error))


def _leaves(errors: Any) -> Iterator[Any]:
    for error in errors:
        if error.validator in ("anyOf", "oneOf") and error.context:
            yield min(error.context, key=lambda inner: inner.validator == "type")
        else:
            yield error


def _complain(error: Any) -> Iterator[Complaint]:
    where: Field = tuple(error.absolute_path)
    if error.validator == "required":
        for name in sorted(set(error.validator_value) - set(error.instance)):
            wanted = _described(error.schema.get("properties", {}).get(name, {}))
            yield (*where, name), "missing-field", f"{name} is missing", f"Add {name}: {wanted}"
    elif error.validator == "additionalProperties":
        yield from _unknown(error, where)
    else:
        yield where, "schema", _found(error), _wanted(error)


def _unknown(error: Any, where: Field) -> Iterator[Complaint]:
    known = list(error.schema.get("properties", {}))
    patterns = error.schema.get("patternProperties", {})
    for name in error.instance:
        if name in known or any(re.search(pattern, str(name)) for pattern in patterns):
            continue
        near = process.extractOne(str(name), known, score_cutoff=60)
        fix = f"Did you mean {near[0]}?" if near else f"Remove it; known here: {', '.join(known)}."
        yield (*where, name), "unknown-field", f"the field {name} is not known", fix


def _found(error: Any) -> str:
    found, kind = error.instance, error.validator
    if kind in ("minItems", "maxItems"):
        return f"{len(found)} entries"
    if kind in ("minLength", "maxLength"):
        return f"{len(found)} characters"
    if kind == "uniqueItems":
        twice = next(entry for place, entry in enumerate(found) if entry in found[:place])
        return f"{twice!r} stands twice"
    shown = repr(found) if not isinstance(found, dict | list) else f"a {type(found).__name__}"
    return shown if len(shown) <= 60 else shown[:57] + "..."


_ADVICE = {
    "minItems": "Give at least {}.",
    "maxItems": "Give at most {}.",
    "minLength": "Write at least {} characters.",
    "maxLength": "Write at most {} characters.",
    "uniqueItems": "Keep one of the two.",
}


def _wanted(error: Any) -> str:
    kind, value = error.validator, error.validator_value
    if kind == "enum":
        advice = f"Write one of: {', '.join(map(str, value))}."
    elif kind == "type":
        advice = f"Write {_types(value)}."
    else:
        advice = _ADVICE.get(kind, "Write it as described:").format(value)
    described = _described(error.schema)
    return advice + (f" {described}" if described != "text." else "")


def _types(value: Any) -> str:
    quoted = "text (in quotes where it looks like a number)"
    names = {"string": quoted, "array": "a list", "object": "fields", "null": "null"}
    return " or ".join(names.get(one, str(one)) for one in ([value] if isinstance(value, str) else value))


def _described(schema: Any) -> str:
    if "$ref" in schema and "description" not in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return {"date": "A day written as 2026-11-22.", "section": "One or two short sentences."}.get(name, "text.")
    return str(schema.get("description", "text."))
