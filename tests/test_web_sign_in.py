"""Signing in and out, and the first run."""

from __future__ import annotations

import time
from http.cookies import SimpleCookie
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from assistant.database import connect, migrate
from assistant.staff import Staff, staff_of
from tests.members import PASSWORD, Clock, Door, fresh_staff
from web.app import create_app

SIGN_IN = "/staff/sign-in"
RIGHT = {"name": "editor", "password": PASSWORD}
PLACES = count(1)
HTTPS = {"base_url": "https://assistant.univ.example"}


def cookie_of(response: Any) -> Any:
    (morsel,) = SimpleCookie(response.headers["set-cookie"]).values()
    return morsel


def test_signing_in_leads_to_where_one_was_going(door: Door) -> None:
    client = door.client()

    page = client.get("/staff/account")
    form = client.get(page.headers["location"])
    assert 'name="next" value="/staff/account"' in form.text
    done = client.post(SIGN_IN, data={**RIGHT, "next": "/staff/account"})

    assert (done.status_code, done.headers["location"]) == (303, "/staff/account")
    assert client.get("/staff/account").status_code == 200
    assert client.get(SIGN_IN).headers["location"] == "/staff/"
    elsewhere = door.client().post(SIGN_IN, data={**RIGHT, "next": "//evil.example"})
    assert elsewhere.headers["location"] == "/staff/"


@pytest.mark.parametrize(
    ("options", "name", "secure"), [({}, "staff", False), (HTTPS, "__Host-staff", True)]
)
def test_the_cookie_is_for_this_host_alone(
    door: Door, options: dict[str, str], name: str, secure: bool
) -> None:
    cookie = cookie_of(door.client(**options).post(SIGN_IN, data=RIGHT))

    assert cookie.key == name
    assert len(cookie.value) >= 43  # 256 bits
    assert bool(cookie["secure"]) is secure
    assert cookie["httponly"]
    assert (cookie["samesite"].lower(), cookie["path"], cookie["domain"]) == ("lax", "/", "")


def test_a_new_session_has_a_new_secret_and_the_old_one_ends(door: Door) -> None:
    client = door.client("reader")
    before = client.cookies["staff"]
    client.cookies.clear()
    client.cookies.set("staff", before, domain="127.0.0.1")

    after = cookie_of(client.post(SIGN_IN, data=RIGHT)).value

    assert after != before
    assert door.staff.sessions.member(before, door.clock()) is None
    assert door.staff.sessions.member(after, door.clock()).name == "editor"  # type: ignore[union-attr]


def test_a_cookie_that_somebody_chose_becomes_no_session(door: Door) -> None:
    client = door.client()
    client.cookies.set("staff", "chosen", domain="127.0.0.1")

    assert cookie_of(client.post(SIGN_IN, data=RIGHT)).value != "chosen"
    assert door.staff.sessions.member("chosen", door.clock()) is None


def test_signing_out_ends_the_session_and_takes_the_cookie_away(door: Door) -> None:
    client = door.client("editor")
    secret = client.cookies["staff"]

    done = client.post("/staff/sign-out")

    assert done.headers["location"] == "/staff/sign-in?done=signed_out"
    assert "Max-Age=0" in done.headers["set-cookie"]
    assert door.staff.sessions.member(secret, door.clock()) is None
    # Again, or after the session has run out.
    assert client.post("/staff/sign-out").headers["location"] == SIGN_IN
    assert "Vous êtes déconnecté" in door.client().get(done.headers["location"]).text


def refused(door: Door, **changes: str) -> Any:
    # Each from another address, so that only names are counted.
    place = (f"198.51.100.{next(PLACES)}", 1)
    return door.client(client=place, **HTTPS).post(SIGN_IN, data={**RIGHT, **changes})


def test_who_may_not_come_in_is_told_the_same_whatever_the_reason(door: Door) -> None:
    door.staff.accounts.disable("reader", door.clock(), "(test)")

    answers = [
        refused(door, password="wrong"),
        refused(door, name="nobody"),
        refused(door, name="reader"),
        refused(door, name="", password=""),
        refused(door, name="x" * 100_000),
    ]

    assert {answer.status_code for answer in answers} == {401}
    told = {answer.text.partition('role="alert">')[2].partition("<")[0] for answer in answers}
    assert len(told) == 1
    assert "n’ouvrent aucun compte" in told.pop()
    assert not any("set-cookie" in answer.headers for answer in answers)


def test_after_ten_tries_a_name_waits_whether_it_is_known_or_not(door: Door) -> None:
    for name in ("editor", "nobody"):
        for _ in range(10):
            assert refused(door, name=name, password="wrong").status_code == 401
        # Also with the right password, in any case.
        late = refused(door, name=name.upper())
        assert late.status_code == 429
        assert late.headers["retry-after"] == "900"
        assert "patientez 15 min" in late.text
    door.clock.turn(minutes=15)
    assert refused(door).status_code == 303


