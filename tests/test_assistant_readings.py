from pathlib import Path

import pytest

from assistant.readings import RememberedReader
from corpus.reader import read
from corpus.reading import Reading, UnreadableDocument


class CountingReader:
    def __init__(self) -> None:
        self.count = 0

    def read(self, data: bytes, suffix: str, selector: str | None = None) -> Reading:
        self.count += 1
        return read(data, suffix, selector)


PAGE = b"<main><h1>Stage</h1><p>420 heures</p><p class=a>en juin</p></main>"


def test_the_same_bytes_are_read_once_in_the_same_way(tmp_path: Path) -> None:
    reads = CountingReader()
    first = RememberedReader(tmp_path, reads).read(PAGE, ".html")
    again = RememberedReader(tmp_path, reads).read(PAGE, ".html")
    selected = RememberedReader(tmp_path, reads).read(PAGE, ".html", ".a")

    assert first == again == read(PAGE, ".html")
    assert selected != first
    assert reads.count == 2


def test_a_damaged_memory_is_read_anew(tmp_path: Path) -> None:
    reads = CountingReader()
    whole = RememberedReader(tmp_path, reads).read(PAGE, ".html")
    for damage in (b"", b"{", b'{"elements": 1}', b"[]", b"\xff"):
        for path in tmp_path.glob("*/*"):
            path.write_bytes(damage)
        assert RememberedReader(tmp_path, reads).read(PAGE, ".html") == whole


def test_a_folder_that_cannot_be_written_only_makes_it_slow(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert RememberedReader(tmp_path / "file", CountingReader()).read(PAGE, ".html").elements


def test_a_refusal_is_not_remembered(tmp_path: Path) -> None:
    reads = CountingReader()
    for _ in range(2):
        with pytest.raises(UnreadableDocument):
            RememberedReader(tmp_path, reads).read(b"", ".html")
    assert reads.count == 2
