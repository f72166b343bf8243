"""The integration page, and the examples on it as a reader would run them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from starlette.testclient import TestClient

from web.app import create_app

# Where each example's interpreter is, its file's name and its arguments.
INTERPRETERS = {
    "curl": ("sh", "ask.sh", ()),
    "php": ("php", "ask.php", ()),
    "javascript": ("node", "ask.mjs", ()),
    "python": (sys.executable, "ask.py", ("-I",)),
}


def _block(page: str, id: str) -> str:
    found = re.search(rf'<pre id="{id}"[^>]*><code>(.*?)</code></pre>', page, re.DOTALL)
    assert found is not None
    return unescape(found[1]).strip() + "\n"


@pytest.fixture
def server(desk: Any, journal: Any, settings: Any) -> Iterator[str]:
    app = create_app(desk, journal, settings)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_snippet_names_this_server_and_the_form_without_scripts(
    client: TestClient, language: str
) -> None:
    page = client.get(f"/integrate?language={language}").text

    snippet = _block(page, "snippet")
    script = 'src="http://127.0.0.1:8000/widget.js" data-programme="parcours-cmc" defer>'
    assert script in snippet
    assert '<noscript><a href="http://127.0.0.1:8000/ask?programme=parcours-cmc">' in snippet
    assert client.get("/ask?programme=parcours-cmc").status_code == 200


def test_every_page_leads_to_it(client: TestClient) -> None:
    assert 'href="/integrate"' in client.get("/").text


def test_every_option_of_the_script_is_described(client: TestClient) -> None:
    page = client.get("/integrate").text
    script = client.get("/widget.js").text

    used = set(re.findall(r"(?:options|data)\.([a-z]+)\b", script))
    described = set(re.findall(r"<code>data-([a-z]+)</code>", page))
    assert described == used
    properties = set(re.findall(r"var\((--assistant-[a-z]+)", script)) | {"--assistant-accent"}
    assert set(re.findall(r"<code>(--assistant-[a-z]+)</code>", page)) == properties


@pytest.mark.parametrize("name", INTERPRETERS)
def test_an_example_runs_as_it_is_shown(server: str, tmp_path: Path, name: str) -> None:
    interpreter, file, arguments = INTERPRETERS[name]
    program = shutil.which(interpreter)
    if program is None or (name == "curl" and shutil.which("curl") is None):
        pytest.skip(f"no {name}")
    example = tmp_path / file
    example.write_text(_block(httpx2.get(f"{server}/integrate").text, name), encoding="utf-8")

    done = subprocess.run(
        [program, *arguments, str(example)],
        capture_output=True, timeout=30, cwd=tmp_path, encoding="utf-8", check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "answered" in done.stdout
    assert "420 heures" in done.stdout
