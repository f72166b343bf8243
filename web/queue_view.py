"""Queue views: groups of questions as staff read them, why they wait said in a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.aspect import Aspect
from assistant.case import Case, Group
from web.messages import Messages


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group in the queue: `why` are names of reasons, `languages` words, the commonest first."""

    group: Group
    programme: str
    subject: str
    why: tuple[str, ...]
    languages: tuple[str, ...]


def group_view(
    group: Group, titles: Mapping[str, str], aspects: Mapping[str, Aspect], m: Messages
) -> GroupView:
    """The group as it is shown."""
    aspect = aspects.get(group.aspect or "")
    return GroupView(
        group,
        programme_title(group.programme, titles, m),
        aspect.label[m.language] if aspect else "",
        tuple(name for name, _ in reasons_of(group.cases).most_common(2)),
        languages_of(group.cases, m),
    )


def programme_title(programme: str | None, titles: Mapping[str, str], m: Messages) -> str:
    """The short title of a programme; it may be gone, or none may have been named."""
    if programme is None:
        return m("staff.queue.unnamed")
    return titles.get(programme, programme).partition(" : ")[0]


def reason_of(case: Case) -> str:
    """Why a question waits, as the name of a message under `staff.why`."""
    if case.helpful is False and case.status != "unanswered":
        return "unhelpful"
    if case.status == "partial":
        return "individual_case" if case.reason == "individual_case" else "partial"
    return case.reason or case.status


def reasons_of(cases: Iterable[Case]) -> Counter[str]:
    """How many questions wait for which reason."""
    return Counter(reason_of(case) for case in cases)


def languages_of(cases: Iterable[Case], m: Messages) -> tuple[str, ...]:
    """The languages of questions in words, the commonest first."""
    found = Counter(case.language for case in cases)
    names = (f"staff.language.{each}" for each, _ in found.most_common())
    return tuple(dict.fromkeys(m(name if name in m else "staff.language.other") for name in names))
