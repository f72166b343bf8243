import pytest

from tests.desks import query_of


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("Combien de temps dure le stage ?", "internship_length"),
        ("Le stage est-il obligatoire ?", "internship_compulsory"),
        ("Quels sont les débouchés ?", "careers"),
        ("Combien coûte la formation ?", "fees"),
        ("Où ont lieu les cours ?", "place"),
    ],
)
def test_a_question_is_placed_under_its_aspect(question: str, aspect: str) -> None:
    assert query_of(question).aspects[0].aspect.id == aspect


def test_aspects_come_best_first_and_are_few() -> None:
    scores = [found.score for found in query_of("Combien de temps dure le stage ?").aspects]

    assert scores == sorted(scores, reverse=True)
    assert 1 <= len(scores) <= 4
    assert all(0 < score <= 1 for score in scores)


def test_a_question_about_nothing_known_is_placed_nowhere() -> None:
    assert query_of("zorglub gloubiboulga").aspects == ()
