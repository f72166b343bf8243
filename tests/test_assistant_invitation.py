"""The code that makes the first administrator, on both databases."""

from __future__ import annotations

import threading

import pytest

from assistant.account import Account, AccountError
from assistant.account_store import Accounts
from assistant.database import connect, migrate
from assistant.invitation import Invitations
from assistant.password import PasswordError
from assistant.secret import new_code, typed
from tests.conftest import NOW
from tests.databases import fresh_url
from tests.members import PASSWORD, QuickPasswords


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path):
    engine = connect(fresh_url(request.param, tmp_path))
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def invitations(engine):
    return Invitations(engine, QuickPasswords())


def test_a_code_opens_once(invitations, engine):
    code = invitations.make(NOW)
    assert invitations.open(code)

    made = invitations.accept(code, "Marie", PASSWORD, NOW)

    assert made == Account("Marie", "administrator", None, True, NOW, None)
    assert not invitations.open(code)
    assert invitations.accept(code, "Jean", PASSWORD, NOW) is None
    assert [each.name for each in Accounts(engine).all()] == ["Marie"]


def test_there_is_none_once_there_is_an_account(invitations, engine):
    code = invitations.make(NOW)
    Accounts(engine, QuickPasswords()).add("Marie", "reader", PASSWORD, NOW, "(test)")

    assert invitations.make(NOW) is None
    assert invitations.accept(code, "Jean", PASSWORD, NOW) is None


def test_a_code_is_read_however_it_is_typed(invitations):
    code = invitations.make(NOW)

    assert invitations.open(f"  {code.lower().replace('-', ' ')} ")
    for wrong in ("", "-", code[:-1], code + "A", code[::-1], "é" * 9999, "\ud800"):
        assert not invitations.open(wrong)


def test_every_server_has_its_own_and_all_end_together(invitations):
    codes = [invitations.make(NOW) for _ in range(3)]
    assert all(invitations.open(code) for code in codes)

    assert invitations.accept(codes[1], "Marie", PASSWORD, NOW)

    assert not any(invitations.open(code) for code in codes)


def test_a_mistake_does_not_use_it_up(invitations):
    code = invitations.make(NOW)

    with pytest.raises(AccountError):
        invitations.accept(code, "", PASSWORD, NOW)
    with pytest.raises(PasswordError):
        invitations.accept(code, "Marie", "court", NOW)
    assert invitations.accept(typed("wrong"), "Marie", PASSWORD, NOW) is None

    assert invitations.accept(code, "Marie", PASSWORD, NOW)


def test_of_two_who_come_at_once_one_is_the_first(invitations, engine):
    codes = [invitations.make(NOW) for _ in range(2)]
    made = []

    def accept(number: int) -> None:
        made.append(invitations.accept(codes[number], f"Marie {number}", PASSWORD, NOW))

    threads = [threading.Thread(target=accept, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made.count(None) == 1
    assert len(Accounts(engine).all()) == 1


def test_codes_cannot_be_guessed_and_are_easy_to_copy():
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    for code in codes:
        assert len(code) == 24
        assert typed(code) == code
        assert not set(code) & set("OILU")
