from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from web.body_limit import LIMIT, STAFF_LIMIT

JSON = {"content-type": "application/json"}


def _question(size: int) -> bytes:
    head, tail = b'{"question": "stage", "padding": "', b'"}'
    return head + b"x" * (size - len(head) - len(tail)) + tail


def test_a_body_of_64_kib_is_read_and_one_byte_more_refused(client: TestClient) -> None:
    fits = client.post("/api/v1/ask", content=_question(LIMIT), headers=JSON)
    too_large = client.post("/api/v1/ask", content=_question(LIMIT + 1), headers=JSON)

    assert fits.status_code == 200
    assert too_large.status_code == 413
    assert too_large.headers["content-type"] == "application/problem+json"
    assert "64" in too_large.json()["detail"]


def test_a_body_without_a_length_is_refused_while_it_streams(client: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(1000):
            yield b"x" * 1000

    response = client.post("/api/v1/ask", content=endless(), headers=JSON)

    assert response.status_code == 413


def test_a_declared_length_is_refused_without_reading(client: TestClient) -> None:
    read = _converse(client.app, "/api/v1/ask", [(b"content-length", b"70000")], endless=True)

    assert read.status == 413
    assert read.received == 0
    assert read.headers[b"connection"] == b"close"


def test_streaming_stops_at_the_limit(client: TestClient) -> None:
    read = _converse(client.app, "/api/v1/ask", [(b"transfer-encoding", b"chunked")], endless=True)

    assert read.status == 413
    assert read.received <= LIMIT + 2000


@pytest.mark.parametrize("length", [b"-1", b"abc", b"1e3", b"9" * 400, "²".encode("latin-1")])
def test_a_length_that_is_no_number_is_refused(client: TestClient, length: bytes) -> None:
    assert _converse(client.app, "/api/v1/ask", [(b"content-length", length)]).status == 413


def test_staff_may_send_a_mebibyte(client: TestClient) -> None:
    # No such route here: what gets past the limit is 404.
    for path in ("/api/v1/staff/answers", "/staff/answers"):
        assert client.post(path, content=b"x" * STAFF_LIMIT).status_code == 404
        assert client.post(path, content=b"x" * (STAFF_LIMIT + 1)).status_code == 413
    assert client.post("/api/v1/staffroom", content=b"x" * (LIMIT + 1)).status_code == 413


def test_the_form_of_the_page_has_the_limit_too(client: TestClient) -> None:
    response = client.post("/ask", data={"question": "x" * LIMIT})

    assert response.status_code == 413


class _Conversation:
    status = 0
    received = 0
    headers: dict[bytes, bytes]


def _converse(
    app: Any, path: str, headers: list[tuple[bytes, bytes]], endless: bool = False
) -> _Conversation:
    """Speak ASGI to the app; counts the bytes that it reads."""
    heard = _Conversation()

    async def receive() -> dict[str, Any]:
        heard.received += 1000
        return {"type": "http.request", "body": b"x" * 1000, "more_body": endless}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            heard.status = message["status"]
            heard.headers = dict(message["headers"])

    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(),
        "query_string": b"", "headers": headers, "client": ("127.0.0.1", 1), "scheme": "http",
        "server": ("127.0.0.1", 8000), "root_path": "", "http_version": "1.1",
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    return heard
