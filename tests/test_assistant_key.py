from assistant.aspect import load_aspects
from assistant.key import Weights, content, hear, keys_of, names_in
from assistant.lexicon import load_lexicon
from assistant.subject import subject_of
from index.words import tokens

LEXICON = load_lexicon()
WEIGHTS = Weights(load_aspects().values(), hear(load_aspects().values(), LEXICON))


def keys(text, lexicon, weights, language="fr", names=frozenset()):
    return keys_of(content(tokens(text), lexicon, language), weights, language, names)


def test_only_weighty_words_are_keys() -> None:
    found = keys("et les débouchés de la formation ?", LEXICON, WEIGHTS)

    assert [key.text for key in found] == ["debouches", "formation"]
    assert all(0 < key.weight <= 1 for key in found)


def test_a_telling_word_weighs_more_than_one_of_every_second_question() -> None:
    debouches, formation = keys("les débouchés de la formation", LEXICON, WEIGHTS)

    assert debouches.weight > formation.weight


def test_a_key_is_covered_by_other_words_that_mean_the_same() -> None:
    (key,) = keys("les débouchés", LEXICON, WEIGHTS)
    text = subject_of("Les métiers visés par ce master", LEXICON)

    assert key.covered_by(text)
    assert not key.stands_in(text)


def test_a_thing_named_twice_is_one_key() -> None:
    found = keys("le stage, quel stage ?", LEXICON, WEIGHTS)

    assert [key.text for key in found] == ["stage"]


def test_a_capital_inside_a_sentence_makes_a_name() -> None:
    assert names_in("Est-ce que le stage est à Nantes ?") == {"nantes"}
    assert names_in("Nantes ?") == frozenset()
    assert names_in("QUEL EST LE STAGE") == frozenset()


def test_a_name_weighs_the_most() -> None:
    question = "le stage est à Zorgland"
    found = keys(question, LEXICON, WEIGHTS, names=names_in(question))

    assert [(key.text, key.weight) for key in found if key.is_name] == [("zorgland", 1.0)]
