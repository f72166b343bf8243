"""Reading a folder of documents."""

import os
from pathlib import Path

import pytest

from corpus.folder import LARGEST_FILE
from corpus.library import Known, document_from, programme_titles, read_corpus
from corpus.reader import read

DATA = Path(__file__).parent / "data"


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_documents_are_read_in_the_order_of_their_paths(tmp_path: Path) -> None:
    write(tmp_path, {"b/x.txt": "Texte.", "a.md": "Texte.", "b/sous/y.md": "Texte."})

    found = read_corpus(tmp_path)

    assert [document.id for document in found.documents] == ["a", "b/sous/y", "b/x"]
    assert found.unreadable == found.notes == ()


def test_the_programme_is_that_of_the_front_matter_then_given_then_of_the_path(
    tmp_path: Path,
) -> None:
    write(
        tmp_path,
        {
            "son/admission.md": "---\nprogramme: autre\n---\nTexte.",
            "son/deep/stage.md": "Texte.",
            "seul.md": "Texte.",
            "tous.md": "---\nprogramme: *\n---\nTexte.",
        },
    )

    programmes = {d.id: d.programme for d in read_corpus(tmp_path).documents}
    given = {d.id: d.programme for d in read_corpus(tmp_path, "donné").documents}

    assert programmes == {
        "seul": "seul",
        "son/admission": "autre",
        "son/deep/stage": "son",
        "tous": "*",
    }
    assert given == {
        "seul": "donné",
        "son/admission": "autre",
        "son/deep/stage": "donné",
        "tous": "*",
    }


def test_two_files_that_would_share_an_id_keep_their_suffixes(tmp_path: Path) -> None:
    write(
        tmp_path, {"p/a.md": "Un.", "p/a.txt": "Deux.", "p/a.md.txt": "Trois.", "p/b.md": "Quatre."}
    )

    ids = [document.id for document in read_corpus(tmp_path).documents]

    assert ids == ["p/a.md", "p/a.md.txt", "p/a.txt", "p/b"]


def test_a_single_file_is_a_corpus(tmp_path: Path) -> None:
    write(tmp_path, {"parcours-image.md": "Texte."})

    (document,) = read_corpus(tmp_path / "parcours-image.md").documents

    assert (document.id, document.programme) == ("parcours-image", "parcours-image")
    assert document.title == "Parcours image"


def test_a_missing_root_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nulle-part"):
        read_corpus(tmp_path / "nulle-part")


def test_every_bad_file_is_listed_with_a_remedy_and_the_rest_goes_on() -> None:
    found = read_corpus(DATA / "unreadable")

    assert [entry.path for entry in found.unreadable] == [
        "binary.txt",
        "blank.md",
        "disguised-html.md",
        "disguised-pdf.txt",
        "empty.txt",
        "headings-only.md",
        "malformed-front-matter.md",
        "no-space-front-matter.md",
    ]
    assert all(entry.reason.endswith(".") and entry.remedy for entry in found.unreadable)
    assert [document.id for document in found.documents] == ["good"]
    assert any("suffix.rtfx" in note for note in found.notes)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "gros.txt").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)

    (entry,) = read_corpus(tmp_path).unreadable

    assert "20 MB" in entry.reason


def test_hidden_files_are_passed_over_in_silence(tmp_path: Path) -> None:
    write(tmp_path, {".git/a.md": "Texte.", ".b.md": "Texte.", "c.md": "Texte."})

    found = read_corpus(tmp_path)

    assert [document.id for document in found.documents] == ["c"]
    assert found.notes == ()


def test_links_out_of_the_folder_and_loops_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"dehors/secret.md": "Secret.", "corpus/a/un.md": "Un."})
    root = tmp_path / "corpus"
    (root / "lien.md").symlink_to(tmp_path / "dehors" / "secret.md")
    (root / "dossier").symlink_to(tmp_path / "dehors")
    (root / "a" / "boucle").symlink_to(root)
    (root / "rompu.md").symlink_to(root / "absent.md")

    found = read_corpus(root)

    assert [document.id for document in found.documents] == ["a/un"]
    assert len(found.notes) == 3


def test_a_pipe_is_no_document(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tuyau.txt")

    assert read_corpus(tmp_path).documents == ()


def test_a_name_in_another_encoding_gives_an_id_that_can_be_written(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9t\xe9.md")).write_text("Texte.")

    (document,) = read_corpus(tmp_path).documents

    assert document.id.encode("utf-8").decode("utf-8") == "\ufffdt\ufffd"


def test_the_title_is_the_front_matter_s_then_the_first_heading_then_the_name(
    tmp_path: Path,
) -> None:
    write(
        tmp_path,
        {
            "a.md": "---\ntitle: Le titre\n---\n# Autre\n\nTexte.",
            "b.md": "## Section\n\nTexte.\n\n# Le titre\n\nTexte.",
            "droits_d-inscription.md": "Texte.",
        },
    )

    titles = [document.title for document in read_corpus(tmp_path).documents]

    assert titles == ["Le titre", "Le titre", "Droits d inscription"]


def test_what_a_file_says_of_itself_reaches_its_document() -> None:
    text = "---\nurl: https://univ.example/a\nlanguage: en\nupdated: 2026-09-01\n---\nText."

    document = document_from("p/a", read(text.encode(), ".md"))

    assert (document.url, document.language, document.updated) == (
        "https://univ.example/a",
        "en",
        "2026-09-01",
    )
    assert (document.programme, document.title, document.kind) == ("p", "A", "documentation")


def test_a_programme_is_named_by_its_front_page(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "dit/a.md": "# Un\n\nTexte.",
            "dit/b.md": "---\nprogramme_title: Le programme\n---\n# Deux\n\nTexte.",
            "page/admission.md": "# Admission\n\nTexte.",
            "page/presentation.md": "# Master Son\n\nTexte.",
            "premier/a.md": "# Premier\n\nTexte.",
            "premier/b.md": "# Second\n\nTexte.",
            "tous.md": "---\nprogramme: '*'\n---\n# Frais\n\nTexte.",
        },
    )

    assert programme_titles(read_corpus(tmp_path).documents) == {
        "dit": "Le programme",
        "page": "Master Son",
        "premier": "Premier",
    }


def test_each_document_has_its_file_and_a_file_may_have_its_programme(tmp_path: Path) -> None:
    (tmp_path / "droit").mkdir()
    (tmp_path / "droit" / "stage.md").write_text("Le stage dure six mois.")
    (tmp_path / "frais.txt").write_text("Les frais sont de 250 euros.")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG")

    library = read_corpus(tmp_path, "licence", {"frais.txt": Known("*")})

    assert library.paths == {"droit/stage": "droit/stage.md", "frais": "frais.txt"}
    assert [document.programme for document in library.documents] == ["licence", "*"]
    assert library.unread == ("logo.png",)
