"""Reading Markdown."""

from corpus.element import Close, Element, Fact, Heading, Items, Paragraph, Table
from corpus.markdown import read_markdown


def elements(text: str) -> tuple[Element, ...]:
    return read_markdown(text.encode()).elements


def test_headings_paragraphs_and_lists_become_elements() -> None:
    found = elements(
        "# Master\n\n## Stage\n\nIl *dure*\n12 semaines.\n\n- un CV ;\n- une lettre.\n"
    )

    assert found == (
        Heading(1, "Master"),
        Heading(2, "Stage"),
        Paragraph("Il dure 12 semaines."),
        Items(("un CV ;", "une lettre.")),
    )


def test_a_label_with_its_value_is_a_fact_wherever_it_stands() -> None:
    found = elements(
        "**Durée** : 2 ans\n\n- **Lieu :** Rennes\n- ECTS : 120\n\n**Rythme**\n1 semaine"
    )

    assert found == (
        Fact("Durée", "2 ans"),
        Fact("Lieu", "Rennes"),
        Fact("ECTS", "120"),
        Fact("Rythme", "1 semaine"),
    )


def test_lines_of_facts_without_blank_lines_are_facts() -> None:
    assert elements("Durée : 2 ans\nLieu : Rennes\n") == (
        Fact("Durée", "2 ans"),
        Fact("Lieu", "Rennes"),
    )


def test_an_introduced_list_stays_a_list() -> None:
    found = elements("Deux voies :\n\n- stage : 12 semaines\n- contrat : 1 an\n")

    assert found == (Paragraph("Deux voies :"), Items(("stage : 12 semaines", "contrat : 1 an")))


def test_a_nested_list_is_folded_into_its_item() -> None:
    found = elements("- Semestre 1 :\n  - histoire ;\n  - droit\n- Semestre 2\n")

    assert found == (Items(("Semestre 1 : histoire ; droit", "Semestre 2")),)


def test_a_long_nested_list_repeats_its_item() -> None:
    long = "l'étude des sources orales et de leur transmission " * 4
    found = elements(f"Voici :\n\n- Semestre 1\n  - {long}\n  - {long}\n")

    assert found[1] == Items((f"Semestre 1 : {long.strip()}",) * 2)


def test_tables_keep_their_column_titles() -> None:
    found = elements("| Étape | Date |\n|---|---|\n| Dépôt | **2 mars** |\n| | |\n")

    assert found == (Table(("Étape", "Date"), (("Dépôt", "2 mars"),)),)


def test_a_table_of_two_columns_without_titles_is_facts() -> None:
    assert elements("| | |\n|---|---|\n| Durée | 2 ans |\n") == (Fact("Durée", "2 ans"),)


def test_links_keep_their_address_unless_it_is_seen() -> None:
    found = elements(
        "[Candidater](https://univ.example/a), <https://univ.example/b>, "
        "[univ.example/c](https://www.univ.example/c/), [la page](../page.md), "
        "[écrire](mailto:a@univ.example)"
    )

    assert found == (
        Paragraph(
            "Candidater (https://univ.example/a), https://univ.example/b, univ.example/c, "
            "la page, écrire (a@univ.example)"
        ),
    )


def test_images_html_and_comments_are_dropped() -> None:
    found = elements(
        "<!-- à revoir -->\n\nLe ![plan](p.png) *stage* <b>dure</b> <script>x()</script>"
        "12 semaines."
        "<!-- non -->\n\n<div class='a'>\n\nTexte.\n\n</div>\n"
    )

    assert found == (Paragraph("Le stage dure 12 semaines."), Paragraph("Texte."))


def test_text_lost_in_html_is_noted() -> None:
    reading = read_markdown(b"Texte.\n\n<p>Le stage dure 12 semaines.</p>\n")

    assert "HTML is left out (line 3" in reading.notes[0]


def test_quotes_and_code_are_text() -> None:
    assert elements("> Le stage est payé.\n\n    code 12\n\n```\ntexte\n```\n") == (
        Paragraph("Le stage est payé."),
        Paragraph("code 12"),
        Paragraph("texte"),
    )


def test_a_bold_line_alone_is_a_heading() -> None:
    assert elements("## Admission\n\n**Calendrier**\n\nEn mars.\n")[1] == Heading(3, "Calendrier")


def test_the_lines_of_a_card_are_kept_apart() -> None:
    assert elements("Armelle Tissier\n02 61 91 55 10\na.tissier@univ.example\n") == (
        Paragraph("Armelle Tissier, 02 61 91 55 10, a.tissier@univ.example"),
    )


def test_tabs_folds_and_asides_with_a_title_are_parts_that_end() -> None:
    inner = (Heading(2, "Publics"), Paragraph("Bac + 2."), Close(2), Paragraph("Suite."))
    for marks in (
        '{% tab title="Publics" %}\nBac + 2.\n{% endtab %}',
        '{{< tab "Publics" >}}\nBac + 2.\n{{< /tab >}}',
        '<TabItem value="p" label="Publics">\n\nBac + 2.\n\n</TabItem>',
        ":::tip[Publics]\nBac + 2.\n:::",
        '!!! note "Publics"\n    Bac + 2.\n',
        '=== "Publics"\n\n    Bac + 2.\n',
    ):
        assert elements(f"{marks}\n\nSuite.") == inner, marks


def test_the_marks_of_boxes_without_a_title_are_no_text() -> None:
    for marks in (":::info\nBac + 2.\n:::", '{% hint style="info" %}\nBac + 2.\n{% endhint %}'):
        assert elements(f"{marks}\n\nSuite.") == (Paragraph("Bac + 2."), Paragraph("Suite."))


def test_marks_in_code_and_rules_under_titles_stay_what_they_are() -> None:
    assert elements("Titre\n===\n\nTexte.") == (Heading(1, "Titre"), Paragraph("Texte."))
    assert elements("```\n:::tip\n```") == (Paragraph(":::tip"),)
    assert elements("!!! Dernier rappel\n\nTexte.")[0] == Paragraph("!!! Dernier rappel")


def test_what_is_marked_or_raised_is_text() -> None:
    assert elements("Le 1^er^ juin, ==sur dossier==.") == (Paragraph("Le 1er juin, sur dossier."),)
