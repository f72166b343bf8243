"""Furniture of web pages."""

import pytest

from corpus.text_frame import without_noise

# Enough content for the line above not to stand at the foot of the page.
BELOW = "\n\nLe stage dure 12 semaines." * 20


def content(text: str) -> list[str]:
    return [line for line in without_noise(text.split("\n")) if line]


@pytest.mark.parametrize(
    "line",
    [
        "Aller au contenu principal",
        "Accueil > Formations > Masters > Patrimoine sonore",
        "Vous êtes ici : Accueil › Formations › Master",
        "Partager sur LinkedIn",
        "Imprimer",
        "RETOUR EN HAUT",
        "↑ Haut de page",
        "Télécharger au format PDF",
        "Ce site utilise des cookies pour mesurer son audience.",
        "Tout accepter",
        "fr | en",
        "Plan du site | Crédits | Presse",
        "Accessibilité : partiellement conforme",
    ],
)
def test_furniture_is_dropped(line: str) -> None:
    assert content(f"Stage\n\n{line}\n\nObligatoire{BELOW}")[:2] == ["Stage", "Obligatoire"]


@pytest.mark.parametrize("line", ["Mentions légales", "© 2026 Université de Brévenne"])
def test_the_last_lines_of_a_site_are_dropped(line: str) -> None:
    assert content(f"Stage\n\nObligatoire\n\n{line}\nBP 12") == ["Stage", "Obligatoire"]


@pytest.mark.parametrize(
    "line",
    [
        "32 étudiant·es",
        "Les règles applicables aux cookies sont étudiées en M1.",
        "Semestre 1 | 30 ECTS | 200 h",
        "- partager des résultats avec le public",
        "Crédits",
        "Contact",
        "Recherche",
        "Durée > 2 ans",
        "Accueil des étudiants internationaux",
        "International",
    ],
)
def test_content_that_resembles_furniture_is_kept(line: str) -> None:
    assert content(f"Stage\n\n{line}\n\nObligatoire") == ["Stage", line, "Obligatoire"]


def test_a_menu_above_the_content_is_dropped() -> None:
    text = "Université\nFormations\nRecherche\nInternational\n\nMaster Son\n\nIl dure deux ans."

    assert content(text) == ["Master Son", "Il dure deux ans."]


def test_a_breadcrumb_over_several_lines_is_dropped() -> None:
    assert content("Accueil\n>\nFormations\n>\nMasters\n\nMaster Son\n\nIl dure deux ans.") == [
        "Master Son",
        "Il dure deux ans.",
    ]


def test_a_table_of_contents_is_dropped_and_its_headings_stay() -> None:
    facts = "  • ECTS\n\n    120"
    text = (
        f"• Stage\n• Admission\n• Contact\n\n{facts}\n\nStage\n\nA.\n\nAdmission\n\nB.\n\nContact"
    )

    assert content(text) == ["  • ECTS", "    120", "Stage", "A.", "Admission", "B.", "Contact"]


def test_all_below_the_first_line_of_the_footer_is_dropped() -> None:
    text = "Stage\n\nObligatoire.\n\nMentions légales | Plan du site\nBP 12\n35000 Brévenne"

    assert content(text) == ["Stage", "Obligatoire."]