def test_after_ten_tries_an_address_waits_whatever_the_names(door: Door) -> None:
    client = door.client()
    for number in range(10):
        wrong = {"name": f"name {number}", "password": "wrong"}
        assert client.post(SIGN_IN, data=wrong).status_code == 401

    assert client.post(SIGN_IN, data=RIGHT).status_code == 429
    other = door.client(client=("198.51.100.99", 1))
    assert other.post(SIGN_IN, data=RIGHT).status_code == 303


def test_signing_in_often_is_nobodys_guessing(door: Door) -> None:
    for _ in range(25):
        assert door.client().post(SIGN_IN, data=RIGHT).status_code == 303


def test_known_and_unknown_names_take_the_same_time(
    desk: Any, journal: Any, settings: Any, tmp_path: Path
) -> None:
    staff = staff_of(fresh_staff(tmp_path).audit.engine)
    now = Clock()
    staff.accounts.add("marie", "reader", PASSWORD, now(), "(test)")
    door = Door(create_app(desk, journal, settings, clock=now, staff=staff), staff, now)
    times: dict[str, list[float]] = {"marie": [], "nobody": []}

    for _ in range(9):
        for name, taken in times.items():
            began = time.perf_counter()
            assert refused(door, name=name, password="wrong wrong wrong").status_code == 401
            taken.append(time.perf_counter() - began)

    assert 0.6 < median(times["marie"]) / median(times["nobody"]) < 1.7


def test_a_password_is_not_asked_for_without_encryption(door: Door) -> None:
    client = door.client(base_url="http://assistant.univ.example")

    page = client.get(SIGN_IN)
    sent = client.post(SIGN_IN, data=RIGHT)

    assert 'type="password"' not in page.text
    assert "ASSISTANT_PROXIES" in page.text
    assert sent.status_code == 403
    for address in ("http://localhost", "http://127.0.0.1:80", "http://[::1]:8000"):
        assert 'type="password"' in door.client(base_url=address).get(SIGN_IN).text


def test_what_was_typed_is_shown_and_never_runs_nor_the_password(door: Door) -> None:
    payload = '"><script>alert(1)</script>'
    page = refused(door, name=payload, password="canary password").text

    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "canary" not in page


def test_the_pages_speak_the_language_that_was_chosen_last(door: Door) -> None:
    client = door.client("reader")
    assert "Mon compte" in client.get("/staff/account").text

    english = client.get("/staff/account?language=en")

    assert 'lang="en"' in english.text
    assert "My account" in client.get("/staff/account").text
    assert 'href="/staff/account?language=fr"' in client.get("/staff/account?done=password").text


@pytest.fixture
def empty(desk: Any, journal: Any, settings: Any, tmp_path: Path) -> Door:
    """An application where nobody has an account yet."""
    engine = connect(f"sqlite:///{tmp_path}/empty.sqlite3")
    migrate(engine)
    staff: Staff = staff_of(engine)
    clock = Clock()
    return Door(create_app(desk, journal, settings, clock=clock, staff=staff), staff, clock)


def first(code: str, **changes: str) -> dict[str, str]:
    return {"code": code, "name": "Marie", "password": PASSWORD, "again": PASSWORD} | changes


def test_the_first_run_makes_the_first_administrator_and_signs_them_in(empty: Door) -> None:
    code = empty.staff.invitations.make(empty.clock())
    assert code
    client = empty.client()
    way_in = client.get("/staff/")
    assert client.get(way_in.headers["location"]).headers["location"] == "/staff/first-run"
    assert 'name="code"' in client.get("/staff/first-run").text

    done = client.post("/staff/first-run", data=first(code.lower()))

    assert done.status_code == 303
    assert "Votre compte est créé" in client.get(done.headers["location"]).text
    assert client.get("/staff/members").status_code == 200
    # And never again.
    assert client.get("/staff/first-run").headers["location"] == SIGN_IN
    late = empty.client().post("/staff/first-run", data=first(code, name="Jean"))
    assert late.headers["location"] == SIGN_IN
    assert [each.name for each in empty.staff.accounts.all()] == ["Marie"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "AAAA-AAAA-AAAA-AAAA-AAAA"}, "code"),
        ({"code": ""}, "code"),
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"password": "court", "again": "court"}, "password"),
        ({"password": "x" * 257, "again": "x" * 257}, "password"),
        ({"again": "autre chose tout à fait"}, "again"),
    ],
)
def test_a_mistake_in_the_first_run_is_told_at_its_field(
    empty: Door, changes: dict[str, str], field: str
) -> None:
    code = empty.staff.invitations.make(empty.clock())
    assert code

    page = empty.client().post("/staff/first-run", data=first(code) | changes)

    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert f'href="#{field}"' in page.text
    assert PASSWORD not in page.text
    assert not empty.staff.accounts.any()
    assert empty.client().post("/staff/first-run", data=first(code)).status_code == 303


def test_the_code_cannot_be_guessed_for_long(empty: Door) -> None:
    code = empty.staff.invitations.make(empty.clock())
    assert code
    for _ in range(10):
        assert empty.client().post("/staff/first-run", data=first("wrong")).status_code == 422

    late = empty.client().post("/staff/first-run", data=first(code))

    assert late.status_code == 429
    assert int(late.headers["retry-after"]) > 0
