import pytest

from assistant.asking import asked_kind, lacks


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Combien de temps dure le stage ?", "duration"),
        ("combien ça coûte ?", "money"),
        ("c quand la rentrée", "date"),
        ("combien d'étudiants par promotion ?", "number"),
        ("où est le campus", "place"),
        ("How long is the internship?", "duration"),
        ("stage obligatoire ?", None),
    ],
)
def test_a_question_s_own_words_ask_for_a_kind_of_answer(question: str, kind: str | None) -> None:
    assert asked_kind(question) == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("c combien l'inscription", "money"),
        ("C'est combien, l'inscription ?", "money"),
        ("combien pour s'inscrire ?", "money"),
        ("c'est combien de temps, le stage ?", "duration"),
        ("combien d'étudiants ?", "number"),
    ],
)
def test_how_much_with_nothing_counted_asks_for_a_price(question: str, kind: str) -> None:
    assert asked_kind(question) == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("combien on gagne en apprentissage ?", "money"),
        ("le loyer est à combien ?", "money"),
        ("Wie hoch sind die Gebühren?", "money"),
        ("¿Cuánto hay que pagar?", "money"),
        ("ça dure combien ?", "duration"),
        ("le mémoire vaut combien de crédits ?", "number"),
        ("Quando iniziano le lezioni?", "date"),
        ("An welchem Tag ist die Prüfung?", "date"),
        ("¿Dónde están las clases?", "place"),
    ],
)
def test_other_wordings_ask_for_the_same_kinds(question: str, kind: str) -> None:
    assert asked_kind(question) == kind


@pytest.mark.parametrize(
    "question",
    [
        "et quand on est boursier ?",
        "c'est possible quand même ?",
        "comment s'organiser quand on travaille à côté ?",
        "faut-il une assurance quand on part à l'étranger ?",
        "What happens when I am ill?",
    ],
)
def test_a_circumstance_asks_for_no_date(question: str) -> None:
    assert asked_kind(question) is None


def test_wanting_to_know_when_asks_for_a_date() -> None:
    assert asked_kind("je voudrais savoir quand on commence") == "date"


def test_a_year_says_when_unless_a_day_is_asked_for() -> None:
    assert not lacks("quand passe-t-on le certificat ?", "date", {"period"})
    assert lacks("jusqu'à quand peut-on candidater ?", "date", {"period"})
    assert not lacks("jusqu'à quand peut-on candidater ?", "date", {"date"})
    assert lacks("c'est combien ?", "money", {"number"})
    assert not lacks("combien de places ?", "number", set())
