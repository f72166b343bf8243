"""Clients: whose request it is, as far as a declared proxy vouches for it."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.address import Networks

Address = IPv4Address | IPv6Address
PROXIED = "assistant.proxied"
"""In the scope: whether a declared proxy sent the request."""
_HOPS = 32  # of X-Forwarded-For that are looked at


class ClientAddress:
    """Puts the client's own address and scheme into the scope of what a declared proxy sends.

    From anybody else the headers are as if they had not been sent.
    """

    def __init__(self, app: ASGIApp, proxies: Networks) -> None:
        self.app = app
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on with its client."""
        peer = address_of(scope)
        if scope["type"] == "http" and peer is not None and self._declared(peer):
            headers = Headers(scope=scope)
            forwarded = headers.getlist("x-forwarded-for")
            client = (str(self._nearest(peer, forwarded)), 0)
            scope = {**scope, "client": client, PROXIED: True}
            proto = headers.getlist("x-forwarded-proto")
            if len(proto) == 1 and proto[0].strip().lower() in ("http", "https"):
                scope["scheme"] = proto[0].strip().lower()
        await self.app(scope, receive, send)

    def _nearest(self, peer: Address, forwarded: Sequence[str]) -> Address:
        """The last hop that no declared proxy stands for: all before it could be forged."""
        nearest = peer
        hops = ",".join(forwarded).split(",")
        for hop in reversed(hops[-_HOPS:]):
            address = _address(hop)
            if address is None:
                break
            nearest = address
            if not self._declared(address):
                break
        return nearest

    def _declared(self, address: Address) -> bool:
        return any(address in network for network in self._proxies)


def address_of(scope: Scope) -> Address | None:
    """The client's address; None on a socket that has none."""
    client = scope.get("client")
    return _address(client[0]) if client else None


def origin_of(scope: Scope) -> str:
    """What a limit counts by: an IPv4 address, or the /64 that one IPv6 subscriber has."""
    address = address_of(scope)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, 64), strict=False))
    return str(address)


def _address(text: str) -> Address | None:
    try:
        address = ip_address(text.strip().partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
