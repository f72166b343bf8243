import gzip

import pytest

from assistant.sitemap import Sitemap, is_sitemap, read_sitemap
from corpus.reading import UnreadableDocument

PAGES = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc> https://u.example/a </loc><lastmod>2026-01-01</lastmod></url>
<url><loc>https://u.example/b?x=1&amp;y=2</loc></url><url><loc>https://u.example/a</loc></url>
</urlset>"""
INDEX = PAGES.replace(b"urlset", b"sitemapindex").replace(b"url>", b"sitemap>")
BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">
<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://u.example/&b;&f;</loc></url>
</urlset>"""


def test_the_pages_of_a_sitemap_are_read_packed_or_not() -> None:
    expected = Sitemap(pages=("https://u.example/a", "https://u.example/b?x=1&y=2"))

    assert read_sitemap(PAGES) == read_sitemap(gzip.compress(PAGES)) == expected
    assert is_sitemap(PAGES)
    assert is_sitemap(gzip.compress(PAGES))


def test_an_index_names_further_sitemaps() -> None:
    assert read_sitemap(INDEX).sitemaps == ("https://u.example/a", "https://u.example/b?x=1&y=2")


def test_a_list_of_addresses_is_one_too() -> None:
    text = "https://u.example/a\nhttps://u.example/b\n".encode("utf-8-sig")

    assert read_sitemap(text).pages == ("https://u.example/a", "https://u.example/b")


def test_entities_are_not_followed() -> None:
    assert read_sitemap(BOMB) == Sitemap(pages=("https://u.example/",))


@pytest.mark.parametrize(
    "data",
    [b"<html></html>", b"no sitemap", b"<urlset", b"", gzip.compress(PAGES)[:-9],
     gzip.compress(b"0" * 60_000_000)],
    ids=["page", "text", "cut", "empty", "damaged", "bomb"],
)  # fmt: skip
def test_what_is_no_sitemap_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        read_sitemap(data)
