import os
import random
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.analysis import WordAnalyser
from index.build import build
from index.generation import IndexUnavailable, current_name, open_index
from index.manifest import Manifest
from index.store import GenerationDamaged, read_files
from tests.fakes import FakeEncoder, sample_documents

ROOT = Path(__file__).parent.parent
DOCUMENTS = sample_documents()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    build(DOCUMENTS[:3], FakeEncoder(), WordAnalyser(), folder)
    build(DOCUMENTS, FakeEncoder(), WordAnalyser(), folder)
    return folder


def mutations(data: bytes, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for _ in range(18):
        place, bit = chance.randrange(len(data)), chance.randrange(8)
        flipped = bytes((data[place] ^ (1 << bit),))
        yield f"bit {bit} of byte {place}", data[:place] + flipped + data[place + 1 :]
    yield "cut in half", data[: len(data) // 2]
    yield "last byte gone", data[:-1]
    yield "emptied", b""
    yield "a byte more", data + b"\n"
    yield "zeroed", bytes(len(data))


def test_two_hundred_mutations_of_an_index_are_all_noticed(folder: Path) -> None:
    name = current_name(folder)
    assert name
    chance = random.Random(20261124)
    files = [*sorted((folder / "generations" / name).iterdir()), folder / "CURRENT"]
    seen = 0
    for path in files:
        whole = path.read_bytes()
        for what, mutated in [*mutations(whole, chance), ("missing", None)]:
            if mutated is None:
                path.unlink()
            else:
                path.write_bytes(mutated)
            opened = open_index(folder, FakeEncoder(), WordAnalyser())
            assert opened.notes, f"{path.name}: {what}"
            assert (opened.name == name) == (path.name == "CURRENT"), f"{path.name}: {what}"
            assert opened.search(opened.encode("stage"), ["stag"], programme=None, k=1, weight=0.5)
            seen += 1
        path.write_bytes(whole)
    assert seen >= 200
    assert open_index(folder, FakeEncoder(), WordAnalyser()).notes == ()


def test_files_of_another_generation_are_noticed(folder: Path, tmp_path: Path) -> None:
    copied = tmp_path / "index"
    shutil.copytree(folder, copied)
    name = current_name(copied)
    (other,) = (path for path in (copied / "generations").iterdir() if path.name != name)
    for file in ("manifest.json", "vectors.faiss", "passages.jsonl", "bm25-terms.json"):
        path = copied / "generations" / str(name) / file
        whole = path.read_bytes()
        path.write_bytes((other / file).read_bytes())
        assert open_index(copied, FakeEncoder(), WordAnalyser()).name == other.name
        path.write_bytes(whole)


def test_a_manifest_edited_by_hand_is_refused(folder: Path) -> None:
    manifest, _ = read_files(folder, str(current_name(folder)))
    data = manifest.dump()
    assert Manifest.parse(data) == manifest
    for edited in (
        data.replace(b'"fake"', b'"embedded"'),
        data.replace(b": 64", b": 32"),
        data.replace(b"\n ", b"\n  "),
        b"[]",
        b"{}",
        b"\xff",
    ):
        with pytest.raises(ValueError, match=r"manifest|codec|Expecting"):
            Manifest.parse(edited)


@pytest.mark.parametrize("name", ["../../../etc", "", "ABCDEF012345", "0123456789ab/", "x" * 12])
def test_a_pointer_that_names_no_generation_is_no_pointer(tmp_path: Path, name: str) -> None:
    (tmp_path / "CURRENT").write_text(f"{name}\n")
    assert current_name(tmp_path) is None
    with pytest.raises(IndexUnavailable):
        open_index(tmp_path, None, WordAnalyser())


def test_a_generation_that_is_not_there_is_damage(tmp_path: Path) -> None:
    with pytest.raises(GenerationDamaged, match="0123456789ab"):
        read_files(tmp_path, "0123456789ab")


# Kills a build at each of its steps and at random moments. It forks, so that each build starts in
# a millisecond, and runs in a process of its own, where no other thread can be caught by the fork.
KILLS = """
    import os, random, shutil, signal, sys, time
    from pathlib import Path
    from index.analysis import WordAnalyser
    from index.build import build
    from index.generation import open_index
    from tests.fakes import FakeEncoder, changed, sample_documents

    place = Path(sys.argv[1])
    documents = sample_documents()
    after = (changed(documents[0], "420 heures", "560 heures"), *documents[1:])

    def built(folder, listed, progress=None):
        return build(listed, FakeEncoder(), WordAnalyser(), folder, progress=progress)

    def opened(folder):
        return open_index(folder, FakeEncoder(), WordAnalyser())

    built(place / "start", documents[:2])
    old = built(place / "start", documents).generation
    told = []
    shutil.copytree(place / "start", place / "rehearsal")
    begin = time.perf_counter()
    new = built(place / "rehearsal", after, lambda *step: told.append(step)).generation
    lasts = time.perf_counter() - begin
    chance = random.Random(7)
    outcomes = {old: 0, new: 0}
    moments = [chance.uniform(0, lasts) for _ in range(int(sys.argv[2]))]
    for number, moment in enumerate([*range(len(told)), *moments]):
        folder = place / str(number)
        shutil.copytree(place / "start", folder)
        child = os.fork()
        if child == 0:
            count = iter(range(len(told)))
            def kill(*step):
                if next(count) == moment and isinstance(moment, int):
                    os.kill(os.getpid(), signal.SIGKILL)
            built(folder, after, kill)
            os._exit(0)
        if isinstance(moment, float):
            time.sleep(moment)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) or isinstance(moment, float), (moment, status)
        index = opened(folder)
        assert index.notes == (), index.notes
        says = any("560 heures" in passage.text for passage in index.passages)
        assert says == (index.name == new), (moment, index.name)
        outcomes[index.name] += 1
        built(folder, after)
        assert opened(folder).name == new
        left = {path.name for path in (folder / "generations").iterdir()}
        assert left == {old, new}, left
        shutil.rmtree(folder)
    assert all(outcomes.values()), outcomes
    print(sum(outcomes.values()))
"""


def test_a_killed_build_leaves_the_old_generation_or_the_new_one(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLS), str(tmp_path), "36"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 50
