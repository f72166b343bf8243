"""Visits: one request to a web server, within limits, to an address that was checked.

A host's name is looked up once, every address of it is checked, and the connection is made to
one of those: what the name leads to a moment later is never asked. Proxies of the environment are
not used, since they would look up and connect on their own.
"""

from __future__ import annotations

import socket
import ssl
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpcore2

from assistant.target import allowed_as, check_address, target_of
from corpus.folder import LARGEST_FILE

Lookup = Callable[[str, int], Iterable[str]]


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

    `agent` is what it calls itself, `allowed` the hosts that may be private.
    """

    def __init__(
        self,
        agent: str,
        allowed: Collection[str] = (),
        limits: Limits = Limits(),
        look_up: Lookup = look_up,
        secure: ssl.SSLContext | None = None,
    ) -> None:
        self._agent = agent
        self._allowed = allowed
        self._limits = limits
        self._network = _Network(allowed, limits, look_up)
        self._pool = httpcore2.ConnectionPool(
            ssl_context=secure, network_backend=self._network, keepalive_expiry=30.0
        )

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.close()

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
        self._network.begin()
        try:
            with self._pool.stream(
                "GET", target.address, headers=list(headers.items()),
                extensions={"timeout": {**timeout, "pool": wait.connect}},
            ) as response:  # fmt: skip
                told = {
                    name.decode("latin-1").lower(): value.decode("latin-1")
                    for name, value in response.headers
                }
                body = self._body(response.iter_stream(), told)
                return Response(target.address, response.status, told, body)
        except httpcore2.TimeoutException:
            raise NoAnswer(
                f"{target.host} does not answer in time.", "Try again later, or save the page."
            ) from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError) as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise NoAnswer(
                f"{target.host} does not answer ({reason}).", "Try again later."
            ) from None

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


class _Network(httpcore2.NetworkBackend):
    """Connects to addresses that were checked, and lets no visit last longer than it may."""

    def __init__(self, allowed: Collection[str], limits: Limits, look_up: Lookup) -> None:
        self._allowed = allowed
        self._limits = limits
        self._look_up = look_up
        self._sockets = httpcore2.SyncBackend()
        self.deadline = 0.0

    def begin(self) -> None:
        """From now on the whole time of a visit runs."""
        self.deadline = time.monotonic() + self._limits.whole

    def left(self, timeout: float | None) -> float:
        """How long one step may take; raises `httpcore2.ReadTimeout` when no time is left."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout
        return left if timeout is None else min(timeout, left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Look a host up, check all that it has, and connect to the first that answers."""
        host = host.strip("[]")
        try:
            addresses = list(self._look_up(host, port))
        except OSError as error:
            raise httpcore2.ConnectError(error.strerror or str(error)) from None
        named = allowed_as(host, port, self._allowed)
        for address in addresses:
            check_address(address, host, named=named)
        fault: Exception = httpcore2.ConnectError("it has no address")
        for address in addresses:
            try:
                stream = self._sockets.connect_tcp(
                    address, port, self.left(timeout), local_address, socket_options
                )
                return _Line(stream, self)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                fault = error
        raise fault


class _Line(httpcore2.NetworkStream):
    """A connection whose every step ends with the visit's time."""

    def __init__(self, stream: httpcore2.NetworkStream, network: _Network) -> None:
        self._stream = stream
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes."""
        return self._stream.read(max_bytes, self._network.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all bytes."""
        self._stream.write(buffer, self._network.left(timeout))

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        """Go on in secret, with a server that shows it has that name."""
        left = self._network.left(timeout)
        return _Line(self._stream.start_tls(ssl_context, server_hostname, left), self._network)

    def get_extra_info(self, info: str) -> Any:
        """What is known of the connection."""
        return self._stream.get_extra_info(info)
