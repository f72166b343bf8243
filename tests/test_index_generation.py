import threading
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from corpus.cut import cut
from index.analysis import WordAnalyser
from index.build import build
from index.encoder import EncoderUnavailable
from index.fusion import fuse
from index.generation import (
    Index,
    IndexDamaged,
    IndexStale,
    IndexUnavailable,
    current_name,
    open_index,
)
from index.words import FUNCTION_WORDS, tokens
from tests.fakes import FakeEncoder, sample_documents

DOCUMENTS = sample_documents()


class ConceptAnalyser(WordAnalyser):
    fingerprint = "concepts"

    def __init__(self) -> None:
        pass

    def __call__(self, text: str, headings: tuple[str, ...]) -> list[str]:
        found = super().__call__(text, headings)
        return [*found, "=candidature"] if "plateforme" in text else found


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("index")
    build(DOCUMENTS, FakeEncoder(), WordAnalyser(), folder)
    return open_index(folder, FakeEncoder(), WordAnalyser())


def stems(question: str) -> list[str]:
    return [token.stem for token in tokens(question) if token.text not in FUNCTION_WORDS]


def found(index: Index, question: str, programme: str | None = None, k: int = 5, weight=0.5):
    vector = index.encode(question)
    return index.search(vector, stems(question), programme=programme, k=k, weight=weight)


def test_an_opened_index_holds_the_documents_and_passages_it_was_built_from(index: Index) -> None:
    assert index.documents == {document.id: document for document in DOCUMENTS}
    assert set(index.passages) == {p for document in DOCUMENTS for p in cut(document)}
    assert list(index.programmes) == ["licence-musicologie", "parcours-cmc"]
    assert index.notes == ()
    assert index.vectors.shape == (len(index.passages), 64)


def test_the_passage_that_answers_comes_first(index: Index) -> None:
    hits = found(index, "Combien d'heures dure le stage ?", "parcours-cmc")
    assert hits[0].passage.text.startswith("Le stage dure 420 heures")
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]
    assert all(a.score >= b.score for a, b in pairwise(hits))


def test_similarity_is_the_cosine_and_score_the_fusion(index: Index) -> None:
    question = "Où déposer sa candidature ?"
    hits = found(index, question, k=50, weight=0.3)
    assert len(hits) == len(index.passages)
    sides = (np.float32([hit.similarity for hit in hits]), np.float32([hit.bm25 for hit in hits]))
    assert [hit.score for hit in hits] == pytest.approx(list(fuse(*sides, 0.3)), abs=1e-4)
    for hit in hits:
        number = index.passages.index(hit.passage)
        assert hit.similarity == pytest.approx(
            float(index.vectors[number] @ index.encode(question))
        )


def test_a_programme_sees_its_own_passages_and_those_of_every_programme(index: Index) -> None:
    hits = found(index, "stage obligatoire, logement", "licence-musicologie", k=50)
    assert {hit.passage.programme for hit in hits} == {"licence-musicologie", "*"}
    assert {hit.passage.programme for hit in found(index, "stage", "inconnu", k=50)} == {"*"}
    everywhere = found(index, "stage obligatoire, logement", None, k=50)
    assert len({hit.passage.programme for hit in everywhere}) == 3


def test_without_a_vector_only_passages_with_the_words_are_found(index: Index) -> None:
    hits = index.search(None, stems("logements du CROUS"), programme=None, k=5, weight=0.9)
    assert [hit.passage.document for hit in hits] == ["logement"]
    assert hits[0].similarity == 0.0
    assert hits[0].bm25 > 0
    assert index.search(None, ["piscin"], programme=None, k=5, weight=0.5) == ()


def test_weights_of_tokens_change_the_order(index: Index) -> None:
    def first(weights: dict[str, float]) -> str:
        hits = index.search(None, weights, programme=None, k=1, weight=0.0)
        return hits[0].passage.document

    assert first({"crous": 1.0, "musicolog": 0.1}) == "logement"
    assert first({"crous": 0.1, "musicolog": 1.0}) == "licence-musicologie/page"


def test_the_same_question_has_the_same_hits_every_time(index: Index) -> None:
    expected = found(index, "Quand commence le stage ?", k=50)
    assert all(found(index, "Quand commence le stage ?", k=50) == expected for _ in range(100))


