"""Answer forms: what an editor wrote of an answer, as it was typed, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.draft import Draft
from assistant.staff_answer import Content, StaffAnswer
from corpus.library import EVERY_PROGRAMME
from web.staff_form import Fields


class WrongDate(ValueError):  # noqa: N818 - what was typed
    """A field that holds no date."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """The fields as they were typed.

    `programme` is `*` for all of them; `ticked` are ids of questions that become wordings; `group`
    is the one that is being answered, empty for none; `revision` is the one that is edited.
    """

    question: str = ""
    answer: str = ""
    programme: str = EVERY_PROGRAMME
    source_url: str = ""
    valid_from: str = ""
    valid_until: str = ""
    ticked: tuple[str, ...] = ()
    group: str = ""
    revision: int = 0

    @property
    def about(self) -> str | None:
        """The programme that it concerns; None for every one."""
        return None if self.programme == EVERY_PROGRAMME else self.programme

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Its fields to send again, but the ticks."""
        names = ("question", "answer", "programme", "source_url", "valid_from", "valid_until")
        pairs = [(name, getattr(self, name)) for name in names]
        return [*pairs, ("group", self.group), ("revision", str(self.revision))]

    def quoting(self, text: str) -> AnswerForm:
        """With a passage added at the end of the answer."""
        return replace(self, answer=f"{self.answer.rstrip()}\n\n{text}".strip())

    def ticking(self, ids: Sequence[str]) -> AnswerForm:
        """With these questions ticked."""
        return replace(self, ticked=tuple(ids))

    def draft(self) -> Draft:
        """What is to be published; raises WrongDate."""
        dates = (_date("valid_from", self.valid_from), _date("valid_until", self.valid_until))
        content = Content(self.about, self.question, self.answer, self.source_url or None, *dates)
        return Draft(content, self.ticked, self.group or None)


def typed(fields: Fields) -> AnswerForm:
    """The form that was sent."""
    revision = fields("revision")
    return AnswerForm(
        question=fields("question"),
        answer=fields.raw("answer").replace("\r\n", "\n"),
        programme=fields("programme"),
        source_url=fields("source_url"),
        valid_from=fields("valid_from"),
        valid_until=fields("valid_until"),
        ticked=tuple(dict.fromkeys(fields.all("wording"))),
        group=fields("group")[:100],
        revision=int(revision) if revision.isdecimal() and len(revision) < 9 else 0,
    )


def written(answer: StaffAnswer, group: str = "") -> AnswerForm:
    """The form of an answer as it is kept."""
    content = answer.content
    first, last = content.valid_from, content.valid_until
    ticked = (wording.question_id for wording in content.wordings)
    return AnswerForm(
        content.question,
        content.answer,
        content.programme or EVERY_PROGRAMME,
        content.source_url or "",
        first.isoformat() if first else "",
        last.isoformat() if last else "",
        tuple(filter(None, ticked)),
        group,
        answer.revision,
    )


def _date(field: str, typed: str) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise WrongDate(field) from None
