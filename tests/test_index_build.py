import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.cut import cut
from index.analysis import WordAnalyser
from index.build import BuildInProgress, BuildReport, build
from index.content import sentence_texts
from index.generation import open_index
from index.store import current_name
from tests.fakes import FakeEncoder, changed, sample_documents

DOCUMENTS = sample_documents()
STAGE, ADMISSION, MUSICOLOGY, HOUSING = DOCUMENTS


def built(folder: Path, documents=DOCUMENTS, encoder=None, **options) -> BuildReport:
    return build(documents, encoder or FakeEncoder(), WordAnalyser(), folder, **options)


def generations(folder: Path) -> set[str]:
    return {path.name for path in (folder / "generations").iterdir()}


def test_a_first_build_indexes_every_passage_once(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    report = built(tmp_path, encoder=encoder)
    passages = [passage for document in DOCUMENTS for passage in cut(document)]
    sentences = sum(len(sentence_texts(passage)) for passage in passages)
    assert report.added == tuple(sorted(document.id for document in DOCUMENTS))
    assert (report.changed, report.removed, report.unchanged) == ((), (), False)
    assert report.passages == report.encoded == len(passages)
    assert len(encoder.seen) == len(passages) + sentences
    assert report.generation == current_name(tmp_path)
    assert generations(tmp_path) == {report.generation}


def test_building_again_without_a_change_does_nothing(tmp_path: Path) -> None:
    first = built(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    encoder = FakeEncoder()
    report = built(tmp_path, tuple(reversed(DOCUMENTS)), encoder)
    assert report.unchanged
    assert (report.generation, report.encoded) == (first.generation, 0)
    assert encoder.seen == []
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert {path for path in before if path.name != "lock" and before[path] != after[path]} == set()


def test_only_passages_that_changed_are_encoded(tmp_path: Path) -> None:
    built(tmp_path)
    encoder = FakeEncoder()
    edited = changed(STAGE, "420 heures", "560 heures")
    report = built(tmp_path, (edited, ADMISSION, HOUSING), encoder)
    assert report.changed == (STAGE.id,)
    assert report.removed == (MUSICOLOGY.id,)
    assert (report.added, report.encoded, len(encoder.seen)) == ((), 1, 1)
    assert "560 heures" in encoder.seen[0]
    assert report.reused == report.passages - 1


def test_an_incremental_build_equals_one_from_nothing(tmp_path: Path) -> None:
    built(tmp_path / "grown", (ADMISSION, MUSICOLOGY))
    built(tmp_path / "grown", (changed(STAGE, "420 heures", "560 heures"), ADMISSION))
    report = built(tmp_path / "grown")
    built(tmp_path / "fresh")
    grown, fresh = (
        {path.name: path.read_bytes() for path in (place / report.generation).iterdir()}
        for place in (tmp_path / "grown" / "generations", tmp_path / "fresh" / "generations")
    )
    assert set(grown) > {"manifest.json", "passages.jsonl", "vectors.faiss"}
    assert grown == fresh


def test_a_new_title_changes_the_vectors_of_its_passages(tmp_path: Path) -> None:
    built(tmp_path, (HOUSING,))
    report = built(tmp_path, (replace(HOUSING, title="Logement étudiant"),))
    assert report.changed == (HOUSING.id,)
    assert report.encoded == report.passages


def test_a_new_address_changes_the_index_but_encodes_nothing(tmp_path: Path) -> None:
    first = built(tmp_path, (HOUSING,))
    moved = replace(HOUSING, url="https://www.univ-rivebelle.example/logement")
    report = built(tmp_path, (moved,))
    assert (report.unchanged, report.encoded) == (False, 0)
    assert report.generation != first.generation
    opened = open_index(tmp_path, FakeEncoder(), WordAnalyser())
    assert opened.documents[HOUSING.id] == moved


def test_another_encoder_encodes_everything_again(tmp_path: Path) -> None:
    built(tmp_path)
    report = built(tmp_path, encoder=FakeEncoder(32))
    assert report.encoded == report.passages
    assert open_index(tmp_path, FakeEncoder(32), WordAnalyser()).vectors.shape[1] == 32


def test_the_previous_generation_is_kept_and_older_ones_are_not(tmp_path: Path) -> None:
    names = [built(tmp_path, DOCUMENTS[:count]).generation for count in (1, 2, 3, 4)]
    assert generations(tmp_path) == set(names[2:])


def test_going_back_to_the_previous_corpus_switches_without_writing(tmp_path: Path) -> None:
    first = built(tmp_path, DOCUMENTS[:2])
    second = built(tmp_path)
    encoder = FakeEncoder()
    back = built(tmp_path, DOCUMENTS[:2], encoder)
    assert (back.generation, back.unchanged, encoder.seen) == (first.generation, False, [])
    assert back.removed == tuple(sorted(document.id for document in DOCUMENTS[2:]))
    assert current_name(tmp_path) == first.generation
    assert generations(tmp_path) == {first.generation, second.generation}


def test_an_empty_corpus_makes_an_empty_index(tmp_path: Path) -> None:
    built(tmp_path)
    report = built(tmp_path, ())
    assert (report.passages, len(report.removed)) == (0, 4)
    opened = open_index(tmp_path, FakeEncoder(), WordAnalyser())
    vector = opened.encode("le stage")
    assert opened.search(vector, ["stag"], programme=None, k=5, weight=0.5) == ()


def test_two_documents_with_one_id_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="logement"):
        built(tmp_path, (HOUSING, HOUSING))


@pytest.mark.parametrize("point", [("encode", 1), ("write", 0), ("write", 3), ("switch", 0)])
def test_a_full_disk_leaves_the_old_generation_in_place(tmp_path: Path, point) -> None:
    first = built(tmp_path, DOCUMENTS[:3])

    def fail(step: str, done: int, total: int) -> None:
        if (step, done) == point:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        built(tmp_path, progress=fail)
    assert open_index(tmp_path, FakeEncoder(), WordAnalyser()).name == first.generation
    report = built(tmp_path)
    assert generations(tmp_path) == {first.generation, report.generation}


def test_a_second_build_at_the_same_time_is_refused_or_waits(tmp_path: Path) -> None:
    inside, release = threading.Event(), threading.Event()

    def pause(step: str, done: int, total: int) -> None:
        if step == "cut":
            inside.set()
            release.wait(10)

    slow = threading.Thread(target=lambda: built(tmp_path, DOCUMENTS[:2], progress=pause))
    slow.start()
    assert inside.wait(10)
    with pytest.raises(BuildInProgress, match="running; try again"):
        built(tmp_path)
    threading.Timer(0.2, release.set).start()
    report = built(tmp_path, wait=10)
    slow.join()
    assert report.added == tuple(sorted((MUSICOLOGY.id, HOUSING.id)))
    assert current_name(tmp_path) == report.generation


def test_progress_tells_every_step_in_order(tmp_path: Path) -> None:
    told: list[str] = []
    built(tmp_path, progress=lambda step, done, total: told.append(step))
    assert list(dict.fromkeys(told)) == ["cut", "encode", "write", "switch", "clean"]


def test_the_same_inputs_give_the_same_name_and_bytes_anywhere(tmp_path: Path) -> None:
    one, two = built(tmp_path / "one"), built(tmp_path / "two")
    assert one.generation == two.generation
    for path in (tmp_path / "one" / "generations" / one.generation).iterdir():
        other = tmp_path / "two" / "generations" / one.generation / path.name
        assert path.read_bytes() == other.read_bytes()
    vectors = [
        open_index(tmp_path / n, FakeEncoder(), WordAnalyser()).vectors for n in ("one", "two")
    ]
    assert np.array_equal(*vectors)
