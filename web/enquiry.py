"""Enquiries: a question's way through the desk, into the journal and out as a reply."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import structlog

from assistant.answer import Reply
from assistant.exchange import Asked
from assistant.journal import Channel, JournalUnavailable, Record, new_id, snapshot
from assistant.settings import Settings
from web.interface import Clock, Desk, Journal, Office
from web.messages import Catalogue, Messages
from web.preference import language_of
from web.problem import Problem
from web.reply import ContactBody, ReplyBody, reason_of, reply_body, status_of

_log = structlog.get_logger("web")


@dataclass(frozen=True, slots=True)
class Enquiries:
    """Takes questions in; one log line each, never with their words."""

    office: Office
    journal: Journal
    settings: Settings
    catalogue: Catalogue
    clock: Clock

    @property
    def desk(self) -> Desk:
        """The desk of this moment, for one request; raises Problem when it is not ready."""
        desk = self.office.desk
        if reasons := desk.problems():
            raise not_ready(reasons)
        return desk

    def answer(self, asked: Asked, channel: Channel) -> ReplyBody:
        """The reply, recorded; raises Problem when the programme is unknown or nothing is ready.

        An answer does not wait for a journal that is out: it is given all the same.
        """
        desk = self.desk
        check_programme(asked.programme, desk)
        now = self.clock()
        began = perf_counter()
        try:
            outcome = desk.ask(asked, now.date())
        except Exception:
            # An outage is not a fault of the question, and never an unanswered one.
            if reasons := desk.problems():
                raise not_ready(reasons) from None
            raise
        took_ms = round((perf_counter() - began) * 1000, 1)
        identity = new_id()
        reply = outcome.reply
        self._record(
            Record(
                id=identity,
                asked_at=now,
                question=asked.question,
                language=outcome.language,
                programme=outcome.programme,
                history=asked.history,
                status=status_of(reply),
                reason=reason_of(reply),
                answer=snapshot(reply),
                generation=outcome.index,
                took_ms=took_ms,
                channel=channel,
                aspect=outcome.explanation.aspect,
                asked_in=outcome.asked_in,
            )
        )
        self._log(identity, reply, took_ms)
        messages = self.catalogue[language_of(outcome.language) or "fr"]
        return reply_body(
            outcome,
            id=identity,
            contact=self.contact(messages),
            notice=messages("assistant.notice"),
            took_ms=took_ms,
        )

    def contact(self, messages: Messages) -> ContactBody:
        """Whom to ask when the documentation is silent."""
        settings = self.settings
        return ContactBody(
            label=settings.contact_label or messages("assistant.contact"),
            email=settings.contact_email,
            url=settings.contact_url,
        )

    def _record(self, record: Record) -> None:
        try:
            self.journal.record(record)
        except JournalUnavailable:
            _log.warning("question not recorded", id=record.id)

    def _log(self, identity: str, reply: Reply, took_ms: float) -> None:
        _log.info(
            "question", id=identity, status=status_of(reply), reason=reason_of(reply), ms=took_ms
        )


def check_programme(programme: str | None, desk: Desk) -> None:
    """Raise Problem for a programme that is not indexed."""
    if programme is not None and programme not in desk.programmes:
        raise Problem("programme_unknown", programme=programme[:80])


def not_ready(reasons: tuple[str, ...]) -> Problem:
    """The problem of a desk that cannot answer just now."""
    return Problem("not_ready", headers={"Retry-After": "5"}, reasons=reasons)
