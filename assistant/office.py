"""The office: what a running assistant is composed of, and how it keeps up with the index.

    settings -> encoder (or none) -> holdings -> index -> desk <- answers of staff

A desk never changes; when the index has a new generation, the office opens it beside the old one
and then hands out its desk, and so when staff publish an answer. Requests under way keep the desk
they have.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.affinity import Affinity, load_affinity
from assistant.analyser import ConceptAnalyser
from assistant.aspect import Aspect, load_aspects
from assistant.closed_desk import ClosedDesk
from assistant.desk import Desk
from assistant.holdings import Holdings, read_holdings
from assistant.intent import load_intents
from assistant.lexicon import load_lexicon
from assistant.message import load_messages
from assistant.overlay import Overlay, Source
from assistant.policy import Policy, load_policy
from assistant.presence import Presence, others_than, wait_for_servers
from assistant.query import Understanding
from assistant.settings import Settings
from assistant.surveyor import Surveyor
from assistant.unread import keep_unread
from corpus.document import Document
from index.blank import BlankEncoder
from index.build import BuildReport, Progress, build
from index.encoder import Encoder, EncoderUnavailable, open_encoder
from index.generation import Index, IndexUnavailable, current_name, open_index
from index.recollection import RecollectingEncoder

_PERIOD = 0.25  # seconds between two looks at the pointer, a file of 13 bytes
_STAFF_PERIOD = 0.5  # seconds between two looks at what staff published
_STEP = 0.02  # seconds between two looks whether other servers follow
_PAUSE = 5.0  # seconds before a generation that could not be opened is tried again


@dataclass(frozen=True, slots=True)
class Supplies:
    """What an office gets from outside."""

    open_encoder: Callable[[str], Encoder] = open_encoder
    policy_for: Callable[[str], Policy] = load_policy
    load_aspects: Callable[[], Mapping[str, Aspect]] = load_aspects


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, and what it was made from."""

    report: BuildReport
    holdings: Holdings


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
        supplies = supplies or Supplies()
        self.settings = settings
        self._read = read or partial(read_holdings, settings)
        self.encoder: Encoder | None = None
        self.trouble = ""
        """Why there is no encoder."""
        try:
            self.encoder = RecollectingEncoder(supplies.open_encoder(settings.encoder))
        except EncoderUnavailable as error:
            self.trouble = str(error)
        self._lexicon = load_lexicon()
        self._aspects = supplies.load_aspects()
        self._analyser = ConceptAnalyser(self._lexicon)
        fingerprint = self.encoder.fingerprint if self.encoder else ""
        self.policy = supplies.policy_for(fingerprint)
        self._affinity = load_affinity(fingerprint)
        self._messages = load_messages(self.encoder)
        self._understanding: Understanding | None = None
        self._desk: Desk | ClosedDesk = ClosedDesk((self.trouble or "The index is not open yet.",))
        self._index: Index | None = None
        self._late: tuple[str, ...] = ()
        self._refreshing = threading.Lock()
        self._stopped = threading.Event()
        self._failed = ("", 0.0)
        self._presence: Presence | None = None
        self._watchers: tuple[threading.Thread, ...] = ()
        self._overlay = Overlay(staff)
        self._surveyor = Surveyor(lambda: self._desk)

    @property
    def folder(self) -> Path:
        """Where the index lies."""
        return self.settings.data / "index"

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

    @property
    def understanding(self) -> Understanding:
        """How questions are understood, the same for every desk."""
        if self._understanding is None:  # the same for every generation, and costly to make
            self._understanding = Understanding(self._lexicon, self._aspects)
        return self._understanding

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
        holdings = Holdings(())
        if self.encoder is None:
            self._allow_words_alone()
            holdings = self._read()
            if unchanged := self._unchanged(holdings):
                keep_unread(self.folder, holdings.unreadable)
                return Built(unchanged, holdings)

        def documents() -> Iterator[Document]:
            # Read under the build's lock: whoever builds last has seen everybody's documents.
            nonlocal holdings
            holdings = self._read()
            yield from holdings.documents

        encoder = self.encoder or BlankEncoder()
        report = build(
            documents(), encoder, self._analyser, self.folder, wait=wait, progress=progress
        )
        keep_unread(self.folder, holdings.unreadable)
        return Built(report, holdings)

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
                index = open_index(self.folder, self.encoder, self._analyser)
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
            self.policy, self._affinity = policy, affinity
            if self._index:
                self._desk = self._desk_over(self._index)

    def watch(self) -> None:
        """Follow the index from now on, in the background, until `close`."""
        # A folder that cannot be written is no reason not to answer.
        with suppress(OSError):
            self._presence = Presence(self._servers)
            self._presence.tell(self._desk.index)
        self._watchers = (
            threading.Thread(target=self._follow, name="office", daemon=True),
            # On its own: a database that is out keeps nobody from a new index.
            threading.Thread(target=self._follow_staff, name="staff", daemon=True),
        )
        for watcher in self._watchers:
            watcher.start()
        self._surveyor.start()

    def close(self) -> None:
        """Stop following the index."""
        self._stopped.set()
        for watcher in self._watchers:
            watcher.join()
        self._surveyor.close()
        if self._presence:
            self._presence.close()
            self._presence = None

    def wait_for_servers(self, seconds: float) -> int:
        """Wait until the servers of this data folder answer from the current generation.

        How many still do not.
        """
        return wait_for_servers(current_name(self.folder) or "", self._servers, seconds)

    def wait_for_staff(self, seconds: float) -> int:
        """Wait until the servers of this data folder give the answers of staff that we give.

        How many still do not.
        """
        deadline = time.monotonic() + seconds
        # What is given may go on meanwhile, when somebody else publishes.
        while (late := others_than(f".{self._overlay.digest}", self._servers)) and (
            time.monotonic() < deadline
        ):
            time.sleep(_STEP)
        return late

    def servers_behind(self) -> int:
        """How many servers of this data folder answer from another generation."""
        return others_than(current_name(self.folder) or "", self._servers)

    @property
    def _servers(self) -> Path:
        return self.settings.data / "servers"

    def _desk_over(self, index: Index) -> Desk:
        desk = Desk(
            index,
            self.policy,
            self.understanding,
            load_intents(),
            self._affinity,
            self._messages,
        )
        return desk.with_answers(self._overlay.answers)

    def _tell(self) -> None:
        if self._presence:
            with suppress(OSError):
                self._presence.tell(self._desk.index)

    def _follow(self) -> None:
        while not self._stopped.wait(_PERIOD):
            try:
                self.refresh()
            except Exception as error:  # whatever it is, the old desk goes on
                self._could_not_open(f"{type(error).__name__}: {error}")

    def _follow_staff(self) -> None:
        while not self._stopped.wait(_STAFF_PERIOD):
            # Whatever it is, the answers that are given go on.
            with suppress(Exception):
                self.follow_staff()

    def _could_not_open(self, reason: str) -> None:
        if self._index is None:
            self._desk = ClosedDesk((reason,))
        else:
            self._late = (f"The generation {self._index.name} is served meanwhile: {reason}",)

    def _allow_words_alone(self) -> None:
        if self.encoder is None and self.settings.without_encoder == "refuse":
            raise EncoderUnavailable(self.trouble)

    def _unchanged(self, holdings: Holdings) -> BuildReport | None:
        """Without an encoder, an index of the same documents is kept, whatever encoder made it."""
        try:
            index = open_index(self.folder, None, self._analyser)
        except IndexUnavailable:
            return None
        if index.notes or dict(index.documents) != {each.id: each for each in holdings.documents}:
            return None
        counts = (len(index.documents), len(index.passages), 0, len(index.passages))
        return BuildReport(index.name, (), (), (), *counts, unchanged=True)
