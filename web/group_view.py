"""Group views: one group of questions that staff look into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.answer import Answer, text_of
from assistant.case import Case, Group
from assistant.case_queue import CaseQueue
from assistant.exchange import Asked
from assistant.refusal import reasons_in_words
from web.interface import Desk
from web.queue_view import reasons_of


@dataclass(frozen=True, slots=True)
class Dossier:
    """A group with what belongs to it: its questions by state, and whether it is a real group.

    A question that was put apart has no group: it is shown as one, by its own id.
    """

    group: Group
    cases: Mapping[str, tuple[Case, ...]]
    grouped: bool

    @property
    def state(self) -> str:
        """The state that most is done about: waiting before put apart, before the others."""
        order = ("open", "apart", "dismissed", "closed")
        return next((state for state in order if self.cases.get(state)), "open")

    @property
    def looked_at(self) -> tuple[Case, ...]:
        """Its questions in that state, the latest first."""
        return tuple(reversed(self.cases.get(self.state, ())))


def dossier_of(queue: CaseQueue, id: str) -> Dossier | None:
    """The group, or the question apart, of that id; None when there is none."""
    group = queue.group(id)
    if group is not None:
        found = {"open": group.cases}
        for state in ("apart", "closed", "dismissed"):
            other = queue.group(id, state)
            found[state] = other.cases if other else ()
        return Dossier(group, found, True)
    case = queue.case(id)
    if case is None:
        return None
    about = (case.id, case.programme, case.question, None, 1, case.asked_at, True, None, None)
    return Dossier(Group(*about, (case,)), {case.state: (case,)}, False)


@dataclass(frozen=True, slots=True)
class Account:
    """Why questions wait: `why` are reasons with how many, `said` the last thing that was shown.

    `details` tell what came of the question that speaks for them, asked again; `answered_now` is
    what would be said today, where that is an answer.
    """

    why: tuple[tuple[str, int], ...]
    details: tuple[str, ...]
    said: str
    answered_now: str


def account_of(dossier: Dossier, desk: Desk, today: date, language: str) -> Account:
    """What is told about a group's questions; `language` is "fr" or "en"."""
    looked_at = dossier.looked_at
    said = next((text for case in looked_at if (text := shown_text(case.answer))), "")
    reasons = tuple(reasons_of(looked_at).most_common())
    if desk.problems() or dossier.state != "open" or not looked_at:
        return Account(reasons, (), said, "")
    spoken = dossier.group.representative
    case = next((each for each in looked_at if each.question == spoken), looked_at[0])
    programme = case.programme if case.programme in desk.programmes else None
    outcome = desk.ask(Asked(case.question, programme, None, case.history), today)
    details = tuple(_typeset(each, language) for each in reasons_in_words(outcome, language))
    answered = isinstance(outcome.reply, Answer)
    return Account(reasons, details, said, text_of(outcome.reply.segments) if answered else "")


def shown_text(answer: Mapping[str, Any]) -> str:
    """What a candidate read, from the snapshot of the journal."""
    segments: Sequence[Mapping[str, Any]] = answer.get("segments") or ()
    return "\n".join(str(each.get("text", "")) for each in segments)


def _typeset(text: str, language: str) -> str:
    if language != "fr":
        return text
    text = text.replace("'", "’")
    return text.replace("« ", "«\N{NO-BREAK SPACE}").replace(" »", "\N{NO-BREAK SPACE}»")
