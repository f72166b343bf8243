"""The lexicon and the aspects as they come: sound tables that tell questions apart."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.aspect import load_aspects
from assistant.language import SERVED, detect_language
from assistant.lexicon import load_lexicon
from assistant.query import Understanding
from assistant.table import read_tables
from assistant.word_vectors import load_word_vectors
from index.words import fold, tokens

DATA = Path("assistant/data")
CONCEPTS = {
    concept: entry
    for file in sorted((DATA / "lexicon").glob("*.toml"))
    for concept, entry in tomllib.loads(file.read_text("utf-8")).items()
}
ASPECTS = {
    id: entry
    for file in sorted((DATA / "aspects").glob("*.toml"))
    for id, entry in tomllib.loads(file.read_text("utf-8")).items()
}
EXPECTED = {
    "number", "duration", "money", "date", "place", "person", "list",
    "yes_no", "how", "text", "language", "link",
}  # fmt: skip
FOLDS = 5
LEAST_PLACED_FIRST = 0.88
LEAST_PLACED_IN_THREE = 0.93


@pytest.fixture(scope="module")
def understanding():
    return Understanding(load_lexicon(), load_aspects(), load_word_vectors())


def aspects_of(understanding, question, language=None):
    language = language or detect_language(question, understanding.lexicon.words)
    return [found.aspect.id for found in understanding.query(question, language).aspects]


def words_of(phrase):
    return tuple(token.text for token in tokens(phrase))


def test_the_tables_are_read_whole():
    assert read_tables("lexicon")[0] == CONCEPTS
    assert read_tables("aspects")[0] == ASPECTS


@pytest.mark.parametrize("concept", CONCEPTS)
def test_a_concept_has_words_in_every_language_and_nothing_else(concept):
    entry = CONCEPTS[concept]
    assert set(SERVED) <= set(entry) <= {*SERVED, "narrower"}
    assert set(entry.get("narrower", ())) <= CONCEPTS.keys() - {concept}
    for language in SERVED:
        assert entry[language]
        assert all(tokens(phrase) for phrase in entry[language])


@pytest.mark.parametrize("concept", CONCEPTS)
def test_no_entry_stands_twice_in_a_concept(concept):
    for language in SERVED:
        listed = [words_of(phrase) for phrase in CONCEPTS[concept][language]]
        assert sorted(listed) == sorted(set(listed))


def test_no_concept_implies_itself():
    def broader(concept, seen=()):
        assert concept not in seen
        for parent, entry in CONCEPTS.items():
            if concept in entry.get("narrower", ()):
                broader(parent, (*seen, concept))

    for concept in CONCEPTS:
        broader(concept)


@pytest.mark.parametrize("id", ASPECTS)
def test_an_aspect_names_concepts_and_aspects_that_exist(id):
    aspect = ASPECTS[id]
    assert set(aspect) <= {
        "concepts", "also", "label", "headings", "question", "expects", "pointer", "examples",
    }  # fmt: skip
    for rule in (aspect["concepts"], aspect.get("also", [])):  # each one conjunction of choices
        for choices in rule:
            assert isinstance(choices, list)
            assert set(choices) <= CONCEPTS.keys()
    assert aspect["concepts"]
    assert aspect.get("also") != []
    assert set(aspect["pointer"]) <= ASPECTS.keys() - {id}
    assert aspect["expects"] in EXPECTED
    for field in ("label", "question"):
        assert set(aspect[field]) == {"fr", "en"}
    assert aspect["headings"]


@pytest.mark.parametrize("id", ASPECTS)
def test_an_aspect_has_examples_in_the_languages_served(id):
    examples = ASPECTS[id]["examples"]
    assert len(examples) == len({fold(example) for example in examples}) >= 16
    words = load_lexicon().words
    assert {detect_language(example, words) for example in examples} >= {"fr", "en"}


def test_no_example_stands_in_two_aspects():
    owners = {}
    for id, aspect in ASPECTS.items():
        for example in aspect["examples"]:
            owners.setdefault(fold(example), set()).add(id)
    assert {example: ids for example, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("id", ASPECTS)
def test_a_suggested_question_is_recognised_as_its_own(understanding, id, language):
    question = ASPECTS[id]["question"][language]
    assert id in aspects_of(understanding, question, language)[:2]


def test_suggested_questions_come_first_almost_always(understanding):
    asked = [(id, language) for id in ASPECTS for language in ("fr", "en")]
    first = sum(
        aspects_of(understanding, ASPECTS[id]["question"][language], language)[:1] == [id]
        for id, language in asked
    )
    assert first >= 0.98 * len(asked)


def test_examples_are_recognised_without_themselves():
    """Cross-validation: every example is asked of tables that lack it and four in five others."""
    lexicon, whole = load_lexicon(), load_aspects()
    first = among_three = total = 0
    for fold_number in range(FOLDS):
        rest = {
            id: replace(
                aspect,
                examples=tuple(
                    example
                    for number, example in enumerate(aspect.examples)
                    if number % FOLDS != fold_number
                ),
            )
            for id, aspect in whole.items()
        }
        understanding = Understanding(lexicon, rest, load_word_vectors())
        for id, aspect in whole.items():
            for example in aspect.examples[fold_number::FOLDS]:
                found = aspects_of(understanding, example)
                total += 1
                first += found[:1] == [id]
                among_three += id in found[:3]
    assert first / total >= LEAST_PLACED_FIRST
    assert among_three / total >= LEAST_PLACED_IN_THREE
