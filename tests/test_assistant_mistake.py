import errno

from assistant.mistake import Mistake, told
from assistant.settings import SettingsError
from assistant.shelf import IngestionError
from index.build import BuildInProgress
from index.encoder import EncoderUnavailable
from index.generation import IndexDamaged


def test_what_the_user_can_put_right_is_one_line() -> None:
    for error in (
        IngestionError("two\nlines"),
        SettingsError("two\nlines"),
        BuildInProgress("two\nlines"),
        EncoderUnavailable("two\nlines"),
        IndexDamaged("two\nlines"),
        FileNotFoundError("two\nlines"),
    ):
        mistake = told(error)
        assert (str(mistake), mistake.code) == ("two lines", 1)


def test_the_system_s_own_errors_name_the_file() -> None:
    full = OSError(errno.ENOSPC, "No space left on device", "/var/index/CURRENT")

    assert str(told(full)) == "/var/index/CURRENT: No space left on device"


def test_a_mistake_keeps_its_exit_code() -> None:
    assert told(Mistake("empty", code=2)).code == 2


def test_a_fault_of_the_program_is_none() -> None:
    for error in (KeyError("stage"), ValueError("stage"), RuntimeError("stage")):
        assert told(error) is None
