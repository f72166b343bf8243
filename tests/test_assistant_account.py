"""Accounts, their sessions and tokens, and what they changed, on both databases."""

from __future__ import annotations

import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.account import LONGEST_NAME, Account, AccountError
from assistant.audit import TERMINAL
from assistant.database import connect
from assistant.member import Member
from assistant.password import PasswordError
from assistant.session import IDLE, IN_ALL
from assistant.staff import staff_of
from assistant.store import StaffUnavailable
from tests.conftest import NOW
from tests.databases import fresh_url
from tests.members import PASSWORD, fresh_staff

LATER = NOW + timedelta(minutes=5)
OTHER = "une autre phrase assez longue"


@pytest.fixture(params=["sqlite", "postgresql"])
def staff(request, tmp_path):
    staff = fresh_staff(tmp_path, fresh_url(request.param, tmp_path))
    yield staff
    staff.audit.engine.dispose()


def actions(staff, **chosen):
    return [(each.account, each.action, each.subject) for each in staff.audit.latest(50, **chosen)]


def test_an_account_opens_with_its_password_alone(staff):
    made = staff.accounts.add("  Marie   Le Goff ", "editor", PASSWORD, NOW, TERMINAL, ["b", "a"])

    assert made == Account("Marie Le Goff", "editor", ("a", "b"), True, NOW, None)
    assert staff.accounts.named("marie le goff") == made
    member = Member("Marie Le Goff", "editor", ("a", "b"))
    assert staff.accounts.verified("MARIE LE GOFF", PASSWORD) == member
    for name, password in (
        ("Marie Le Goff", OTHER), ("Marie", PASSWORD), ("", ""), ("\0", PASSWORD),
        ("x" * 9999, "x" * 9999), ("é\ud800", "\ud800"),
    ):  # fmt: skip
        assert staff.accounts.verified(name, password) is None
    assert actions(staff)[0] == (TERMINAL, "account.added", "account:Marie Le Goff")
    assert staff.audit.latest(1)[0].detail == {"role": "editor", "programmes": ["a", "b"]}


@pytest.mark.parametrize("name", ["", " ", "x" * (LONGEST_NAME + 1), "a\x1b[31m", "(terminal)"])
def test_a_name_that_cannot_be_read_is_refused(staff, name):
    with pytest.raises(AccountError, match="an account needs a name"):
        staff.accounts.add(name, "reader", PASSWORD, NOW, TERMINAL)


def test_what_cannot_be_made_or_changed_is_told(staff):
    people = staff.accounts
    with pytest.raises(AccountError, match="'editor' has an account already") as taken:
        people.add("EDITOR", "reader", PASSWORD, NOW, TERMINAL)
    assert taken.value.reason == "taken"
    with pytest.raises(AccountError, match="'king' is no role: give reader, editor or admin"):
        people.add("new", "king", PASSWORD, NOW, TERMINAL)
    with pytest.raises(AccountError, match="name at least one programme"):
        people.add("new", "editor", PASSWORD, NOW, TERMINAL, [])
    with pytest.raises(PasswordError, match="too short: give 12"):
        people.add("new", "editor", "court", NOW, TERMINAL)
    for change in (
        lambda: people.disable("nobody", NOW, TERMINAL),
        lambda: people.set_role("nobody", "reader", NOW, TERMINAL),
        lambda: people.set_password("nobody", PASSWORD, NOW, TERMINAL),
    ):
        with pytest.raises(AccountError, match="'nobody' has no account: see") as unknown:
            change()
        assert unknown.value.reason == "unknown"
    assert people.named("new") is None
    assert len(actions(staff)) == 3


def test_a_disabled_account_is_out_at_once_and_comes_back_without_its_sessions(staff):
    session = staff.sessions.begin("editor", NOW)
    token = staff.tokens.add("editor", NOW, "editor")
    assert staff.sessions.member(session, NOW) == staff.tokens.member(token) == Member(
        "editor", "editor"
    )  # fmt: skip

    staff.accounts.disable("editor", LATER, "administrator")
    staff.accounts.disable("editor", LATER, "administrator")

    assert staff.sessions.member(session, LATER) is None
    assert staff.tokens.member(token) is None
    assert staff.accounts.verified("editor", PASSWORD) is None
    with pytest.raises(AccountError, match="no account that opens"):
        staff.tokens.add("editor", LATER, TERMINAL)
    staff.accounts.enable("editor", LATER, "administrator")
    assert staff.sessions.member(session, LATER) is None
    assert staff.tokens.member(token) is None
    assert staff.accounts.verified("editor", PASSWORD) == Member("editor", "editor")
    assert actions(staff)[:3] == [
        ("administrator", "account.enabled", "account:editor"),
        ("administrator", "account.disabled", "account:editor"),
        ("editor", "token.added", "account:editor"),
    ]


