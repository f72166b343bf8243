"""Case selections: a filter of staff's queue as conditions in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, case, exists, func, or_, select

from assistant.case_filter import CaseFilter
from assistant.tables import cases, feedback, questions


def members_of(ids: Sequence[str], wanted: CaseFilter, each: int | None, answer: bool) -> Any:
    """The cases of these groups, the latest `each` of each group (None: all of them)."""
    if wanted.state == "open":
        wanted_here = [cases.c.group_id.in_(ids), cases.c.state == "open"]
    else:
        alone = cases.c.group_id.is_(None) & cases.c.question_id.in_(ids)
        wanted_here = [or_(cases.c.group_id.in_(ids), alone), *conditions(wanted)]
    if each is None:
        return columns(answer).where(*wanted_here)
    key: Any = func.coalesce(cases.c.group_id, cases.c.question_id)
    if wanted.state == "open":
        key = cases.c.group_id  # as its index has it, so that no row is read
    number = func.row_number().over(partition_by=key, order_by=cases.c.question_id.desc())
    inside = select(cases.c.question_id, number.label("number")).where(*wanted_here)
    some = inside.select_from(read_from(wanted)).subquery()
    latest = select(some.c.question_id).where(some.c.number <= each)
    return columns(answer).where(cases.c.question_id.in_(latest))


def columns(answer: bool = True) -> Any:
    """Everything of a case, the question's own columns first; without what was shown on wish."""
    asked = [each for each in questions.c if answer or each.name != "answer"]
    of_cases = (cases.c.group_id, cases.c.state, cases.c.answer_id)
    said = (feedback.c.helpful, feedback.c.comment)
    return select(*asked, *of_cases, *said).select_from(
        cases.join(questions, questions.c.id == cases.c.question_id).outerjoin(
            feedback, feedback.c.question_id == cases.c.question_id
        )
    )


def read_from(wanted: CaseFilter) -> FromClause:
    """Where the conditions of a filter find their columns."""
    if wanted.words and wanted.state != "open":
        return cases.join(questions, questions.c.id == cases.c.question_id)
    return cases


def conditions(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    """What the filter wants of a single case, whose question is looked for in one index.

    The other way round, each case's question would be read where nothing fits: 50,000 rows with
    their long answers.
    """
    state: Any = cases.c.state
    if wanted.words and wanted.state == "open":
        # No column: most are open, and their texts are read as they lie, not in an index's order.
        state = state + ""
    found: list[ColumnElement[bool]] = [state == wanted.state]
    asked = _asked(wanted)
    if asked:
        found.append(cases.c.question_id.in_(select(questions.c.id).where(*asked)))
    said = feedback.c.question_id == cases.c.question_id
    if wanted.feedback == "none":
        found.append(~exists().where(said))
    elif wanted.feedback is not None:
        judged = feedback.c.helpful.is_(wanted.feedback == "helpful")
        found.append(cases.c.question_id.in_(select(feedback.c.question_id).where(judged)))
    text: Any = cases.c.folded
    if wanted.state != "open":
        # One that stays apart was never understood, nor folded.
        text = func.coalesce(text, func.lower(questions.c.question))
    found.extend(text.contains(word, autoescape=True) for word in wanted.words)
    return found


def _asked(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    table = questions.c
    found: list[ColumnElement[bool]] = []
    if wanted.programmes is not None:
        found.append(among(table.programme, wanted.programmes))
    for column, value in (
        (table.reason, wanted.reason),
        (table.status, wanted.status),
        (table.language, wanted.language),
    ):
        if value is not None:
            found.append(column == value)
    if wanted.since is not None:
        found.append(table.asked_at >= wanted.since)
    if wanted.until is not None:
        found.append(table.asked_at < wanted.until)
    return found


def among(column: Any, programmes: Sequence[str | None]) -> ColumnElement[bool]:
    """Whether a column names one of these programmes; None stands for none."""
    named = column.in_([each for each in programmes if each is not None])
    return or_(named, column.is_(None)) if None in programmes else named


def behind(order: Sequence[Any], last: Sequence[Any]) -> ColumnElement[bool]:
    """Whether a row comes behind another one, both sorted down; SQLite compares no booleans."""
    first = case((order[0], 1), else_=0)
    bounds: list[ColumnElement[bool]] = []
    columns, values = (first, *order[1:]), (int(last[0]), *last[1:])
    for count in range(len(columns)):
        same = [columns[place] == values[place] for place in range(count)]
        bounds.append(and_(*same, columns[count] < values[count]))
    return or_(*bounds)
