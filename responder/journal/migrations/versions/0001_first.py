"""The first tables. Written out, not taken from `schema`, which goes on changing."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Creates the tables."""
    _turns()
    op.create_table(
        "answers",
        sa.Column("message_id", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("dialogue", sa.JSON, nullable=False),
    )
    op.create_index("answers_at", "answers", ["at"])
    op.create_table(
        "optouts",
        sa.Column("sender", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("opted_out", sa.Boolean, nullable=False),
    )
    op.create_table(
        "texted",
        sa.Column("call_id", sa.Text, primary_key=True),
        sa.Column("topic", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("sender", sa.Text),
    )
    op.create_index("texted_sender", "texted", ["sender"])
    op.create_table(
        "forgotten",
        sa.Column("sender", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )


def _turns() -> None:
    op.create_table(
        "turns",
        sa.Column("message_id", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("country", sa.Text),
        sa.Column("sender", sa.Text),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("topic", sa.Text),
        sa.Column("section", sa.Text),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("flag", sa.Text),
        sa.Column("score", sa.Float),
        sa.Column("margin", sa.Float),
        sa.Column("candidates", sa.JSON),
        sa.Column("segments", sa.Integer),
        sa.Column("milliseconds", sa.Float),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("text", sa.Text),
    )
    op.create_index("turns_at", "turns", ["at"])
    op.create_index("turns_sender", "turns", ["sender"])


def downgrade() -> None:
    """Drops them, with all they hold."""
    for name in ("forgotten", "texted", "optouts", "answers", "turns"):
        op.drop_table(name)