def test_a_role_and_programmes_are_changed_for_open_sessions_too(staff):
    session = staff.sessions.begin("editor", NOW)

    staff.accounts.set_programmes("editor", ["b", "a", "a"], NOW, "administrator")
    assert staff.sessions.member(session, NOW) == Member("editor", "editor", ("a", "b"))
    staff.accounts.set_role("editor", "reader", NOW, "administrator")
    staff.accounts.set_role("editor", "reader", NOW, "administrator")
    staff.accounts.set_programmes("editor", None, NOW, "administrator")

    assert staff.sessions.member(session, NOW) == Member("editor", "reader")
    programmes, role, first = staff.audit.latest(3)
    assert programmes.detail == {"before": ["a", "b"], "after": None}
    assert role.detail == {"before": "editor", "after": "reader"}
    assert first.detail == {"before": None, "after": ["a", "b"]}


def test_one_administrator_always_remains(staff):
    people = staff.accounts
    for change in (
        lambda: people.disable("administrator", NOW, "administrator"),
        lambda: people.set_role("administrator", "reader", NOW, "administrator"),
    ):
        with pytest.raises(AccountError, match="'administrator' is the last administrator"):
            change()
    people.set_role("editor", "administrator", NOW, "administrator")

    people.disable("administrator", NOW, "editor")

    with pytest.raises(AccountError, match="last"):
        people.disable("editor", NOW, "editor")


