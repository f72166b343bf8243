"""Which questions are counted, too: staff's queue is narrowed in the same index."""

from __future__ import annotations

from alembic import op

revision = "2026_11_24_counted"
down_revision = "2026_11_24_cases"


def upgrade() -> None:
    """Make the index again with the questions' ids."""
    op.drop_index("ix_questions_counted", table_name="questions")
    op.create_index(
        "ix_questions_counted",
        "questions",
        ["asked_at", "programme", "status", "reason", "language", "channel", "aspect", "id"],
    )
