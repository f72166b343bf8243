from pathlib import Path

from assistant.holdings import documents_folder, read_holdings
from assistant.ingestion import ingest
from tests.supplies import FEES, LONGER, settings_of, written


def test_ingested_documents_stand_beside_those_of_the_corpus(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    ingest(written(tmp_path / "site", {"frais.md": FEES}), documents_folder(settings), "droit")

    holdings = read_holdings(settings)

    assert {each.id: each.programme for each in holdings.documents} == {
        "parcours-cmc/stage": "parcours-cmc",
        "frais": "droit",
    }
    assert (holdings.unreadable, holdings.notes) == ((), ())


def test_an_ingested_document_takes_the_place_of_the_corpus_s_and_it_is_said(
    tmp_path: Path,
) -> None:
    settings = settings_of(tmp_path)
    source = written(tmp_path / "site", {"parcours-cmc/stage.md": LONGER})
    ingest(source, documents_folder(settings))

    holdings = read_holdings(settings)

    assert ["560" in each.text for each in holdings.documents] == [True]
    assert "parcours-cmc/stage" in holdings.notes[0]


def test_what_cannot_be_read_is_named_by_its_whole_path(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    written(settings.corpus, {"vide.md": ""})

    holdings = read_holdings(settings)

    assert [each.path for each in holdings.unreadable] == [str(settings.corpus / "vide.md")]
    assert len(holdings.documents) == 1
