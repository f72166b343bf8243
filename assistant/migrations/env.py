"""What alembic runs: every missing step in the one transaction that `migrate` has opened."""

from __future__ import annotations

from alembic import context

from assistant.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite rolls back CREATE and ALTER like anything else; alembic assumes that it does not.
    transactional_ddl=True,
    # SQLite cannot alter a column in place: alembic then copies the table.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
