from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.courtesy import Guest
from assistant.ingestion import Ingested
from assistant.shelf import Shelf, known_of
from assistant.sources import Site, site_of
from assistant.tour import Tour
from assistant.visit import Limits, Visitor
from corpus.document import Document
from corpus.library import read_corpus
from corpus.limited import LimitedReader
from tests.webmaster import Webmaster, page, university


class Visits:
    """Tours of the university's site, without waiting between two pages."""

    def __init__(self, folder: Path, master: Webmaster) -> None:
        self.folder = folder
        self.master = master
        self.site = Site(
            "list#droit",
            "droit",
            sitemaps=(master.url("/sitemap.xml"),),
            programme="droit",
            delay=0,
        )

    def visit(self, site: Site | None = None) -> Ingested:
        allowed = (self.master.host,)
        with (
            LimitedReader() as reader,
            Visitor("test (+x@univ.example)", allowed, Limits(whole=10)) as visitor,
        ):
            guest = Guest(visitor.get, lambda seconds: None, lambda: 0.0, allowed)
            return Tour(guest, Shelf(self.folder), reader, allowed).visit(site or self.site)

    def documents(self) -> dict[str, Document]:
        found = read_corpus(self.folder, known=known_of(self.folder)).documents
        return {document.url or "": document for document in found}


@pytest.fixture
def master() -> Iterator[Webmaster]:
    with university() as master:
        master.put("/stage", page("Stage", "Le stage dure 420 heures."))
        master.put("/frais", page("Frais", "254 euros par an."))
        master.put("/jury", page("Jury", "Le jury se réunit en juin."))
        master.list_pages("/stage", "/frais", "/jury")
        yield master


@pytest.fixture
def visits(tmp_path: Path, master: Webmaster) -> Visits:
    return Visits(tmp_path / "kept", master)


def test_the_pages_of_a_sitemap_are_kept_with_their_address_and_programme(visits, master) -> None:
    came = visits.visit()

    assert len(came.added) == 3
    assert came.refused == ()
    stage = visits.documents()[master.url("/stage")]
    assert (stage.programme, stage.title) == ("droit", "Stage")
    assert "420 heures" in stage.text
    assert master.agents == {"test (+x@univ.example)"}


def test_only_what_changed_is_sent_and_read_again(visits, master) -> None:
    visits.visit()
    master.statuses()
    master.put("/stage", page("Stage", "Le stage dure 560 heures."))

    came = visits.visit()

    assert len(came.changed) == 1
    assert len(came.unchanged) == 2
    asked = dict(master.statuses())
    assert (asked["/stage"], asked["/frais"], asked["/jury"]) == (200, 304, 304)
    assert "560 heures" in visits.documents()[master.url("/stage")].text


def test_a_page_whose_menu_alone_changed_is_unchanged(visits, master) -> None:
    visits.visit()
    master.put("/frais", page("Frais", "254 euros par an.").replace(b"Accueil", b"Menu"))

    assert len(visits.visit().unchanged) == 3


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_has_gone_leaves(visits, master, status: int) -> None:
    visits.visit()
    master.answer("/jury", status)

    came = visits.visit()

    assert len(came.removed) == 1
    assert master.url("/jury") not in visits.documents()
    assert visits.visit().removed == ()


def test_a_page_that_is_not_listed_any_more_leaves(visits, master) -> None:
    visits.visit()
    master.list_pages("/stage", "/frais")

    assert len(visits.visit().removed) == 1
    assert len(visits.documents()) == 2


def test_a_site_that_does_not_answer_keeps_what_it_had_and_is_told(visits, master) -> None:
    visits.visit()
    master.out = True

    came = visits.visit()

    assert came.removed == came.changed == ()
    assert "droit" in came.refused[0].path
    assert came.refused[0].remedy
    assert len(visits.documents()) == 3


def test_a_site_that_falls_silent_is_left_alone(visits, master) -> None:
    paths = [f"/p{n}" for n in range(20)]
    for path in paths:
        master.answer(path, 503)
    master.list_pages("/stage", *paths)
    master.statuses()

    came = visits.visit()

    assert "17 more pages were not asked for" in came.refused[-1].reason
    assert len(master.statuses()) == 5
    assert len(visits.documents()) == 1


