"""Values change, layout stays: whatever the values, the file reads back as the data that was wanted."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from responder.catalog import yaml
from responder.catalog.model import SECTIONS
from responder.catalog.rewrite import rewritten
from responder.catalog.sheet import Row, merged, rows

CONTENT = Path(__file__).parents[2] / "content"
TOPIC = Path(__file__).parent.parent / "packs" / "bicycles" / "topics" / "slipping-chain.yaml"
SOURCE = TOPIC.read_text(encoding="utf-8")
DATA, _ = yaml.read(TOPIC, TOPIC.name)
TRAPS = [
    "no",
    "y",
    "null",
    "12:30",
    "0x1f",
    "1.5",
    "- a",
    "a: b",
    "a #b",
    "#",
    "'a",
    '"a"',
    "[a]",
    "{a}",
    "a, b",
    "*a",
    "&a",
]
TRAPS += [
    "!a",
    "%a",
    "@a",
    "`a",
    "? a",
    "|",
    ">",
    "a\nb",
    " a",
    "a ",
    "a\\n",
    "ñ ¿é?",
    "😀",
    "2026-11-22",
    "~",
    "=",
    "a:",
    ":",
]
TEXTS = st.sampled_from(TRAPS) | st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]), min_size=1
)
LISTS = st.lists(st.sampled_from(DATA["en"]["examples"]) | TEXTS, max_size=8)
PARTS = st.fixed_dictionaries(
    {
        "title": TEXTS,
        "keywords": LISTS,
        "examples": LISTS,
        "sections": st.dictionaries(st.sampled_from(SECTIONS), TEXTS),
    },
    optional={"answer": TEXTS, "speech": TEXTS, "see_doctor": TEXTS},
)


def _read(text: str, folder: Path) -> Any:
    path = folder / "topic.yaml"
    path.write_text(text, encoding="utf-8")
    return yaml.read(path, path.name)[0]


@settings(max_examples=150)
@given(english=PARTS, dutch=st.none() | PARTS, related=st.lists(TEXTS, max_size=3))
def test_any_data_reads_back_as_it_was_written(
    english: Any, dutch: Any, related: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    new = deepcopy(DATA) | {"related": related, "en": english} | ({"nl": dutch} if dutch else {})
    assert _read(rewritten(SOURCE, DATA, new), tmp_path_factory.mktemp("rewrite")) == new


@pytest.mark.parametrize("path", sorted((CONTENT / "topics").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_topic_survives_the_round_trip_byte_for_byte(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    data, _ = yaml.read(path, path.name)
    languages = [key for key in data if len(key) == 2 and key != "id"]
    sheet = [Row(number, *row) for number, row in enumerate(rows(data, languages), 2)]
    assert merged(sheet, {path.stem: data}, languages) == ({}, [])
    assert rewritten(source, data, data) == source


def test_a_comment_at_the_end_of_a_changed_line_stays(tmp_path: Path) -> None:
    source = "id: a\ncare: routine  # for now\n# about the list\nkeywords:\n  # first\n  - b\n  - c\n"
    data = _read(source, tmp_path)
    new = data | {"care": "urgent", "keywords": ["b", "d", "c"]}
    assert rewritten(source, data, new) == source.replace("routine", "urgent").replace("  - b\n", "  - b\n  - d\n")


def test_new_fields_go_to_their_usual_place() -> None:
    new = deepcopy(DATA)
    del new["en"]["speech"]
    new["en"]["sections"] |= {"outlook": "It goes away.", "prevention": "Oil it."}
    text = rewritten(SOURCE, DATA, new)
    keys = [line.strip().split(":")[0] for line in text.splitlines() if line.strip().endswith(">-")]
    assert keys == ["answer", "symptoms", "causes", "treatment", "prevention", "outlook", "diagnosis"]
