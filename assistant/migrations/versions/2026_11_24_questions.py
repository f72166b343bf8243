"""Questions and the feedback on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "2026_11_24_questions"
down_revision = None


def upgrade() -> None:
    """Create both tables."""
    document = sa.JSON().with_variant(JSONB(), "postgresql")
    op.create_table(
        "questions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("asked_in", sa.Text()),
        sa.Column("programme", sa.Text()),
        sa.Column("history", document, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("answer", document, nullable=False),
        sa.Column("generation", sa.Text()),
        sa.Column("took_ms", sa.Float(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("aspect", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.CheckConstraint(
            "status IN ('answered', 'partial', 'clarify', 'unanswered', 'smalltalk')",
            name=op.f("ck_questions_status"),
        ),
        sa.CheckConstraint(
            "reason IN ('not_documented', 'off_topic', 'unclear', 'individual_case', 'unsafe')",
            name=op.f("ck_questions_reason"),
        ),
        sa.CheckConstraint(
            "(reason IS NOT NULL) = (status IN ('partial', 'unanswered'))",
            name=op.f("ck_questions_reason_status"),
        ),
        sa.CheckConstraint("took_ms >= 0", name=op.f("ck_questions_took_ms")),
    )
    op.create_index(
        "ix_questions_counted",
        "questions",
        ["asked_at", "programme", "status", "reason", "language", "channel", "aspect"],
    )
    op.create_index(op.f("ix_questions_status_id"), "questions", ["status", "id"])
    op.create_table(
        "feedback",
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.Text()),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_feedback")),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_feedback_question_id_questions"),
            ondelete="CASCADE",
        ),
    )
