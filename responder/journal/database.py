"""Every query of the journal, the same on both databases. Whatever SQLAlchemy raises goes to the caller."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Table, delete, func, inspect, select, text, update

from responder.journal.engine import create_engine, looking, reading
from responder.journal.entry import Entry, Given
from responder.journal.recent import OptOut
from responder.journal.schema import HEAD, answers, forgotten, metadata, optouts, texted, turns
from responder.turn import Dialogue

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

_LATEST_WINS = (optouts, forgotten)
_TURNSTILE = 5_318_008_135
"""PostgreSQL's advisory lock: batches pass together; forgetting and migrating pass alone."""
_HOUR = 3_600_000
_DAY = 24 * _HOUR
KEEP_ANSWERS = _HOUR
"""Twilio asks again within seconds; then the reply itself is no longer needed, the row keeps the message counted."""
KEEP_TEXTED = _DAY
KEEP_FORGOTTEN = 30 * _DAY
"""As long as another machine may hold rows that its database has not had."""

_LOOK = """
select message_id, document, cast(dialogue as text), null, null from answers where message_id in ({0})
union all select sender, null, null, at, opted_out from optouts where sender in ({0})
union all select sender, null, null, null, null from turns where sender in ({0})
and segments > 0 and level not in ('emergency', 'crisis') group by sender
"""
"""Messages, senders, and senders that may be new: an alarm leaves no room for the notice of a first contact.

One statement, so one moment: whoever does not see their first message here sees it unanswered as well.
"""
_MARKS = {"sqlite": "?", "postgresql": "%s"}


@dataclass(frozen=True, slots=True)
class Found:
    """What the database knows of some messages, senders and calls."""

    given: dict[str, Given] = field(default_factory=dict)
    optouts: dict[str, OptOut] = field(default_factory=dict)
    texted: set[tuple[str, str]] = field(default_factory=set)
    met: set[str] = field(default_factory=set)
    """Of the senders asked about, those that were texted before."""


