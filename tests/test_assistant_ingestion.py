import json
import os
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.ingestion import ingest
from assistant.shelf import IngestionError, known_of
from corpus.library import read_corpus
from tests.supplies import FEES, LONGER, STAGE, written


def kept(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("[!.]*") if path.is_file()}


def documents(folder: Path) -> dict[str, str]:
    library = read_corpus(folder, known=known_of(folder))
    return {document.id: document.programme for document in library.documents}


def test_a_folder_is_a_root_and_its_name_no_part_of_the_path(tmp_path: Path) -> None:
    source = written(tmp_path / "site", {"droit/stage.md": STAGE, "frais.txt": FEES})

    result = ingest(source, tmp_path / "kept")

    assert result.kept == ("droit/stage.md", "frais.txt")
    assert kept(tmp_path / "kept") == {"droit/stage.md", "frais.txt"}
    assert documents(tmp_path / "kept") == {"droit/stage": "droit", "frais": "frais"}


def test_the_programme_given_is_kept_unless_a_document_names_its_own(tmp_path: Path) -> None:
    own = f"---\nprogramme: musicologie\n---\n{FEES}"
    source = written(tmp_path / "site", {"pages/stage.md": STAGE, "frais.md": own})

    ingest(source, tmp_path / "kept", "droit")

    assert documents(tmp_path / "kept") == {"frais": "musicologie", "pages/stage": "droit"}


def test_a_single_file_is_kept_under_its_name(tmp_path: Path) -> None:
    source = written(tmp_path / "site", {"droit/stage.md": STAGE, "droit/frais.md": FEES})

    ingest(source / "droit" / "stage.md", tmp_path / "kept", "droit")

    assert documents(tmp_path / "kept") == {"stage": "droit"}


def test_ingesting_again_refreshes_under_the_same_id(tmp_path: Path) -> None:
    source = written(tmp_path / "site", {"stage.md": STAGE})
    ingest(source, tmp_path / "kept")
    written(source, {"stage.md": LONGER})

    ingest(source, tmp_path / "kept", "droit")

    assert documents(tmp_path / "kept") == {"stage": "droit"}
    assert (tmp_path / "kept" / "stage.md").read_text("utf-8") == LONGER


def test_another_programmes_document_of_the_same_name_is_kept_beside(tmp_path: Path) -> None:
    written(tmp_path, {"droit/stage.md": STAGE, "musique/stage.md": LONGER})
    for _ in range(2):
        ingest(tmp_path / "droit", tmp_path / "kept", "droit/notarial")
        result = ingest(tmp_path / "musique", tmp_path / "kept", "../musique")

    assert documents(tmp_path / "kept") == {
        "stage": "droit/notarial",
        "musique/stage": "../musique",
    }
    assert "kept as musique/stage.md" in result.notes[0]


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    source = written(tmp_path / "site", {"stage.md": STAGE, "vide.md": "", "table.xyz": "?"})

    result = ingest(source, tmp_path / "kept")

    assert result.kept == ("stage.md",)
    assert {each.path for each in result.refused} == {
        str(source / "vide.md"),
        str(source / "table.xyz"),
    }
    assert all(each.reason and each.remedy for each in result.refused)
    assert result.notes == ()


def test_what_is_not_there_or_holds_no_document_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for source in (tmp_path / "missing", tmp_path / "empty"):
        with pytest.raises(IngestionError, match=str(source)):
            ingest(source, tmp_path / "kept")


def test_the_assistants_own_folder_is_not_taken_in(tmp_path: Path) -> None:
    source = written(tmp_path / "site", {"stage.md": STAGE})
    for folder in (source / "var" / "documents", source):
        with pytest.raises(IngestionError, match="holds"):
            ingest(source, folder)


def test_a_file_that_cannot_be_copied_is_refused_and_its_old_note_stays(tmp_path: Path) -> None:
    written(tmp_path, {"droit/stage.md": STAGE, "droit/frais.md": FEES})
    folder = tmp_path / "kept"
    (folder / "stage.md").mkdir(parents=True)

    result = ingest(tmp_path / "droit", folder, "droit")

    assert result.kept == ("frais.md",)
    assert "cannot be copied" in result.refused[0].reason
    assert {path: known.programme for path, known in known_of(folder).items()} == {
        "frais.md": "droit"
    }
    assert not list(folder.glob(".*.part"))


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    source = written(tmp_path / "site", {"stage.md": STAGE})
    (tmp_path / "kept").write_text("a file")

    with pytest.raises(IngestionError, match="kept cannot be written"):
        ingest(source, tmp_path / "kept")


def test_damaged_notes_are_named_with_the_remedy(tmp_path: Path) -> None:
    source = written(tmp_path / "site", {"stage.md": STAGE})
    ingest(source, tmp_path / "kept")
    for damage in ("{", "[]", '{"stage.md": {"source": 1}}'):
        (tmp_path / "kept" / ".origins.json").write_text(damage)
        with pytest.raises(IngestionError, match="is damaged: restore it"):
            ingest(source, tmp_path / "kept")


def test_a_name_in_another_encoding_is_kept(tmp_path: Path) -> None:
    source = tmp_path / "site"
    source.mkdir()
    Path(os.fsdecode(os.fsencode(source) + b"/\xe9t\xe9.md")).write_text(STAGE)

    ingest(source, tmp_path / "kept", "droit")

    assert list(documents(tmp_path / "kept").values()) == ["droit"]
    json.loads((tmp_path / "kept" / ".origins.json").read_text("utf-8"))


def test_two_ingestions_at_once_lose_nothing(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        written(tmp_path / name, {f"{name}{n}.md": STAGE for n in range(10)})
    threads = [
        threading.Thread(target=ingest, args=(tmp_path / name, tmp_path / "kept", name))
        for name in ("a", "b", "c")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(documents(tmp_path / "kept")) == 30
    assert set(documents(tmp_path / "kept").values()) == {"a", "b", "c"}


def test_an_ingestion_that_never_ends_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    source = written(tmp_path / "site", {"stage.md": STAGE})
    ingest(source, tmp_path / "kept")
    written(source, {"stage.md": LONGER})

    with (
        FileLock(tmp_path / "kept" / ".lock"),
        pytest.raises(IngestionError, match="Another ingestion is running"),
    ):
        threaded(lambda: ingest(source, tmp_path / "kept", wait=0.1))


def threaded(work):
    """Run in another thread, as another process would; its error is raised here."""
    caught = []

    def run() -> None:
        try:
            work()
        except Exception as error:
            caught.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if caught:
        raise caught[0]
