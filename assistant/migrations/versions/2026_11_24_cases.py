"""Questions that wait for staff, in groups of one meaning."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "2026_11_24_cases"
down_revision = "2026_11_24_answers"


def upgrade() -> None:
    """Create the tables."""
    document = sa.JSON().with_variant(JSONB(), "postgresql")
    op.create_index(op.f("ix_feedback_helpful_given_at"), "feedback", ["helpful", "given_at"])
    op.create_table(
        "groups",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text()),
        sa.Column("representative", sa.Text(), nullable=False),
        sa.Column("aspect", sa.Text()),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clear", sa.Boolean(), nullable=False),
        sa.Column("assignee", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
    )
    op.create_index(
        op.f("ix_groups_clear_size_asked_at_id"), "groups", ["clear", "size", "asked_at", "id"]
    )
    op.create_table(
        "cases",
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answer_id", sa.Text()),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("folded", sa.Text()),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_cases")),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_cases_question_id_questions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_cases_group_id_groups"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answers.id"],
            name=op.f("fk_cases_answer_id_answers"),
            ondelete="SET NULL",
        ),
        sa.CheckConstraint(
            "state IN ('open', 'apart', 'closed', 'dismissed')", name=op.f("ck_cases_state")
        ),
    )
    op.create_index(op.f("ix_cases_group_id"), "cases", ["group_id"])
    op.create_index(op.f("ix_cases_state_question_id"), "cases", ["state", "question_id"])
    op.create_index(op.f("ix_cases_answer_id"), "cases", ["answer_id"])
    op.create_index(
        op.f("ix_cases_state_group_id_question_id"), "cases", ["state", "group_id", "question_id"]
    )
    op.create_table(
        "traits",
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("understood", document, nullable=False),
        sa.Column("vector", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_traits")),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["cases.question_id"],
            name=op.f("fk_traits_question_id_cases"),
            ondelete="CASCADE",
        ),
    )
