"""The server: listens, serves until it is told to stop, and finishes what is under way."""

from __future__ import annotations

import errno
import signal
import socket
import sys
from collections.abc import Callable

import structlog
import uvicorn
from fastapi import FastAPI
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from web.log import configure_logging

GRACE = 25  # seconds for requests under way; orchestrators kill after 30
_BACKLOG = 2048
_log = structlog.get_logger("web")


def serve(
    app: FastAPI | str,
    *,
    host: str,
    port: int,
    log_level: str = "info",
    workers: int = 1,
    listening: Callable[[str], None] = lambda url: None,
) -> int:
    """Serve until SIGINT or SIGTERM; the exit code: 1, with one line on standard error, when the
    address cannot be listened on. Port 0 takes a free one; the log says which, and `listening` is
    called with the address.

    For several worker processes `app` is "module:function", which makes it in each of them and
    sets up its logs.
    """
    try:
        listener = _listen(host, port)
    except OSError as error:
        sys.stderr.write(_refusal(error, host, port) + "\n")
        return 1
    configure_logging(log_level)
    config = uvicorn.Config(
        app,
        factory=isinstance(app, str),
        workers=workers,
        log_config=None,
        access_log=False,
        server_header=False,
        # Which proxy is believed is decided by `ClientAddress` alone.
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE,
    )
    listening(_url(listener))
    if workers > 1:
        return _supervise(config, listener)
    server = uvicorn.Server(config)
    # The server raises the signal again once it has stopped: by then there is nothing to end.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    _log.info("serving", url=_url(listener))
    try:
        server.run(sockets=[listener])
    finally:
        listener.close()
    _log.info("stopped")
    return 0 if server.started else 1


def _supervise(config: uvicorn.Config, listener: socket.socket) -> int:
    """Keep the workers running on one listener."""
    _log.info("serving", url=_url(listener), workers=config.workers)
    supervisor = Multiprocess(config, sockets=[listener])
    try:
        supervisor.run()
    finally:
        listener.close()
    _log.info("stopped")
    failed = any(process.exitcode == STARTUP_FAILURE for process in supervisor.processes)
    return 1 if failed else 0


def _listen(host: str, port: int) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    # asyncio sets TCP_NODELAY only where the protocol is named; without it each request of a
    # connection kept alive waits some 40 ms for a delayed acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        # Listening now: two servers may bind one address, only one can listen on it.
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def _refusal(error: OSError, host: str, port: int) -> str:
    if isinstance(error, socket.gaierror):
        return (
            f"Cannot listen on {host!r}: no such address. Give --host an address of this machine."
        )
    match error.errno:
        case errno.EADDRINUSE:
            return f"Port {port} of {host} is in use: stop what uses it, or choose another --port."
        case errno.EACCES:
            return f"Port {port} is reserved for the system: choose a --port from 1024."
        case errno.EADDRNOTAVAIL:
            return f"{host} is no address of this machine: choose another --host."
    return f"Cannot listen on {host}, port {port}: {error.strerror}."


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
