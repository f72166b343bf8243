"""Keys of back ends."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_keys"
down_revision = "2026_11_24_questions"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "keys",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_keys")),
    )