def test_two_administrators_who_close_each_others_account_leave_one(staff):
    staff.accounts.set_role("editor", "administrator", NOW, TERMINAL)
    refused = []

    def close(name: str, by: str) -> None:
        try:
            staff.accounts.disable(name, NOW, by)
        except AccountError:
            refused.append(name)

    pairs = (("editor", "administrator"), ("administrator", "editor"))
    threads = [threading.Thread(target=close, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert staff.accounts.named(refused[0]).disabled_at is None


def test_ones_own_new_password_ends_the_other_sessions_alone(staff):
    this, that = (staff.sessions.begin("editor", NOW) for _ in range(2))
    token = staff.tokens.add("editor", NOW, "editor")
    kept = staff.sessions.of("editor", NOW)[0].digest

    staff.accounts.set_password("editor", OTHER, NOW, "editor", kept)

    open_ones = [each for each in (this, that) if staff.sessions.member(each, NOW)]
    assert len(open_ones) == 1
    assert staff.tokens.member(token)
    assert staff.accounts.verified("editor", PASSWORD) is None
    assert staff.accounts.verified("editor", OTHER)
    staff.accounts.set_password("editor", PASSWORD, NOW, "administrator")
    assert staff.sessions.member(open_ones[0], NOW) is None
    assert staff.tokens.member(token) is None


def test_an_account_without_password_opens_with_none(staff):
    made = staff.accounts.add("mlegoff", "reader", None, NOW, TERMINAL)

    assert not made.local
    for password in ("", "None", PASSWORD):
        assert staff.accounts.verified("mlegoff", password) is None


def test_a_session_ends_after_half_an_hour_unused_and_after_eight_in_all(staff):
    secret = staff.sessions.begin("reader", NOW)
    at = NOW
    assert staff.sessions.member(secret, NOW + IDLE) is not None
    assert staff.sessions.member(secret, NOW + 2 * IDLE + timedelta(seconds=1)) is None

    while at < NOW + IN_ALL - IDLE:
        at += timedelta(minutes=29)
        assert staff.sessions.member(secret, min(at, NOW + IN_ALL)) is not None
    assert staff.sessions.member(secret, NOW + IN_ALL + timedelta(seconds=1)) is None
    assert staff.sessions.of("reader", NOW + IN_ALL + timedelta(seconds=1)) == ()


def test_sessions_are_ended_one_by_one_or_all_others(staff):
    first, second, third = (staff.sessions.begin("reader", NOW) for _ in range(3))
    foreign = staff.sessions.begin("editor", NOW)
    (other,) = staff.sessions.of("editor", NOW)

    assert not staff.sessions.end_named("reader", other.digest)
    staff.sessions.end(first)
    staff.sessions.end("nothing")
    staff.sessions.end_others("reader", third)

    known = [staff.sessions.member(each, NOW) is not None for each in (first, second, third)]
    assert known == [False, False, True]
    assert staff.sessions.member(foreign, NOW) is not None


def test_a_new_session_clears_away_those_that_have_run_out(staff):
    staff.sessions.begin("reader", NOW)
    staff.sessions.begin("reader", NOW + IN_ALL + IDLE)

    assert len(staff.sessions.of("reader", NOW)) == 1


@pytest.mark.parametrize("wrong", ["", "staff_", "staff_x", "sé\0cret", "\ud800", "x" * 10_000])
def test_anything_else_opens_nothing(staff, wrong):
    token = staff.tokens.add("editor", NOW, TERMINAL)
    session = staff.sessions.begin("editor", NOW)

    for other in (wrong, token[:-1], token + "a", token.upper(), session):
        assert staff.tokens.member(other) is None
    for other in (wrong, session[:-1], session + "a", token):
        assert staff.sessions.member(other, NOW) is None


def test_tokens_are_listed_by_a_name_that_opens_nothing_and_revoked(staff):
    first = staff.tokens.add("editor", NOW, "editor")
    second = staff.tokens.add("editor", LATER, "editor")
    newest, oldest = staff.tokens.of("editor")
    assert (newest.added_at, oldest.added_at) == (LATER, NOW)
    assert oldest.named not in first

    assert not staff.tokens.revoke("reader", oldest.named, LATER, "reader")
    assert staff.tokens.revoke("editor", oldest.named, LATER, "editor")
    assert not staff.tokens.revoke("editor", oldest.named, LATER, "editor")

    assert (staff.tokens.member(first), staff.tokens.of("editor")) == (None, (newest,))
    assert staff.tokens.member(second)
    assert staff.audit.latest(1)[0].detail == {"token": oldest.named}


def test_the_audit_is_read_in_pages_by_account_and_subject(staff):
    for number in range(7):
        role = ("editor", "reader")[number % 2]
        staff.accounts.set_role("reader", role, NOW, f"admin {number % 2}")
    first = staff.audit.latest(3, subject="account:rea")
    second = staff.audit.latest(3, subject="account:rea", before=first[-1].id)

    assert len(first) == len(second) == 3
    assert max(each.id for each in second) < min(each.id for each in first)
    assert {each.account for each in staff.audit.latest(9, account="admin 0")} == {"admin 0"}
    assert staff.audit.latest(9, subject="%") == ()
    assert staff.audit.actors() == ("(test)", "admin 0", "admin 1")


def test_no_secret_is_kept(tmp_path: Path):
    staff = fresh_staff(tmp_path)
    real = staff_of(staff.audit.engine)
    real.accounts.add("Marie", "editor", "canari-mot-de-passe", NOW, TERMINAL)
    secrets = [staff.sessions.begin("Marie", NOW), staff.tokens.add("Marie", NOW, TERMINAL)]
    staff.audit.engine.dispose()

    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for secret in ("canari-mot-de-passe", *secrets, secrets[1].removeprefix("staff_")):
        assert secret.encode() not in kept


def test_an_outage_is_told_as_one(tmp_path: Path):
    staff = fresh_staff(tmp_path)
    lock = sqlite3.connect(tmp_path / "staff.sqlite3")
    lock.execute("DROP TABLE audit")
    lock.execute("DROP TABLE sessions")
    lock.close()

    with pytest.raises(StaffUnavailable, match="no such table"):
        staff.sessions.member("x", NOW)
    with pytest.raises(StaffUnavailable):
        staff.accounts.add("Marie", "reader", PASSWORD, NOW, TERMINAL)
    assert staff.accounts.named("Marie") is None, "a change is kept with its note, or not at all"
    with pytest.raises(StaffUnavailable):
        staff_of(connect(f"sqlite:///{tmp_path}/empty.sqlite3")).accounts.any()
