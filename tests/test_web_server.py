from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from web.server import serve

ROOT = Path(__file__).parent.parent
PROGRAM = """
import sys, time
from fastapi import FastAPI
from web.server import serve

app = FastAPI()

@app.get("/slow")
def slow() -> str:
    time.sleep(1)
    return "done"

sys.exit(serve(app, host="127.0.0.1", port=int(sys.argv[1])))
"""


def test_a_port_in_use_is_one_line_and_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert serve(FastAPI(), host="127.0.0.1", port=port) == 1

    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert f"Port {port} of 127.0.0.1 is in use" in error


@pytest.mark.parametrize(
    ("host", "words"),
    [("203.0.113.9", "no address of this machine"), ("nowhere.invalid", "no such address")],
)
def test_an_address_that_is_not_ours_is_one_line(
    capsys: pytest.CaptureFixture[str], host: str, words: str
) -> None:
    assert serve(FastAPI(), host=host, port=0) == 1

    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert words in error


def test_what_is_under_way_is_finished_before_the_server_stops() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(port)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    ) as server:  # fmt: skip
        try:
            assert server.stdout is not None
            assert '"serving"' in server.stdout.readline()
            with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
                request = client.build_request("GET", "/slow")
                timer = _in(0.4, server.pid)
                response = client.send(request)
                timer.wait()
            out, error = server.communicate(timeout=10)
        finally:
            server.kill()

    assert response.json() == "done"
    assert server.returncode == 0
    assert error == ""
    assert '"stopped"' in out
    assert "127.0.0.1" not in out


def _in(seconds: float, pid: int) -> subprocess.Popen[bytes]:
    program = f"import os, time; time.sleep({seconds}); os.kill({pid}, {int(signal.SIGTERM)})"
    return subprocess.Popen([sys.executable, "-S", "-c", program])
