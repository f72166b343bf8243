"""Citations' links followed in a real browser: what they scroll to, and what is highlighted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from assistant.link import passage_url, view_url
from assistant.page import letters_of
from assistant.settings import Settings
from corpus.document import Document
from corpus.library import document_from
from corpus.reader import read
from tests.conftest import FakeDesk, FakeJournal
from tests.landing import STYLE, Reader, quotes
from tests.sites import serving
from web.app import create_app

PAGES = {path.stem: path.read_text("utf-8") for path in Path("tests/data/landing").glob("*.html")}
FRAME = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{name}</title>
{style}</head><body>{body}</body></html>"""

# Quotes that are linked to, of a page where some can be told apart by nothing, or may be hidden.
LEAST = {"accordeons": 10, "doubles": 4, "inline": 7, "repetitions": 18}

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A site of the pages."""

    def page(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in PAGES:
            return Response(status_code=404)
        return HTMLResponse(FRAME.format(name=name, style=STYLE, body=PAGES[name]))

    with serving(Starlette(routes=[Route("/{name}", page)])) as served:
        yield served


def _document(address: str, name: str) -> Document:
    html = FRAME.format(name=name, style=STYLE, body=PAGES[name])
    reading = read(html.encode(), ".html")
    return document_from(
        name, replace(reading, metadata=replace(reading.metadata, url=f"{address}/{name}"))
    )


@pytest.fixture(scope="module")
def reader(browser: Any) -> Iterator[Reader]:
    made = Reader(browser)
    yield made
    made.context.close()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_link_to_a_page_lands_on_the_quoted_words(
    reader: Reader, address: str, name: str
) -> None:
    document = _document(address, name)
    links = {quote: passage_url(document, quote.start, quote.end) for quote in quotes(document)}
    linked = {quote: url for quote, url in links.items() if url.startswith(address)}

    assert len(linked) >= LEAST.get(name, len(links))
    astray = {}
    for quote, url in linked.items():
        words, heading = reader.highlighted(url)
        if not quote.is_said_by(words) or letters_of(heading) != letters_of(quote.heading):
            astray[url] = (quote.text, words, heading, quote.heading)
    assert not astray, "\n".join(map(str, astray.items()))


def test_our_own_view_lands_on_the_quoted_words_too(
    reader: Reader, address: str, settings: Settings
) -> None:
    documents = tuple(_document(address, name) for name in sorted(PAGES))
    app = create_app(FakeDesk(documents), FakeJournal(), settings)
    astray = {}

    with serving(app) as served:
        for document in documents:
            for quote in quotes(document, apart=document.id == "repetitions"):
                url = served + view_url(document, quote.start, quote.end)
                words, seen = reader.marked(url)
                if not (seen and quote.is_said_by(words)):
                    astray[url] = (quote.text, words)

    assert not astray, "\n".join(map(str, astray.items()))
