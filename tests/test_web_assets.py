from __future__ import annotations

import re

from starlette.testclient import TestClient

from web.assets import read_assets


def test_assets_are_cached_for_ever_under_the_address_of_their_content(client: TestClient) -> None:
    addresses = set(re.findall(r'"(/static/[^"]+)"', client.get("/ask").text))

    assert {address.rpartition("/")[2] for address in addresses} >= {"page.css", "home.js"}
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_another_versions_address_is_served_but_not_kept(client: TestClient) -> None:
    response = client.get("/static/0000000000000000/home.js")

    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"


def test_nothing_but_the_packaged_files_is_served(client: TestClient) -> None:
    for name in ("nothing.css", "..%2fapp.py", "%2e%2e/app.py", "../messages.toml", ""):
        assert client.get(f"/static/0/{name}").status_code == 404


# The widget keeps its conversation in the tab, once it was opened; the pages of staff keep that
# single keys were turned off, on that device.
KEPT = {("widget.js", "sessionStorage"), ("staff.js", "localStorage")}


def test_scripts_set_text_and_never_html() -> None:
    for name, content in read_assets().files.items():
        if name.endswith(".js"):
            script = content.decode()
            for danger in (
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
            ):
                assert danger not in script, name
            for store in ("localStorage", "sessionStorage", "document.cookie", "indexedDB"):
                assert store not in script or (name, store) in KEPT, name


def test_nothing_is_loaded_from_elsewhere() -> None:
    for name, content in read_assets().files.items():
        addresses = re.findall(rb"https?://[^\s\"')]+", content)

        assert set(addresses) <= {b"http://www.w3.org/2000/svg"}, name
