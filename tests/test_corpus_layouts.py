"""Documents of many layouts: what is found in them, and where links to them land."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from assistant.link import passage_url
from assistant.page import letters_of
from corpus.charset import decode_html
from corpus.library import document_from
from corpus.reader import read
from tests.landing import STYLE, Quote, Reader, quotes
from tests.layouts import EXPECTATIONS, EXPECTED, FOLDERS, SETS, document, findings, source, summary
from tests.sites import serving

HELD = EXPECTATIONS["layouts-held"]
PAGES = sorted(name for name in HELD if name.endswith(".html"))


def test_nearly_every_fact_is_under_its_heading_and_nothing_else_is_quoted() -> None:
    found = list(findings(tuple(HELD)))
    missing = sum(len(each.missing) for each in found)

    assert missing <= 0.02 * sum(each.facts for each in found), summary(found)
    assert not any(each.noise or each.inexact for each in found), summary(found)


# Short of the bar of the first set; what is missing is in DECISIONS.md.
@pytest.mark.parametrize(
    ("own", "missing", "noise"), [("layouts-fresh", 2, 0), ("layouts-new", 1, 3)]
)
def test_the_further_layouts_come_to_no_less_than_they_did(
    own: str, missing: int, noise: int
) -> None:
    found = list(findings(tuple(EXPECTATIONS[own])))

    assert sum(len(each.missing) for each in found) <= missing, summary(found)
    assert sum(len(each.noise) for each in found) <= noise, summary(found)
    assert not any(each.inexact for each in found), summary(found)


@pytest.mark.parametrize("name", HELD)
def test_a_layout_has_its_title(name: str) -> None:
    given = document(name).title.replace("’", "'")

    # A text without markup may take its subtitle with it.
    assert given.partition(" – ")[0] == EXPECTED[name]["title"]


@pytest.mark.parametrize("own", SETS)
def test_every_layout_is_expected_something_of(own: str) -> None:
    files = {path.name for path in FOLDERS[own].iterdir() if path.suffix != ".json"}

    assert files | set(SETS[own]) == set(EXPECTATIONS[own])


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A site of the pages."""

    def page(request: Request) -> HTMLResponse:
        name = request.path_params["name"]
        return HTMLResponse(_styled(name) if name in PAGES else "", 200 if name in PAGES else 404)

    with serving(Starlette(routes=[Route("/{name}", page)])) as served:
        yield served


def _styled(name: str) -> str:
    return decode_html(source(name).read_bytes()).replace("</head>", f"{STYLE}</head>")


def _holds_row(quote: Quote, words: list[str]) -> bool:
    """Whether a row that begins in a cell of several rows is shown, from that cell on."""
    said = letters_of("".join(words))
    cells = [letters_of(cell.rpartition(" : ")[2]) for cell in quote.text.split(" ; ")]
    return quote.kind == "row" and said.startswith(cells[0]) and all(x in said for x in cells)


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_links_to_a_layout_land(browser: object, address: str, name: str) -> None:
    reading = read(_styled(name).encode(), ".html")
    url = f"{address}/{name}"
    own = document_from(name, replace(reading, metadata=replace(reading.metadata, url=url)))
    reader = Reader(browser)
    astray = {}
    for quote in quotes(own):
        link = passage_url(own, quote.start, quote.end)
        if not link.startswith(address):
            continue
        words, _ = reader.highlighted(link)
        if not (quote.is_said_by(words) or _holds_row(quote, words)):
            astray[link] = (quote.text, words)
    reader.context.close()

    assert not astray, "\n".join(map(str, astray.items()))
