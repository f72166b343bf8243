from assistant.history import Conversation, depends, is_topic
from assistant.query import Query
from tests.desks import query_of, understanding

CONVERSATION = Conversation(understanding())
STAGE = query_of("Combien de temps dure le stage ?")


def completed(question: str, *earlier: Query) -> Query:
    return CONVERSATION.completed(heard(question), earlier)


def heard(question: str) -> Query:
    """As the listener hears it, without its mark."""
    return query_of(question.rstrip(" ?"))


def test_a_new_thing_asked_keeps_the_topic() -> None:
    query = completed("et c'est payé ?", STAGE)

    assert [key.text for key in query.keys] == ["est paye", "stage"]
    assert "internship" in query.concepts
    assert query.expects == "money"


def test_a_new_topic_keeps_the_thing_asked() -> None:
    query = completed("Et en alternance ?", STAGE)

    assert [key.text for key in query.keys] == ["alternance", "combien de temps"]


def test_a_question_with_topic_and_thing_asked_stands_alone() -> None:
    question = "Quelles sont les dates limites de candidature au master ?"

    assert completed(question, STAGE) == heard(question)


def test_without_an_earlier_question_nothing_is_completed() -> None:
    assert completed("et c'est payé ?") == heard("et c'est payé ?")


def test_what_opens_or_points_like_a_follow_up_depends_on_what_was_said() -> None:
    assert depends(query_of("et c'est obligatoire ?"))
    assert depends(query_of("est-ce qu'il est payé ?"))
    assert not depends(STAGE)


def test_the_internship_is_a_topic_and_its_length_is_not() -> None:
    assert {key.text: is_topic(key) for key in STAGE.keys} == {
        "combien de temps": False,
        "stage": True,
    }


def test_another_year_of_the_same_internship_is_asked_about() -> None:
    query = completed("et en seconde année ?", heard("Combien de temps dure le stage de M1 ?"))

    assert {key.text for key in query.keys} == {"seconde annee", "combien de temps", "stage"}
    assert query.text == "Combien de temps dure le stage de seconde année"
    assert query.expects == "duration"
    assert "first_year" not in query.concepts


def test_an_ordinal_after_a_year_is_a_year() -> None:
    query = completed("et en troisième ?", heard("Combien de temps dure le stage de L2 ?"))

    assert query.text == "Combien de temps dure le stage de troisième année"


def test_a_circumstance_keeps_all_that_was_asked() -> None:
    fees = heard("Quels sont les droits d'inscription ?")

    query = completed("et quand on est boursier ?", fees)

    assert {key.text for key in query.keys} == {"boursier", "droits inscription"}
    assert query.expects == "money"


def test_an_unknown_name_gives_way_behind_the_same_preposition() -> None:
    query = completed("et en TRT ?", heard("Quelle est la durée du stage en PUH ?"))

    assert query.text == "Quelle est la durée du stage en TRT"


def test_the_other_one_is_not_the_one_that_was_named() -> None:
    query = completed("et l'autre groupe ?", heard("Combien d'apprentis en groupe Officine ?"))

    assert "officine" not in {key.text for key in query.keys}


def test_a_pronoun_stands_for_what_was_named() -> None:
    assert depends(query_of("il est payant ?"))
    assert depends(query_of("on peut le faire en alternance ?"))
    assert not depends(query_of("faut-il payer des frais d'inscription ?"))
    assert not depends(query_of("il y a un entretien ?"))
