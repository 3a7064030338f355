"""Every code that `check` can say is explained in the guide, and its sample brings it up."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from responder.audit import CODES
from responder.cli.check import check

Run = Callable[..., Result]

GUIDE = Path(__file__).parents[2] / "docs" / "content-guide.md"
ON = ("--on", "2026-11-22")
ROW = re.compile(r"^\| `([a-z-]+)` \| (.+) \| (.+) \| (.+) \|$", re.M)
CHANGE = re.compile(r"^`([^`]+)`: `([^`]+)` → (?:`([^`]+)`|nothing)$")

FLAT = "topics/flat-tire.yaml"
LONG = "The wheel is soft, so the ride is slow and hard on you. "


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"the sample is out of date: {path.name} holds no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _windows(pack: Path) -> None:
    (pack / FLAT).write_bytes((pack / FLAT).read_text(encoding="utf-8").replace("tube.", "tubé.").encode("cp1252"))


def _too_long(pack: Path) -> None:
    _change(pack / FLAT, "A flat tire is most often", LONG * 3 + "A flat tire is most often")
    _change(
        pack / FLAT, "Go to a bike shop if", "Stop at once. Do not ride on the rim, it will bend. Go to a bike shop if"
    )


def _too_long_to_hear(pack: Path) -> None:
    _change(pack / FLAT, "A flat tire is most often", "It is a " * 23 + "A flat tire is most often")


def _second_language(pack: Path) -> None:
    """A pack in two languages; the second lacks a section that the first has."""
    _change(pack / "pack.yaml", "languages:", "languages:\n  fr: {locale: fr-FR, voice: Polly.Lea-Neural}")
    for kind in ("lexicon", "phrases", "red_flags"):
        text = (pack / kind / "en.yaml").read_text(encoding="utf-8")
        (pack / kind / "fr.yaml").write_text(text.replace("language: en", "language: fr"), encoding="utf-8")
    for path in (pack / "topics").glob("*.yaml"):
        head, english = path.read_text(encoding="utf-8").split("\nen:\n")
        french = english.replace(
            "    prevention: >-\n      Keep your tires pumped up. Look at them once a week and pick out glass.\n", ""
        )
        path.write_text(f"{head}\nen:\n{english}fr:\n{french}", encoding="utf-8")


SPECIAL: dict[str, Callable[[Path], object]] = {
    "missing-file": lambda pack: (pack / "numbers.yaml").unlink(),
    "empty-file": lambda pack: (pack / FLAT).write_text(""),
    "encoding": _windows,
    "unseen-character": lambda pack: _change(pack / FLAT, "title: Flat tire", "title: Flat\u00a0tire"),
    "duplicate-id": lambda pack: (pack / "topics/puncture.yaml").write_bytes((pack / FLAT).read_bytes()),
    "too-long": _too_long,
    "too-long-to-hear": _too_long_to_hear,
    "missing-section": _second_language,
    "few-sections": lambda pack: _change(
        pack / "topics/slipping-chain.yaml",
        "    diagnosis: >-\n      A shop can check the chain with a small gauge. It takes one minute.\n",
        "",
    ),
}
"""Samples that no change of one line can show; the guide describes them in words."""


def _guide() -> dict[str, tuple[str, str, str]]:
    return {code: (means, do, sample) for code, means, do, sample in ROW.findall(GUIDE.read_text(encoding="utf-8"))}


def test_a_sound_pack_passes_strictly(run: Run) -> None:
    result = run(check, "--strict", *ON)
    assert result.exit_code == 0, result.output
    assert "3 topics, 2 of them drafts" in result.output
    assert "The content is sound." in result.output


def test_the_guide_explains_every_code_and_no_other() -> None:
    assert list(_guide())
    assert set(_guide()) == set(CODES)


def test_the_guide_has_errors_and_warnings_apart() -> None:
    errors, warnings = GUIDE.read_text(encoding="utf-8").split("### Errors")[1].split("### Warnings")
    assert {code for code, *_ in ROW.findall(errors)} == {
        code for code, one in CODES.items() if one.severity == "error"
    }
    assert {code for code, *_ in ROW.findall(warnings)} == {
        code for code, one in CODES.items() if one.severity == "warning"
    }


@pytest.mark.parametrize("code", CODES)
def test_the_sample_of_the_guide_brings_up_its_code(code: str, pack: Path, run: Run) -> None:
    _, _, sample = _guide()[code]
    change = CHANGE.match(sample)
    assert (change is not None) != (code in SPECIAL), f"{code} needs a sample: {sample}"
    if change:
        name, old, new = change.groups()
        _change(pack / name, old, (new or "").replace("⏎", "\n"))
    else:
        SPECIAL[code](pack)
    result = run(check, "--json", *ON)
    problems = json.loads(result.output)
    assert code in {problem["code"] for problem in problems}, problems
    assert result.exit_code == any(problem["severity"] == "error" for problem in problems)
    for problem in problems:
        assert problem["severity"] == CODES[problem["code"]].severity
        assert problem["path"]
        assert problem["found"]
        assert problem["fix"]


@pytest.mark.parametrize(
    "code", [code for code, one in CODES.items() if one.severity == "warning" and code not in SPECIAL]
)
def test_a_warning_alone_fails_only_strictly(code: str, pack: Path, run: Run) -> None:
    change = CHANGE.match(_guide()[code][2])
    assert change
    name, old, new = change.groups()
    _change(pack / name, old, new)
    problems = json.loads(run(check, "--json", *ON).output)
    assert {problem["code"] for problem in problems} == {code}
    assert run(check, *ON).exit_code == 0
    assert run(check, "--strict", *ON).exit_code == 1


def test_problems_are_grouped_by_file_with_errors_first(pack: Path, run: Run) -> None:
    _change(pack / FLAT, "title: Flat tire", "title: Hello")
    _change(pack / FLAT, "accessed: 2026-11-01", "accessed: 2024-01-01")
    _change(pack / "topics/squeaky-brakes.yaml", "- noisy brakes", "- menu")
    output = run(check, *ON).output
    assert output.count("topics/flat-tire.yaml\n") == 2
    order = [
        output.index(part) for part in ("Errors", "[unreachable-topic]", "[reserved-word]", "Warnings", "[old-source]")
    ]
    assert order == sorted(order)
    assert "2 errors, 1 warning." in output


def test_a_problem_names_line_field_and_what_to_do(pack: Path, run: Run) -> None:
    _change(pack / FLAT, "Go to a bike shop", "Go to a 🚲 shop")
    line = (pack / FLAT).read_text(encoding="utf-8").splitlines().index(
        "  see_doctor: Go to a 🚲 shop if the tire goes flat again the same day."
    ) + 1
    output = run(check, *ON).output
    assert f"line {line}: [costly-character] en.see_doctor: 🚲 (BICYCLE at character 9). Use plain letters" in output


def test_all_problems_come_in_one_run(pack: Path, run: Run) -> None:
    _change(pack / FLAT, "care: routine", "care: soon")
    _change(pack / "topics/slipping-chain.yaml", "title: Slipping chain", "titel: Slipping chain")
    _change(pack / "numbers.yaml", 'number: "112"', "number: 112")
    problems = json.loads(run(check, "--json", *ON).output)
    assert [(one["path"], one["field"]) for one in problems] == [
        ("numbers.yaml", "countries.NL.emergency.number"),
        ("topics/flat-tire.yaml", "care"),
        ("topics/slipping-chain.yaml", "en.titel"),
        ("topics/slipping-chain.yaml", "en.title"),
    ]


def test_today_decides_what_is_overdue(pack: Path, run: Run) -> None:
    assert json.loads(run(check, "--json", "--on", "2027-05-01").output) == []
    codes = {problem["code"] for problem in json.loads(run(check, "--json", "--on", "2029-01-01").output)}
    assert codes == {"old-source", "old-number", "review-overdue"}


def test_the_worked_example_of_the_guide_is_sound(pack: Path, run: Run) -> None:
    (example,) = re.findall(r"```yaml\n(en:\n.*?)```", GUIDE.read_text(encoding="utf-8"), re.S)
    head = (pack / FLAT).read_text(encoding="utf-8").split("\nen:\n")[0].replace("id: flat-tire", "id: calf-knot")
    (pack / "topics/calf-knot.yaml").write_text(f"{head}\n{example}", encoding="utf-8")
    problems = json.loads(run(check, "--json", *ON).output)
    assert {problem["code"] for problem in problems} <= {"names-nobody"}, "a bicycle pack knows no doctors"
