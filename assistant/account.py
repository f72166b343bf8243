"""An account of staff: what it is, and what may be one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.member import ROLES, Member, Role

LONGEST_NAME = 80


class AccountError(Exception):
    """An account that cannot be made or changed: one line with its name and the remedy.

    `reason` tells which it is: name, taken, unknown, role, programmes or last.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Account:
    """An account; `local` tells whether it has a password, `disabled_at` is None while it opens."""

    name: str
    role: Role
    programmes: tuple[str, ...] | None
    local: bool
    added_at: datetime
    disabled_at: datetime | None

    @property
    def member(self) -> Member:
        """Who acts with it."""
        return Member(self.name, self.role, self.programmes)


def checked(name: str, role: str, programmes: Sequence[str] | None, at: datetime) -> dict[str, Any]:
    """The values of an account without a password; raises AccountError."""
    name = tidy(name)
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or name[0] == "(":
        said = f"an account needs a name of 1 to {LONGEST_NAME} characters, and no ( in front"
        raise AccountError("name", said)
    chosen = {"role": role_of(role), "programmes": listed_programmes(programmes)}
    return {"name": name, **chosen, "password": None, "added_at": at}


def tidy(name: str) -> str:
    """A name as it is kept: composed, its spaces single."""
    valid = name.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    return " ".join(unicodedata.normalize("NFC", valid).split())


def role_of(role: str) -> Role:
    """The role of that name; raises AccountError."""
    for each in ROLES:
        if each == role:
            return each
    raise AccountError("role", f"{role!r} is no role: give {', '.join(ROLES[:-1])} or {ROLES[-1]}")


def listed_programmes(programmes: Sequence[str] | None) -> list[str] | None:
    """Programmes as they are kept, None for all; raises AccountError."""
    if programmes is None:
        return None
    if not programmes or any(not each.strip() for each in programmes):
        raise AccountError("programmes", "name at least one programme, or none for all of them")
    return sorted(set(programmes))
