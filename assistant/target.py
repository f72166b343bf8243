"""Targets: which addresses are visited at all.

Only `http` and `https`, only the ports of these, and only hosts of the public internet: what an
assistant reads it shows to everybody, and inside a network it could read what nobody else can.
An operator may name hosts of an intranet that are visited all the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import quote, urlsplit

_PORTS = {"http": 80, "https": 443}
_LONGEST = 2000  # characters
_NUMBERS = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*\.?", re.I)
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*")
_STRAY = re.compile(r"[\x00-\x20\x7f\\]")
# As browsers send them; the percent sign stays, as what was encoded already must not be again.
_SAFE = "/?#[]@!$&'()*+,;=:%~-._"
_PRIVATE_REMEDY = "If it is your own intranet's, name the host in ASSISTANT_PRIVATE_SOURCES."


class TargetRefused(ValueError):  # noqa: N818 (says what it is)
    """An address that is not visited: `reason` says why and `remedy` what to do about it."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason} {remedy}")
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be visited, as it is sent: without a fragment, in ASCII."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The host with its port, where that is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.authority}"

    @property
    def address(self) -> str:
        """The whole address."""
        return self.origin + self.path


def target_of(address: str, allowed: Collection[str] = ()) -> Target:
    """The target that an address names.

    `allowed` are hosts, or hosts with a port, that are visited although they are private or the
    port is unusual. Raises `TargetRefused`.
    """
    address = address.strip()
    if len(address) > _LONGEST or _STRAY.search(address):
        raise TargetRefused(
            f"The address is longer than {_LONGEST} characters, or holds spaces or signs that no"
            " address has.",
            "Copy it from the browser's address bar.",
        )
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise TargetRefused("It is no address.", "Copy it from the browser.") from None
    if parts.scheme not in _PORTS:
        raise TargetRefused(
            f"Addresses with {parts.scheme or 'no scheme'}: are not visited.",
            "Give one that begins with https:// or http://.",
        )
    if "@" in parts.netloc:
        raise TargetRefused(
            "The address holds a user name or a password.", "Give it without; log-ins are not used."
        )
    host = _host(parts.hostname or "")
    port = _PORTS[parts.scheme] if port is None else port
    named = allowed_as(host, port, allowed)
    if port not in _PORTS.values() and not named:
        raise TargetRefused(
            f"Port {port} is not visited: pages are at 80 and 443.",
            f"If it is meant, name {host}:{port} in ASSISTANT_PRIVATE_SOURCES.",
        )
    if not named and (literal := _literal(host)) is not None:
        check_address(literal, host, named=False)
    path = quote(parts.path or "/", _SAFE) + (
        f"?{quote(parts.query, _SAFE)}" if parts.query else ""
    )
    return Target(parts.scheme, host, port, path)


def allowed_as(host: str, port: int, allowed: Collection[str]) -> bool:
    """Whether an operator named a host, with this port or, for the usual ports, without one."""
    shown = f"[{host}]" if ":" in host else host
    return f"{shown}:{port}" in allowed or (port in _PORTS.values() and shown in allowed)


def check_address(address: str, host: str, *, named: bool) -> None:
    """Raise `TargetRefused` unless an IP address, which `host` has, may be connected to.

    `named` says that the operator named the host: it may then be private, but never one of those
    that no server has, or that belong to the machinery of a network.
    """
    try:
        ip = _plain(address)
    except ValueError:
        raise TargetRefused(f"{host} has no address.", "Check the host's name.") from None
    if _never(ip) or not (named or _public(ip)):
        raise TargetRefused(f"{host} is no host of the public internet ({ip}).", _PRIVATE_REMEDY)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet."""
    return _public(_plain(address))


def _plain(address: str) -> IPv4Address | IPv6Address:
    """An IP address without its zone; one of version 4, too, where it is written as one of 6."""
    ip = ip_address(address.partition("%")[0])
    return getattr(ip, "ipv4_mapped", None) or ip


def _public(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv6Address):
        # Addresses that carry one of version 4 lead wherever that does.
        if ip.sixtofour is not None and not _public(ip.sixtofour):
            return False
        if ip.teredo is not None or ip.is_site_local:
            return False
    return ip.is_global and not ip.is_reserved and not ip.is_loopback and not ip.is_private


def _never(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_multicast or ip.is_unspecified or ip.is_link_local


def _host(host: str) -> str:
    """A host as it is looked up; raises `TargetRefused`."""
    refused = TargetRefused(f"{host!r} is no host.", "Check the address.")
    if ":" in host:
        try:
            return str(IPv6Address(host))
        except ValueError:
            raise refused from None
    try:
        plain = host.rstrip(".").encode("idna").decode("ascii").lower() if host else ""
    except UnicodeError:
        raise refused from None
    if not _HOST.fullmatch(plain):
        raise refused
    if _NUMBERS.fullmatch(plain) and _literal(plain) is None:
        raise TargetRefused(
            f"{host!r} is an IP address in an unusual spelling.", "Give the host's name."
        )
    return plain


def _literal(host: str) -> str | None:
    """The host, when it is an IP address as they are usually written."""
    try:
        return str(ip_address(host))
    except ValueError:
        return None
