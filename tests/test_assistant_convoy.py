import threading
import time

import pytest

from assistant.convoy import Convoy


class Disk:
    """Keeps what it is given, slowly; refuses a letter and, while it is out, everything."""

    def __init__(self, refused=""):
        self.convoys = []
        self.out = False
        self._refused = refused
        self.busy = threading.Event()
        self.free = threading.Event()
        self.free.set()

    def __call__(self, items):
        self.busy.set()
        self.free.wait(10)
        if self.out:
            raise OSError("out")
        if self._refused in items:
            raise ValueError(f"{self._refused} is refused")
        self.convoys.append(sorted(items))


def sent_while_the_first_is_written(disk, items):
    """The items in threads of their own, behind `first`; what each of them raised."""
    raised = {}
    convoy = Convoy(disk)

    def send(item):
        try:
            convoy(item)
        except Exception as error:
            raised[item] = str(error)

    disk.free.clear()
    threads = [threading.Thread(target=send, args=(item,)) for item in ("first", *items)]
    threads[0].start()
    assert disk.busy.wait(10)
    for thread in threads[1:]:
        thread.start()
    deadline = time.monotonic() + 10
    while len(convoy._waiting) < len(items):
        assert time.monotonic() < deadline
        time.sleep(0.001)
    disk.free.set()
    for thread in threads:
        thread.join(10)
    return raised


def test_one_alone_does_not_wait_for_others():
    disk = Disk()
    Convoy(disk)("a")
    assert disk.convoys == [["a"]]


def test_those_that_come_while_one_is_written_go_together():
    disk = Disk()
    assert sent_while_the_first_is_written(disk, "abcd") == {}
    assert disk.convoys == [["first"], ["a", "b", "c", "d"]]


def test_one_that_is_refused_spoils_no_other():
    disk = Disk(refused="b")
    assert sent_while_the_first_is_written(disk, "abc") == {"b": "b is refused"}
    assert sorted(disk.convoys) == [["a"], ["c"], ["first"]]


def test_an_outage_is_told_to_everybody_and_passes():
    disk = Disk()
    disk.out = True
    raised = sent_while_the_first_is_written(disk, "ab")
    assert raised == {"first": "out", "a": "out", "b": "out"}
    disk.out = False
    Convoy(disk)("c")
    assert disk.convoys == [["c"]]


def test_what_is_refused_alone_is_refused_to_its_writer():
    with pytest.raises(ValueError, match="b is refused"):
        Convoy(Disk(refused="b"))("b")
