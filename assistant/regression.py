"""Regressions: every question that staff's answers closed, asked again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.answer import Answer, Reply, text_of
from assistant.desk import Desk
from assistant.journal import Record
from assistant.preview import asked_in
from assistant.staff_answer import PREFIX


@dataclass(frozen=True, slots=True)
class Regression:
    """A closed question that does not get its answer any more; `got` is what it gets."""

    question: Record
    answer: str
    got: Reply

    def described(self) -> dict[str, Any]:
        """The same as JSON."""
        cited = self.got.citations if isinstance(self.got, Answer) else ()
        return {
            "question_id": self.question.id,
            "question": self.question.question,
            "programme": self.question.programme,
            "answer": self.answer,
            "got": [each.document for each in cited],
            "reply": text_of(self.got.segments),
        }


def regressions(
    desk: Desk, closed: Iterable[tuple[str, str]], questions: Sequence[Record], today: date
) -> tuple[Regression, ...]:
    """The closed questions, as (question id, answer id), that do not get their answer today.

    An answer that is not valid today, or a question that is not kept any more, is none.
    """
    kept = {record.id: record for record in questions}
    valid = {each.id for each in desk.answers if each.content.is_valid(today)}
    found = []
    for question, answer in closed:
        if question not in kept or answer not in valid:
            continue
        reply = desk.reply(asked_in(kept[question], desk.programmes), today)
        cited = reply.citations if isinstance(reply, Answer) else ()
        if all(each.document != f"{PREFIX}{answer}" for each in cited):
            found.append(Regression(kept[question], answer, reply))
    return tuple(found)
