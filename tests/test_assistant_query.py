from assistant.query import QUESTION_CONCEPTS, concept_token, stems_of
from tests.desks import query_of, understanding


def test_a_question_becomes_keys_aspects_and_a_kind_of_answer() -> None:
    query = query_of("Combien de temps dure le stage ?")

    assert "internship" in query.concepts
    assert query.aspects[0].aspect.id == "internship_length"
    assert query.expects == "duration"


def test_the_kind_of_answer_comes_from_the_aspect_when_no_word_says_it() -> None:
    query = query_of("les débouchés")

    assert query.expects == query.aspects[0].aspect.expects


def test_a_word_that_only_asks_is_no_subject() -> None:
    for key in query_of("Quand et pourquoi ?").keys:
        assert not key.concepts or key.concepts - QUESTION_CONCEPTS


def test_words_and_concepts_are_searched_with_their_weight() -> None:
    query = query_of("Combien de temps dure le stage ?")
    searched = dict(query.tokens)

    (stage,) = (key for key in query.keys if key.text == "stage")
    assert searched["stag"] == searched[concept_token("internship")] == stage.weight


def test_the_programme_s_own_name_weighs_little() -> None:
    question = "le stage de médiation"
    plain = {key.text: key.weight for key in understanding().query(question).keys}
    neutral = stems_of("Médiation")
    weighed = {
        key.text: key.weight for key in understanding().query(question, neutral=neutral).keys
    }

    assert weighed["stage"] == plain["stage"]
    assert weighed["mediation"] < plain["mediation"]


def test_a_message_without_a_weighty_word_has_no_key() -> None:
    assert query_of("").keys == ()
    assert query_of("et alors ?").keys == ()
