"""Queue choices: what staff want to see of the queue, as it stands in an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import get_args
from urllib.parse import urlencode

from assistant.answer import Reason
from assistant.case_filter import CaseFilter
from assistant.case_store import State
from assistant.member import Member

STATES: tuple[State, ...] = get_args(State)
REASONS: tuple[str, ...] = get_args(Reason)
LANGUAGES = ("fr", "en", "es", "de", "it")
OPINIONS = ("unhelpful", "helpful", "none")
UNNAMED = ":none"
"""Instead of a programme: questions that named none."""


@dataclass(frozen=True, slots=True)
class QueueChoice:
    """What was chosen, each as it was typed; empty wants everything.

    `asked_in` is a language; `language` is that of the page.
    """

    state: State = "open"
    search: str = ""
    programme: str = ""
    reason: str = ""
    aspect: str = ""
    asked_in: str = ""
    feedback: str = ""
    assignee: str = ""
    since: str = ""
    until: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the state was chosen."""
        return self != QueueChoice(self.state)

    @property
    def detailed(self) -> bool:
        """Whether anything was chosen that the form shows only when asked to."""
        return self != QueueChoice(self.state, self.search, self.programme)

    def address(self, path: str = "/staff/", **more: str) -> str:
        """The address of a page with this choice."""
        chosen = {name: value for name, value in asdict(self).items() if value}
        if chosen["state"] == "open":
            del chosen["state"]
        chosen |= {name: value for name, value in more.items() if value}
        return f"{path}?{urlencode(chosen)}" if chosen else path

    def within(self, state: State) -> str:
        """The queue's address with the same choice in another state."""
        return replace(self, state=state).address()

    def wanted(self, member: Member) -> CaseFilter:
        """The filter of the queue; what is no date or no known word wants everything.

        Who is limited to some programmes sees no others.
        """
        programmes: tuple[str | None, ...] | None = own_programmes(member)
        if self.programme:
            chosen = None if self.programme == UNNAMED else self.programme
            programmes = (chosen,) if programmes is None or chosen in programmes else ()
        return CaseFilter(
            state=self.state,
            programmes=programmes,
            reason=self.reason if self.reason in REASONS else None,
            status="partial" if self.reason == "partial" else None,
            aspect=self.aspect or None,
            language=self.asked_in or None,
            feedback=self.feedback if self.feedback in OPINIONS else None,
            since=_midnight(self.since),
            until=_midnight(self.until, 1),
            search=self.search,
            assignee=self.assignee or None,
        )


def own_programmes(member: Member) -> tuple[str, ...] | None:
    """The programmes that a member is limited to; None: all of them, and questions about none."""
    return None if member.role == "administrator" else member.programmes


def choice_of(query: Mapping[str, str]) -> QueueChoice:
    """The choice of an address."""
    given = {field.name: query.get(field.name, "").strip()[:200] for field in fields(QueueChoice)}
    if given["state"] not in STATES:
        given["state"] = "open"
    return QueueChoice(**given)  # type: ignore[arg-type]


def _midnight(day: str, later: int = 0) -> datetime | None:
    """The beginning of a day, or of one some days later, in the server's time zone."""
    try:
        wanted = date.fromisoformat(day) + timedelta(days=later)
        return datetime.combine(wanted, datetime.min.time()).astimezone()
    except (ValueError, OverflowError):
        return None
