"""A tour of a site: its pages asked for one after the other, by its sitemap or by name."""

from __future__ import annotations

from urllib.parse import urlsplit

from assistant.courtesy import Guest, NoPage, Page, SamePage
from assistant.harvest import Harvest
from assistant.ingestion import Ingested, Told
from assistant.shelf import Shelf
from assistant.sitemap import is_sitemap, read_sitemap
from assistant.sources import Site, site_of
from assistant.target import TargetRefused, target_of
from assistant.visit import NoAnswer, VisitFailed
from corpus.library import Reads
from corpus.reading import UnreadableDocument

_SITEMAPS = 50  # that one site may have
_PAGES = 10_000  # that are read of one site
_SILENT = 3  # pages in a row without an answer, after which a site is left alone


class _SitemapFound(UnreadableDocument):
    """A sitemap where a page was expected."""


class Tour:
    """Goes through sites. `allowed` are the private hosts that may be visited.

    `tell("fetch", done, total)` hears of the pages.
    """

    def __init__(
        self,
        guest: Guest,
        shelf: Shelf,
        reader: Reads,
        allowed: tuple[str, ...] = (),
        tell: Told | None = None,
    ) -> None:
        self._guest = guest
        self._shelf = shelf
        self._reader = reader
        self._allowed = allowed
        self._tell = tell or (lambda step, done, total: None)

    def visit(self, site: Site) -> Ingested:
        """Refresh what is kept of a site: only pages that changed are read again.

        A page that has gone, or is not listed any more, is dropped; a site or a page that does not
        answer keeps what it had and is refused by name. Raises `IngestionError`.
        """
        harvest = Harvest(site, self._shelf, self._reader)
        try:
            pages = self._pages(site, harvest)
        except (VisitFailed, TargetRefused, UnreadableDocument) as error:
            harvest.refuse(site.name, error)
            return harvest.finish((), whole=False)
        silent = 0
        for number, (address, listed) in enumerate(pages.items()):
            self._tell("fetch", number, len(pages))
            try:
                self._read(site, address, listed, harvest)
                silent = 0
            except NoAnswer as error:
                silent += 1
                harvest.refuse(address, error)
                left = len(pages) - number - 1
                if silent >= _SILENT and left:
                    reason = f"It does not answer; {left} more pages were not asked for."
                    harvest.refuse(site.name, NoAnswer(reason, "Try again later."))
                    return harvest.finish((), whole=False)
            except _SitemapFound as error:
                if not site.key:  # an address of the command line
                    return self.visit(site_of(address, site.programme, sitemap=True))
                harvest.refuse(address, error)
            except (VisitFailed, TargetRefused, UnreadableDocument) as error:
                silent = 0
                harvest.refuse(address, error)
        self._tell("fetch", len(pages), len(pages))
        return harvest.finish(pages, whole=True)

    def _read(self, site: Site, address: str, listed: bool, harvest: Harvest) -> None:
        """Read one page."""
        match self._guest.fetch(address, harvest.state_of(address), site.delay):
            case SamePage():
                harvest.same(address)
            case NoPage(status):
                harvest.gone(address, listed, status)
            case Page(_, data, content_type) as page:
                if "html" not in content_type and is_sitemap(data):
                    remedy = "Name it as `sitemap`, not among the pages."
                    raise _SitemapFound("It is a sitemap.", remedy)
                harvest.take(address, page)

    def _pages(self, site: Site, harvest: Harvest) -> dict[str, bool]:
        """The addresses of a site's pages; whether a sitemap lists each."""
        found = dict.fromkeys((self._plain(address) for address in site.urls), False)
        waiting = [self._plain(address) for address in site.sitemaps]
        seen: set[str] = set()
        elsewhere = 0
        while waiting and len(seen) < _SITEMAPS:
            address = waiting.pop(0)
            if address in seen:
                continue
            seen.add(address)
            listed, further = self._listed(address, site)
            waiting.extend(further)
            for page in listed:
                if not _beside(page, address) and not any("://" in each for each in site.include):
                    elsewhere += 1
                elif site.wants(page):
                    found.setdefault(page, True)
        if elsewhere:
            harvest.note(f"{site.name}: {elsewhere} pages on other hosts are left out.")
        if waiting:
            harvest.note(f"{site.name}: more than {_SITEMAPS} sitemaps; the others are left out.")
        if len(found) > _PAGES:
            harvest.note(f"{site.name}: more than {_PAGES} pages; the others are left out.")
            found = dict(list(found.items())[:_PAGES])
        if site.sitemaps and not any(found.values()):
            raise VisitFailed(
                "Its sitemap lists no page that is wanted; what was kept of it stays.",
                "Correct the sitemap or the patterns, or take the site out of the list.",
            )
        return found

    def _listed(self, address: str, site: Site) -> tuple[list[str], list[str]]:
        """The pages and the further sitemaps of one sitemap; its errors name it."""
        try:
            got = self._guest.fetch(address, None, site.delay)
            if not isinstance(got, Page):
                raise VisitFailed("There is no such sitemap.", "Correct its address.")
            sitemap = read_sitemap(got.data)
        except (VisitFailed, TargetRefused, UnreadableDocument) as error:
            raise VisitFailed(f"{address}: {error.reason}", error.remedy) from None
        return self._acceptable(sitemap.pages), self._acceptable(sitemap.sitemaps)

    def _plain(self, address: str) -> str:
        return target_of(address, self._allowed).address

    def _acceptable(self, addresses: tuple[str, ...]) -> list[str]:
        found = []
        for address in addresses:
            try:
                found.append(self._plain(address))
            except TargetRefused:
                continue
        return found


def _beside(page: str, sitemap: str) -> bool:
    """Whether a page is on the host of its sitemap, with or without `www.`."""
    hosts = [(urlsplit(each).hostname or "").removeprefix("www.") for each in (page, sitemap)]
    return hosts[0] == hosts[1]
