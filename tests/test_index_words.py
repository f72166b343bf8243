import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.softening import SOFTENED
from index.words import (
    FUNCTION_WORDS,
    _tokens,
    fold,
    stem,
    terms,
    tokens,
    word_set,
)

FRENCH = st.text(alphabet="aàâéèêëïîôùûüçœæÉÀŒstrnlméx’'-·.()/ \n0123456789€%,: ", max_size=60)


def words(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("étudiant·e·s", "etudiant"),
        ("étudiant•e•s", "etudiant"),
        ("étudiant⋅es", "etudiant"),
        ("étudiant.e.s", "etudiant"),
        ("étudiant-e-s", "etudiant"),
        ("étudiant(e)s", "etudiant"),
        ("étudiant(e)(s)", "etudiant"),
        ("ÉTUDIANT·E·S", "etudiant"),
        ("ETUDIANT.E.S", "etudiant"),
        ("chargé.e.s", "charge"),
        ("Chargé.e.s", "charge"),
        ("chef.fe", "chef"),
        ("chef·fe·s", "chef"),
        ("candidat/e", "candidat"),
        ("directeur·rice", "directeur"),
        ("directeur.trice.s", "directeur"),
        ("professionnel·le·s", "professionnel"),
        ("lycéen.ne.s", "lyceen"),
        ("sportif·ve", "sportif"),
        ("tous·tes", "tous"),
        ("nouveaux·elles", "nouveaux"),
        ("admission(s)", "admission"),
    ],
)
def test_inclusive_writing_is_one_token_of_its_base_word(text: str, base: str) -> None:
    (token,) = tokens(text)
    assert (token.text, token.stem) == (base, stem(base))
    assert (token.start, token.end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C'est la fin.Les candidats attendent", "est la fin les candidats attendent"),
        ("Elle ouvre en septembre.Le dossier", "elle ouvre en septembre le dossier"),
        ("Peut-elle candidater ?", "peut elle candidater"),
        ("et/ou", "et ou"),
        ("www.univ-rivebelle.fr", "www univ rivebelle fr"),
        ("La licence (L3) ou M1/M2", "la licence l3 ou m1 m2"),
        ("parcours (en alternance)", "parcours en alternance"),
    ],
)
def test_what_only_looks_like_inclusive_writing_stays_apart(text: str, expected: str) -> None:
    assert words(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("420h de stage", "420 h de stage"),
        ("14h30", "14 h 30"),
        ("1 200 € ou 1\u202f200 euros", "1200 euro ou 1200 euros"),
        ("12,50 % de 3.5", "12.50 pourcent de 3.5"),
        ("le 01.09.2026", "le 01 09 2026"),
        ("la 2ème année, la 1re, le 1er", "la 2 annee la 1 le 1"),
        ("B2 en anglais, BUT2, bac+3", "b2 en anglais but2 bac 3"),
        ("01 40 62 00 00", "01 40 62 00 00"),
        ("- 12\n345", "12 345"),
        ("en 2026 300 places", "en 2026 300 places"),
    ],
)
def test_numbers_are_read_as_they_are_written(text: str, expected: str) -> None:
    assert words(text) == expected.split()


def test_elisions_are_dropped_whatever_the_apostrophe() -> None:
    text = "L'admission d’un étudiant qu‘on n'a pas aujourd’hui, lorsqu'il s`inscrit"
    expected = "admission un etudiant on a pas aujourdhui il inscrit"
    assert words(text) == expected.split()


def test_accents_ligatures_and_case_do_not_count() -> None:
    assert words("ŒUVRE, cœur, Ça, MAÎTRISE") == words("oeuvre, coeur, ca, maitrise")
    assert fold("L’Œuvre : chargé·e de sous‑titrage  en\u00a0Île-de-France") == (
        "l oeuvre : charge·e de sous titrage en ile de france"
    )


def test_composed_and_decomposed_text_have_the_same_tokens() -> None:
    composed, decomposed = "Durée : deux années", "Dure\u0301e : deux anne\u0301es"
    assert words(composed) == words(decomposed)
    first = tokens(decomposed)[0]
    assert decomposed[first.start : first.end] == "Dure\u0301e"
    last = tokens("diplômé".replace("é", "e\u0301"))[0]
    assert last.end == len("diplôme\u0301")


def test_forms_of_a_word_share_a_stem_with_and_without_accents() -> None:
    for forms in (
        "durée durées duree dure durer",
        "crédit crédits credit",
        "débouché débouchés debouche",
        "année années",
        "alternance alternant alternante alternances",
        "évaluation évaluations évalué evalue",
    ):
        assert len({token.stem for token in tokens(forms)}) == 1, forms


def test_words_that_name_a_subject_are_no_function_words() -> None:
    assert not FUNCTION_WORDS & {"but", "son", "ete", "stage", "master", "temps", "ans"}
    assert all(fold(word) == word for word in FUNCTION_WORDS)


@given(FRENCH | st.text(max_size=60))
def test_tokens_lie_in_order_inside_the_text_and_say_what_stands_there(text: str) -> None:
    position = 0
    for token in tokens(text):
        assert position <= token.start < token.end <= len(text)
        assert words(text[token.start : token.end])[0] == token.text
        position = token.end


@given(FRENCH | st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_a_folded_text_has_no_capital_no_accent_and_no_white_space_run(text: str) -> None:
    folded = fold(text)
    assert folded == folded.strip()
    assert "  " not in folded
    assert not set("éèêàçœÉŒ’‐\u00a0\u200b") & set(folded)


@pytest.mark.parametrize("text", ["le.le" * 100, "ab" + ".e" * 250, "1 000" * 100, "e\u0301" * 250])
def test_an_adversarial_question_costs_little(text: str) -> None:
    begin = time.perf_counter()
    tokens(text)
    assert time.perf_counter() - begin < 0.05


def test_stems_are_the_same_from_many_threads() -> None:
    listed = [f"inscription{number}s" for number in range(2000)]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda word: stem(word), listed * 4))
    finally:
        sys.setswitchinterval(before)
    assert found == [stem(word) for word in listed] * 4


@given(FRENCH)
def test_a_text_is_cut_run_by_run_as_it_is_cut_whole(text: str) -> None:
    whole = _tokens(text, text.translate(SOFTENED))

    assert tokens(text) == whole
    assert [(each.text, each.stem) for each in terms(text)] == [(t.text, t.stem) for t in whole]
    assert word_set(text) == {token.text for token in whole}
