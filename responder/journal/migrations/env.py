"""Run by Alembic: the caller's connection and transaction, no engine of its own."""

from alembic import context

from responder.journal.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
