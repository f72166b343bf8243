"""A harvest: what a tour of a site finds, kept where it is new, dropped where it has gone."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from assistant.courtesy import Page, State
from assistant.filing import in_utf8, path_of, suffix_of
from assistant.ingestion import BATCH, BATCH_BYTES, Ingested, together
from assistant.shelf import Arrival, Origin, Shelf, checksum
from assistant.sources import Site
from assistant.target import TargetRefused
from assistant.visit import VisitFailed
from corpus.library import Reads, Unreadable
from corpus.reading import Reading, UnreadableDocument

_REMEDY = "Take it out of the list, or give the address of a page, a PDF or a Word file."

Refusal = VisitFailed | TargetRefused | UnreadableDocument


class Harvest:
    """The pages of one site, one after the other."""

    def __init__(self, site: Site, shelf: Shelf, reader: Reads) -> None:
        self._site = site
        self._shelf = shelf
        self._reader = reader
        self._before: Mapping[str, tuple[str, Origin]] = {
            origin.source: (place, origin)
            for place, origin in shelf.origins().items()
            if origin.url
        }
        self._waiting: list[Arrival] = []
        self._noted: dict[str, Origin] = {}
        self._gone: list[str] = []
        self._found: dict[str, str] = {}
        self._parts: list[Ingested] = []

    def state_of(self, address: str) -> State | None:
        """The state of a page that is kept, whole, and read in the same way as now."""
        if address not in self._before:
            return None
        place, origin = self._before[address]
        data = self._shelf.content(place)
        same = origin.selector == self._wanted(address)["selector"] and data is not None
        if not same or origin.sha256 != checksum(data or b""):
            return None
        return State(origin.etag, origin.modified)

    def same(self, address: str) -> None:
        """The page is in the state that is kept."""
        place, origin = self._before[address]
        self._found[origin.url] = address
        self._stays(place, origin, replace(origin, **self._wanted(address)))

    def take(self, address: str, page: Page) -> None:
        """Keep a page, if it is another; raises `UnreadableDocument` when it cannot be read."""
        if earlier := self._found.get(page.address):
            self.note(f"{address}: leads to the same page as {earlier}.")
            if address in self._before:
                self._gone.append(self._before[address][0])
            return
        suffix = suffix_of(page.address, page.content_type, page.data)
        if suffix is None:
            kind = page.content_type or "nothing"
            raise UnreadableDocument(f"The server calls it {kind}, which is not read.", _REMEDY)
        data = in_utf8(page.data, suffix, page.content_type)
        wanted = self._wanted(address)
        reading = self._reader.read(data, suffix, wanted["selector"] or None)
        self._found[page.address] = address
        origin = Origin(
            source=address,
            url=page.address,
            etag=page.state.etag,
            modified=page.state.modified,
            sha256=checksum(data),
            **wanted,
        )
        path = path_of(address, suffix)
        if address in self._before:
            place, known = self._before[address]
            old = self._shelf.content(place)
            if PurePosixPath(place).suffix != suffix:
                self._gone.append(place)
            elif old is not None and self._reads_alike(old, known, origin, reading):
                # A page that only its menus or a date of making tell from before: what is kept
                # stays, so that nothing is built again for it.
                self._stays(place, known, replace(origin, sha256=checksum(old)))
                return
            else:
                path = place
        for note in reading.notes:
            self.note(f"{address}: {note}")
        self._waiting.append(Arrival(path, data, origin))
        size = sum(len(arrival.data) for arrival in self._waiting)
        if len(self._waiting) >= BATCH or size >= BATCH_BYTES:
            self._keep()

    def gone(self, address: str, listed: bool, status: int) -> None:
        """The page is there no more; one that never was is told of."""
        if address in self._before:
            self._gone.append(self._before[address][0])
        elif listed:
            self.note(f"{address}: listed, but the server answers {status}.")
        else:
            self.refuse(
                address,
                VisitFailed(f"There is no such page ({status}).", "Correct the address."),
            )

    def refuse(self, place: str, error: Refusal) -> None:
        """Name what could not be had or read."""
        refused = Unreadable(place, error.reason, error.remedy)
        self._parts.append(Ingested(refused=(refused,)))

    def note(self, text: str) -> None:
        """Tell the keeper something."""
        self._parts.append(Ingested(notes=(text,)))

    def finish(self, pages: Container[str], *, whole: bool) -> Ingested:
        """Keep what waits; drop what has gone and, after a whole tour, what is not listed."""
        self._keep()
        self._shelf.note(self._noted)
        if whole and self._site.key:
            self._gone += [
                place
                for place, origin in self._before.values()
                if origin.site == self._site.key and origin.source not in pages
            ]
        self._parts.append(Ingested(removed=self._shelf.drop(self._gone)))
        return together(self._parts)

    def _reads_alike(self, old: bytes, known: Origin, origin: Origin, reading: Reading) -> bool:
        if (known.selector, known.programme) != (origin.selector, origin.programme):
            return False
        try:
            suffix = PurePosixPath(self._before[known.source][0]).suffix
            before = self._reader.read(old, suffix, known.selector or None)
        except UnreadableDocument:
            return False
        # What stands around the content, menus and dates of making, is not compared.
        return replace(before, shown=None) == replace(reading, shown=None)

    def _stays(self, place: str, known: Origin, origin: Origin) -> None:
        if known.programme == origin.programme and known.url == origin.url:
            self._parts.append(Ingested(unchanged=(place,)))
        else:
            self._parts.append(Ingested(changed=(place,)))
        if origin != known:
            self._noted[place] = origin

    def _keep(self) -> None:
        if not self._waiting:
            return
        kept = self._shelf.keep(self._waiting)
        earlier = {arrival.origin.source: arrival.origin.source in self._before
                   for arrival in self._waiting}  # fmt: skip
        self._parts.append(
            Ingested(
                added=tuple(p for source, p in kept.places.items() if not earlier[source]),
                changed=tuple(p for source, p in kept.places.items() if earlier[source]),
                refused=tuple(
                    Unreadable(source, fault, f"Check {self._shelf.folder}.")
                    for source, fault in kept.faults.items()
                ),
                notes=kept.notes,
            )
        )
        self._waiting.clear()

    def _wanted(self, address: str) -> dict[str, str]:
        """What is noted of a page beside its state.

        A page that a list of sources names stays as that list has it, whoever asks for it.
        """
        site = self._site
        known = self._before[address][1] if address in self._before else None
        if known and not site.listed and known.site not in ("", site.key):
            names = ("programme", "asked", "site", "selector")
            return {name: getattr(known, name) for name in names}
        # Pages of one site are of one programme where nothing says otherwise.
        given = site.programme or (known.asked if known and not site.key else "")
        programme = given or urlsplit(address).hostname or ""
        return {
            "programme": programme,
            "asked": given,
            "site": site.key,
            "selector": site.content,
        }
