"""Sources: the sites that documents are read from, as `sources.toml` describes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from assistant.courtesy import DELAY
from assistant.target import TargetRefused, target_of
from corpus.selection import check_selector

FILE_NAME = "sources.toml"
EVERY = 24.0
"""Hours between two visits to a site that says nothing of it."""
_KEYS = (
    "name", "url", "urls", "sitemap", "sitemaps", "programme", "content", "include", "exclude",
    "every", "delay",
)  # fmt: skip


class SourcesError(Exception):
    """A list of sources that cannot be used: one line with the place, the value and the remedy."""


@dataclass(frozen=True, slots=True)
class Site:
    """Pages of one site, and how they are read.

    `key` tells it from every other site, in every list. `include` and `exclude` are patterns such
    as `/formations/*` for the path, or for a whole address where they name its scheme.
    """

    key: str
    name: str
    urls: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    programme: str = ""
    content: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    every: float = EVERY
    delay: float = DELAY

    @property
    def listed(self) -> bool:
        """Whether a file describes the site, and not a command line."""
        return "#" in self.key

    def wants(self, address: str) -> bool:
        """Whether the patterns let an address in."""
        wanted = not self.include or any(_matches(address, each) for each in self.include)
        return wanted and not any(_matches(address, each) for each in self.exclude)


def read_sources(path: Path, allowed: tuple[str, ...] = ()) -> tuple[Site, ...]:
    """The sites that a file describes; raises `SourcesError`.

    `allowed` are the private hosts that may be visited.
    """
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SourcesError(f"{path} cannot be read: {error.strerror or error}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourcesError(f"{path} is not valid TOML: {error}") from None
    entries = content.pop("site", [])
    if content:
        raise SourcesError(f"{path}: {next(iter(content))!r} is not known: write [[site]] tables")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SourcesError(f"{path}: a site is a table: write [[site]] above it")
    listing = str(path.resolve())
    sites = tuple(_site(entry, f"{path}: site {n}", listing, allowed) for n, entry in
                  enumerate(entries, start=1))  # fmt: skip
    names = [site.name for site in sites]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise SourcesError(f"{path}: two sites are called {twice!r}: give each a `name` of its own")
    return sites


def listed_in(key: str, path: Path) -> bool:
    """Whether a site's key is of a site of that file."""
    return key.startswith(f"{path.resolve()}#")


def site_of(address: str, programme: str | None, *, sitemap: bool) -> Site:
    """The site that an address on the command line is."""
    given: dict[str, Any] = {"sitemaps" if sitemap else "urls": (address,)}
    # The pages of a sitemap leave with it; a single page belongs to nobody's list.
    key = address.partition("#")[0] if sitemap else ""
    return Site(key, address, programme=programme or "", **given)


def _site(entry: Mapping[str, Any], where: str, listing: str, allowed: tuple[str, ...]) -> Site:
    given = dict(entry)
    urls = (*_texts(given, "url", where), *_texts(given, "urls", where))
    sitemaps = (*_texts(given, "sitemap", where), *_texts(given, "sitemaps", where))
    addresses = (*urls, *sitemaps)
    if not addresses:
        raise SourcesError(f"{where}: it names no page: give `url`, `urls` or `sitemap`")
    for address in addresses:
        try:
            target_of(address, allowed)
        except TargetRefused as error:
            raise SourcesError(f"{where}: {address!r}: {error}") from None
    name = _text(given, "name", where) or urlsplit(addresses[0]).netloc
    content = _text(given, "content", where)
    if content:
        try:
            check_selector(content)
        except ValueError as error:
            raise SourcesError(f"{where}: content: {error}") from None
    site = Site(
        key=f"{listing}#{name}",
        name=name,
        urls=urls,
        sitemaps=sitemaps,
        programme=_text(given, "programme", where),
        content=content,
        include=_texts(given, "include", where),
        exclude=_texts(given, "exclude", where),
        every=_number(given, "every", where, EVERY, 0.01),
        delay=_number(given, "delay", where, DELAY, 0.0),
    )
    if given:
        stray = next(iter(given))
        near = process.extractOne(stray, _KEYS, scorer=fuzz.ratio, score_cutoff=60)
        remedy = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(_KEYS)}"
        raise SourcesError(f"{where}: {stray!r} is not known: {remedy}")
    return site


def _texts(given: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = given.pop(name, [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
        raise SourcesError(f"{where}: {name} = {value!r}: give a text, or a list of texts")
    return tuple(text.strip() for text in values)


def _text(given: dict[str, Any], name: str, where: str) -> str:
    value = given.pop(name, "")
    if not isinstance(value, str):
        raise SourcesError(f"{where}: {name} = {value!r}: give a text in quotes")
    return value.strip()


def _number(given: dict[str, Any], name: str, where: str, default: float, least: float) -> float:
    value = given.pop(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= least:
        raise SourcesError(f"{where}: {name} = {value!r}: give a number, {least:g} or more")
    return float(value)


def _matches(address: str, pattern: str) -> bool:
    if "://" in pattern:
        return fnmatchcase(address, pattern)
    parts = urlsplit(address)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return fnmatchcase(path, pattern)
