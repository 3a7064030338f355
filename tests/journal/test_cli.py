"""`flask responder journal`: what an operator sees and erases."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask

from responder.cli.journal import journal as group
from responder.journal import Journal

from .conftest import SENDER, Open, a_turn, free_port, settle

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Runs the command on a journal."""

    def command(journal: Journal, *arguments: str) -> Result:
        app = Flask(__name__)
        app.extensions["responder.journal"] = journal
        return app.test_cli_runner().invoke(group, arguments)

    return command


@pytest.fixture
def gone() -> str:
    """The address of a database that is not there."""
    return f"postgresql://postgres:hunter2@127.0.0.1:{free_port()}/none"


def filled(journal: Journal) -> Journal:
    journal.record(a_turn("SM1", "=cmd zyzzyva", outcome="fallback"))
    journal.record(a_turn("SM2", sender="+15559999999"))
    settle(journal)
    return journal


def test_status_counts_rows_and_what_waits(address: str, open_journal: Open, run: Run) -> None:
    result = run(filled(open_journal(address)), "status")
    assert result.exit_code == 0
    assert "turns     2" in result.output
    assert "texts     1" in result.output
    assert "spool     0 lines" in result.output


def test_status_without_a_database_shows_the_spool_and_fails(gone: str, open_journal: Open, run: Run) -> None:
    journal = open_journal(gone)
    journal.record(a_turn("SM1"))
    result = run(journal, "status")
    assert result.exit_code == 1
    assert "spool     1 lines" in result.output
    assert "cannot be reached (OperationalError)" in result.output
    assert "hunter2" not in result.output


def test_forget_erases_one_sender(address: str, open_journal: Open, run: Run) -> None:
    journal = filled(open_journal(address))
    result = run(journal, "forget", "--sender", "+1 555 123-0001")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("Erased. ")
    assert [row["message_id"] for row in journal.rows()] == ["SM2"]


def test_forget_without_a_database_says_that_it_will_follow(
    gone: str, open_journal: Open, run: Run, address: str
) -> None:
    journal = open_journal(gone)
    journal.record(a_turn("SM1"))
    result = run(journal, "forget", "--sender", SENDER)
    assert result.exit_code == 0
    assert "as soon as it is back" in result.output
    back = open_journal(address)
    settle(back)
    assert list(back.rows()) == []


def test_forget_of_a_withheld_number_is_refused(open_journal: Open, run: Run) -> None:
    result = run(open_journal(), "forget", "--sender", "anonymous")
    assert result.exit_code == 1
    assert "points to nobody" in result.output or "point to nobody" in result.output


def test_purge_says_what_went(address: str, open_journal: Open, run: Run) -> None:
    result = run(filled(open_journal(address)), "purge")
    assert result.output == "0 texts, 0 turns, 0 answers, 0 texted, 0 forgotten erased.\n"


@pytest.mark.parametrize("command", [["purge"], ["export"]])
def test_commands_without_a_database_fail_with_one_line(
    command: list[str], gone: str, open_journal: Open, run: Run
) -> None:
    result = run(open_journal(gone), *command)
    assert result.exit_code == 1
    assert "cannot be reached (OperationalError)" in result.output
    assert "hunter2" not in result.output


def test_export_writes_csv_that_no_spreadsheet_runs(address: str, open_journal: Open, run: Run) -> None:
    lines = run(filled(open_journal(address)), "export").output.splitlines()
    assert lines[0].startswith("message_id,at,channel,")
    assert lines[1].endswith(",'=cmd zyzzyva")
    assert "leg-cramps:0.8 back-spasm:0.3" in lines[1]
    assert len(lines) == 3


def test_export_writes_json_lines_of_one_sender(address: str, open_journal: Open, run: Run) -> None:
    result = run(
        filled(open_journal(address)), "export", "--format", "jsonl", "--sender", SENDER, "--since", "2020-01-01"
    )
    rows = [json.loads(line) for line in result.output.splitlines()]
    assert [row["message_id"] for row in rows] == ["SM1"]
    assert rows[0]["candidates"] == [["leg-cramps", 0.8], ["back-spasm", 0.3]]
    assert rows[0]["at"].endswith("+00:00")
