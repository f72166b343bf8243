"""A member of staff: who acts, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["reader", "editor", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who has an account that is not disabled; `programmes` is None for all of them."""

    name: str
    role: Role
    programmes: tuple[str, ...] | None = None

    def may(self, role: Role) -> bool:
        """Whether their role is this one or a higher one."""
        return ROLES.index(self.role) >= ROLES.index(role)

    def covers(self, programme: str | None) -> bool:
        """Whether they may change what concerns this programme; None: every programme."""
        if not self.may("editor"):
            return False
        if self.role == "administrator" or self.programmes is None:
            return True
        return programme is not None and programme in self.programmes
