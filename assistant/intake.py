"""The intake: sources of every kind taken in, the index brought up to date, the run reported."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import __version__, freshness
from assistant.freshness import Fresh
from assistant.holdings import documents_folder, remembering
from assistant.ingestion import Ingested, Told, ingest, together
from assistant.ingestion_report import IngestionReport, keep_report, report_of
from assistant.settings import Settings
from assistant.shelf import IngestionError, Shelf
from assistant.sources import FILE_NAME, Site, listed_in, read_sources, site_of
from corpus.library import Unreadable

if TYPE_CHECKING:
    from assistant.builder import Built
    from assistant.office import Office


@dataclass(frozen=True, slots=True)
class Given:
    """What is to be taken in: files and folders, addresses, lists of sites."""

    paths: tuple[Path, ...] = ()
    addresses: tuple[str, ...] = ()
    lists: tuple[Path, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of it, as it is told."""
        return (*map(str, self.paths), *self.addresses, *map(str, self.lists))


@dataclass(frozen=True, slots=True)
class Run:
    """What one run came to; `built` is None where the index was found up to date."""

    report: IngestionReport
    ingested: Ingested
    index: Fresh | None
    built: Built | None


def given(sources: Sequence[str], settings: Settings) -> Given:
    """What the words of a command line mean; nothing means the list in `ASSISTANT_DATA`."""
    if not sources:
        own = settings.data / FILE_NAME
        return Given(lists=(own,)) if own.is_file() else Given()
    addresses = tuple(source for source in sources if "://" in source)
    paths = tuple(Path(source) for source in sources if "://" not in source)
    lists = tuple(path for path in paths if path.suffix.lower() == ".toml")
    return Given(tuple(path for path in paths if path not in lists), addresses, lists)


class Intake:
    """Takes sources in, one run after the other; safe to share between threads.

    `build` brings the index up to date; `pause` waits for some seconds between two requests.
    """

    def __init__(
        self,
        settings: Settings,
        build: Callable[[], tuple[Office, Built]],
        programme: str | None = None,
        tell: Told | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._build = build
        self._programme = programme
        self._tell = tell
        self._pause = pause
        self._allowed = settings.private_sources
        self._finishing = threading.Lock()

    def run(self, wanted: Given) -> Run:
        """Take everything in once; raises what building the index raises, and `SourcesError`."""
        lists = {path: read_sources(path, self._allowed) for path in wanted.lists}
        sites = [site for listed in lists.values() for site in listed]
        sites += [self.site_of(address) for address in wanted.addresses]

        def take() -> Ingested:
            parts = [self._path(path) for path in wanted.paths]
            if sites:
                parts.append(self._sites(sites))
            parts += [self._unlisted(path, listed) for path, listed in lists.items()]
            return together(parts)

        return self._reported(wanted.names, take)

    def run_paths(self, paths: Sequence[Path]) -> Run:
        """Take files and folders in once."""
        names = tuple(map(str, paths))
        return self._reported(names, lambda: together(map(self._path, paths)))

    def run_sites(self, sites: Sequence[Site]) -> Run:
        """Refresh what is kept of sites once."""
        return self._reported([site.name for site in sites], lambda: self._sites(sites))

    def site_of(self, address: str) -> Site:
        """The site that an address alone is."""
        return site_of(address, self._programme, sitemap=False)

    def run_unlisted(self, listing: Path, sites: Sequence[Site]) -> Run:
        """Drop the pages of sites that a list named and names no more."""
        return self._reported([str(listing)], lambda: self._unlisted(listing, sites))

    def _unlisted(self, listing: Path, sites: Sequence[Site]) -> Ingested:
        shelf = Shelf(documents_folder(self._settings))
        keys = {site.key for site in sites}
        gone = [
            place
            for place, origin in shelf.origins().items()
            if listed_in(origin.site, listing) and origin.site not in keys
        ]
        return Ingested(removed=shelf.drop(gone))

    def _path(self, path: Path) -> Ingested:
        folder = documents_folder(self._settings)
        try:
            with remembering(self._settings) as reader:
                return ingest(path, folder, self._programme, reader=reader, tell=self._tell)
        except IngestionError as error:
            return Ingested(refused=(Unreadable(str(path), f"{error}.", ""),))

    def _sites(self, sites: Sequence[Site]) -> Ingested:
        from assistant.courtesy import Guest, agent_of
        from assistant.tour import Tour
        from assistant.visit import Visitor

        settings = self._settings
        contact = str(settings.contact_url or settings.contact_email or "")
        shelf = Shelf(documents_folder(settings))
        parts = []
        with (
            remembering(settings) as reader,
            Visitor(agent_of(__version__, contact), self._allowed, proxy=settings.proxy) as visitor,
        ):
            guest = Guest(visitor.get, self._pause, time.monotonic, self._allowed)
            tour = Tour(guest, shelf, reader, self._allowed, self._tell)
            for site in sites:
                try:
                    parts.append(tour.visit(site))
                except IngestionError as error:
                    parts.append(Ingested(refused=(Unreadable(site.name, f"{error}.", ""),)))
        return together(parts)

    def _reported(self, names: Sequence[str], take: Callable[[], Ingested]) -> Run:
        started = datetime.now().astimezone().isoformat(timespec="seconds")
        began = time.monotonic()
        with suppress(OSError):  # told by whoever needs it
            self._settings.data.mkdir(parents=True, exist_ok=True)
        index, built = None, None
        ingested = take()
        # What was kept is answered from, whatever else happens; one index is built at a time.
        with self._finishing:
            if ingested.kept or ingested.altered:
                index, built = self._bring_up_to_date()
            seconds = time.monotonic() - began
            generation = index.generation if index else ""
            report = report_of(started, seconds, names, ingested, generation)
            if ingested != Ingested():
                keep_report(self._settings, report)
        return Run(report, ingested, index, built)

    def _bring_up_to_date(self) -> tuple[Fresh, Built | None]:
        state = freshness.state_of(self._settings)
        if found := freshness.fresh(self._settings, state):
            return found, None
        office, built = self._build()
        report = built.report
        made = Fresh(state, report.generation, report.documents, report.passages)
        if office.encoder is not None:
            with suppress(OSError):
                freshness.note(self._settings, made)
        return made, built
