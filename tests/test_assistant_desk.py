from __future__ import annotations

import pytest

from assistant.answer import Abstention, Answer, Partial, Smalltalk, text_of
from assistant.exchange import Asked
from assistant.phrases import PHRASES
from tests.desks import TODAY, ask, cmc_desk

QUESTIONS = (
    "c koi la durée du stage ?",
    "le stage est facultatif, non ?",
    "serai-je admis avec 12 de moyenne ?",
    "Combien de temps dure le stage et combien ça coûte ?",
    "How long is the internship?",
    "Quels sont les débouchés ?",
    "combien ça coûte ?",
    "Quelle est la capitale du Pérou ?",
    "Bonjour !",
)


def test_a_question_in_phone_spelling_is_answered() -> None:
    outcome = ask("c koi la durée du stage ?")

    assert isinstance(outcome.reply, Answer)
    assert "420" in text_of(outcome.reply.segments)
    assert outcome.programme == "parcours-cmc"


def test_what_no_document_says_is_not_answered() -> None:
    reply = ask("combien ça coûte ?").reply

    assert isinstance(reply, Abstention)
    assert reply.reason == "not_documented"
    assert reply.segments[0].text == PHRASES["not_documented"]["fr"]


def test_a_wrong_supposition_meets_what_the_documentation_says() -> None:
    reply = ask("le stage est facultatif, non ?").reply

    assert isinstance(reply, Answer)
    assert "obligatoire" in text_of(reply.segments)


def test_no_candidate_s_own_case_is_judged() -> None:
    reply = ask("serai-je admis avec 12 de moyenne ?").reply

    assert isinstance(reply, Partial | Abstention)
    assert reply.reason == "individual_case"
    said = reply.segments[0].text
    assert said in (PHRASES["individual_helps"]["fr"], PHRASES["individual_case"]["fr"])


def test_markup_is_unsafe() -> None:
    reply = ask("<script>alert(1)</script>").reply

    assert isinstance(reply, Abstention)
    assert reply.reason == "unsafe"


def test_another_subject_is_off_topic() -> None:
    reply = ask("Quelle est la capitale du Pérou ?").reply

    assert isinstance(reply, Abstention)
    assert reply.reason == "off_topic"


def test_what_means_nothing_is_asked_again() -> None:
    reply = ask("???").reply

    assert isinstance(reply, Abstention)
    assert reply.reason == "unclear"


def test_a_greeting_is_returned() -> None:
    reply = ask("Bonjour !").reply

    assert isinstance(reply, Smalltalk)
    assert reply.segments[0].text == PHRASES["greeting"]["fr"]


def test_the_assistant_says_that_it_is_a_robot() -> None:
    reply = ask("es-tu un robot ?").reply

    assert isinstance(reply, Smalltalk)
    assert reply.segments[0].text.startswith("Oui, je suis un robot")


def test_a_follow_up_keeps_the_topic_of_the_question_before() -> None:
    reply = ask("et c'est obligatoire ?", "Combien de temps dure le stage ?").reply

    assert isinstance(reply, Answer)
    assert "Stage : obligatoire" in text_of(reply.segments)


def test_of_two_questions_the_one_that_is_documented_is_answered() -> None:
    outcome = ask("Combien de temps dure le stage et combien ça coûte ?")

    assert isinstance(outcome.reply, Partial)
    assert outcome.reply.segments[0].text == PHRASES["one_part"]["fr"]
    assert "420" in text_of(outcome.reply.segments)
    assert [part.found for part in outcome.explanation.parts] == [True, False]


def test_a_question_in_english_is_answered_in_english_around_french_quotes() -> None:
    outcome = ask("How long is the internship?")

    assert outcome.language == "en"
    assert isinstance(outcome.reply, Answer)
    assert "420 heures" in text_of(outcome.reply.segments)
    refused = ask("How much does it cost?").reply
    assert isinstance(refused, Abstention | Partial)
    assert refused.segments[0].text in {phrase["en"] for phrase in PHRASES.values()}


def test_the_language_that_was_typed_is_told_although_the_reply_has_another() -> None:
    outcome = ask("¿Cuánto duran las prácticas?")

    assert (outcome.language, outcome.asked_in) == ("en", "es")


def test_the_language_chosen_goes_before_the_language_typed() -> None:
    outcome = ask("Bonjour !", language="en")

    assert (outcome.language, outcome.asked_in) == ("en", "fr")
    assert isinstance(outcome.reply, Smalltalk)
    assert outcome.reply.segments[0].text == PHRASES["greeting"]["en"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_suggestion_is_answered(language: str) -> None:
    suggestions = cmc_desk().suggestions(None, language)

    assert len(set(suggestions)) == len(suggestions) > 2
    for question in suggestions:
        asked = Asked(question, "parcours-cmc", language)
        assert isinstance(cmc_desk().ask(asked, TODAY).reply, Answer), question


def test_suggestions_leave_out_the_question_just_asked() -> None:
    first = cmc_desk().suggestions(None, "fr")[0]

    assert first not in ask(first).suggestions


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_gets_the_same_reply(question: str) -> None:
    assert ask(question) == ask(question)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_word_of_a_reply_is_a_quote_or_a_stated_phrase(question: str) -> None:
    outcome = ask(question)
    citations = {cited.number: cited for cited in getattr(outcome.reply, "citations", ())}
    phrases = {phrase[outcome.language] for phrase in PHRASES.values()}

    for segment in outcome.reply.segments:
        if segment.citation is None:
            assert segment.text in phrases
        else:
            assert segment.text in citations[segment.citation].quote
    for cited in citations.values():
        document = cmc_desk().documents[cited.document]
        assert cited.quote == document.text[cited.start : cited.end]


def test_a_search_numbers_its_hits_and_keeps_to_the_programme() -> None:
    hits = cmc_desk().search("durée du stage", "parcours-cmc", 5)

    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]
    assert "stage" in hits[0].passage.text.casefold()


def test_nothing_is_tried_for_what_asks_nothing_of_the_documentation() -> None:
    for message in ("Bonjour !", "<script>", "serai-je admis avec 12 de moyenne ?"):
        assert cmc_desk().trials(Asked(message)) == ()
    (trial,) = cmc_desk().trials(Asked("Combien de temps dure le stage ?"))
    assert trial.candidates
    assert trial.nearness is not None


def test_a_desk_with_passages_has_no_problem() -> None:
    assert cmc_desk().problems() == ()
    assert set(cmc_desk().programmes) == {"parcours-cmc"}


def test_two_questions_that_are_both_documented_are_both_answered() -> None:
    reply = ask("Combien de temps dure le stage et quels sont les débouchés ?").reply

    assert isinstance(reply, Answer)
    said = text_of(reply.segments)
    assert "420" in said
    assert "débouchés professionnels" in said


def test_a_new_subject_leaves_the_one_before_behind() -> None:
    reply = ask("Quels sont les débouchés ?", "Combien de temps dure le stage ?").reply

    assert isinstance(reply, Answer)
    assert "420" not in text_of(reply.segments)


def test_an_explanation_names_the_aspect_that_a_question_asks_about_first():
    assert ask("Combien de temps dure le stage ?").explanation.aspect == "internship_length"
    assert ask("Bonjour").explanation.aspect is None
