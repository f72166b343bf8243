"""The office: what a running assistant is composed of, and how it keeps up with the index.

    settings -> equipment (with an encoder or none) -> holdings -> index -> desk <- answers of staff

A desk never changes; when the index has a new generation, the office opens it beside the old one
and then hands out its desk, and so when staff publish an answer. Requests under way keep the desk
they have.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from assistant.affinity import Affinity
from assistant.builder import Builder, Built
from assistant.closed_desk import ClosedDesk
from assistant.desk import Desk
from assistant.equipment import Equipment, Supplies
from assistant.holdings import Holdings, read_holdings
from assistant.lookout import Lookout
from assistant.overlay import Overlay, Source
from assistant.policy import Policy
from assistant.presence import Presence, others_than, wait_for_answers, wait_for_servers
from assistant.query import Understanding
from assistant.settings import Settings
from assistant.surveyor import Surveyor
from index.build import Progress
from index.encoder import Encoder, EncoderUnavailable
from index.generation import Index, IndexUnavailable, current_name, open_index

_PERIOD = 0.25  # seconds between two looks at the pointer, a file of 13 bytes
_STAFF_PERIOD = 0.5  # seconds between two looks at what staff published
_PAUSE = 5.0  # seconds before a generation that could not be opened is tried again


class Office:
    """Hands out the desk of the latest generation; safe to use from several threads.

    Without an encoder it answers by words alone, or not at all, as the settings say. `read` tells
    what to answer from, where that is not the holdings of the settings; `staff` is where staff
    publish.
    """

    def __init__(
        self,
        settings: Settings,
        supplies: Supplies | None = None,
        read: Callable[[], Holdings] | None = None,
        staff: Source | None = None,
    ) -> None:
        self.settings = settings
        self._equipment = Equipment(settings.encoder, supplies or Supplies())
        self._read = read or partial(read_holdings, settings)
        self._desk: Desk | ClosedDesk = ClosedDesk(("The index is not open yet.",))
        self._index: Index | None = None
        self._late: tuple[str, ...] = ()
        self._refreshing = threading.Lock()
        self._failed = ("", 0.0)
        self._servers = settings.data / "servers"
        self._presence: Presence | None = None
        self._lookouts = (
            Lookout("office", _PERIOD, self.refresh, self._could_not_look),
            # On its own: a database that is out keeps nobody from a new index.
            Lookout("staff", _STAFF_PERIOD, self.follow_staff),
        )
        self._overlay = Overlay(staff)
        self._surveyor = Surveyor(lambda: self._desk)

    @property
    def folder(self) -> Path:
        """Where the index lies."""
        return self.settings.data / "index"

    @property
    def encoder(self) -> Encoder | None:
        """What turns text into vectors, if it could be opened."""
        return self._equipment.encoder

    @property
    def trouble(self) -> str:
        """Why there is no encoder."""
        return self._equipment.trouble

    @property
    def policy(self) -> Policy:
        """What decides whether a passage answers."""
        return self._equipment.policy

    @property
    def understanding(self) -> Understanding:
        """How questions are understood, the same for every desk, and costly to make."""
        return self._equipment.understanding

    @property
    def desk(self) -> Desk | ClosedDesk:
        """The current desk; keep it while you need one state of the documents."""
        return self._desk

    @property
    def index(self) -> Index | None:
        """The generation that the current desk answers from."""
        return self._index

    @property
    def staff_mark(self) -> str:
        """The state of what staff wrote that the current desk gives."""
        return self._overlay.mark

    def problems(self) -> tuple[str, ...]:
        """Why it cannot answer; empty when it can."""
        return self._desk.problems()

    def notes(self) -> tuple[str, ...]:
        """What its keeper should know although it answers."""
        degraded = (f"Answering by words alone: {self.trouble}",) if self.trouble else ()
        behind = self._overlay.trouble
        staff = (f"Answers of staff may be behind: {behind}",) if behind else ()
        return () if self.problems() else (*degraded, *self._late, *staff)

    def build(self, progress: Progress | None = None, wait: float = 0.0) -> Built:
        """Bring the index up to date with the holdings; does nothing when they did not change.

        Raises `BuildInProgress`, `EncoderUnavailable` when the settings refuse to go without, and
        what `read_holdings` and `index.build.build` raise.
        """
        self._allow_words_alone()
        builder = Builder(self._read, self.encoder, self._equipment.analyser, self.folder)
        return builder.build(progress, wait)

    def refresh(self) -> bool:
        """Open the current generation unless its desk is there already; whether it changed."""
        with self._refreshing:
            name = current_name(self.folder) or ""
            if self._index and self._index.name == name:
                self._late = ()
                return False
            failed, at = self._failed
            if failed == name and time.monotonic() < at + _PAUSE:
                return False
            try:
                self._allow_words_alone()
                index = open_index(self.folder, self.encoder, self._equipment.analyser)
            except (IndexUnavailable, EncoderUnavailable, OSError) as error:
                self._failed = (name, time.monotonic())
                self._could_not_open(str(error))
                return False
            if index.name != name:
                self._failed = (name, time.monotonic())
            self._late = index.notes
            if self._index and self._index.name == index.name:
                return False
            self._index, self._desk = index, self._desk_over(index)
            self._tell()
            return True

    def follow_staff(self) -> bool:
        """Answer with what staff have published now; whether that changed.

        While their database is out, what they had published stays.
        """
        if not self._overlay.follow():
            return False
        with self._refreshing:
            if isinstance(self._desk, Desk):
                self._desk = self._desk.with_answers(self._overlay.answers)
                self._tell()
        return True

    def open_desk(self) -> Desk:
        """The current desk; raises `IndexUnavailable` when it is closed."""
        desk = self._desk
        if isinstance(desk, ClosedDesk):
            raise IndexUnavailable(" ".join(desk.problems()))
        return desk

    def adopt(self, policy: Policy, affinity: Affinity | None) -> None:
        """Decide by another policy from now on."""
        with self._refreshing:
            self._equipment.adopt(policy, affinity)
            if self._index:
                self._desk = self._desk_over(self._index)

    def watch(self) -> None:
        """Follow the index from now on, in the background, until `close`."""
        # A folder that cannot be written is no reason not to answer.
        with suppress(OSError):
            self._presence = Presence(self._servers)
        self._tell()
        for lookout in self._lookouts:
            lookout.start()
        self._surveyor.start()

    def close(self) -> None:
        """Stop following the index."""
        for lookout in self._lookouts:
            lookout.close()
        self._surveyor.close()
        if self._presence:
            self._presence.close()
            self._presence = None

    def wait_for_servers(self, seconds: float) -> int:
        """Wait for the servers of this data folder; how many answer from another generation."""
        return wait_for_servers(current_name(self.folder) or "", self._servers, seconds)

    def wait_for_staff(self, seconds: float) -> int:
        """Wait for the servers of this data folder; how many give other answers of staff."""
        return wait_for_answers(lambda: self._overlay.digest, self._servers, seconds)

    def servers_behind(self) -> int:
        """How many servers of this data folder answer from another generation."""
        return others_than(current_name(self.folder) or "", self._servers)

    def _desk_over(self, index: Index) -> Desk:
        return self._equipment.desk_over(index).with_answers(self._overlay.answers)

    def _tell(self) -> None:
        with suppress(OSError):
            if self._presence:
                self._presence.tell(self._desk.index)

    def _could_not_look(self, error: Exception) -> None:
        self._could_not_open(f"{type(error).__name__}: {error}")

    def _could_not_open(self, reason: str) -> None:
        if self._index is None:
            self._desk = ClosedDesk((reason,))
        else:
            self._late = (f"The generation {self._index.name} is served meanwhile: {reason}",)

    def _allow_words_alone(self) -> None:
        if self.encoder is None and self.settings.without_encoder == "refuse":
            raise EncoderUnavailable(self.trouble)
