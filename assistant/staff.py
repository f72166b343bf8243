"""Staff: who may sign in, how they are known again, what they changed and what they see counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.account_store import Accounts
from assistant.attempt import Attempts
from assistant.audit import Audit
from assistant.invitation import Invitations
from assistant.password import Passwords
from assistant.session import Sessions
from assistant.statistics import Statistics
from assistant.token import Tokens

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(frozen=True, slots=True)
class Staff:
    """The stores of staff over one database."""

    accounts: Accounts
    sessions: Sessions
    tokens: Tokens
    attempts: Attempts
    invitations: Invitations
    audit: Audit
    statistics: Statistics


def staff_of(engine: Engine) -> Staff:
    """The stores of that database, which has this version's schema."""
    passwords = Passwords()
    return Staff(
        Accounts(engine, passwords),
        Sessions(engine),
        Tokens(engine),
        Attempts(engine),
        Invitations(engine, passwords),
        Audit(engine),
        Statistics(engine),
    )
