"""A university's web site on this machine: pages, a sitemap and rules that a test may change."""

from __future__ import annotations

import hashlib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def page(title: str, words: str) -> bytes:
    return (
        f"<!doctype html><html lang=fr><head><meta charset=utf-8><title>{title}</title></head>"
        f"<body><nav><a href=/>Accueil</a></nav><main><h1>{title}</h1><p>{words}</p></main>"
        "</body></html>"
    ).encode()


@dataclass
class Webmaster:
    """What is at each path: bytes, their type and more headers; or a status with headers."""

    host: str = ""
    pages: dict[str, tuple[int, bytes, dict[str, str]]] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    out: bool = False

    def put(self, path: str, data: bytes, kind: str = "text/html; charset=utf-8") -> str:
        etag = f'"{hashlib.sha256(data).hexdigest()[:12]}"'
        self.pages[path] = (200, data, {"Content-Type": kind, "ETag": etag})
        return self.url(path)

    def answer(self, path: str, status: int, **headers: str) -> str:
        self.pages[path] = (status, b"", headers)
        return self.url(path)

    def list_pages(self, *paths: str, at: str = "/sitemap.xml") -> str:
        places = "".join(f"<url><loc>{self.url(path)}</loc></url>" for path in paths)
        namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
        text = f'<?xml version="1.0"?><urlset xmlns="{namespace}">{places}</urlset>'
        return self.put(at, text.encode(), "application/xml")

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def statuses(self) -> list[tuple[str, int]]:
        """What was asked for since the last look, without the rules for robots."""
        seen = [each for each in self.asked if each[0] != "/robots.txt"]
        self.asked.clear()
        return seen


@contextmanager
def university(certificate: Path | None = None) -> Iterator[Webmaster]:
    """A site that is up for the time of a test; with a certificate, it is asked in secret."""
    master = Webmaster()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            master.agents.add(self.headers["User-Agent"])
            status, data, headers = master.pages.get(self.path, (404, b"", {}))
            if master.out:
                status, data, headers = 503, b"", {}
            elif status == 200 and self.headers["If-None-Match"] == headers.get("ETag", "none"):
                status, data = 304, b""
            master.asked.append((self.path, status))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a visitor who does not like the certificate hangs up

    server = Server(("127.0.0.1", 0), Handler)
    if certificate:
        secret = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        secret.load_cert_chain(certificate)
        # The hand is shaken in the thread of each visit, so that a visitor who leaves stops no one.
        server.socket = secret.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    master.host = f"127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield master
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
