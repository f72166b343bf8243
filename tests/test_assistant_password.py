from __future__ import annotations

import threading
import time
import unicodedata
from statistics import median

import pytest

from assistant.password import LEAST, MOST, PasswordError, Passwords, PasswordsBusy

PASSWORD = "Les élèves mangent à midi"


def test_a_password_fits_what_was_kept_of_it():
    passwords = Passwords()
    kept = passwords.hash(PASSWORD)

    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.hash(PASSWORD) != kept
    assert passwords.fits(PASSWORD, kept)
    # From a keyboard that composes letters, and from one that does not.
    assert passwords.fits(unicodedata.normalize("NFD", PASSWORD), kept)
    for other in ("", PASSWORD.lower(), PASSWORD + " ", "\ud800", "x" * 100_000):
        assert not passwords.fits(other, kept)
    assert not passwords.fits(PASSWORD, None)
    assert not passwords.fits(PASSWORD, "damaged")


@pytest.mark.parametrize("password", ["", "x" * (LEAST - 1), "x" * (MOST + 1)])
def test_a_password_that_is_too_short_or_too_long_is_refused(password):
    with pytest.raises(PasswordError, match=f"give ({LEAST}|{MOST}) characters"):
        Passwords().hash(password)


def test_the_time_does_not_tell_whether_there_is_one():
    passwords = Passwords()
    kept = passwords.hash(PASSWORD)

    def taken(hash: str | None) -> float:
        began = time.perf_counter()
        passwords.fits("wrong wrong wrong", hash)
        return time.perf_counter() - began

    pairs = [(taken(kept), taken(None)) for _ in range(9)]

    with_one, without = (median(column) for column in zip(*pairs, strict=True))
    assert 0.5 < with_one / without < 2


def test_few_are_checked_at_once_and_the_others_are_told():
    passwords = Passwords(at_once=1, patience=0.01)
    kept = passwords.hash(PASSWORD)
    outcomes = []

    def check() -> None:
        try:
            outcomes.append(passwords.fits(PASSWORD, kept))
        except PasswordsBusy:
            outcomes.append(None)

    threads = [threading.Thread(target=check) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert True in outcomes
    assert None in outcomes
    assert passwords.fits(PASSWORD, kept)
