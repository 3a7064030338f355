"""The registry holds every code that the sources speak of, and no other."""

import re
from pathlib import Path

from responder.audit import CODES

PACKAGE = Path(__file__).parents[2] / "responder"
SPEAKING = [*(PACKAGE / "audit").glob("*.py"), *(PACKAGE / "catalog").glob("*.py")]
CODE = re.compile(r'"([a-z]+(?:-[a-z]+)*)"')


def test_every_code_of_the_registry_is_used_somewhere() -> None:
    used = {
        code for path in SPEAKING if path.name != "codes.py" for code in CODE.findall(path.read_text(encoding="utf-8"))
    }
    assert CODES.keys() <= used


def test_every_code_that_is_told_is_in_the_registry() -> None:
    told = re.compile(r'(?:problem|in_topic|Problem)\(\s*(?:\([^()]*\),\s*)?"([a-z]+(?:-[a-z]+)*)"')
    found = {code for path in SPEAKING for code in told.findall(path.read_text(encoding="utf-8"))}
    assert len(found) > 20
    assert found <= CODES.keys()
