"""What the journal promises, on SQLite and PostgreSQL alike."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection

from responder.journal import Given, Journal, migrations
from responder.journal.database import Database
from responder.journal.engine import database_url
from responder.journal.schema import HEAD, metadata
from responder.turn import Dialogue, Outcome

from .conftest import DAY, SENDER, Clock, Open, a_turn, settle


def test_a_turn_becomes_one_row_that_names_nobody(address: str, open_journal: Open, clock: Clock) -> None:
    journal = open_journal(address, now=clock)
    journal.record(a_turn("SM1", "my name is Bob"))
    settle(journal)
    assert [
        {
            "message_id": "SM1",
            "at": 1_800_000_000_000,
            "channel": "sms",
            "language": "en",
            "country": "US",
            "sender": journal.senders.current(SENDER),
            "outcome": "answer",
            "topic": "leg-cramps",
            "section": None,
            "level": "none",
            "flag": None,
            "score": 0.8,
            "margin": 0.5,
            "candidates": [["leg-cramps", 0.8], ["back-spasm", 0.3]],
            "segments": 1,
            "milliseconds": 1.5,
            "version": "v1",
            "text": None,
        }
    ] == list(journal.rows())


@pytest.mark.parametrize(
    ("outcome", "days", "kept"),
    [
        ("fallback", 30, "my leg [number]"),
        ("choice", 30, "my leg [number]"),
        ("fallback", 0, None),
        ("answer", 30, None),
        ("emergency", 30, None),
        ("crisis", 30, None),
        ("command", 30, None),
        ("silence", 30, None),
    ],
)
def test_words_are_kept_only_where_they_were_not_understood(
    outcome: Outcome, days: int, kept: str | None, open_journal: Open
) -> None:
    journal = open_journal(keep_text_days=days)
    journal.record(a_turn("SM1", "my leg 5551234", outcome=outcome))
    settle(journal)
    assert [kept] == [row["text"] for row in journal.rows()]


def test_a_message_that_comes_again_gets_the_same_reply_and_counts_once(address: str, open_journal: Open) -> None:
    first, second = open_journal(address), open_journal(address)
    first.record(a_turn("SM1", document="<first/>"))
    settle(first)
    given = Given("<first/>", Dialogue("en", "leg-cramps"))
    assert given == first.known("SM1", SENDER).given
    assert given == second.known("SM1", SENDER).given
    assert second.known("SM2", SENDER).given is None
    second.record(a_turn("SM1", document="<second/>"))  # both workers were asked at once
    settle(second)
    assert given == open_journal(address).known("SM1", SENDER).given
    assert [row["message_id"] for row in first.rows()] == ["SM1"]


def test_threads_that_answer_one_message_at_once_send_one_reply(open_journal: Open) -> None:
    journal = open_journal()
    start = threading.Barrier(8)
    sent: list[Given] = []

    def answer(number: int) -> None:
        start.wait()
        sent.append(journal.record(a_turn("SM1", document=f"<reply-{number}/>")))

    threads = [threading.Thread(target=answer, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    settle(journal)
    assert len({given.document for given in sent}) == 1
    assert {sent[0].document} == {journal.known("SM1", SENDER).given.document}  # type: ignore[union-attr]
    assert len(list(journal.rows())) == 1


def test_turns_without_a_message_id_are_all_counted(open_journal: Open) -> None:
    journal = open_journal()
    for _ in range(3):
        journal.record(a_turn(""))
    settle(journal)
    assert journal.counts()["turns"] == 3


def test_the_latest_of_stop_and_start_holds_in_every_process(address: str, open_journal: Open, clock: Clock) -> None:
    first, second = open_journal(address, now=clock), open_journal(address, now=clock)
    assert not first.known("", SENDER).opted_out
    first.opt_out(SENDER)
    assert first.known("", SENDER).opted_out
    settle(first)
    assert second.known("", SENDER).opted_out
    assert second.known("", f"whatsapp:{SENDER}").opted_out
    clock.seconds += 1
    second.opt_in(SENDER)
    settle(second)
    assert not first.known("", SENDER).opted_out
    clock.seconds -= 5
    open_journal(address, now=clock).opt_out(SENDER)  # an older STOP that was spooled on another machine
    settle(first)
    assert not open_journal(address).known("", SENDER).opted_out


def test_a_withheld_number_is_nobody(open_journal: Open) -> None:
    journal = open_journal()
    for withheld in ("anonymous", "", "+266696687"):
        journal.opt_out(withheld)
        journal.record(a_turn(f"SM{withheld}", sender=withheld))
    settle(journal)
    assert not journal.known("", "anonymous").opted_out
    assert {None} == {row["sender"] for row in journal.rows()}


def test_a_topic_is_texted_once_from_a_call(address: str, open_journal: Open) -> None:
    first, second = open_journal(address), open_journal(address)
    assert first.first_text("CA1", "leg-cramps", SENDER)
    assert not first.first_text("CA1", "leg-cramps", SENDER)
    settle(first)
    assert not second.first_text("CA1", "leg-cramps", SENDER)
    assert second.first_text("CA1", "back-spasm", SENDER)
    assert second.first_text("CA2", "leg-cramps", SENDER)


def test_forgetting_erases_the_sender_everywhere_and_nobody_else(address: str, open_journal: Open) -> None:
    journal = open_journal(address)
    for number in range(3):
        journal.record(a_turn(f"SM{number}"))
    journal.record(a_turn("SM9", sender="+15559999999"))
    journal.first_text("CA1", "leg-cramps", SENDER)
    settle(journal)
    assert journal.forget(f"whatsapp:{SENDER}")
    settle(journal)
    assert [row["message_id"] for row in journal.rows()] == ["SM9"]
    counts = journal.counts()
    assert (counts["answers"], counts["texted"]) == (1, 0)


def test_what_another_machine_still_spools_is_forgotten_too(
    address: str, open_journal: Open, clock: Clock, tmp_path: Path
) -> None:
    late = open_journal(address, now=clock, folder=tmp_path / "other machine")
    early = open_journal(address, now=clock)
    clock.seconds += 10
    early.forget(SENDER)
    settle(early)
    clock.seconds -= 5
    late.record(a_turn("SM1"))
    late.record(a_turn("SM2", sender="+15559999999"))
    clock.seconds += 60
    late.record(a_turn("SM3"))  # they write again: a new beginning
    settle(late)
    assert [row["message_id"] for row in early.rows()] == ["SM2", "SM3"]


def test_an_opt_out_outlives_forgetting(open_journal: Open) -> None:
    journal = open_journal()
    journal.opt_out(SENDER)
    journal.forget(SENDER)
    settle(journal)
    assert open_journal().known("", SENDER).opted_out


def test_texts_then_rows_are_purged_when_their_time_has_come(address: str, open_journal: Open, clock: Clock) -> None:
    journal = open_journal(address, now=clock, keep_text_days=30, keep_rows_days=365)
    journal.record(a_turn("SM1", outcome="fallback"))
    settle(journal)
    clock.seconds += 30 * DAY
    assert (journal.purge()["texts"], journal.purge()["turns"]) == (0, 0)
    clock.seconds += 1
    assert journal.purge() | {"answers": 0} == {"texts": 1, "turns": 0, "answers": 0, "texted": 0, "forgotten": 0}
    assert [row["text"] for row in journal.rows()] == [None]
    clock.seconds += 335 * DAY
    assert journal.purge()["turns"] == 1


def test_the_server_purges_without_being_told(address: str, open_journal: Open, clock: Clock) -> None:
    journal = open_journal(address, now=clock)
    journal.record(a_turn("SM1"))
    settle(journal)
    journal.stop()
    clock.seconds += 400 * DAY
    journal.start()
    journal.record(a_turn("SM2"))
    settle(journal)
    journal.stop()
    assert [row["message_id"] for row in journal.rows()] == ["SM2"]


def test_rotating_the_key_makes_old_rows_unlinkable(address: str, open_journal: Open) -> None:
    old = open_journal(address, hash_keys=("old",))
    old.record(a_turn("SM1"))
    old.opt_out(SENDER)
    settle(old)
    rotating = open_journal(address, hash_keys=("new", "old"))
    rotating.record(a_turn("SM2"))
    settle(rotating)
    assert [row["message_id"] for row in rotating.rows(sender=SENDER)] == ["SM1", "SM2"]
    assert rotating.known("", SENDER).opted_out
    new = open_journal(address, hash_keys=("new",))
    assert [row["message_id"] for row in new.rows(sender=SENDER)] == ["SM2"]
    assert not new.known("", SENDER).opted_out
    rows = {row["message_id"]: row["sender"] for row in new.rows()}
    assert rows["SM1"] != rows["SM2"]


def test_without_a_key_this_machine_makes_one_and_keeps_it(open_journal: Open, tmp_path: Path) -> None:
    hashes = {open_journal(hash_keys=()).senders.current(SENDER) for _ in range(2)}
    assert len(hashes) == 1
    assert (tmp_path / "instance" / "hash.key").stat().st_mode & 0o777 == 0o600


def test_erased_words_are_gone_from_sqlites_files(open_journal: Open, tmp_path: Path) -> None:
    journal = open_journal()
    journal.record(a_turn("SM1", "zyzzyva cramp", outcome="fallback"))
    settle(journal)
    files = list((tmp_path / "instance").glob("journal.db*"))
    assert any(b"zyzzyva" in file.read_bytes() for file in files)
    journal.forget(SENDER)
    settle(journal)
    journal.stop()
    assert not any(b"zyzzyva" in file.read_bytes() for file in (tmp_path / "instance").glob("journal.db*"))


@pytest.mark.parametrize("migrated", [False, True])
def test_new_tables_and_migrated_ones_are_those_of_the_code(address: str, tmp_path: Path, migrated: bool) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    database = Database(database_url(address, tmp_path))
    if migrated:
        with database.engine.begin() as connection:
            migrations.upgrade(connection)
    database.prepare()
    database.prepare()
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert _head(connection, ScriptDirectory) == HEAD
    database.close()


def _head(connection: Connection, scripts: type) -> str | None:
    head: str | None = scripts.from_config(migrations.configuration(connection)).get_current_head()  # type: ignore[attr-defined]
    return head


def test_workers_that_start_together_make_the_tables_once(address: str, open_journal: Open) -> None:
    journals = [open_journal(address) for _ in range(6)]
    for number, journal in enumerate(journals):
        journal.record(a_turn(f"SM{number}"))
    settle(journals[0])
    assert journals[0].counts()["turns"] == 6


@pytest.mark.parametrize("text", ["mysql://x/y", "sqlite://", "postgresql", "sqlite:///:memory:", "://"])
def test_a_bad_database_address_says_what_is_wanted(text: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="postgresql://user:password@host/name"):
        database_url(text, tmp_path)


def test_strange_input_is_kept_as_far_as_a_database_can(address: str, open_journal: Open) -> None:
    journal: Journal = open_journal(address)
    strange = "\0\ud800\U0001f9b5"
    journal.record(a_turn(strange * 40, strange, sender=strange, outcome="fallback", document=strange))
    settle(journal)
    assert journal.state().refused == 0
    assert len(list(journal.rows())) == 1
