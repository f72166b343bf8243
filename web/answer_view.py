"""Answer views: staff's answers in their list, and the questions that one settles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.case import Case, Group
from assistant.staff_answer import Content, StaffAnswer
from index.words import fold
from web.messages import Messages
from web.pages import day
from web.queue_view import reason_of


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer in the list; `validity` in words, `lapsed` names why it is not shown today."""

    answer: StaffAnswer
    programme: str
    validity: str
    lapsed: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question that an answer may settle, with why it waits."""

    id: str
    text: str
    language: str
    reason: str


def answer_row(
    answer: StaffAnswer, titles: Mapping[str, str], today: date, m: Messages
) -> AnswerRow:
    """The answer as the list shows it."""
    content = answer.content
    lapsed = ""
    if not content.is_valid(today):
        late = content.valid_until is not None and content.valid_until < today
        lapsed = m("staff.answers.expired") if late else m("staff.answers.later")
    return AnswerRow(answer, audience(content.programme, titles, m), validity(content, m), lapsed)


def audience(programme: str | None, titles: Mapping[str, str], m: Messages) -> str:
    """Whom an answer concerns, in words."""
    if programme is None:
        return m("staff.queue.everything")
    return titles.get(programme, programme).partition(" : ")[0]


def validity(content: Content, m: Messages) -> str:
    """The days of an answer in words."""
    first, last = (
        day(each.isoformat(), m) if each else ""
        for each in (content.valid_from, content.valid_until)
    )
    if first and last:
        return m("staff.answers.between", **{"from": first, "to": last})
    if first:
        return m("staff.answers.from", **{"from": first})
    return m("staff.answers.to", to=last) if last else m("staff.answers.always")


def matching(
    answers: Iterable[StaffAnswer], state: str, programme: str, search: str
) -> list[StaffAnswer]:
    """Those that fit, the last changed first; empty wants everything, `*` those for all."""
    words = fold(search).split()
    found = [
        each
        for each in answers
        if (not state or each.state == state)
        and (not programme or (each.content.programme or "*") == programme)
        and all(word in fold(f"{each.content.question} {each.content.answer}") for word in words)
    ]
    return sorted(found, key=lambda each: each.changed_at, reverse=True)


def wanted_of(
    group: Group | None, answer: StaffAnswer | None, settled: Iterable[Case]
) -> tuple[Wanted, ...]:
    """The questions to tick: those of the group, the answer's wordings, those it closed."""
    found = {case.id: wanted(case) for case in (*(group.cases if group else ()), *settled)}
    for wording in answer.content.wordings if answer else ():
        if wording.question_id and wording.question_id not in found:
            found[wording.question_id] = Wanted(wording.question_id, wording.text, "", "")
    return tuple(found.values())


def wanted(case: Case) -> Wanted:
    """A question of the queue."""
    return Wanted(case.id, case.question, case.language, reason_of(case))
