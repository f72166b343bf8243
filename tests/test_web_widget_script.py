"""The widget's script as it is served: its addresses, its size, what it may contain."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import shutil
import subprocess
from typing import Any

import pytest
from starlette.testclient import TestClient

from web.assets import Assets, read_assets
from web.messages import read_catalogue
from web.widget import Script, read_widget

SOURCE = read_assets().files["widget.js"]
WIDGET = read_widget(read_assets())
KIB = 1024


def test_the_script_is_at_most_20_kib_compressed(client: TestClient) -> None:
    response = client.get("/widget.js", headers={"accept-encoding": "gzip"})

    assert response.headers["content-encoding"] == "gzip"
    assert int(response.headers["content-length"]) <= 20 * KIB
    assert response.content == SOURCE


@pytest.mark.parametrize("accepted", ["identity", "", "br", "gzip;q=0", "deflate, gzip; q=0.0"])
def test_whoever_does_not_take_gzip_gets_it_plain(client: TestClient, accepted: str) -> None:
    response = client.get("/widget.js", headers={"accept-encoding": accepted})

    assert "content-encoding" not in response.headers
    assert int(response.headers["content-length"]) == len(SOURCE)
    assert response.headers["vary"] == "Accept-Encoding"


def test_any_site_may_load_it_and_keeps_it_for_minutes(client: TestClient) -> None:
    headers = client.get("/widget.js", headers={"origin": "https://any.example"}).headers

    assert headers["content-type"] == "text/javascript; charset=utf-8"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["access-control-allow-origin"] == "*"
    assert headers["cache-control"].startswith("public, max-age=300")
    assert "set-cookie" not in headers


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_what_has_not_changed_is_not_sent_again(client: TestClient, encoding: str) -> None:
    accept = {"accept-encoding": encoding}
    tag = client.get("/widget.js", headers=accept).headers["etag"]

    again = client.get("/widget.js", headers={**accept, "if-none-match": f'W/"other", {tag}'})
    other = client.get("/widget.js", headers={**accept, "if-none-match": '"other"'})

    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert other.status_code == 200


def test_a_version_never_changes_and_its_hash_is_told(client: TestClient) -> None:
    address, integrity = WIDGET.current.address, WIDGET.current.integrity

    response = client.get(address)
    page = client.get("/integrate").text

    assert response.content == SOURCE
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert base64.b64encode(hashlib.sha384(response.content).digest()).decode() in integrity
    assert f'src="http://127.0.0.1:8000{address}"' in page.replace("&#34;", '"')
    assert integrity in page
    assert client.get("/widget.0123456789abcdef.js").status_code == 404


def test_a_released_version_is_served_beside_todays() -> None:
    old = b"// An earlier one.\n"
    name = Script.of(old).address.lstrip("/")

    widget = read_widget(Assets({"widget.js": SOURCE, name: old}, "digest"))

    assert widget.current.content == SOURCE
    assert {script.content for script in widget.versions.values()} == {SOURCE, old}


def test_every_released_version_has_the_name_of_its_content() -> None:
    for name, content in read_assets().files.items():
        if re.fullmatch(r"widget\..+\.js", name):
            assert Script.of(content).address == f"/{name}"


def test_the_compressed_copy_is_the_same_in_every_process() -> None:
    assert gzip.decompress(WIDGET.current.packed) == SOURCE
    assert WIDGET.current.packed == Script.of(SOURCE).packed


def test_nothing_in_it_needs_a_looser_policy() -> None:
    script = SOURCE.decode()

    for danger in (
        "innerHTML",
        "insertAdjacent",
        "document.write",
        "eval(",
        "new Function",
        "import(",
        "<style",
        'setAttribute("style"',
        "localStorage",
        "document.cookie",
    ):
        assert danger not in script, danger


def test_it_speaks_both_languages_alike() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no JavaScript interpreter")
    start = SOURCE.index(b"const WORDS = {")
    table = SOURCE[start : SOURCE.index(b"\n  };", start) + 5]
    words = json.loads(
        subprocess.run(
            [node, "-e", f"{table.decode()}; console.log(JSON.stringify(WORDS))"],
            capture_output=True, check=True, timeout=30,
        ).stdout
    )  # fmt: skip

    french, english = words["fr"], words["en"]
    assert list(french) == list(english)
    for key, sentence in french.items():
        for one, other in zip(_each(sentence), _each(english[key]), strict=True):
            assert set(re.findall(r"\{\w+\}", one)) == set(re.findall(r"\{\w+\}", other)), key
            assert "'" not in one, f"{key}: an apostrophe is ’"
            assert not re.search(r"\w[:;?!](\s|$)", one), f"{key}: a space before {one}"
    # The pages, the API and the widget say the same.
    for language, catalogue in read_catalogue().items():
        assert words[language]["notice"] == catalogue("assistant.notice")
        assert words[language]["title"] == catalogue("assistant.name")


def _each(sentence: Any) -> list[str]:
    return sentence if isinstance(sentence, list) else [sentence]
