import pytest

from corpus.html import read_html
from corpus.limited import LimitedReader
from corpus.reading import Reading
from corpus.selection import check_selector

PAGE = """<!doctype html><html><head><title>Master</title></head><body>
<nav>Menu principal</nav><div class="intro"><p>Une annonce de la faculté, assez longue pour être
prise pour le contenu de la page, avec des mots et des mots et encore des mots.</p></div>
<main><h1>Master de droit</h1><div class="fiche"><h2>Stage</h2><p>Le stage dure 420 heures.</p>
<nav>Voir aussi</nav></div><div class="fiche"><h2>Frais</h2><p>254 euros par an.</p></div></main>
<aside id="rentree"><p>Rentrée le 3 septembre.</p></aside>
<footer id="pied"><p>Le secrétariat est ouvert le lundi matin.</p></footer>
</body></html>""".encode()


def text_of(reading: Reading) -> str:
    return repr(reading.elements)


def test_only_the_parts_that_a_selector_names_are_read_with_the_page_s_title() -> None:
    text = text_of(read_html(PAGE, "main div.fiche:first-of-type, #rentree"))

    assert all(words in text for words in ("Master de droit", "420 heures", "3 septembre"))
    assert not any(words in text for words in ("254", "annonce", "Menu", "Voir aussi"))


def test_a_part_within_a_part_is_read_once() -> None:
    assert text_of(read_html(PAGE, "main, .fiche")).count("420 heures") == 1


def test_a_part_is_read_although_it_looks_like_the_site_s() -> None:
    assert "lundi matin" in text_of(read_html(PAGE, "#pied"))
    assert "lundi matin" not in text_of(read_html(PAGE))


def test_where_nothing_answers_to_a_selector_the_content_is_found_and_it_is_said() -> None:
    reading = read_html(PAGE, "article.contenu")

    assert "420 heures" in text_of(reading)
    assert "Nothing on the page answers to the selector 'article.contenu'." in reading.notes


def test_a_selector_reaches_the_child_process_and_other_formats_have_no_use_for_it() -> None:
    with LimitedReader() as reader:
        assert reader.read(PAGE, ".html", "#rentree") == read_html(PAGE, "#rentree")
        assert "420" in text_of(reader.read(b"# Stage\n\n420 heures.\n", ".md", "#rentree"))


@pytest.mark.parametrize("selector", ["", "main >", "..fiche", "*:first-of-type", "a[href"])
def test_what_is_no_selector_is_refused_by_name(selector: str) -> None:
    with pytest.raises(ValueError, match="is no CSS selector"):
        check_selector(selector)
