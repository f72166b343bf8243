import pytest

from assistant.programme import Programmes

PROGRAMMES = Programmes(
    {
        "parcours-cmc": "Parcours CMC, master sciences sociales",
        "licence-pro-eolien": "Licence professionnelle éolien",
        "licence-musicologie": "Licence de musicologie",
    }
)


@pytest.mark.parametrize(
    ("question", "programme"),
    [
        ("Combien dure la licence éolien ?", "licence-pro-eolien"),
        ("la musicologie", "licence-musicologie"),
        ("le stage pour le master ?", "parcours-cmc"),
        ("Combien de temps dure la formation ?", None),
        ("musicologie ou éolien ?", None),
    ],
)
def test_a_programme_is_told_by_the_words_of_its_own(question: str, programme: str | None) -> None:
    assert PROGRAMMES.named(question) == programme


def test_the_last_programme_named_before_is_still_meant() -> None:
    history = ("la musicologie ?", "et les éoliennes ?", "quand ?")

    assert PROGRAMMES.named_in("et le stage ?", history[:1]) == "licence-musicologie"
    assert PROGRAMMES.named_in("et le stage en musicologie ?", history) == "licence-musicologie"
    assert PROGRAMMES.named_in("et le stage ?", ()) is None


def test_the_only_programme_is_always_meant() -> None:
    assert Programmes({"droit": "Master Droit"}).named_in("le stage ?", ()) == "droit"


def test_a_programme_s_own_name_tells_nothing_apart_inside_it() -> None:
    assert "eolien" in PROGRAMMES.neutral("licence-pro-eolien")
    assert PROGRAMMES.neutral(None) == frozenset()


def test_without_programmes_none_is_named() -> None:
    assert Programmes({}).named("le stage ?") is None
