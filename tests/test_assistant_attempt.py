"""Attempts to sign in, on both databases."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from assistant.attempt import MOST, WITHIN, Attempts
from assistant.database import connect, migrate
from tests.conftest import NOW
from tests.databases import fresh_url

SECOND = timedelta(seconds=1)


@pytest.fixture(params=["sqlite", "postgresql"])
def attempts(request, tmp_path):
    engine = connect(fresh_url(request.param, tmp_path))
    migrate(engine)
    yield Attempts(engine)
    engine.dispose()


def test_ten_are_free_and_the_next_one_waits_for_the_first_to_be_forgotten(attempts):
    waits = [attempts.begin(("name marie",), NOW + number * SECOND) for number in range(MOST + 2)]

    assert waits == [0] * MOST + [15 * 60 - MOST, 15 * 60 - MOST - 1]
    assert attempts.begin(("name marie",), NOW + WITHIN - SECOND) == 1
    # One was made at each of the first seconds: one is free again at a time.
    assert attempts.begin(("name marie",), NOW + WITHIN) == 0
    assert attempts.begin(("name marie",), NOW + WITHIN) == 1


def test_no_quarter_of_an_hour_has_more_than_ten(attempts):
    made = [NOW + number * 40 * SECOND for number in range(100)]
    taken = [at for at in made if not attempts.begin(("x",), at)]

    for at in taken:
        assert sum(at <= other < at + WITHIN for other in taken) <= MOST


def test_names_and_addresses_count_each_for_itself(attempts):
    for number in range(MOST):
        assert attempts.begin((f"name {number}", "address a"), NOW) == 0

    assert attempts.begin(("name new", "address a"), NOW) > 0
    assert attempts.begin(("name 1", "address b"), NOW) == 0
    # What had to wait is not counted under the name that was tried with it.
    assert [attempts.begin(("name new",), NOW) for _ in range(MOST)] == [0] * MOST


def test_who_signs_in_is_not_counted(attempts):
    for number in range(3 * MOST):
        at = NOW + number * SECOND
        assert attempts.begin(("name marie", "address a"), at) == 0
        attempts.succeeded("name marie", ("address a",), at)


def test_a_guesser_gains_nothing_by_signing_in_themselves(attempts):
    waits = []
    for number in range(2 * MOST):
        at = NOW + 2 * number * SECOND
        waits.append(attempts.begin(("name victim", "address a"), at))
        if not attempts.begin(("name own", "address a"), at + SECOND):
            attempts.succeeded("name own", ("address a",), at + SECOND)

    assert waits.count(0) == MOST


def test_many_at_once_are_counted_like_one_after_the_other(attempts):
    waits = []
    lock = threading.Lock()

    def attempt(number: int) -> None:
        wait = attempts.begin((f"address {number % 2}", "name marie"), NOW)
        with lock:
            waits.append(wait)

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert waits.count(0) == MOST


def test_nothing_is_kept_for_longer_than_it_counts(attempts):
    for number in range(20):
        attempts.begin((f"address {number}",), NOW)
    attempts.begin(("address x",), NOW + WITHIN + SECOND)

    from assistant.tables import attempts as table

    rows = attempts.read(table.select())
    assert len(rows) == 1
    assert "address" not in str(rows)
