"""Connections: to the addresses that a gate lets through, within the time of one visit."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore2


class ProxyAway(httpcore2.ProxyError):
    """A proxy that cannot be connected to."""


class Deadline:
    """Until when a visit may last, however many steps it takes."""

    def __init__(self, whole: float) -> None:
        self._whole = whole
        self._end = 0.0

    def begin(self) -> None:
        """From now on the whole time of a visit runs."""
        self._end = time.monotonic() + self._whole

    def left(self, timeout: float | None) -> float:
        """How long one step may take; raises `httpcore2.ReadTimeout` when no time is left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout
        return left if timeout is None else min(timeout, left)


class Gate(httpcore2.NetworkBackend):
    """Connects to what `addresses` gives of a host, the first that answers.

    `fault` is raised where none does, if it is not to be what the connection raises itself.
    """

    def __init__(
        self,
        addresses: Callable[[str, int], Iterable[str]],
        deadline: Deadline,
        fault: type[Exception] | None = None,
    ) -> None:
        self._addresses = addresses
        self._deadline = deadline
        self._fault = fault
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address of a host that answers."""
        fault: Exception = httpcore2.ConnectError("it has no address")
        try:
            for address in self._addresses(host.strip("[]"), port):
                try:
                    stream = self._sockets.connect_tcp(
                        address, port, self._deadline.left(timeout), local_address, socket_options
                    )
                    return _Line(stream, self._deadline)
                except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                    fault = error
        except OSError as error:
            fault = error
        raise self._fault(str(fault) or "in time") if self._fault else fault


class _Line(httpcore2.NetworkStream):
    """A connection whose every step ends with the visit's time."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes."""
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all bytes."""
        self._stream.write(buffer, self._deadline.left(timeout))

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
        left = self._deadline.left(timeout)
        return _Line(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What is known of the connection."""
        return self._stream.get_extra_info(info)
