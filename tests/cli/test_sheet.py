"""The spreadsheet round trip loses nothing, and writes nothing unless every row is good."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from responder.catalog import yaml
from responder.cli.sheet import export, import_

Run = Callable[..., Result]

Table = list[list[str]]
Edit = Callable[[Table], object]


def _texts(pack: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (pack / "topics").iterdir()}


def _trip(run: Run, sheet: Path, edit: Edit = lambda table: None, delimiter: str = ",") -> str:
    """Exports, edits the table, imports; what the import said."""
    assert run(export, "--csv", str(sheet)).exit_code == 0
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    edit(table)
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(table)
    result = run(import_, "--csv", str(sheet))
    return f"{result.exit_code} {result.output}"


def _find(table: Table, topic: str, field: str, text: str | None = None) -> int:
    return next(
        place for place, row in enumerate(table) if row[0] == topic and row[2] == field and text in (None, row[3])
    )


def _set(topic: str, field: str, new: str, old: str | None = None) -> Edit:
    def edit(table: Table) -> None:
        table[_find(table, topic, field, old)][3] = new

    return edit


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "topics.csv"


def test_an_unchanged_sheet_changes_no_byte(pack: Path, run: Run, sheet: Path) -> None:
    before = _texts(pack)
    assert _trip(run, sheet) == "0 The sheet changes nothing.\n"
    assert _texts(pack) == before


def test_a_sheet_saved_with_semicolons_is_read_too(pack: Path, run: Run, sheet: Path) -> None:
    assert _trip(run, sheet, delimiter=";") == "0 The sheet changes nothing.\n"


def test_a_changed_text_changes_its_line_and_no_other(pack: Path, run: Run, sheet: Path) -> None:
    before = (pack / "topics/flat-tire.yaml").read_text(encoding="utf-8")
    said = _trip(run, sheet, _set("flat-tire", "see_doctor", "Ask a mechanic: today, if you can."))
    assert said.startswith("0 topics/flat-tire.yaml is changed.")
    after = (pack / "topics/flat-tire.yaml").read_text(encoding="utf-8")
    assert after == before.replace(
        "see_doctor: Go to a bike shop if the tire goes flat again the same day.",
        'see_doctor: "Ask a mechanic: today, if you can."',
    )


def test_entries_are_added_changed_and_removed_while_comments_stay(pack: Path, run: Run, sheet: Path) -> None:
    def edit(table: Table) -> None:
        table[_find(table, "flat-tire", "keywords", "puncture")][3] = "no air"
        table.insert(
            _find(table, "flat-tire", "keywords", "flat tyre") + 1, ["flat-tire", "en", "keywords", "yes: flat"]
        )
        del table[_find(table, "flat-tire", "examples", "I have a puncture")]

    _trip(run, sheet, edit)
    path = pack / "topics/flat-tire.yaml"
    data, problems = yaml.read(path, path.name)
    assert problems == []
    assert data["en"]["keywords"] == ["flat tire", "no air", "tire is flat", "flat tyre", "yes: flat"]
    assert "I have a puncture" not in data["en"]["examples"]
    assert len(data["en"]["examples"]) == 9
    assert "    # British spelling\n    - flat tyre\n" in path.read_text(encoding="utf-8")


def test_sections_and_speech_come_and_go(pack: Path, run: Run, sheet: Path) -> None:
    def edit(table: Table) -> None:
        table[_find(table, "slipping-chain", "sections.causes")][3] = ""
        table[_find(table, "slipping-chain", "speech")][3] = ""
        table.append(["slipping-chain", "en", "sections.prevention", "Oil the chain once a month."])

    _trip(run, sheet, edit)
    path = pack / "topics/slipping-chain.yaml"
    data, _ = yaml.read(path, path.name)
    assert list(data["en"]["sections"]) == ["symptoms", "treatment", "prevention", "diagnosis"]
    assert "speech" not in data["en"]
    assert "    prevention: >-\n      Oil the chain once a month.\n" in path.read_text(encoding="utf-8")


def test_a_reviewer_signs_in_the_sheet(pack: Path, run: Run, sheet: Path) -> None:
    def edit(table: Table) -> None:
        for field, text in (("status", "reviewed"), ("by", "J. Doe, mechanic"), ("on", "2026-11-20")):
            table[_find(table, "squeaky-brakes", f"review.{field}")][3] = text

    _trip(run, sheet, edit)
    text = (pack / "topics/squeaky-brakes.yaml").read_text(encoding="utf-8")
    assert 'review: {status: reviewed, by: "J. Doe, mechanic", on: 2026-11-20, due: 2027-05-01}' in text


def test_a_new_language_comes_by_the_sheet(pack: Path, run: Run, sheet: Path) -> None:
    path = pack / "pack.yaml"
    path.write_text(path.read_text().replace("menu:", "  nl: {locale: nl-NL, voice: Polly.Laura-Neural}\nmenu:"))
    wanted = yaml.read(pack / "topics/flat-tire.yaml", "")[0]["en"]

    def edit(table: Table) -> None:
        table.extend([[topic, "nl", field, text] for topic, code, field, text in table[1:] if code == "en"])

    _trip(run, sheet, edit)
    assert yaml.read(pack / "topics/flat-tire.yaml", "")[0]["nl"] == wanted


def test_texts_that_a_spreadsheet_would_compute_survive(pack: Path, run: Run, sheet: Path) -> None:
    odd = ["=1+1", "-5 psi", "+44", "@home", "'tis flat", "''", 'a, "b"; c', "two\nlines", "no", "null", "12:30", "# x"]
    _trip(run, sheet, lambda table: table.extend([["flat-tire", "en", "examples", f"'{text}"] for text in odd]))
    first = yaml.read(pack / "topics/flat-tire.yaml", "")
    assert first[1] == []
    before = _texts(pack)
    assert _trip(run, sheet) == "0 The sheet changes nothing.\n"
    assert _texts(pack) == before


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda table: table.append(["flat", "en", "title", "Flat"]), "column topic: there is no topic 'flat'"),
        (lambda table: table.append(["flat-tire", "xx", "title", "F"]), "column language: 'xx' is no language"),
        (
            lambda table: table.append(["flat-tire", "en", "tittle", "F"]),
            "column field: 'tittle' is no field of a language",
        ),
        (
            lambda table: table.append(["flat-tire", "", "title", "F"]),
            "column field: 'title' is no field without a language",
        ),
        (lambda table: table.append(["flat-tire", "en", "title", "Flat"]), "column field: title stands in row 8 too"),
        (_set("flat-tire", "title", ""), "row 8, column text: nothing."),
        (_set("flat-tire", "title", "F" * 60), "row 8, column text: 60 characters. Write at most"),
        (_set("flat-tire", "examples", "no\u00a0air", "the tube has a hole in it"), "NO-BREAK SPACE at character 3"),
        (_set("flat-tire", "examples", "flat tire", "I have a puncture"), "'flat tire' stands twice"),
        (_set("flat-tire", "care", "soon"), "column text: 'soon'. Write one of: routine, urgent, emergency."),
        (_set("flat-tire", "review.due", "next May"), "'next May'"),
        (_set("flat-tire", "review.by", ""), "column text"),
        (lambda table: table.append(["flat-tire", "en"]), "2 columns."),
        (lambda table: table[0].reverse(), "row 1: the columns must be topic, language, field, text."),
    ],
)
def test_a_bad_row_is_told_and_nothing_is_written(edit: Edit, said: str, pack: Path, run: Run, sheet: Path) -> None:
    before = _texts(pack)

    def both(table: Table) -> None:
        _set("slipping-chain", "title", "Chain slips")(table)
        edit(table)

    output = _trip(run, sheet, both)
    assert output.startswith("1 ")
    assert said in output
    assert _texts(pack) == before


def test_all_bad_rows_are_told_in_their_order(run: Run, sheet: Path) -> None:
    def edit(table: Table) -> None:
        table[-1][0], table[1][2] = "nothing", "nothing"

    output = _trip(run, sheet, edit)
    rows = [line.split(",")[0] for line in output.splitlines() if line.startswith("row")]
    assert rows[0] == "row 2"
    assert len(rows) == 2


def test_a_sheet_that_is_no_utf_8_is_refused(run: Run, sheet: Path) -> None:
    sheet.write_bytes("topic,language,field,text\nflat-tire,en,title,Fl\xe1t\n".encode("latin-1"))
    result = run(import_, "--csv", str(sheet))
    assert result.exit_code == 1
    assert "CSV UTF-8" in result.output


def test_a_sheet_that_is_not_there_is_told(run: Run, sheet: Path) -> None:
    result = run(import_, "--csv", str(sheet))
    assert result.exit_code == 1
    assert "cannot be read" in result.output


def test_a_broken_topic_is_mended_first(pack: Path, run: Run, sheet: Path) -> None:
    (pack / "topics/flat-tire.yaml").write_text("id: flat-tire\n", encoding="utf-8")
    result = run(export, "--csv", str(sheet))
    assert result.exit_code == 1
    assert "Mend these first" in result.output
    assert not sheet.exists()
