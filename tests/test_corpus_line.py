"""Lines of plain text put together."""

from corpus.line import lines_of


def texts(text: str) -> list[tuple[str, str]]:
    return [(line.kind, line.text) for line in lines_of(text.split("\n"))]


WRAPPED = """La licence professionnelle forme des gestionnaires de zones humides. Elle
dure un an et se prépare à Saint-Aubin. Les cours ont lieu de septembre à
mars ; le stage occupe le reste de l'année. M. Dupont, responsable de la
formation, reçoit le mardi.
"""


def test_wrapped_lines_are_one_paragraph() -> None:
    assert texts(WRAPPED) == [("text", " ".join(WRAPPED.split()))]


def test_lines_that_are_not_wrapped_stay_apart() -> None:
    text = "Consulter la plateforme nationale.\nEn savoir plus : https://univ.example"

    assert [line for _, line in texts(text)] == text.split("\n")


def test_an_item_goes_on_below() -> None:
    assert texts("- un bac+2 en biologie, en\n  agriculture ;\n- le permis B.") == [
        ("bullet", "un bac+2 en biologie, en agriculture ;"),
        ("bullet", "le permis B."),
    ]


def test_the_value_below_a_label_does_not_go_on_with_it() -> None:
    assert texts("  • Langue\n    français\n  • Durée\n    2 ans") == [
        ("bullet", "Langue"),
        ("text", "français"),
        ("bullet", "Durée"),
        ("text", "2 ans"),
    ]


def test_items_are_known_by_many_signs() -> None:
    signs = ["•", "-", "–", "*", "‣", "▪", "→", "a)", "1.", "2)"]

    assert {line.kind for sign in signs for line in lines_of([f"{sign} Droit"])} == {
        "bullet",
        "number",
    }


def test_a_letter_o_is_a_sign_when_there_are_several() -> None:
    assert texts("o Droit\no Histoire") == [("bullet", "Droit"), ("bullet", "Histoire")]
    assert texts("o Droit") == [("text", "o Droit")]


def test_a_sign_alone_on_its_line_goes_with_the_next() -> None:
    assert texts("•\n\nDroit") == [("bullet", "Droit")]


def test_numbers_are_no_signs_without_a_mark() -> None:
    assert texts("2 ans\n\n32 étudiant·es\n\n-12 % de places") == [
        ("text", "2 ans"),
        ("text", "32 étudiant·es"),
        ("text", "-12 % de places"),
    ]


def test_headings_marked_as_such_have_a_level() -> None:
    lines = lines_of(["MASTER", "======", "", "Stage", "-----", "", "### Durée"])

    assert [(line.kind, line.text, line.level) for line in lines] == [
        ("heading", "MASTER", 1),
        ("heading", "Stage", 2),
        ("heading", "Durée", 3),
    ]


def test_columns_are_cells() -> None:
    (line,) = lines_of(["Ouverture           2 mars 2027     eCandidat"])

    assert line.cells == ("Ouverture", "2 mars 2027", "eCandidat")
