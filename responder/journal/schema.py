"""The tables, the same on SQLite and PostgreSQL. Times are whole milliseconds since 1970, UTC."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, Index, Integer, MetaData, Table, Text

HEAD = "0001"
"""The newest migration. Later ones only add, so that older code goes on working while a new version rolls out."""

metadata = MetaData()

turns = Table(
    "turns",
    metadata,
    Column("message_id", Text, primary_key=True),  # Twilio's; a call's turns add their number
    Column("at", BigInteger, nullable=False),
    Column("channel", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("country", Text),
    Column("sender", Text),  # keyed hash; null for withheld numbers
    Column("outcome", Text, nullable=False),
    Column("topic", Text),
    Column("section", Text),
    Column("level", Text, nullable=False),
    Column("flag", Text),
    Column("score", Float),
    Column("margin", Float),
    Column("candidates", JSON(none_as_null=True)),  # [[topic, score], ...], best first
    Column("segments", Integer),
    Column("milliseconds", Float),
    Column("version", Text, nullable=False),
    Column("text", Text),  # redacted; only where the line did not understand
    Index("turns_at", "at"),
    Index("turns_sender", "sender"),
)

answers = Table(
    "answers",
    metadata,
    Column("message_id", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("document", Text, nullable=False),
    Column("dialogue", JSON(none_as_null=True), nullable=False),
    Index("answers_at", "at"),
)

optouts = Table(
    "optouts",
    metadata,
    Column("sender", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("opted_out", Boolean, nullable=False),  # false after START, so that an older STOP that arrives late loses
)

texted = Table(
    "texted",
    metadata,
    Column("call_id", Text, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("sender", Text),
    Index("texted_sender", "sender"),
)

forgotten = Table(
    "forgotten",
    metadata,
    Column("sender", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),  # rows up to here that another machine still spools are refused
)
