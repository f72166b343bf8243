"""A whole house in tests: an office that answers, a queue that waits, and staff who publish."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from assistant.answer_store import AnswerStore
from assistant.casework import casework_of
from assistant.draft import Draft
from assistant.journal import Journal
from assistant.office import Office
from assistant.policy import load_policy
from assistant.publishing import Publishing
from assistant.staff_answer import Content
from tests.conftest import NOW
from tests.databases import sample_record
from tests.fakes import FakeEncoder
from tests.members import PASSWORD, Clock, Door, fresh_staff
from tests.supplies import STAGE, SUPPLIES, settings_of, written
from web.app import create_app

# Nothing is answered by the way.
STRICT = replace(load_policy("none"), encoder=FakeEncoder().fingerprint)
CAREFUL = replace(SUPPLIES, policy_for=lambda fingerprint: STRICT)
PARKING = ("Où garer sa voiture ?", "c ou le parking ?", "Is there a car park for students?")
FIELDS = {
    "question": "Où garer sa voiture ?",
    "answer": "Le parking P2 est ouvert aux étudiants.",
    "programme": "parcours-cmc",
    "source_url": "",
    "valid_from": "",
    "valid_until": "",
    "group": "",
    "revision": "0",
}


@dataclass
class House:
    """Two programmes, an account for each role, and one who answers for `autre` alone."""

    folder: Path
    url: str | None = None
    """Of its database; None: an SQLite file."""
    clock: Clock = field(default_factory=lambda: Clock(NOW))

    def __post_init__(self) -> None:
        settings = settings_of(self.folder)
        written(settings.corpus, {"autre/stage.md": STAGE.replace("420", "300")})
        self.staff = fresh_staff(self.folder, self.url)
        self.staff.accounts.add("Ines", "editor", PASSWORD, NOW, "(test)", ["autre"])
        self.store = AnswerStore(self.staff.audit.engine)
        self.journal = Journal(self.store.engine)
        self.office = Office(settings, CAREFUL, staff=self.store)
        self.office.build()
        self.office.refresh()
        self.casework = casework_of(self.store.engine, self.office)
        self.publishing = Publishing(self.office, self.store, self.journal)
        self.app: Any = create_app(
            self.office, self.journal, settings, self.clock, staff=self.staff,
            publishing=self.publishing, casework=self.casework,
        )  # fmt: skip
        self.door = Door(self.app, self.staff, self.clock)

    def close(self) -> None:
        self.office.close()
        self.store.engine.dispose()

    def asked(self, question: str, **changes: Any) -> str:
        """Keep a question that was not answered; its id."""
        self.clock.now += timedelta(minutes=1)
        given = {
            "question": question, "status": "unanswered", "reason": "not_documented",
            "programme": "parcours-cmc", "answer": {"segments": [{"text": "Rien n’en parle."}]},
            "history": (),
        }  # fmt: skip
        record = replace(sample_record(self.clock.now), **given | changes)
        self.journal.record(record)
        return record.id

    def grouped(self, *questions: str, **changes: Any) -> str:
        """Questions that wait in one group; its id."""
        ids = [self.asked(question, **changes) for question in questions]
        self.casework.clerk.catch_up(10)
        named = dict.fromkeys(self.casework.queue.group_of(id) for id in ids)
        groups = [group for group in named if group]
        if len(groups) > 1:
            self.casework.groups.merge(groups, "(test)", self.clock())
        return groups[0]

    def published(self, answer: str = FIELDS["answer"], **changes: Any) -> str:
        """An answer that is given; its id."""
        given = {"programme": "parcours-cmc", "question": FIELDS["question"], "answer": answer}
        draft = Draft(Content(**given | changes))
        done = self.publishing.publish(draft, "editor", self.clock(), confirmed=True)
        return done.answer.id  # type: ignore[union-attr]

    def ask(self, question: str, programme: str = "parcours-cmc") -> Any:
        """What a candidate gets."""
        body = {"question": question, "programme": programme}
        return self.door.client().post("/api/v1/ask", json=body).json()
