"""Tables of the database, the same for SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

from assistant.column import Instant, document

# Names that do not depend on the database, so that a later migration can drop what it means.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMES)

questions = Table(
    "questions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("asked_at", Instant, nullable=False),
    Column("question", Text, nullable=False),
    # Of the reply; `asked_in` is the one that the question was typed in.
    Column("language", Text, nullable=False),
    Column("asked_in", Text),
    Column("programme", Text),
    Column("history", document(), nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text),
    Column("answer", document(), nullable=False),
    Column("generation", Text),
    Column("took_ms", Float, nullable=False),
    Column("channel", Text, nullable=False),
    # What it was understood to ask about first; None where nothing was recognised.
    Column("aspect", Text),
    CheckConstraint(
        "status IN ('answered', 'partial', 'clarify', 'unanswered', 'smalltalk')", name="status"
    ),
    CheckConstraint(
        "reason IN ('not_documented', 'off_topic', 'unclear', 'individual_case', 'unsafe')",
        name="reason",
    ),
    CheckConstraint(
        "(reason IS NOT NULL) = (status IN ('partial', 'unanswered'))", name="reason_status"
    ),
    CheckConstraint("took_ms >= 0", name="took_ms"),
    # All that is counted of a period and that staff's queue is narrowed by, so that no row with its
    # long answer is read for it.
    Index(
        "ix_questions_counted",
        *("asked_at", "programme", "status", "reason", "language", "channel", "aspect", "id"),
    ),
    Index(None, "status", "id"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("question_id", ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True),
    Column("helpful", Boolean, nullable=False),
    Column("comment", Text),
    Column("given_at", Instant, nullable=False),
    Index(None, "helpful", "given_at"),
)

keys = Table(
    "keys",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)

accounts = Table(
    "accounts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    # An Argon2 hash; None for who comes through the university's own sign-in only.
    Column("password", Text),
    # The programmes of an editor; None for all.
    Column("programmes", document()),
    Column("added_at", Instant, nullable=False),
    Column("disabled_at", Instant),
    CheckConstraint("role IN ('reader', 'editor', 'administrator')", name="role"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("account", ForeignKey("accounts.name", ondelete="CASCADE"), nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Index(None, "account"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("account", ForeignKey("accounts.name", ondelete="CASCADE"), nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Index(None, "account"),
)

# Digests of the codes that let somebody make the first account.
invitations = Table(
    "invitations",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("made_at", Instant, nullable=False),
)

# Tries to sign in, by the digest of a name or an address; gone after a quarter of an hour.
attempts = Table(
    "attempts",
    metadata,
    Column("key", Text, primary_key=True),
    # Seconds since 1970, as [1795512600.5, …].
    Column("moments", document(), nullable=False),
    Column("last_at", Instant, nullable=False),
    Index(None, "last_at"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("account", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", document()),
)

answers = Table(
    "answers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("state", Text, nullable=False),
    # None for every programme.
    Column("programme", Text),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("source_url", Text),
    Column("valid_from", Date),
    Column("valid_until", Date),
    # Questions that mean the same, as [{"text", "question_id"}].
    Column("wordings", document(), nullable=False),
    Column("author", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    CheckConstraint("state IN ('draft', 'published', 'retracted')", name="state"),
    Index(None, "state"),
)

answer_revisions = Table(
    "answer_revisions",
    metadata,
    Column("answer_id", ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("account", Text, nullable=False),
    Column("content", document(), nullable=False),
)

groups = Table(
    "groups",
    metadata,
    Column("id", Text, primary_key=True),
    Column("programme", Text),
    Column("representative", Text, nullable=False),
    Column("aspect", Text),
    # Kept with its cases, so that the queue is ordered without counting them.
    Column("size", Integer, nullable=False),
    Column("asked_at", Instant, nullable=False),
    # Whether anything in its questions was understood; the others come last.
    Column("clear", Boolean, nullable=False),
    Column("assignee", Text),
    Column("note", Text),
    Index(None, "clear", "size", "asked_at", "id"),
)

cases = Table(
    "cases",
    metadata,
    Column("question_id", ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True),
    Column("group_id", ForeignKey("groups.id", ondelete="SET NULL")),
    Column("state", Text, nullable=False),
    Column("answer_id", ForeignKey("answers.id", ondelete="SET NULL")),
    Column("closed_at", Instant),
    # The question folded, to be searched.
    Column("folded", Text),
    CheckConstraint("state IN ('open', 'apart', 'closed', 'dismissed')", name="state"),
    Index(None, "group_id"),
    Index(None, "state", "group_id", "question_id"),
    Index(None, "state", "question_id"),
    Index(None, "answer_id"),
)

# What a case was understood as, and its unit vector in 16-bit floats: for grouping without
# understanding and encoding it again. Not in `cases`, which are read by the thousand.
traits = Table(
    "traits",
    metadata,
    Column("question_id", ForeignKey("cases.question_id", ondelete="CASCADE"), primary_key=True),
    Column("understood", document(), nullable=False),
    Column("vector", LargeBinary),
)
