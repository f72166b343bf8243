from assistant.aspect import load_aspects
from assistant.lexicon import load_lexicon
from assistant.subject import passage_subject, subject_of, subjects
from corpus.passage import Passage, PassageKind

LEXICON, ASPECTS = load_lexicon(), tuple(load_aspects().values())


def passage(text: str, *headings: str, kind: PassageKind = "prose") -> Passage:
    return Passage("p1", "stage", "parcours-cmc", headings, text, 0, len(text), kind)


def test_a_text_names_words_and_concepts() -> None:
    subject = subject_of("Le stage dure 420 heures.", LEXICON)

    assert "stag" in subject.stems
    assert "internship" in subject.concepts
    assert subject_of("", LEXICON).concepts == frozenset()


def test_two_texts_name_together_what_either_names() -> None:
    both = subject_of("stage", LEXICON) | subject_of("débouchés", LEXICON)

    assert {"internship", "career"} <= both.concepts


def test_sentences_stand_where_they_say() -> None:
    found = passage("Le stage est obligatoire. Il dure 420 heures.", "Stage")
    parts = passage_subject(found, LEXICON, ASPECTS).sentences

    assert [found.text[part.start : part.end] for part in parts] == [
        "Le stage est obligatoire.",
        "Il dure 420 heures.",
    ]
    assert ["duration" in part.kinds for part in parts] == [False, True]


def test_the_headings_say_what_a_passage_is_on() -> None:
    subject = passage_subject(passage("Il dure 420 heures.", "Master", "Stage"), LEXICON, ASPECTS)

    assert "internship" in subject.announced
    assert "internship" in subject.whole.concepts
    assert "internship" not in subject.text.concepts
    assert "internship_length" in subject.aspects


def test_a_fact_s_label_announces_what_it_is_on() -> None:
    fact = passage("Durée du stage : 420h", kind="fact")

    assert "internship" in passage_subject(fact, LEXICON, ASPECTS).announced


def test_a_list_and_a_sentence_that_enumerates_answer_which() -> None:
    listed = passage("- cours\n- stage", kind="list")
    told = passage("On y apprend le droit, la gestion, la sociologie, le management.")
    plain = passage("On y apprend le droit.")

    kinds = [passage_subject(each, LEXICON, ASPECTS).kinds for each in (listed, told, plain)]
    assert ["list" in each for each in kinds] == [True, True, False]


def test_a_passage_seen_before_is_remembered() -> None:
    of = subjects(LEXICON, ASPECTS)

    assert of(passage("Le stage.")) is of(passage("Le stage."))
