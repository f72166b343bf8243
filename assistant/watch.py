"""A watch: sources taken in again and again, as they change or as their time comes."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

from assistant.intake import Given, Intake, Run
from assistant.sources import Site, SourcesError, read_sources

PERIOD = 2.0
"""Seconds between two looks at files."""
_STEADY = 10.0  # seconds after which files that go on changing are taken as they are
_LEAVE = 5.0  # seconds that a visit under way gets to end
_HOUR = 3600.0

Signature = tuple[tuple[str, int, int], ...]


class Stopped(Exception):  # noqa: N818 (a wish, not a mistake)
    """The watch is to end."""


class Watch:
    """Follows files and sites until it is stopped.

    Files are taken in when they have changed and rest; each site when its hours have passed.
    `every`, in hours, goes before what a site says, and without `follow` it is for files as well.
    `tell` hears of each run, `complain` of what goes wrong in between.
    """

    def __init__(
        self,
        wanted: Given,
        tell: Callable[[Run], None],
        complain: Callable[[str], None],
        every: float | None = None,
        *,
        follow: bool = True,
        allowed: tuple[str, ...] = (),
    ) -> None:
        self._wanted = wanted
        self._tell = tell
        self._complain = complain
        self._every = every
        self._follow = follow
        self._allowed = allowed
        self._stopped = threading.Event()
        self._telling = threading.Lock()
        self._lists: dict[Path, tuple[Signature, tuple[Site, ...]]] = {}

    def pause(self, seconds: float) -> None:
        """Wait; raises `Stopped` when the watch is to end meanwhile."""
        if self._stopped.wait(seconds):
            raise Stopped

    def stop(self) -> None:
        """End the watch as soon as what is being done allows."""
        self._stopped.set()

    def run(self, intake: Intake) -> None:
        """Follow until `stop`, or until the process is asked to end."""
        visits = threading.Thread(
            target=self._until_stopped, args=(self._visit, intake), name="sites", daemon=True
        )
        with self._asked_to_end():
            if self._wanted.addresses or self._wanted.lists:
                visits.start()
            self._until_stopped(self._look, intake)
            self._stopped.wait()
            if visits.ident is not None:
                visits.join(_LEAVE)

    def _until_stopped(self, work: Callable[[Intake], None], intake: Intake) -> None:
        try:
            work(intake)
        except Stopped:
            return

    def _look(self, intake: Intake) -> None:
        """Take files in when they have changed."""
        paths = self._wanted.paths
        if not paths:
            return
        taken: Signature | None = None
        while True:
            now = signature(paths)
            if now != taken:
                now = self._at_rest(paths, now) if taken is not None else now
                self._attempt(partial(intake.run_paths, paths))
                taken = now
            period = PERIOD if self._follow else (self._every or 24) * _HOUR
            self.pause(period)

    def _at_rest(self, paths: Sequence[Path], now: Signature) -> Signature:
        """What the files look like when nobody is writing them any more."""
        until = time.monotonic() + _STEADY
        while time.monotonic() < until:
            self.pause(PERIOD / 2)
            later = signature(paths)
            if later == now:
                break
            now = later
        return now

    def _visit(self, intake: Intake) -> None:
        """Visit each site when its time has come."""
        last: dict[Site, float] = {}
        while True:
            for site in self._sites(intake):
                hours = self._every or site.every
                if site not in last or time.monotonic() >= last[site] + hours * _HOUR:
                    self._attempt(partial(intake.run_sites, [site]))
                    last[site] = time.monotonic()
            self.pause(PERIOD)

    def _sites(self, intake: Intake) -> list[Site]:
        """The sites of the lists as they are now; a list that cannot be used keeps its last state.

        A site that left its list takes its pages with it.
        """
        sites = [intake.site_of(address) for address in self._wanted.addresses]
        for path in self._wanted.lists:
            now = signature([path])
            known, listed = self._lists.get(path, (None, ()))
            if now != known:
                try:
                    listed = read_sources(path, self._allowed)
                except SourcesError as error:
                    self._complain(f"{error}")
                else:
                    self._attempt(partial(intake.run_unlisted, path, listed))
                self._lists[path] = (now, listed)
            sites.extend(listed)
        return sites

    def _attempt(self, work: Callable[[], Run]) -> None:
        """One run; what goes wrong in it is told, and the watch goes on."""
        try:
            run = work()
        except Stopped:
            raise
        except Exception as error:
            self._complain(f"{type(error).__name__}: {error}")
            return
        with self._telling:
            self._tell(run)

    @contextmanager
    def _asked_to_end(self) -> Iterator[None]:
        def asked(number: int, frame: FrameType | None) -> None:
            self.stop()

        before = {each: signal.signal(each, asked) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            self.stop()
            for each, handler in before.items():
                signal.signal(each, handler)


def signature(paths: Sequence[Path]) -> Signature:
    """What tells one state of files and folders from another, without reading them."""
    found: list[tuple[str, int, int]] = []
    for path in paths:
        found.extend(_states(str(path)))
    return tuple(sorted(found))


def _states(path: str) -> Iterator[tuple[str, int, int]]:
    try:
        status = os.stat(path)
        yield path, status.st_size, status.st_mtime_ns
        for folder, folders, names in os.walk(path):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                if not name.startswith("."):
                    place = os.path.join(folder, name)
                    status = os.stat(place)
                    yield place, status.st_size, status.st_mtime_ns
    except OSError:
        # Gone while it was looked at: the next look tells.
        yield path, -1, -1
