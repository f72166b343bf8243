import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from assistant.presence import Presence, others_than, wait_for_servers

ROOT = Path(__file__).parent.parent
PROGRAM = """
import sys, time
from pathlib import Path
from assistant.presence import Presence
presence = Presence(Path(sys.argv[1]))
presence.tell("old")
print("here", flush=True)
time.sleep(60)
"""


def test_without_a_server_nothing_is_waited_for(tmp_path: Path) -> None:
    assert wait_for_servers("new", tmp_path / "servers", 10) == 0


def test_servers_are_waited_for_until_they_follow(tmp_path: Path) -> None:
    presence = Presence(tmp_path)
    presence.tell("old")
    threading.Timer(0.2, lambda: presence.tell("new")).start()

    assert others_than("new", tmp_path) == 1
    assert wait_for_servers("new", tmp_path, 10) == 0

    presence.close()
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_does_not_follow_is_counted_in_the_end(tmp_path: Path) -> None:
    presence = Presence(tmp_path)
    presence.tell("old")
    began = time.monotonic()

    assert wait_for_servers("new", tmp_path, 0.2) == 1
    assert time.monotonic() - began < 5

    presence.close()


def test_a_server_that_was_killed_is_forgotten(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"here\n"
        assert others_than("new", tmp_path) == 1
        server.send_signal(signal.SIGKILL)

    assert others_than("new", tmp_path) == 0
    assert list(tmp_path.iterdir()) == []
