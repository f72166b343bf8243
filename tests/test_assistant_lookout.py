import threading

from assistant.lookout import Lookout


def test_a_lookout_looks_until_it_is_closed():
    looked = threading.Semaphore(0)
    lookout = Lookout("test", 0.001, looked.release)
    lookout.start()
    assert all(looked.acquire(timeout=10) for _ in range(3))
    lookout.close()
    while looked.acquire(blocking=False):
        pass
    assert not looked.acquire(timeout=0.02)


def test_what_a_look_raises_is_told_and_the_next_one_comes():
    told, twice = [], threading.Event()

    def fail():
        raise OSError(f"look {len(told)}")

    def hear(error):
        told.append(str(error))
        if len(told) == 2:
            twice.set()

    lookout = Lookout("test", 0.001, fail, hear)
    lookout.start()
    assert twice.wait(10)
    lookout.close()
    assert told[:2] == ["look 0", "look 1"]


def test_one_that_never_began_is_closed_at_once():
    Lookout("test", 3600, lambda: None).close()
