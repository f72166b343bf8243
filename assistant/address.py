"""Addresses as an operator types them: origins, networks, e-mail addresses, pages, databases, the
way out, and the header of a proxy.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr

_ORIGIN = re.compile(r"https?://(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")
_PLACE = re.compile(r"(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")
_EXIT = re.compile(r"http://(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]):[0-9]{1,5}")
_EMAIL = re.compile(r"[^\s@,;<>]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
_DATABASE = re.compile(r"sqlite(\+pysqlite)?:///.+|postgres(ql)?(\+psycopg)?://.+")
_HEADER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.IGNORECASE)
# What browsers and proxies send by themselves names nobody.
_TAKEN_HEADERS = {
    "accept", "accept-language", "authorization", "connection", "content-length", "content-type",
    "cookie", "host", "origin", "referer", "user-agent", "x-forwarded-for", "x-forwarded-host",
    "x-forwarded-proto",
}  # fmt: skip
_OWN_PORTS = {"http": 80, "https": 443}


def exact_origin(text: str) -> str:
    """The origin as a browser sends it: lower case, without the scheme's own port.

    Raises ValueError for anything but scheme://host[:port].
    """
    origin = text.lower()
    if not _ORIGIN.fullmatch(origin):
        raise ValueError(f"{text!r} is no exact origin")
    parts = urlsplit(origin)
    if parts.port is not None and parts.port == _OWN_PORTS[parts.scheme]:
        return origin.rpartition(":")[0]
    return origin


def _separated(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _exact(value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(exact_origin(part) for part in value))


def _networks(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(ip_network(part) if isinstance(part, str) else part for part in value)
    return value


def _hosts(value: tuple[str, ...]) -> tuple[str, ...]:
    for part in value:
        if not _PLACE.fullmatch(part.lower()):
            raise ValueError(f"{part!r} is no host")
    return tuple(dict.fromkeys(part.lower() for part in value))


def _mailbox(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise ValueError("no e-mail address")
    return value


def _page(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in _OWN_PORTS or not parts.netloc or re.search(r"\s", value):
        raise ValueError("no web address")
    return value


def _exit(value: str) -> str:
    address = value.lower().rstrip("/")
    if not _EXIT.fullmatch(address) or urlsplit(address).port == 0:
        raise ValueError("no proxy's address")
    return address


def _header(value: str) -> str:
    if not _HEADER.fullmatch(value):
        raise ValueError("no header's name")
    if value.lower() in _TAKEN_HEADERS:
        raise ValueError("that header says something else")
    return value


def _database(value: SecretStr) -> SecretStr:
    if not _DATABASE.fullmatch(value.get_secret_value()):
        raise ValueError("neither SQLite nor PostgreSQL")
    return value


Origins = Annotated[tuple[str, ...], BeforeValidator(_separated), AfterValidator(_exact)]
# The validator nearest to the end runs first: parts, then networks.
Networks = Annotated[
    tuple[IPv4Network | IPv6Network, ...], BeforeValidator(_networks), BeforeValidator(_separated)
]
Hosts = Annotated[tuple[str, ...], BeforeValidator(_separated), AfterValidator(_hosts)]
Exit = Annotated[str, AfterValidator(_exit)]
Mailbox = Annotated[str, AfterValidator(_mailbox)]
HeaderName = Annotated[str, AfterValidator(_header)]
Page = Annotated[str, AfterValidator(_page)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_database)]
