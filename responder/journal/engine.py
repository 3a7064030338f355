"""Reaching the database: SQLite in WAL mode or PostgreSQL, behind one SQLAlchemy engine."""

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import URL, Connection, Engine, event, make_url

_PATIENCE = {
    # A server that is gone or hangs is noticed in seconds; only the writer's thread waits for it.
    "application_name": "responder",
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
_SQLITE_PATIENCE_MS = 5_000
_LOOKING_PATIENCE_MS = 20
_READS = "responder_reads"


def database_url(text: str, folder: Path) -> URL:
    """The address in DATABASE_URL; empty is SQLite in `folder`. Raises ValueError, saying what is wanted."""
    if not text:
        return URL.create("sqlite", database=str(folder / "journal.db"))
    try:
        url = make_url(text)
    except sqlalchemy.exc.ArgumentError:
        url = URL.create("unreadable")
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database not in (None, "", ":memory:"):
        return url
    raise ValueError("postgresql://user:password@host/name, or sqlite:////a/path for a file")


def create_engine(url: URL) -> Engine:
    """An engine for one reading and one writing thread. Connects at first use; its errors show no parameters."""
    sizes = {"pool_size": 2, "max_overflow": 2, "pool_timeout": 2, "hide_parameters": True}
    if url.drivername == "sqlite":
        engine = sqlalchemy.create_engine(url, **sizes)
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    patience = {name: value for name, value in _PATIENCE.items() if name not in url.query}
    return sqlalchemy.create_engine(url, connect_args=patience, **sizes)


def reading(engine: Engine) -> Engine:
    """The same engine for what only reads, so that on SQLite it need not wait for who writes."""
    return engine.execution_options(**{_READS: True})


def looking(engine: Engine) -> Connection:
    """A connection to keep for single reads, each by itself: on PostgreSQL one round trip, without a transaction around
    it; on SQLite it waits for a lock no longer than a reply does."""
    connection = reading(engine).connect()
    if engine.dialect.name == "postgresql":
        return connection.execution_options(isolation_level="AUTOCOMMIT")
    connection.connection.cursor().execute(f"PRAGMA busy_timeout={_LOOKING_PATIENCE_MS}")
    return connection


def _configure_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say so, see _begin_sqlite
    for pragma in (
        f"busy_timeout={_SQLITE_PATIENCE_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",  # a commit survives a power cut; no reply waits for it
        "secure_delete=ON",  # what is erased is overwritten
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that will write takes its turn at once: one that reads first and then finds the database
    # changed would fail instead of waiting.
    reads = connection.get_execution_options().get(_READS)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
