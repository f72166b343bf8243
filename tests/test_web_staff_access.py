"""Who may use which route of staff, by what they show; and what another site may not do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import RouteContext, iter_route_contexts
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.member import ROLES
from assistant.store import StaffUnavailable
from tests.houses import House
from tests.members import PASSWORD, Door
from web.staff_access import OPEN, SIGN_OUT, is_staff, own_path, require, rule_of

FORM = "application/x-www-form-urlencoded"
PROXY = ("10.0.0.5", 50000)


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Door]:
    """An application with everything that staff have."""
    house = House(tmp_path)
    yield house.door
    house.close()


def staff_routes(app: FastAPI) -> list[RouteContext]:
    return [each for each in iter_route_contexts(app.routes) if is_staff(str(each.path))]


def requests_of(app: FastAPI) -> list[tuple[str, str, str]]:
    """Each method and address with its rule; whatever an address names, it names `x`."""
    found = []
    for route in staff_routes(app):
        path = str(route.path)
        while "{" in path:
            path = path[: path.index("{")] + "x" + path[path.index("}") + 1 :]
        found += [(method, path, str(rule_of(route))) for method in sorted(route.methods or ())]
    return found


def test_every_route_declares_its_rule(whole: Door) -> None:
    routes = staff_routes(whole.app)

    assert len(routes) > 50
    assert [route.path for route in routes if rule_of(route) is None] == []
    assert {route.path for route in routes if rule_of(route) == "anybody"} == OPEN


def test_a_route_that_declares_none_is_found_out(door: Door) -> None:
    inner, outer = APIRouter(), APIRouter(prefix="/api/v1")
    inner.get("/staff/open")(lambda: "everybody's")
    inner.get("/staff/closed")(lambda member: member)
    ruled = APIRouter(prefix="/staff", dependencies=[Depends(require("editor"))])
    ruled.get("/ruled")(lambda: "editors'")
    outer.include_router(inner)
    outer.include_router(ruled)
    door.app.include_router(outer)
    door.app.router.routes.append(Route("/staff/raw", lambda request: None))

    rules = {str(route.path): rule_of(route) for route in staff_routes(door.app)}

    without = [path for path, rule in rules.items() if rule is None]
    assert without == ["/api/v1/staff/open", "/api/v1/staff/closed", "/staff/raw"]
    assert rules["/api/v1/staff/ruled"] == "editor"


@pytest.mark.parametrize("means", ["session", "token"])
def test_every_route_is_open_to_its_roles_alone(whole: Door, means: str) -> None:
    wrong = []
    for method, path, rule in requests_of(whole.app):
        for role in (None, *ROLES):
            client = whole.client(role if means == "session" else None)
            headers = whole.bearer(role) if role and means == "token" else {}
            if method != "GET":
                kind = "application/json" if path.startswith("/api/") else FORM
                headers["content-type"] = kind
            status = client.request(method, path, headers=headers).status_code
            allowed = rule == "anybody" or (
                role is not None and ROLES.index(role) >= ROLES.index(rule)  # type: ignore[arg-type]
            )
            if role is None and rule != "anybody":
                page = method == "GET" and not path.startswith("/api/")
                good = status == (303 if page or path == SIGN_OUT else 401)
            elif allowed:
                good = status not in (401, 403) and status < 500
                # A form without a name and a password opens nothing.
                good = good or (path == "/staff/sign-in" and status == 401)
            else:
                good = status == 403
            if not good:
                wrong.append((method, path, rule, role, status))
    assert wrong == []


def test_the_api_answers_with_problems_and_pages_with_the_way_in(door: Door) -> None:
    stranger = door.client()

    api = stranger.get("/api/v1/staff/nothing")
    page = stranger.get("/staff/audit?subject=a%20b")
    form = stranger.post("/staff/member/disable", data={"name": "editor"})

    assert api.status_code == 401
    assert api.headers["content-type"] == "application/problem+json"
    assert api.headers["www-authenticate"].startswith("Bearer")
    assert api.json()["type"].endswith("#problem-sign-in-needed")
    assert page.status_code == 303
    assert page.headers["location"] == ("/staff/sign-in?next=%2Fstaff%2Faudit%3Fsubject%3Da%2520b")
    # A form is kept where it was typed.
    assert form.status_code == 401
    assert "rien n’est perdu" in form.text
    known = door.client("reader")
    assert known.get("/api/v1/staff/nothing").status_code == 404
    refused = known.get("/staff/members")
    assert refused.status_code == 403
    assert "Réservé aux administrateurs" in refused.text


@pytest.mark.parametrize("path", ["/staff/account", "/staff/nothing", "/staff/members", "/staff/x"])
def test_nothing_of_staff_is_kept_or_framed(door: Door, path: str) -> None:
    for client in (door.client(), door.client("reader"), door.client("administrator")):
        headers = client.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"


HOSTILE = {
    "cross-site": {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
    "same-site": {"sec-fetch-site": "same-site", "origin": "http://evil.127.0.0.1:8000"},
    "typed": {"sec-fetch-site": "none"},
    "null origin": {"origin": "null"},
    "null origin, same origin": {"sec-fetch-site": "same-origin", "origin": "null"},
    "no header": {},
    "other port": {"origin": "http://127.0.0.1:8001"},
    "other scheme": {"origin": "https://127.0.0.1:8000"},
    "prefix": {"origin": "http://127.0.0.1:80001"},
    "text/plain": {"sec-fetch-site": "same-origin", "content-type": "text/plain"},
    "multipart": {
        "sec-fetch-site": "same-origin",
        "content-type": "multipart/form-data; boundary=x",
    },
    "no type": {"sec-fetch-site": "same-origin", "content-type": ""},
}


@pytest.mark.parametrize("headers", HOSTILE.values(), ids=HOSTILE)
def test_what_another_site_could_send_changes_nothing(whole: Door, headers: dict[str, str]) -> None:
    secret = whole.client("administrator").cookies["staff"]
    taken = []
    for method, path, rule in requests_of(whole.app):
        if method == "GET":
            continue
        client = TestClient(
            whole.app, base_url="http://127.0.0.1:8000", follow_redirects=False,
            client=("127.0.0.1", 50000), cookies={"staff": secret},
        )  # fmt: skip
        kind = "application/json" if path.startswith("/api/") else FORM
        response = client.request(
            method, path, headers={"content-type": kind} | headers, content=b"name=reader"
        )
        if response.status_code not in (403, 415):
            taken.append((method, path, rule, response.status_code))

    assert taken == []
    assert whole.staff.sessions.member(secret, whole.clock()) is not None
    assert len(whole.staff.audit.latest(9)) == len(whole.staff.accounts.all())


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://127.0.0.1:8000"}]
)
def test_our_own_pages_change_things(door: Door, headers: dict[str, str]) -> None:
    client = door.client("administrator")
    del client.headers["sec-fetch-site"]

    done = client.post("/staff/member/disable", data={"name": "editor"}, headers=headers)

    assert done.status_code == 303
    assert door.staff.accounts.named("editor").disabled_at is not None  # type: ignore[union-attr]


def test_a_token_needs_no_origin(door: Door) -> None:
    client = TestClient(door.app, base_url="http://127.0.0.1:8000", follow_redirects=False)
    headers = door.bearer("administrator") | {"sec-fetch-site": "cross-site"}

    done = client.post("/staff/member/disable", data={"name": "editor"}, headers=headers)

    assert done.status_code == 303
    assert door.staff.audit.latest(1)[0].account == "administrator"


@pytest.mark.parametrize("token", ["", "staff_nothing", "x" * 9999, "staff_é"])
def test_a_token_that_opens_nothing_is_told_so(door: Door, token: str) -> None:
    # Also beside a cookie that would open: what was meant is what was shown.
    headers = {"authorization": f"Bearer {token}".encode()}
    response = door.client("administrator").get("/api/v1/staff/x", headers=headers)

    assert response.status_code == 401
    assert response.json()["type"].endswith("#problem-token-unknown")


def test_a_key_of_a_back_end_opens_nothing_of_staff(door: Door) -> None:
    headers = {"authorization": "Bearer assistant_key"}
    assert door.client().get("/api/v1/staff/x", headers=headers).status_code == 401


def test_a_session_ends_by_the_clock_and_by_an_administrator(door: Door) -> None:
    client = door.client("reader")
    door.clock.turn(minutes=29)
    assert client.get("/staff/account").status_code == 200
    door.clock.turn(minutes=31)
    assert client.get("/staff/account").status_code == 303

    client = door.client("reader")
    assert client.get("/staff/account").status_code == 200
    admin = door.client("administrator")
    admin.post("/staff/member/disable", data={"name": "reader"})
    assert client.get("/staff/account").status_code == 303


def test_an_outage_is_a_503_on_pages_and_on_the_api(door: Door) -> None:
    door.staff.audit.engine.dispose()
    client, headers = door.client("reader"), door.bearer("reader")
    with door.staff.sessions.writing() as connection:
        connection.exec_driver_sql("DROP TABLE sessions")
        connection.exec_driver_sql("ALTER TABLE tokens RENAME TO lost")

    page = client.get("/staff/account")
    api = door.client().get("/api/v1/staff/x", headers=headers)

    assert (page.status_code, api.status_code) == (503, 503)
    assert int(api.headers["retry-after"]) > 0
    assert api.json()["type"].endswith("#problem-staff-out")
    # Candidates are answered all the same.
    asked = door.client().post("/api/v1/ask", json={"question": "stage"})
    assert asked.status_code == 200
    with pytest.raises(StaffUnavailable):
        door.staff.sessions.member("x", door.clock())


def proxied(door: Door, *names: str, header: str = "X-Remote-User", **options: Any) -> TestClient:
    client = door.client(**{"client": PROXY} | options)
    client.headers = [*client.headers.multi_items(), *((header, name) for name in names)]
    return client


@pytest.mark.settings(staff_header="X-Remote-User", proxies="10.0.0.5")
def test_the_universitys_proxy_says_who_it_is(door: Door) -> None:
    assert "editor" in proxied(door, "Editor").get("/staff/account").text
    assert proxied(door, "reader").get("/staff/members").status_code == 403
    signed_in = proxied(door, "administrator").get("/staff/sign-in?next=/staff/audit")
    assert signed_in.headers["location"] == "/staff/audit"
    # It is sent by a browser's own means: other sites are refused as with a cookie.
    client = proxied(door, "administrator")
    client.headers["sec-fetch-site"] = "cross-site"
    assert client.post("/staff/member/disable", data={"name": "editor"}).status_code == 403
    assert proxied(door).get("/staff/account").status_code == 303


@pytest.mark.settings(staff_header="X-Remote-User", proxies="10.0.0.5")
def test_nobody_else_can_say_so(door: Door) -> None:
    for client in (
        proxied(door, "administrator", client=("10.0.0.6", 1)),
        proxied(door, "administrator", client=("127.0.0.1", 1)),
        proxied(door, "administrator", header="X_Remote_User"),
        proxied(door, "administrator", header="X-Remote-Users"),
    ):
        client.headers["x-forwarded-for"] = "10.0.0.5"
        assert client.get("/staff/account").status_code == 303

    for names in (["nobody"], ["reader", "administrator"], ["administrator, x"], ["x" * 5000]):
        page = proxied(door, *names).get("/staff/account")
        assert page.status_code == 403, names
        assert "aucun compte ouvert" in page.text
    door.staff.accounts.disable("reader", door.clock(), "(test)")
    assert proxied(door, "reader").get("/staff/account").status_code == 403


@pytest.mark.settings(proxies="10.0.0.5")
def test_without_the_setting_no_header_is_believed(door: Door) -> None:
    assert proxied(door, "administrator").get("/staff/account").status_code == 303


def test_without_staff_there_is_nothing_to_sign_in_to(client: TestClient) -> None:
    for path in ("/staff", "/staff/", "/staff/sign-in", "/api/v1/staff/questions"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("/staff/answers?x=1#y", True),
        ("/staff", True),
        ("https://evil.example/staff/", False),
        ("//evil.example/staff/", False),
        ("/\\evil.example/staff/", False),
        ("/staff/\\..\\..", False),
        ("/staffing", False),
        ("/", False),
        ("", False),
        ("javascript:alert(1)", False),
        ("/staff/\r\nSet-Cookie: x=y", False),
        ("/staff/sign-in?next=/staff/sign-in", False),
        ("http://[", False),
    ],
)
def test_after_signing_in_one_stays_here(address: str, taken: bool) -> None:
    assert own_path(address) == (address if taken else "/staff/")


def test_logs_have_no_names_and_no_secrets(door: Door) -> None:
    with structlog.testing.capture_logs() as events:
        client = door.client("editor")
        client.post("/staff/sign-in", data={"name": "canary", "password": PASSWORD})
        client.get("/staff/account?canary=canary")
        client.post("/staff/account/token")

    assert "canary" not in json.dumps(events, default=str)
