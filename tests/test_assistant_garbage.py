import gc

import pytest

from assistant.garbage import put_off


@pytest.fixture(autouse=True)
def _thawed():
    yield
    gc.unfreeze()


def test_nothing_is_looked_through_while_a_server_is_made_nor_what_it_holds_later() -> None:
    frozen = gc.get_freeze_count()
    with put_off():
        assert not gc.isenabled()
        kept = [[number] for number in range(1000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= frozen + len(kept)


def test_a_start_that_fails_leaves_it_on() -> None:
    with pytest.raises(OSError, match="no disk"), put_off():
        raise OSError("no disk")
    assert gc.isenabled()
