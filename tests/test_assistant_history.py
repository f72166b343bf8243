from assistant.history import Conversation, depends, is_topic
from assistant.query import Query
from tests.desks import query_of, understanding

CONVERSATION = Conversation(understanding())
STAGE = query_of("Combien de temps dure le stage ?")


def completed(question: str, *earlier: Query) -> Query:
    return CONVERSATION.completed(query_of(question), earlier)


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

    assert completed(question, STAGE) == query_of(question)


def test_without_an_earlier_question_nothing_is_completed() -> None:
    assert completed("et c'est payé ?") == query_of("et c'est payé ?")


def test_what_opens_or_points_like_a_follow_up_depends_on_what_was_said() -> None:
    assert depends(query_of("et c'est obligatoire ?"))
    assert depends(query_of("est-ce qu'il est payé ?"))
    assert not depends(STAGE)


def test_the_internship_is_a_topic_and_its_length_is_not() -> None:
    assert {key.text: is_topic(key) for key in STAGE.keys} == {
        "combien de temps": False,
        "stage": True,
    }