def test_vocabulary_and_frequencies_are_those_of_the_documents(index: Index) -> None:
    assert {"enseignant", "tuteur", "crous", "plateforme", "420"} <= index.vocabulary
    assert "enseignante" not in index.vocabulary
    counted = sum("heur" in stems(p.text) for p in index.passages)
    assert index.frequency("heur") == counted == 1
    assert index.frequency("piscin") == 0


def test_concept_tokens_of_the_analyser_are_found(tmp_path: Path) -> None:
    build(DOCUMENTS, FakeEncoder(), ConceptAnalyser(), tmp_path)
    opened = open_index(tmp_path, FakeEncoder(), ConceptAnalyser())
    (hit,) = opened.search(None, ["=candidature"], programme=None, k=5, weight=0.0)
    assert "Mon Master" in hit.passage.text
    with pytest.raises(IndexStale, match="assistant build"):
        open_index(tmp_path, FakeEncoder(), WordAnalyser())


def test_without_an_encoder_the_index_searches_by_words(tmp_path: Path) -> None:
    build(DOCUMENTS, FakeEncoder(), WordAnalyser(), tmp_path)
    opened = open_index(tmp_path, None, WordAnalyser())
    assert opened.search(None, ["crous"], programme=None, k=1, weight=0.5)
    with pytest.raises(EncoderUnavailable):
        opened.encode("le stage")


def test_another_encoder_than_the_index_was_made_with_is_refused(tmp_path: Path) -> None:
    build(DOCUMENTS, FakeEncoder(), WordAnalyser(), tmp_path)
    for encoder in (FakeEncoder(salt="2"), FakeEncoder(32)):
        with pytest.raises(IndexStale, match=r"fake.*assistant build"):
            open_index(tmp_path, encoder, WordAnalyser())


def test_where_there_is_no_index_the_remedy_is_named(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexUnavailable, match="assistant build"):
            open_index(folder, FakeEncoder(), WordAnalyser())
        assert current_name(folder) is None


def test_a_damaged_generation_gives_way_to_the_previous_one_with_a_note(tmp_path: Path) -> None:
    previous = build(DOCUMENTS[:2], FakeEncoder(), WordAnalyser(), tmp_path).generation
    current = build(DOCUMENTS, FakeEncoder(), WordAnalyser(), tmp_path).generation
    vectors = tmp_path / "generations" / current / "vectors.faiss"
    vectors.write_bytes(vectors.read_bytes()[:-1] + b"\xff")
    opened = open_index(tmp_path, FakeEncoder(), WordAnalyser())
    assert opened.name == previous
    (note,) = opened.notes
    assert "vectors.faiss" in note
    assert "assistant build" in note
    (tmp_path / "generations" / previous / "manifest.json").unlink()
    with pytest.raises(IndexDamaged, match="assistant build"):
        open_index(tmp_path, FakeEncoder(), WordAnalyser())
    report = build(DOCUMENTS, FakeEncoder(), WordAnalyser(), tmp_path)
    assert (report.generation, report.encoded) == (current, report.passages)
    assert open_index(tmp_path, FakeEncoder(), WordAnalyser()).notes == ()


def test_an_open_index_answers_on_while_its_files_are_replaced(tmp_path: Path) -> None:
    build(DOCUMENTS, FakeEncoder(), WordAnalyser(), tmp_path)
    held = open_index(tmp_path, FakeEncoder(), WordAnalyser())
    expected = found(held, "Le logement", k=50)
    vectors = held.vectors
    copied = np.array(vectors)
    for count in (1, 2, 3):
        build(DOCUMENTS[:count], FakeEncoder(), WordAnalyser(), tmp_path)
    assert not (tmp_path / "generations" / held.name).exists()
    assert found(held, "Le logement", k=50) == expected
    del held
    assert np.array_equal(vectors, copied)
    assert current_name(tmp_path) == open_index(tmp_path, FakeEncoder(), WordAnalyser()).name


def test_an_index_opened_while_generations_switch_is_always_whole(tmp_path: Path) -> None:
    build(DOCUMENTS, FakeEncoder(), WordAnalyser(), tmp_path)
    done = threading.Event()

    def switch() -> None:
        for number in range(20):
            build(DOCUMENTS[: 1 + number % 4], FakeEncoder(), WordAnalyser(), tmp_path)
        done.set()

    switching = threading.Thread(target=switch)
    switching.start()
    names = set()
    while not done.is_set():
        opened = open_index(tmp_path, FakeEncoder(), WordAnalyser())
        assert opened.notes == ()
        assert {passage.document for passage in opened.passages} == set(opened.documents)
        names.add(opened.name)
    switching.join()
    assert len(names) > 1
