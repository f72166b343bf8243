"""A proxy on this machine, as a university's is: whatever it is asked for, it leads to one site."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass
class WayOut:
    """What it was asked for, and the status it refuses with, if it does."""

    address: str = ""
    asked: list[str] = field(default_factory=list)
    refuses: int = 0


@contextmanager
def way_out(site: str) -> Iterator[WayOut]:
    """A proxy that is up for the time of a test and leads to `site`, a host with its port."""
    own = WayOut()
    place = (site.rpartition(":")[0], int(site.rpartition(":")[2]))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            own.asked.append(f"{self.command} {self.path}")
            if own.refuses:
                return self._refuse()
            asked = urlsplit(self.path)
            # The host of the address counts, not that of the header (RFC 9112, 3.2.2).
            headers = {**self.headers, "Host": asked.netloc}
            line = HTTPConnection(site)
            line.request("GET", asked.path, headers=headers)
            answer = line.getresponse()
            data = answer.read()
            line.close()
            self.send_response(answer.status)
            for name, said in answer.getheaders():
                self.send_header(name, said)
            self.end_headers()
            self.wfile.write(data)

        def do_CONNECT(self) -> None:
            own.asked.append(f"{self.command} {self.path}")
            if own.refuses:
                return self._refuse()
            with socket.create_connection(place) as line:
                self.send_response(200, "Connection established")
                self.end_headers()
                ends = {self.connection: line, line: self.connection}
                while True:
                    for end in select.select(list(ends), (), ())[0]:
                        data = end.recv(65536)
                        if not data:
                            self.close_connection = True
                            return None
                        ends[end].sendall(data)

        def _refuse(self) -> None:
            self.send_response(own.refuses)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    own.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield own
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
