from collections import Counter
from dataclasses import dataclass
from statistics import fmean

import numpy as np
import pytest

from assistant.grouping import Grouping, Member, described
from assistant.likeness import Shapes
from assistant.trait import Traits, packed, recorded, restored, traits_of
from tests.cases import ASPECTS
from tests.desks import query_of
from tests.groupings import agreement, found_groups, read_grouped

ORDERS = range(5)
SHAPES = Shapes(ASPECTS, None)


def member(question, id=None, programme="parcours-cmc", language="fr"):
    traits = traits_of(question, (query_of(question, language),), None)
    return Member(id or question, programme, traits)


def grouped(*questions):
    """The questions group by group."""
    grouping, found = Grouping(SHAPES), {}
    for question in questions:
        asked = question if isinstance(question, Member) else member(question)
        group = grouping.place(asked) or asked.id
        grouping.put(group, asked)
        found.setdefault(group, []).append(asked.id)
    return list(found.values())


def test_there_are_questions_in_forty_groups_of_three_programmes():
    every = [*read_grouped("tuning"), *read_grouped("reported")]
    sizes = Counter(each.group for each in every)
    assert len(every) >= 600
    assert len(sizes) == 40
    assert (min(sizes.values()), max(sizes.values())) == (3, 45)
    assert len({each.programme for each in every}) == 3
    assert {each.language for each in every} == {"fr", "en", "es", "de", "it"}
    assert 0.6 < fmean(each.language == "fr" for each in every) < 0.75


@pytest.mark.slow
@pytest.mark.parametrize("half", ["tuning", "reported"])
def test_questions_are_grouped_by_meaning(half):
    wanted = [each.group for each in read_grouped(half)]
    reached = [agreement(wanted, found_groups(half, seed)) for seed in ORDERS]
    assert fmean(each.f1 for each in reached) >= 0.85
    assert fmean(each.precision for each in reached) >= 0.9


@pytest.mark.slow
def test_the_same_order_gives_the_same_groups():
    assert found_groups("tuning", 1) == found_groups("tuning", 1)


def test_agreement_counts_pairs():
    same = agreement(["a", "a", "b"], ["x", "x", "y"])
    assert (same.precision, same.recall) == (1.0, 1.0)
    half = agreement(["a", "a", "a", "b"], ["x", "x", "y", "y"])
    assert (half.precision, half.recall) == (1 / 2, 1 / 3)


def test_spelling_and_wording_do_not_matter():
    assert len(grouped("Combien coûte la formation ?", "le prix de la formation", "tarif ?")) == 1


def test_fees_and_paying_in_instalments_are_two_things():
    assert grouped("Combien coûte la formation ?", "payer la formation en plusieurs fois ?") == [
        ["Combien coûte la formation ?"],
        ["payer la formation en plusieurs fois ?"],
    ]


def test_programmes_are_never_mixed():
    one, other = (member("tarif ?", id, id) for id in ("parcours-cmc", "licence-musicologie"))
    assert grouped(one, other) == [["parcours-cmc"], ["licence-musicologie"]]


def test_what_is_not_understood_goes_with_the_same_text_only():
    junk = [member("qsdf qsdf", "1"), member("azer", "2"), member("Qsdf  qsdf !", "3")]
    assert grouped("Combien coûte la formation ?", *junk) == [
        ["Combien coûte la formation ?"], ["1", "3"], ["2"],
    ]  # fmt: skip


def test_groups_follow_what_staff_made_of_them():
    grouping = Grouping(SHAPES)
    fees, housing = member("tarif ?"), member("Où se loger ?")
    grouping.put("fees", fees)
    grouping.put("housing", housing)
    assert grouping.stale({"fees": frozenset({"tarif ?"}), "merged": frozenset({"x"})}) == {
        "housing", "merged",
    }  # fmt: skip
    grouping.renew("housing", [])
    grouping.renew("fees", [fees, housing])
    assert grouping.place(member("logement étudiant")) == "fees"
    grouping.renew("fees", [])
    assert grouping.place(member("logement étudiant")) is None


def test_a_group_that_is_gone_leaves_its_place_to_another():
    grouping = Grouping(SHAPES)
    for _ in range(100):
        grouping.put("a", member("tarif ?"))
        grouping.put("b", member("Où se loger ?"))
        grouping.renew("a", [])
        assert grouping.place(member("combien ça coûte ?")) is None
        assert grouping.place(member("logement")) == "b"
        grouping.renew("b", [])


@dataclass(frozen=True)
class Said:
    id: str
    question: str
    language: str
    traits: Traits


def test_a_whole_question_speaks_for_its_group():
    texts = ["prix", "c cb", "Combien coûte la formation à l'année ?", "How much is it?"]
    said = [
        Said(str(place), text, "en" if text[0] == "H" else "fr", member(text).traits)
        for place, text in enumerate(texts)
    ]
    assert described(said, SHAPES) == ("Combien coûte la formation à l'année ?", "fees", True)


def test_traits_come_back_as_they_were_kept():
    vector = np.array([0.6, 0.8], np.float32)
    traits = traits_of("Payer en 3 fois ?", (query_of("Payer en 3 fois ?"),), vector)
    back = restored(traits.folded, recorded(traits, "one"), packed(traits), "one")
    assert (back.folded, back.units, back.aspects) == (
        "payer en 3 fois",
        traits.units,
        traits.aspects,
    )
    assert back.facets == ("instalments",)
    assert np.allclose(back.vector, vector, atol=1e-3)
    assert (
        restored(traits.folded, recorded(traits, "one"), packed(traits), "another").vector is None
    )


def test_words_that_are_only_strewn_say_nothing():
    assert not member("stage frais bourse parking pizza examen").traits.clear
    assert member("date limite candidature master").traits.clear
    assert member("frais d'inscription, bourse, logement et parking ?").traits.clear