class Database:
    """One process's way to the database. Connects at first use."""

    def __init__(self, url: URL) -> None:
        self.engine = create_engine(url)
        self._reads = reading(self.engine)
        self._looking: Connection | None = None
        self.ready = threading.Event()
        """Set once the tables are known to be there."""
        self._insert = _insert(self.engine.dialect.name)
        self.here = self.engine.dialect.name == "sqlite"
        """Whether it is a file of this machine."""

    def prepare(self) -> None:
        """Brings the tables up to date, once however many processes start together."""
        with self._reads.connect() as connection:
            current = _version(connection) >= HEAD
        if not current:
            with self._transaction(alone=True) as connection:
                if not (version := _version(connection)):
                    _create(connection)
                elif version < HEAD:
                    from responder.journal import migrations  # Alembic costs 100 ms and 8 MB: only where rows are kept

                    migrations.upgrade(connection)
        self.ready.set()

    def write(self, entries: Sequence[Entry]) -> None:
        """Stores the entries, each once however often it comes, and erases what is asked to be forgotten."""
        rows: dict[str, list[dict[str, Any]]] = {}
        for entry in entries:
            for name, row in entry.items():
                rows.setdefault(name, []).append(row)
        senders = {row.get("sender") for name in ("turns", "texted", "forgotten") for row in rows.get(name, ())}
        with self._transaction(alone="forgotten" in rows) as connection:
            for table in metadata.sorted_tables:
                if table.name in rows:
                    self._upsert(connection, table, rows[table.name])
            _erase_forgotten(connection, senders)
        if "forgotten" in rows:
            self.shred()

    def look(
        self, messages: Sequence[str], senders: Sequence[str], calls: Sequence[str], strangers: Sequence[str] = ()
    ) -> Found:
        """What is known of these. For one thread at a time, over a connection that is kept."""
        if self._looking is None:
            self._looking = looking(self.engine)
        try:
            found = self._look(self._looking, messages, senders, strangers)
            if calls:
                rows = self._looking.execute(select(texted).where(texted.c.call_id.in_(calls)))
                found.texted.update((row.call_id, row.topic) for row in rows)
                self._looking.rollback()  # the next look must see what was written meanwhile
            return found
        except Exception:
            self._looking.invalidate()
            self._looking = None
            raise

    def purge(self, now: int, *, keep_text_days: int, keep_rows_days: int) -> dict[str, int]:
        """Erases what has been kept long enough; returns how many texts, rows and so on went."""
        old_text = turns.c.text.is_not(None) & (turns.c.at < now - keep_text_days * _DAY)
        statements = {
            "texts": update(turns).where(old_text).values(text=None),
            "turns": delete(turns).where(turns.c.at < now - keep_rows_days * _DAY),
            "answers": delete(answers).where(answers.c.at < now - KEEP_ANSWERS),
            "texted": delete(texted).where(texted.c.at < now - KEEP_TEXTED),
            "forgotten": delete(forgotten).where(forgotten.c.at < now - KEEP_FORGOTTEN),
        }
        with self._transaction() as connection:
            gone = {name: connection.execute(statement).rowcount for name, statement in statements.items()}
        self.shred()
        return gone

    def shred(self) -> None:
        """On SQLite, takes erased rows out of the write-ahead log too."""
        if self.here:
            connection = self.engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    def rows(self, *, since: int = 0, senders: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
        """The turns since then, oldest first, without holding them all in memory."""
        query = select(turns).where(turns.c.at >= since).order_by(turns.c.at, turns.c.message_id)
        if senders is not None:
            query = query.where(turns.c.sender.in_(senders))
        with self._reads.connect() as connection:
            for row in connection.execute(query, execution_options={"yield_per": 1000}):
                yield row._asdict()

    def counts(self) -> dict[str, int]:
        """How many rows each table holds, and how many turns still have their text."""
        with self._reads.connect() as connection:
            tables = {table.name: select(func.count()).select_from(table) for table in metadata.sorted_tables}
            tables["texts"] = select(func.count(turns.c.text))
            return {name: connection.execute(query).scalar_one() for name, query in tables.items()}

    def close(self) -> None:
        """Closes the connections."""
        if self._looking:
            self._looking.close()
        self.engine.dispose()

    def _look(self, connection: Connection, *asked: Sequence[str]) -> Found:
        """By the driver's own means: a reply waits for this one, and SQLAlchemy takes ten times as long as SQLite."""
        size = 1 << (max(map(len, asked)) - 1).bit_length()  # few different statements, so that drivers know them
        marks = ",".join([_MARKS[self.engine.dialect.name]] * size)
        values = [one for them in asked for one in (*them, *[None] * (size - len(them)))]
        cursor = connection.connection.cursor()
        cursor.execute(_LOOK.format(marks), values)
        found = Found()
        for key, document, dialogue, at, out in cursor.fetchall():
            if document is not None:
                found.given[key] = Given(document, Dialogue.from_dict(json.loads(dialogue)))
            elif at is not None:
                found.optouts[key] = (at, bool(out))
            else:
                found.met.add(key)
        cursor.close()
        return found

    def _upsert(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        insert = self._insert(table)
        if table in _LATEST_WINS:
            new = insert.excluded
            values = {column.name: new[column.name] for column in table.columns if not column.primary_key}
            insert = insert.on_conflict_do_update(
                index_elements=table.primary_key.columns, set_=values, where=new["at"] > table.c.at
            )
        else:
            insert = insert.on_conflict_do_nothing()
        # Columns of another version are left out or null. In the order of their keys, so that two processes
        # that store the same rows wait for each other in turn instead of for ever.
        columns = table.columns.keys()
        full = [{name: row.get(name) for name in columns} for row in rows]
        keys = table.primary_key.columns.keys()
        connection.execute(insert, sorted(full, key=lambda row: [str(row[key]) for key in keys]))

    @contextmanager
    def _transaction(self, *, alone: bool = False) -> Iterator[Connection]:
        with self.engine.begin() as connection:
            if not self.here:  # SQLite lets one writer in at a time anyway
                lock = func.pg_advisory_xact_lock if alone else func.pg_advisory_xact_lock_shared
                connection.execute(select(lock(_TURNSTILE)))
            yield connection


def _insert(dialect: str) -> "Callable[[Table], sqlite.Insert | postgresql.Insert]":
    """INSERT with what to do on conflict. PostgreSQL's costs two megabytes: only where it is spoken."""
    if dialect == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert
    from sqlalchemy.dialects import postgresql

    return postgresql.insert


def _create(connection: Connection) -> None:
    """All tables, in a database without any, as all migrations together leave them."""
    metadata.create_all(connection)
    connection.execute(text("create table alembic_version (version_num varchar(32) not null primary key)"))
    connection.execute(text("insert into alembic_version values (:head)"), {"head": HEAD})


def _version(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("select max(version_num) from alembic_version")).scalar() or ""


def _erase_forgotten(connection: Connection, senders: Iterable[str | None]) -> None:
    named = sorted(filter(None, senders))
    if not named:
        return
    for sender, at in connection.execute(select(forgotten).where(forgotten.c.sender.in_(named))).all():
        mine = (turns.c.sender == sender) & (turns.c.at <= at)
        connection.execute(delete(answers).where(answers.c.message_id.in_(select(turns.c.message_id).where(mine))))
        connection.execute(delete(turns).where(mine))
        connection.execute(delete(texted).where((texted.c.sender == sender) & (texted.c.at <= at)))
