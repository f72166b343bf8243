"""Casework: the clerk, the queue and the groups over one database, put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.aspect import load_aspects
from assistant.case_queue import CaseQueue
from assistant.case_store import CaseStore
from assistant.clerk import Clerk
from assistant.group_store import GroupStore

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from assistant.office import Office


@dataclass(frozen=True, slots=True)
class Casework:
    """What waits for staff: `clerk` keeps it, `queue` reads it, `groups` changes it."""

    clerk: Clerk
    queue: CaseQueue
    groups: GroupStore


def casework_of(engine: Engine, office: Office) -> Casework:
    """The casework of a database, understood as the office's desk understands questions."""
    encoder = office.encoder
    name = encoder.fingerprint[:16] if encoder else ""
    aspects = tuple(load_aspects())
    clerk = Clerk(CaseStore(engine, name), lambda: office.desk, encoder, aspects)
    return Casework(clerk, CaseQueue(engine), GroupStore(engine, aspects, name))
