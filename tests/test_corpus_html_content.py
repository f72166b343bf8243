"""What an HTML page shows and what it hides, piece by piece."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clean import clean_line
from corpus.element import Close, Element, Fact, Heading, Items, Paragraph, Table
from corpus.html import read_html
from corpus.reader import read
from corpus.reading import Reading, UnreadableDocument

P = "<p>254 euros par an.</p>"


def reading(markup: str, head: str = "") -> Reading:
    page = f"<!doctype html><html lang=fr><head>{head}</head><body>{markup}</body></html>"
    return read_html(page.encode())


def elements(markup: str, head: str = "") -> tuple[Element, ...]:
    return reading(f"<main><h1>Master</h1>{markup}</main>", head).elements[1:]


@pytest.mark.parametrize(
    "panel",
    [
        f"<details><summary>Frais</summary>{P}</details>",
        f"<h2><button aria-controls=a>Frais</button></h2><div id=a hidden>{P}</div>",
        f"<button aria-controls=a>Frais</button><div id=a aria-hidden=true>{P}</div>",
        f"<a data-toggle=collapse href=#a>Frais</a><div id=a class=collapse>{P}</div>",
        f"<p><a href=#a>Frais</a></p><div id=a style='display: none'>{P}</div>",
        f"<button aria-expanded=false>Frais</button><div hidden>{P}</div>",
        "<div class=accordion-title>Frais</div><div class=accordion-content style='display:none'>"
        f"{P}</div>",
        "<ul role=tablist><li><a role=tab id=t href=#a>Frais</a></li></ul>"
        f"<div id=a role=tabpanel aria-labelledby=t hidden>{P}</div>",
        f"<div role=tabpanel aria-labelledby=t hidden>{P}</div><span id=t>Frais</span>",
        f"<input type=radio id=r><label for=r>Frais</label><div>{P}</div>",
        f"<p class=titre>Frais</p>{P}",
        f"<p><strong>Frais</strong></p>{P}",
        f"<div role=heading aria-level=2>Frais</div>{P}",
        f"<dl><dt>Frais</dt><dd>{P}<ul><li>dont 20 euros de bibliothèque, ainsi"
        " que les assurances ;</li><li>hors contribution de vie étudiante et de campus, due par"
        " tous les étudiants en formation initiale, boursiers exceptés.</li></ul></dd></dl>",
    ],
)
def test_what_opens_at_a_click_stands_under_its_label(panel: str) -> None:
    found = elements(panel)

    assert isinstance(found[0], Heading)
    assert (found[0].level, found[0].text) == (2, "Frais")
    assert found[1] == Paragraph("254 euros par an.")


@pytest.mark.parametrize(
    "hidden",
    [
        "<div hidden>Frais 2023 : 170 euros</div>",
        "<div style='display : none'><p>Frais 2023 : 170 euros</p></div>",
        "<p style='visibility:hidden'>Frais 2023 : 170 euros</p>",
        "<p style='font-size:0'>Frais 2023 : 170 euros</p>",
        "<p style='position:absolute;left:-9999px'>Frais 2023 : 170 euros</p>",
        "<p style='color:#fff;background:#fff'>Frais 2023 : 170 euros</p>",
        "<div aria-hidden=true>Frais 2023 : 170 euros</div>",
        "<div class=d-none>Frais 2023 : 170 euros</div>",
        "<div class='modal fade' id=m>Frais 2023 : 170 euros</div>"
        "<a data-toggle=modal href=#m>x</a>",
        "<div role=dialog>Frais 2023 : 170 euros</div>",
        "<dialog open>Frais 2023 : 170 euros</dialog>",
        "<div class=old>Frais 2023 : 170 euros</div>",
        "<div id=old>Frais 2023 : 170 euros</div>",
    ],
)
def test_what_nobody_sees_is_left_out_and_noted(hidden: str) -> None:
    styles = "<style>.x{color:red} div.old, #old { display: none; }</style>"
    found = reading(f"<main><h1>Master</h1><p>Le stage est payé.</p>{hidden}</main>", styles)

    assert found.elements[1:] == (Paragraph("Le stage est payé."),)
    assert found.notes == ("Hidden text is left out: «Frais 2023 : 170 euros»",)


@pytest.mark.parametrize(
    "unseen",
    [
        "<!-- <p>170 euros</p> -->",
        "<script>document.write('170 euros')</script>",
        "<template><p>170 euros</p></template>",
        "<noscript><p>170 euros</p></noscript>",
        "<p><del>170 euros</del></p>",
        "<svg><title>170 euros</title><text>170</text></svg>",
        "<select><option>170 euros</option></select>",
        "<iframe src=/x>170 euros</iframe>",
        "<p><span aria-hidden=true>170</span></p>",
    ],
)
def test_what_is_no_text_of_the_page_is_left_out(unseen: str) -> None:
    assert elements(f"<p>Le stage est payé.</p>{unseen}") == (Paragraph("Le stage est payé."),)


@pytest.mark.parametrize(
    "shown",
    [
        f"<div class='d-none d-md-block'>{P}</div>",
        f"<div class='hidden md:block'>{P}</div>",
        f"<div hidden=until-found>{P}</div>",
        f"<div class=visually-hidden>{P}</div>",
        f"<div class=tab-pane>{P}</div>",
        f"{P}<p class=d-md-none>254 euros par an.</p>",
        f"<div class=printed>{P}</div>",
    ],
)
def test_what_is_shown_somewhere_is_read_once(shown: str) -> None:
    styles = "<style>@media print { .printed { display: none } }</style>"

    assert elements(shown, styles) == (Paragraph("254 euros par an."),)


@pytest.mark.parametrize(
    "facts",
    [
        "<dl><dt>Durée</dt><dd>2 ans</dd><dt>Lieu</dt><dd>Rennes</dd><dd>Brest</dd></dl>",
        "<ul><li><strong>Durée</strong> 2 ans</li><li><b>Lieu :</b> Rennes, Brest</li></ul>",
        "<ul><li><span>Durée</span><span>2 ans</span></li><li><span>Lieu</span> <span>Rennes, Brest"
        "</span></li></ul>",
        "<p><strong>Durée</strong><br>2 ans</p><p><strong>Lieu</strong><br>Rennes<br>Brest</p>",
        "<p>Durée : 2 ans<br>Lieu : Rennes, Brest</p>",
        "<div><div class=label>Durée</div><div>2 ans</div></div>"
        "<div><div class=label>Lieu</div><div>Rennes</div><div>Brest</div></div>",
        "<div class=grid><span class=label>Durée</span><span>2 ans</span>"
        "<span class=label>Lieu</span><span>Rennes, Brest</span></div>",
        "<div><i class=icon></i><div><p>Durée</p><p>2 ans</p></div></div>"
        "<div><i class=icon></i><div><p>Lieu</p><p>Rennes, Brest</p></div></div>",
        "<table><tr><th>Durée</th><td>2 ans</td></tr>"
        "<tr><th>Lieu</th><td>Rennes<br>Brest</td></tr></table>",
        "<table><tr><td>Durée :</td><td>2 ans</td></tr>"
        "<tr><td>Lieu</td><td>Rennes, Brest</td></tr></table>",
    ],
)
def test_labels_and_values_are_facts_whatever_their_tags(facts: str) -> None:
    assert elements(facts) == (Fact("Durée", "2 ans"), Fact("Lieu", "Rennes, Brest"))


def test_cards_with_a_heading_and_a_value_are_facts() -> None:
    found = elements(
        "<section><div><h3>Durée</h3><p>3 ans</p></div><div><h3>Rythme</h3><p>alternance</p></div>"
        "<div><h3>Frais</h3><p>7 900 €</p></div></section>"
    )

    assert found == (Fact("Durée", "3 ans"), Fact("Rythme", "alternance"), Fact("Frais", "7 900 €"))


def test_a_sentence_that_begins_in_bold_is_no_fact() -> None:
    text = "Le stage dure 12 semaines."

    assert elements(f"<p><strong>Le stage</strong>{text[8:]}</p>") == (Paragraph(text),)


def test_what_follows_a_panel_is_not_under_its_label() -> None:
    found = elements(
        "<h2>Admission</h2><details><summary>Qui ?</summary><p>Tous.</p></details><p>À bientôt.</p>"
    )

    assert found == (
        Heading(2, "Admission"),
        Heading(3, "Qui ?"),
        Paragraph("Tous."),
        Close(3),
        Paragraph("À bientôt."),
    )


def test_headings_of_a_tab_stand_below_its_label() -> None:
    found = elements(
        "<div role=tablist><a role=tab href=#a>Admission</a><a role=tab href=#b>Stage</a></div>"
        "<div id=a><h2>Dates</h2><p>En mars.</p></div>"
        "<div id=b><h2>Durée</h2><p>Six mois.</p></div>"
        "<h2>Contact</h2><p>Le secrétariat.</p>"
    )

    assert [(e.level, e.text) for e in found if isinstance(e, Heading)] == [
        *((2, "Admission"), (3, "Dates"), (2, "Stage"), (3, "Durée"), (2, "Contact")),
    ]


def test_tables_keep_titles_spans_and_divisions() -> None:
    found = elements(
        "<table><tr><th>UE</th><th>ECTS</th></tr><tr><td colspan=2>Semestre 1</td></tr>"
        "<tr><td rowspan=2>Droit</td><td>6</td></tr><tr><td>3</td></tr></table><p>Fin.</p>"
    )

    assert found == (
        Heading(2, "Semestre 1"),
        Table(("UE", "ECTS"), (("Droit", "6"), ("Droit", "3"))),
        Close(2),
        Paragraph("Fin."),
    )


def test_lists_keep_their_sub_lists() -> None:
    found = elements(
        "<p>Voici :</p><ul><li>S1<ul><li>droit</li><li>eau</li></ul></li><li>S2</li></ul>"
    )

    assert found == (Paragraph("Voici :"), Items(("S1 : droit ; eau", "S2")))


def test_lines_typed_as_a_list_are_one() -> None:
    found = elements(
        "<p>Il faut :<br>- un CV ;<br>- une lettre.</p><p>• une photo</p><p>• un test</p>"
    )

    assert found[:2] == (Paragraph("Il faut :"), Items(("un CV ;", "une lettre.")))
    assert found[2] == Items(("une photo", "un test"))


def test_links_show_addresses_that_lead_out_and_mails() -> None:
    canonical = "<link rel=canonical href='https://www.univ.example/master'>"
    found = elements(
        "<p><a href='https://depot.example/'>Déposer</a>, <a href='https://univ.example/b'>lire</a>,"
        " <a href='mailto:a@univ.example?subject=x'>écrire</a>,"
        " <a href='tel:+33299000000'>02 99 00 00"
        " 00</a>, <a href='https://x.com/univ'>suivre</a>, <a href='#b'>plus bas</a>,"
        " <a href='javascript:x()'>rire</a>.</p>",
        canonical,
    )

    assert found == (
        Paragraph(
            "Déposer (https://depot.example/), lire, écrire (a@univ.example), "
            "02 99 00 00 00, suivre,"
            " plus bas, rire."
        ),
    )


def test_inline_markup_does_not_split_words() -> None:
    found = elements(
        "<p>Du 1<sup>er</sup> mars au <b>3</b>0&nbsp;avril, l&#8217;<em>entre</em>tien.</p>"
    )

    assert found == (Paragraph("Du 1er mars au 30 avril, l’entretien."),)


def test_menus_in_the_main_part_are_left_out() -> None:
    found = elements(
        "<nav><a href=/a>Admission</a></nav><ul class=menu><li><a href=/b>Stage</a></li><li>"
        "<a href=/c>Frais</a></li></ul><ul>"
        "<li><a href=#x>Objectifs</a></li><li><a href=#y>Dates</a>"
        "</li></ul><p>Le stage est payé.</p><div><h3>Voir aussi</h3><ul><li><a href=/d>Licence</a>"
        "</li></ul></div><div><p>Ce site utilise des cookies.</p><button>OK</button></div>"
    )

    assert found == (Paragraph("Le stage est payé."),)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Master Eau - Université de Valmont</title>", "Master Eau"),
        ("<title>Université de Valmont | Master Eau</title>", "Master Eau"),
        ("<title>Master Eau - Sol</title>", "Master Eau - Sol"),
        (
            "<meta property=og:site_name content=Valmont><title>Master Eau - Sol - Valmont</title>",
            "Master Eau - Sol",
        ),
        ("<meta property=og:title content='Master Eau'><title>Autre</title>", "Master Eau"),
    ],
)
def test_without_a_heading_the_title_is_that_of_the_head(head: str, title: str) -> None:
    assert reading("<p>Le stage est payé.</p>", head).metadata.title == title


def test_a_heading_that_names_the_site_is_not_the_title() -> None:
    found = reading(
        "<h1><a href='/'>Université de Valmont</a></h1><main><h1>Master Eau</h1><p>Oui.</p></main>"
    )

    assert found.metadata.title == "Master Eau"


def test_a_page_without_a_main_element_is_read_without_its_frame() -> None:
    found = reading(
        "<div id=top><a href=/>Accueil</a> <a href=/f>Formations</a></div><div id=left><ul><li>"
        "<a href=/a>Les licences</a></li><li><a href=/b>Les masters</a></li></ul></div>"
        "<div id=page><h1>Master Eau</h1><p>Le stage dure douze semaines au moins.</p></div>"
        "<div id=right><h3>Contact</h3><p>eau@univ.example</p></div>"
        "<div id=bottom>Université de Valmont | <a href=/m>Mentions légales</a></div>"
    )

    assert found.elements == (
        Heading(1, "Master Eau"),
        Paragraph("Le stage dure douze semaines au moins."),
        Heading(3, "Contact"),
        Paragraph("eau@univ.example"),
    )


SENTENCE = "Les épreuves d’été coûtent 5 €."


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1252", "nonsense", None])
@pytest.mark.parametrize("written", ["utf-8", "cp1252", "utf-8-sig", "utf-16"])
def test_pages_are_read_in_the_encoding_they_are_in(declared: str | None, written: str) -> None:
    head = f"<meta charset={declared}>" if declared else ""
    page = f"<html><head>{head}</head><body><p>{SENTENCE}</p></body></html>".encode(written)

    assert read_html(page).elements == (Paragraph(SENTENCE),)


def test_another_declared_encoding_is_believed() -> None:
    page = "<?xml version='1.0' encoding='iso-8859-15'?><html><body><p>Coût : 5 €</p></body></html>"

    assert read_html(page.encode("iso-8859-15")).elements == (Fact("Coût", "5 €"),)


def test_stray_bytes_in_utf8_are_read_as_windows_1252() -> None:
    page = "<meta charset=utf-8><body><p>Été et ".encode() + b"\xe9t\xe9.</p></body>"

    assert read_html(page).elements == (Paragraph("Été et été."),)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 x", "a .pdf file"),
        (b"PK\x03\x04", "a .docx file"),
        (b"Le stage dure 12 semaines.", "no HTML"),
        (b"<html><body><div id=root></div><script>x()</script></body></html>", "No content"),
        (b"<html><head><title>x</title></head></html>", "No content"),
        (b"<html><body>" + b"<div>" * 200_000 + b"Texte", "nested"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason) as refused:
        read(data, ".html")

    assert refused.value.remedy


pieces = st.lists(
    st.sampled_from(
        [
            *("<div>", "</div>", "<p>", "</p>", "<ul><li>", "</li><li>", "</ul>", "<table><tr>"),
            *("<td>", "<th colspan=2>", "<td rowspan=3>", "</table>", "<dl><dt>", "<dd>", "</dl>"),
            *("<h2>", "</h2>", "<h1>Titre</h1>", "<details><summary>", "</summary>", "</details>"),
            *("<button aria-controls=a>", "</button>", "<div id=a hidden>", "<br>", "<strong>"),
            *("</strong>", "<a href=https://x.example>", "<a href=#a>", "</a>", "<nav>", "</nav>"),
            *(
                "<aside class=card>",
                "</aside>",
                "<div class=label>",
                "<span class=value>",
                "</span>",
            ),
            *("<div style='display:none'>", "<form>", "</form>", "<main>", "</main>", "<footer>"),
            *("Durée", "2 ans", "Lieu :", "Rennes", " : ", "- un CV ;", "•", "Accueil > Master"),
            *("02 99 00 00 00", "&nbsp;", "&#8203;", "&shy;", "\u0301", "&lt;", "<!--", "-->", "<"),
            *("<pre>a\nb</pre>", "<address>", "<q>", "<sup>e</sup>", "<div role=tablist>", "<b>"),
            *("<label for=r>", "<input id=r type=radio>", "<summary>", "<li>", "<dt>", "</tr><tr>"),
        ]
    ),
    max_size=30,
).map("".join)


@given(pieces)
def test_whatever_the_markup_elements_are_clean(markup: str) -> None:
    try:
        found = read_html(f"<body>{markup}</body>".encode()).elements
    except UnreadableDocument:
        return
    texts: list[str] = []
    for element in found:
        match element:
            case Heading(_, text) | Paragraph(text):
                texts.append(text)
            case Fact(label, value):
                texts.extend((label, value))
            case Items(items):
                texts.extend(items)
            case Table(header, rows):
                assert any(any(row) for row in rows)
                cells = (cell for row in (header, *rows) for cell in row)
                texts.extend(cell for cell in cells if cell)
    assert all(text and text == clean_line(text) for text in texts)


@pytest.mark.parametrize(
    "counter",
    [
        "<div><span>96 %</span><h3>de réussite</h3></div>",
        "<div><div class=title>de réussite</div><div><span></span><b>96</b> %</div></div>",
    ],
)
def test_a_large_number_and_what_it_counts_are_a_fact(counter: str) -> None:
    assert elements(f"{P}{counter}")[1:] == (Fact("de réussite", "96 %"),)


def test_the_number_of_a_step_is_no_figure() -> None:
    found = elements(f"<div><span>1</span><h3>Je dépose mon dossier</h3></div>{P}")

    assert Heading(3, "Je dépose mon dossier") in found


@pytest.mark.parametrize(
    "pointing",
    [
        "<div><h2>Formations proches</h2><div><p>Licence Droit</p><p>Plaider</p></div></div>",
        "<p><a href=/p>Imprimer</a> <a href=#>Haut de page</a></p>",
        "<p><a href=/p.pdf>Plaquette du master</a> <span>(1,2 Mo)</span></p>",
        "<div class=vc_cta3><h2>Envie de venir ?</h2><p>Passez une journée ici.</p></div>",
        "<div>Votre message a bien été envoyé.</div>",
    ],
)
def test_what_leads_away_is_left_out(pointing: str) -> None:
    assert elements(f"{P}{pointing}") == (Paragraph("254 euros par an."),)


def test_a_mail_address_that_a_script_shows_leaves_nothing_behind() -> None:
    cloak = "Cette adresse e-mail est protégée contre les robots spammeurs."
    cloak += " Vous devez activer le JavaScript pour la visualiser."

    assert elements(f"<p>Écrire au secrétariat. <span>{cloak}</span></p>") == (
        Paragraph("Écrire au secrétariat."),
    )


def test_components_with_the_roles_of_a_list_are_one() -> None:
    item = "<x-item role=listitem><i aria-hidden=true>place</i><b>Site</b><i>Bréval</i></x-item>"
    found = elements(f"<x-list role=list>{item}{item.replace('Site', 'Durée')}</x-list>")

    assert found == (Fact("Site", "Bréval"), Fact("Durée", "Bréval"))


def test_a_column_of_measures_has_a_title() -> None:
    rows = "".join(f"<tr><td>{a}<td>{b}" for a, b in (("Poste", "Montant"), ("Tenue", "85 €"),
                                                      ("Droits", "170 €")))  # fmt: skip

    assert elements(f"<table>{rows}</table>") == (
        Table(("Poste", "Montant"), (("Tenue", "85 €"), ("Droits", "170 €"))),
    )


def test_a_price_set_as_a_heading_heads_nothing() -> None:
    card = f"<div class=card><h4>Voie scolaire</h4><h2>0 €</h2>{P}</div>"

    assert elements(card)[:3] == (
        Heading(4, "Voie scolaire"), Paragraph("0 €"), Paragraph("254 euros par an."),
    )  # fmt: skip
