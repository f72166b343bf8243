from __future__ import annotations

import asyncio
from ipaddress import ip_network
from typing import Any

import pytest

from web.client import ClientAddress, origin_of

PROXIES = (ip_network("10.0.0.5"), ip_network("192.0.2.0/24"), ip_network("2001:db8::/32"))


def _seen(peer: str | None, *headers: tuple[str, str]) -> dict[str, Any]:
    seen: dict[str, Any] = {}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.update(scope)

    scope = {
        "type": "http",
        "scheme": "http",
        "client": (peer, 4711) if peer else None,
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
    }
    asyncio.run(ClientAddress(app, PROXIES)(scope, None, None))  # type: ignore[arg-type]
    return seen


@pytest.mark.parametrize(
    "forged",
    [
        ("X-Forwarded-For", "127.0.0.1"),
        ("X-Forwarded-For", "::1"),
        ("X-Forwarded-For", "10.0.0.5"),
        ("X-Forwarded-For", "198.51.100.1, 10.0.0.5"),
        ("X-Forwarded-For", ""),
        ("X-Forwarded-For", "localhost"),
        ("X-Forwarded-For", "127.0.0.1:80"),
        ("X-Forwarded-For", "0x7f000001"),
        ("X-Forwarded-For", "2130706433"),
        ("X-Forwarded-For", "," * 5000),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", "univ.example"),
        ("X-Real-IP", "127.0.0.1"),
        ("X-Client-IP", "127.0.0.1"),
        ("True-Client-IP", "127.0.0.1"),
        ("CF-Connecting-IP", "127.0.0.1"),
        ("X-Cluster-Client-IP", "127.0.0.1"),
        ("Forwarded", "for=127.0.0.1;proto=https"),
        ("Forwarded", 'for="[::1]"'),
        ("Via", "1.1 10.0.0.5"),
    ],
)
def test_what_an_undeclared_peer_claims_changes_nothing(forged: tuple[str, str]) -> None:
    seen = _seen("198.51.100.7", forged)

    assert seen["client"] == ("198.51.100.7", 4711)
    assert seen["scheme"] == "http"


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("127.0.0.1, 203.0.113.9", "203.0.113.9"),
        ("203.0.113.9, 192.0.2.7", "203.0.113.9"),
        ("203.0.113.9, 2001:db8::7, 192.0.2.7", "203.0.113.9"),
        ("2001:470::1", "2001:470::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("203.0.113.9, garbage, 192.0.2.7", "192.0.2.7"),
        ("192.0.2.1, 192.0.2.7", "192.0.2.1"),
        ("garbage", "10.0.0.5"),
        ("", "10.0.0.5"),
    ],
)
def test_a_declared_proxy_is_believed_as_far_as_proxies_reach(forwarded: str, client: str) -> None:
    assert _seen("10.0.0.5", ("X-Forwarded-For", forwarded))["client"] == (client, 0)


def test_a_header_sent_twice_is_read_as_one_list() -> None:
    headers = (("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-For", "203.0.113.9"))

    assert _seen("10.0.0.5", *headers)["client"][0] == "203.0.113.9"


def test_a_declared_proxy_tells_the_scheme() -> None:
    assert _seen("10.0.0.5", ("X-Forwarded-Proto", "https"))["scheme"] == "https"
    assert _seen("10.0.0.5", ("X-Forwarded-Proto", "gopher"))["scheme"] == "http"


def test_an_address_counts_for_itself_and_an_ipv6_one_for_its_subscriber() -> None:
    assert origin_of({"client": ("198.51.100.7", 1)}) == "198.51.100.7"
    assert origin_of({"client": ("::ffff:198.51.100.7", 1)}) == "198.51.100.7"
    assert origin_of({"client": ("2001:db8:1:2::1", 1)}) == "2001:db8:1:2::/64"
    assert origin_of({"client": None}) == "None"
