"""Visits: one request to a web server, within limits, to an address that was checked.

A host's name is looked up once, every address of it is checked, and the connection is made to
one of those: what the name leads to a moment later is never asked. A proxy, where the operator
names one, is asked for hosts of the public internet only, after the same check. It looks the name
up again: where that leads, the certificate tells, or, without one, the proxy's own rules decide.
"""

from __future__ import annotations

import socket
import ssl
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

import httpcore2

from assistant.connection import Deadline, Gate, ProxyAway
from assistant.target import Target, allowed_as, check_address, is_public, target_of
from corpus.folder import LARGEST_FILE

Lookup = Callable[[str, int], Iterable[str]]

# What is wrong with a certificate, by OpenSSL's numbers (x509_vfy.h), and what to do about it.
_FAULTS = {
    9: ("is not valid yet", "Check this machine's clock."),
    10: ("has expired", "Ask the site's web master to renew it."),
} | dict.fromkeys((62, 64), ("is for another name", "Give the address with the name it has."))


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered; the names of headers are in lower case."""

    address: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class VisitFailed(Exception):  # noqa: N818 (says what it is)
    """A page that could not be had: `reason` says why and `remedy` what to do about it."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason} {remedy}")
        self.reason = reason
        self.remedy = remedy


class NoAnswer(VisitFailed):
    """A site that does not answer, or only that it cannot."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one visit may take: seconds to connect, of silence and in all; bytes of the body."""

    connect: float = 10.0
    silence: float = 20.0
    whole: float = 60.0
    size: int = LARGEST_FILE


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of a host; raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Visitor:
    """Requests pages one at a time; close it, or use it as a context.

    `agent` is what it calls itself, `allowed` the hosts that may be private, `proxy` the address
    of what leads to the public internet.
    """

    def __init__(
        self,
        agent: str,
        allowed: Collection[str] = (),
        limits: Limits = Limits(),
        look_up: Lookup = look_up,
        secure: ssl.SSLContext | None = None,
        proxy: str | None = None,
    ) -> None:
        self._agent = agent
        self._allowed = allowed
        self._limits = limits
        self._look_up = look_up
        self._proxy = proxy
        self._deadline = Deadline(limits.whole)
        self._pools = [
            httpcore2.ConnectionPool(
                ssl_context=secure, network_backend=Gate(self._checked, self._deadline),
                keepalive_expiry=30.0,
            )
        ]  # fmt: skip
        if proxy:
            self._pools.append(
                httpcore2.HTTPProxy(
                    proxy, proxy_headers={"User-Agent": agent}, ssl_context=secure,
                    network_backend=Gate(look_up, self._deadline, ProxyAway), keepalive_expiry=30.0,
                )
            )  # fmt: skip

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *error: object) -> None:
        for pool in self._pools:
            pool.close()

    def get(self, address: str, conditions: Mapping[str, str] | None = None) -> Response:
        """One request; a redirection is an answer like any other.

        `conditions` are headers to send. Raises `TargetRefused`, and `VisitFailed` where a limit is
        reached or nothing answers.
        """
        target = target_of(address, self._allowed)
        headers = {
            "Host": target.authority,
            "User-Agent": self._agent,
            "Accept": "text/html,application/xhtml+xml,application/pdf,application/xml,*/*;q=0.5",
            "Accept-Encoding": "gzip",
            **(conditions or {}),
        }
        wait = self._limits
        timeout = {"connect": wait.connect, "read": wait.silence, "write": wait.silence}
        self._deadline.begin()
        try:
            with self._pool_for(target).stream(
                "GET", target.address, headers=list(headers.items()),
                extensions={"timeout": {**timeout, "pool": wait.connect}},
            ) as response:  # fmt: skip
                told = {
                    name.decode("latin-1").lower(): value.decode("latin-1")
                    for name, value in response.headers
                }
                if self._proxy and response.status == 407:
                    raise httpcore2.ProxyError("407")
                body = self._body(response.iter_stream(), told)
                return Response(target.address, response.status, told, body)
        except httpcore2.ProxyError as error:
            raise self._not_through(target, error) from None
        except httpcore2.TimeoutException:
            raise NoAnswer(
                f"{target.host} does not answer in time.", "Try again later, or save the page."
            ) from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError) as error:
            if error.args and isinstance(error.args[0], ssl.SSLCertVerificationError):
                raise _uncertified(target.host, error.args[0]) from None
            reason = " ".join(str(error).split()) or type(error).__name__
            raise NoAnswer(
                f"{target.host} does not answer ({reason}).", "Try again later."
            ) from None

    def _pool_for(self, target: Target) -> httpcore2.ConnectionPool:
        """The proxy's connections for the public internet, one's own for an intranet.

        A host that was named and that only the proxy may know is the proxy's.
        """
        if self._proxy:
            try:
                if all(map(is_public, self._checked(target.host, target.port))):
                    return self._pools[1]
            except httpcore2.ConnectError as error:
                if not allowed_as(target.host, target.port, self._allowed):
                    raise NoAnswer(
                        f"{target.host} cannot be looked up here ({error}), so that nobody can tell"
                        " whether it is of the public internet.",
                        "Let this machine look names up (DNS), or name the host in"
                        " ASSISTANT_PRIVATE_SOURCES.",
                    ) from None
                return self._pools[1]
        return self._pools[0]

    def _checked(self, host: str, port: int) -> list[str]:
        """The addresses of a host, all of them checked."""
        try:
            addresses = list(self._look_up(host, port))
        except OSError as error:
            raise httpcore2.ConnectError(error.strerror or str(error)) from None
        if not addresses:
            raise httpcore2.ConnectError("it has no address")
        named = allowed_as(host, port, self._allowed)
        for address in addresses:
            check_address(address, host, named=named)
        return addresses

    def _not_through(self, target: Target, error: httpcore2.ProxyError) -> NoAnswer:
        said = " ".join(str(error).split())
        if isinstance(error, ProxyAway):
            return NoAnswer(
                f"The proxy {self._proxy} does not answer ({said}).",
                "Check ASSISTANT_PROXY, and that this machine may connect to it.",
            )
        if said.startswith("407"):
            return NoAnswer(
                f"The proxy {self._proxy} asks for a user name and a password.",
                "Ask whoever runs it to let this machine through without.",
            )
        return NoAnswer(
            f"The proxy {self._proxy} does not lead to {target.host} ({said}).",
            "Ask whoever runs it to let this machine reach the site, or try again later.",
        )

    def _body(self, stream: Iterable[bytes], headers: Mapping[str, str]) -> bytes:
        coding = headers.get("content-encoding", "identity").strip().lower()
        length = headers.get("content-length", "")
        if length.isascii() and length.isdigit() and int(length) > self._limits.size:
            raise self._too_large()
        if coding not in ("", "identity", "gzip", "x-gzip"):
            raise VisitFailed(
                f"The server sends the page as {coding}, which was not asked for.",
                "Ask the site's web master to send it plain, or save the page as a file.",
            )
        unpack = zlib.decompressobj(31) if "gzip" in coding else None
        body = bytearray()
        try:
            for piece in stream:
                room = self._limits.size - len(body) + 1
                body += unpack.decompress(piece, room) if unpack else piece
                if len(body) > self._limits.size:
                    raise self._too_large()
        except zlib.error:
            raise _damaged() from None
        if unpack and body and not unpack.eof:
            raise _damaged()
        return bytes(body)

    def _too_large(self) -> VisitFailed:
        size = self._limits.size / (1024 * 1024)
        return VisitFailed(f"It is larger than {size:g} MB.", "Split it, or leave it out.")


def _damaged() -> VisitFailed:
    return VisitFailed("What the server sends is damaged.", "Try again later.")


def _uncertified(host: str, error: ssl.SSLCertVerificationError) -> NoAnswer:
    reason, remedy = _FAULTS.get(
        error.verify_code,
        (
            f"is not vouched for by anybody that this machine trusts ({error.verify_message})",
            "Ask the site's web master for one with its whole chain; your own authority's is named"
            " in SSL_CERT_FILE.",
        ),
    )
    return NoAnswer(f"The certificate of {host} {reason}.", remedy)
