"""The clerk: makes cases of what was not answered or did not help, each in the group it belongs to.

    journal -> waiting -> understood and encoded -> grouping -> cases

Nothing of it is in a candidate's way. It may be killed at any moment and run beside others: every
portion of cases is kept whole or not at all, and only on the state that it was worked out from.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol
from uuid import UUID

from assistant.affinity import load_affinity
from assistant.case_store import CaseStore, NewCase, Waiting, Wording
from assistant.exchange import Asked
from assistant.grouping import Grouping, Member, described
from assistant.journal import new_id
from assistant.likeness import Shapes
from assistant.lookout import Lookout
from assistant.query import Query
from assistant.trait import Traits, Vector, read_text, traits_of
from index.encoder import Encoder, EncoderUnavailable

APART = frozenset({"off_topic", "unsafe"})
"""Reasons that keep a question out of the queue."""
_PERIOD = 3.0  # seconds between two looks into the journal
_PORTION = 100
_TRIES = 5
# A question is kept some seconds after its id was made, and servers' clocks differ a little.
_OVERLAP = timedelta(minutes=10)


class Desk(Protocol):
    """Understands questions."""

    def problems(self) -> tuple[str, ...]:
        """Why it cannot; empty when it can."""

    def queries(self, asked: Asked) -> tuple[Query, ...]:
        """What a question is understood as, part by part."""


class Clerk:
    """Keeps the queue up to date; safe to use from several threads and several servers.

    `desk` gives the current desk, `aspects` are every aspect's id in the table's order.
    """

    def __init__(
        self,
        store: CaseStore,
        desk: Callable[[], Desk],
        encoder: Encoder | None,
        aspects: Sequence[str],
        make_id: Callable[[], str] = new_id,
    ) -> None:
        self._store = store
        self._desk = desk
        self._encoder = encoder
        self._make_id = make_id
        affinity = load_affinity(encoder.fingerprint) if encoder else None
        self._shapes = Shapes(tuple(aspects), affinity)
        self._grouping = Grouping(self._shapes)
        self._known: str | None = None
        self._seen = ""
        self._judged: datetime | None = None
        self._working = threading.Lock()
        self._lookout = Lookout("clerk", _PERIOD, partial(self.catch_up, seconds=60.0))

    def start(self) -> None:
        """Work every few seconds, in a thread of its own, until `close`."""
        self._lookout.start()

    def close(self) -> None:
        """Stop working."""
        self._lookout.close()

    def catch_up(self, seconds: float = 1.0) -> bool:
        """Work until nothing waits, for so long at most; whether nothing waits any more.

        Raises StaffUnavailable.
        """
        deadline = time.monotonic() + seconds
        while not self._lookout.stopped:
            if not self._working.acquire(timeout=max(0.0, deadline - time.monotonic())):
                return False
            try:
                if not self._portion():
                    return True
            finally:
                self._working.release()
            if time.monotonic() >= deadline:
                return False
        return False

    def _portion(self) -> bool:
        """Make cases of some questions that wait; whether there were any."""
        desk = self._desk()
        if desk.problems():
            return False
        began = datetime.now(UTC)
        waiting = self._store.waiting(_PORTION, self._seen, self._judged)
        if not waiting:
            self._seen, self._judged = _id_at(began - _OVERLAP), began - _OVERLAP
            return False
        understood = self._understood(desk, waiting)
        # Where all were in vain, others have worked meanwhile: see what is left for us.
        any(self._kept(waiting, understood) for _ in range(_TRIES))
        return True

    def _kept(self, waiting: Sequence[Waiting], understood: Mapping[str, Traits]) -> bool:
        """Whether the questions could be given their groups before somebody changed these."""
        mark = self._store.mark()
        if mark != self._known:
            mark, memberships = self._store.memberships()
            self._follow(memberships)
        self._known = None  # until what is put into the groups below is kept
        made = []
        for question in waiting:
            traits = understood.get(question.id)
            group = None
            if traits is not None:
                member = Member(question.id, question.programme, traits)
                group = self._grouping.place(member) or self._make_id()
                self._grouping.put(group, member)
            made.append(NewCase(question, group, traits))
        self._known = self._store.add(mark, made, self._described(made))
        return self._known is not None

    def _follow(self, memberships: Mapping[str, frozenset[str]]) -> None:
        """Bring the groups in memory to those of the database."""
        stale = self._grouping.stale(memberships)
        members: dict[str, list[Member]] = {group: [] for group in stale}
        for each in self._store.wordings(stale & memberships.keys()):
            members[each.group].append(Member(each.id, each.programme, each.traits))
        for group, found in members.items():
            self._grouping.renew(group, found)

    def _described(self, made: Sequence[NewCase]) -> dict[str, tuple[str, str | None, bool]]:
        """Representative, aspect and clearness of every group that gets a question."""
        joined: dict[str, list[Wording]] = {}
        for case in made:
            if case.group is not None and case.traits is not None:
                asked = case.question
                said = (asked.programme, asked.question, asked.language)
                wording = Wording(asked.id, case.group, *said, case.traits)
                joined.setdefault(case.group, []).append(wording)
        for each in self._store.wordings(joined):
            joined[each.group].append(each)
        return {group: described(words, self._shapes) for group, words in joined.items()}

    def _understood(self, desk: Desk, waiting: Sequence[Waiting]) -> dict[str, Traits]:
        heard = {
            each.id: desk.queries(Asked(each.question, each.programme, None, each.history))
            for each in waiting
            if each.reopened or each.reason not in APART
        }
        vectors = self._encoded([read_text(queries) for queries in heard.values()])
        words = {each.id: each.question for each in waiting}
        return {
            id: traits_of(words[id], queries, None if vectors is None else vectors[place])
            for place, (id, queries) in enumerate(heard.items())
        }

    def _encoded(self, texts: Sequence[str]) -> list[Vector] | None:
        if self._encoder is None or not texts:
            return None
        try:
            return list(self._encoder.encode_queries(texts))
        except EncoderUnavailable:
            return None


def _id_at(moment: datetime) -> str:
    """The smallest id of a question asked from then on (see `new_id`)."""
    return str(UUID(int=int(moment.timestamp() * 1000) << 80))
