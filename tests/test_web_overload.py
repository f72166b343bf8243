from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
from starlette.testclient import TestClient

from web.messages import read_catalogue
from web.overload import Overload
from web.problem import Problems


def test_past_what_can_be_taken_callers_are_told_to_come_back() -> None:
    asked = threading.Semaphore(0)
    answer = threading.Event()

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        asked.release()
        await anyio.to_thread.run_sync(answer.wait)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    problems = Problems(read_catalogue(), page=lambda *_: None)  # type: ignore[arg-type,return-value]
    client = TestClient(Overload(slow, problems, at_once=2))
    with ThreadPoolExecutor() as threads:
        waiting = [threads.submit(client.post, "/api/v1/ask") for _ in range(2)]
        for _ in waiting:
            assert asked.acquire(timeout=5)
        began = time.monotonic()
        refused = client.post("/api/v1/ask")
        answer.set()

        assert refused.status_code == 503
        assert refused.headers["retry-after"] == "2"
        assert time.monotonic() - began < 2
        assert [each.result().status_code for each in waiting] == [200, 200]
        assert client.post("/api/v1/ask").status_code == 200
