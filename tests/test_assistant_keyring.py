from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.database import connect, migrate
from assistant.keyring import LONGEST_NAME, KeyRing, KeyRingError, KeyRingUnavailable
from tests.databases import fresh_url

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.fixture(params=["sqlite", "postgresql"])
def ring(request, tmp_path):
    engine = connect(fresh_url(request.param, tmp_path))
    migrate(engine)
    yield KeyRing(engine)
    engine.dispose()


def test_a_key_opens_for_its_holder_until_it_is_revoked(ring):
    secret = ring.add("Site de la faculté", NOW)

    assert ring.holder(secret) == "Site de la faculté"
    ring.revoke("Site de la faculté", LATER)
    assert ring.holder(secret) is None
    (back_end,) = ring.back_ends()
    assert (back_end.added_at, back_end.revoked_at) == (NOW, LATER)


def test_a_secret_is_long_and_never_the_same(ring):
    secrets = {ring.add(f"site {number}", NOW) for number in range(20)}

    assert len(secrets) == 20
    assert all(len(secret) >= 50 for secret in secrets)


@pytest.mark.parametrize("wrong", ["", "assistant_", "assistant_x", "sé\0cret", "x" * 10_000])
def test_anything_else_opens_nothing(ring, wrong):
    secret = ring.add("site", NOW)

    for other in (wrong, secret[:-1], secret + "a", secret.upper(), f"assistant_{wrong}"):
        assert ring.holder(other) is None


def test_only_the_digest_is_kept(tmp_path):
    path = tmp_path / "assistant.sqlite3"
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    secret = KeyRing(engine).add("site", NOW)
    engine.dispose()

    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert secret.encode() not in kept
    assert secret.removeprefix("assistant_").encode() not in kept


def test_a_name_has_one_key_at_a_time(ring):
    first = ring.add("site", NOW)
    with pytest.raises(KeyRingError, match="revoke it first"):
        ring.add(" site ", LATER)
    ring.revoke("site", LATER)
    second = ring.add("site", LATER)

    assert (ring.holder(first), ring.holder(second)) == (None, "site")
    with pytest.raises(KeyRingError, match="'autre' has no key"):
        ring.revoke("autre", LATER)


@pytest.mark.parametrize("name", ["", "  ", "x" * (LONGEST_NAME + 1), "a\x1b[31m"])
def test_a_name_that_cannot_be_read_is_refused(ring, name):
    with pytest.raises(KeyRingError, match="a key needs a name"):
        ring.add(name, NOW)


def test_an_outage_is_none_of_the_holders_fault(tmp_path: Path):
    path = tmp_path / "assistant.sqlite3"
    engine = connect(f"sqlite:///{path}")
    ring = KeyRing(engine, rest=60)  # Its table is not there yet.
    with pytest.raises(KeyRingUnavailable):
        ring.holder("assistant_x")
    migrate(engine)

    with pytest.raises(KeyRingUnavailable, match="a moment ago"):
        ring.holder("assistant_x")
    assert KeyRing(engine).holder("assistant_x") is None
    engine.dispose()
    lock = sqlite3.connect(path)
    lock.execute("DROP TABLE keys")
    lock.close()
    with pytest.raises(KeyRingUnavailable):
        KeyRing(connect(f"sqlite:///{path}")).add("site", NOW)
