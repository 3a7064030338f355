import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.segments import BASIC, EXTENDED, cost, costly, fold

GSM = st.text(alphabet=sorted(BASIC | EXTENDED), max_size=500)


@pytest.mark.parametrize(
    ("text", "encoding", "segments"),
    [
        ("", "GSM-7", 1),
        ("a" * 160, "GSM-7", 1),
        ("a" * 161, "GSM-7", 2),
        ("a" * 306, "GSM-7", 2),
        ("a" * 307, "GSM-7", 3),
        ("€" * 80, "GSM-7", 1),
        ("a" * 152 + "€" + "a" * 10, "GSM-7", 2),  # an escape pair is never split
        ("á", "UCS-2", 1),
        ("á" * 70, "UCS-2", 1),
        ("á" * 71, "UCS-2", 2),
        ("\U0001f600" * 35, "UCS-2", 1),
        ("\U0001f600" * 36, "UCS-2", 2),
    ],
)
def test_cost(text: str, encoding: str, segments: int) -> None:
    assert (cost(text).encoding, cost(text).segments) == (encoding, segments)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("más músculo está aquí", "mas musculo esta aqui"),
        ("niño, ¿qué? ¡sí! pingüino", "niño, ¿qué? ¡si! pingüino"),
        ("\u201cdon\u2019t\u201d \u2013 wait\u2026", '"don\'t" - wait...'),
        ("101 \u00d7 2", "101 x 2"),
        ("a\u00a0b\tc", "a b c"),
        ("\U0001f600", "\U0001f600"),
    ],
)
def test_folding(written: str, sent: str) -> None:
    assert fold(written) == sent


def test_costly_characters_are_named_with_their_place() -> None:
    assert costly("ab\u2019c") == [(3, "\u2019", "RIGHT SINGLE QUOTATION MARK")]


@given(GSM)
def test_gsm_text_is_folded_into_itself(text: str) -> None:
    assert fold(text) == text
    assert costly(text) == []


@given(st.text())
def test_folding_twice_is_folding_once_and_never_costs_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    cost(fold(text))


@given(st.text(min_size=1))
def test_every_segment_holds_what_it_can(text: str) -> None:
    found = cost(text)
    capacity = 160 if found.encoding == "GSM-7" else 70
    assert found.units <= capacity * found.segments


def test_our_count_is_the_one_of_twilios_calculator(catalog, tmp_path: Path) -> None:
    """Over every sentence of the pack, as sent. Runs where node and npm are."""
    if not shutil.which("npm"):
        pytest.skip("node is not installed")
    subprocess.run(
        [
            "npm",
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(tmp_path),
            "sms-segments-calculator@1.3.0",
        ],
        check=True,
        capture_output=True,
    )
    texts = [
        fold(sentence)
        for topic in catalog.topics.values()
        for words in topic.texts.values()
        for sentence in (f"{words.answer}\n{words.see_doctor}", *words.sections.values(), *words.examples)
    ] + ["€" * 77, "a" * 152 + "€a", "\U0001f600" * 36, "á" * 135]
    script = (
        "const {SegmentedMessage}=require('sms-segments-calculator');"
        "const t=JSON.parse(require('fs').readFileSync(0));"
        "const of=x=>{const m=new SegmentedMessage(x,'auto');return [m.encodingName,m.segmentsCount]};"
        "console.log(JSON.stringify(t.map(of)))"
    )
    done = subprocess.run(
        ["node", "-e", script], input=json.dumps(texts), capture_output=True, text=True, check=True, cwd=tmp_path
    )
    theirs = [tuple(row) for row in json.loads(done.stdout)]
    assert [(cost(text).encoding, cost(text).segments) for text in texts] == theirs