def test_a_sitemap_that_lists_nothing_any_more_takes_nothing_away(visits, master) -> None:
    visits.visit()
    master.list_pages()

    came = visits.visit()

    assert "lists no page" in came.refused[0].reason
    assert len(visits.documents()) == 3


def test_a_page_that_cannot_be_read_any_more_keeps_its_earlier_state(visits, master) -> None:
    visits.visit()
    master.put("/stage", b"%PDF-1.4 broken", "application/pdf")

    came = visits.visit()

    assert came.refused[0].path == master.url("/stage")
    assert came.refused[0].reason.startswith("The PDF")
    assert "420 heures" in visits.documents()[master.url("/stage")].text


def test_a_selector_says_what_is_read(visits, master) -> None:
    fiche = b"<div class=fiche><h2>Rythme</h2><p>Deux jours par semaine.</p></div>"
    master.put("/stage", page("Stage", "Une annonce.").replace(b"</main>", fiche + b"</main>"))

    visits.visit(replace(visits.site, content=".fiche"))

    text = visits.documents()[master.url("/stage")].text
    assert "Deux jours" in text
    assert "annonce" not in text


def test_another_programme_or_selector_takes_effect_although_no_page_changed(
    visits, master
) -> None:
    visits.visit()

    came = visits.visit(replace(visits.site, programme="master-droit", content="main p"))

    assert len(came.changed) == 3
    assert {each.programme for each in visits.documents().values()} == {"master-droit"}


def test_patterns_and_other_hosts_leave_pages_out(visits, master) -> None:
    listed = [master.url("/stage"), master.url("/jury"), "https://elsewhere.example/x"]
    places = "".join(f"<url><loc>{each}</loc></url>" for each in listed)
    master.put("/sitemap.xml", f"<urlset>{places}</urlset>".encode(), "application/xml")

    came = visits.visit(replace(visits.site, exclude=("/jury",)))

    assert list(visits.documents()) == [master.url("/stage")]
    assert "1 pages on other hosts" in came.notes[0]


def test_an_index_of_sitemaps_is_followed(visits, master) -> None:
    part = master.list_pages("/stage", at="/part.xml")
    index = f"<sitemapindex><sitemap><loc>{part}</loc></sitemap></sitemapindex>"
    master.put("/sitemap.xml", index.encode(), "application/xml")

    assert len(visits.visit().added) == 1


def test_an_address_alone_may_be_a_page_or_a_sitemap(visits, master) -> None:
    one = visits.visit(site_of(master.url("/stage"), "droit", sitemap=False))
    more = visits.visit(
        replace(site_of(master.url("/sitemap.xml"), "droit", sitemap=False), delay=0)
    )

    assert (len(one.added), len(more.added), len(more.changed)) == (1, 2, 0)
    again = visits.visit(site_of(master.url("/stage"), None, sitemap=False))
    assert len(again.unchanged) == 1
    assert visits.documents()[master.url("/stage")].programme == "droit"


def test_an_address_that_leads_to_a_page_that_is_there_already_is_not_kept_twice(
    visits, master
) -> None:
    master.answer("/internship", 301, Location="/stage")
    master.list_pages("/stage", "/internship")

    for _ in range(2):
        came = visits.visit()
        assert len(visits.documents()) == 1
        assert "leads to the same page" in came.notes[-1]


def test_what_is_no_page_is_refused_with_a_remedy(visits, master) -> None:
    master.put("/logo", b"\x89PNG", "image/png")
    master.put("/robots.txt", b"User-agent: *\nDisallow: /secret\n", "text/plain")
    urls = tuple(master.url(path) for path in ("/logo", "/nothing", "/secret", "/sitemap.xml"))

    came = visits.visit(Site("list#x", "x", urls=urls, delay=0))

    assert [each.path for each in came.refused] == list(urls)
    assert all(each.reason and each.remedy for each in came.refused)
    assert "/secret" not in dict(master.statuses())


def test_a_file_that_was_damaged_since_is_sent_again(visits, master) -> None:
    visits.visit()
    for path in visits.folder.rglob("stage.html"):
        path.write_text("damaged")

    assert len(visits.visit().changed) == 1
    assert "420 heures" in visits.documents()[master.url("/stage")].text
