import json
from pathlib import Path

import pytest

from assistant.questionfile import (
    QuestionFileError,
    comparable,
    fulfilled,
    holds,
    read_questions,
)

STAGE = {
    "id": "stage-1",
    "question": "Combien de temps dure le stage ?",
    "kind": "answerable",
    "facts": [["420", "quatre cent vingt"]],
}


def write(folder: Path, *lines: str) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def stands(fact: str, text: str) -> bool:
    return holds(comparable(text), comparable(fact))


def test_a_question_is_read_with_what_it_does_not_say_left_open(tmp_path: Path) -> None:
    (question,) = read_questions(write(tmp_path, json.dumps(STAGE), "", "  "))

    assert question.facts == (("420", "quatre cent vingt"),)
    assert (question.forbidden, question.history) == ((), ())
    assert (question.language, question.programme, question.document) == (None, None, None)


def test_a_line_separator_inside_a_question_ends_no_line(tmp_path: Path) -> None:
    spoken = json.dumps(STAGE | {"question": "le stage\u2028c'est long ?"}, ensure_ascii=False)

    assert len(read_questions(write(tmp_path, spoken))) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "JSON object"),
        (json.dumps(STAGE | {"kind": "answered"}), "kind 'answered'"),
        (json.dumps({"kind": "answerable", "question": "stage ?"}), "'id'"),
        (json.dumps({"kind": "answerable", "id": "1"}), "'question'"),
        (json.dumps(STAGE | {"question": " "}), "'question'"),
        (json.dumps(STAGE | {"facts": ["420"]}), "list of lists"),
        (json.dumps(STAGE | {"facts": "420"}), "'facts'"),
        (json.dumps(STAGE | {"facts": [[420]]}), "'facts'"),
        (json.dumps(STAGE | {"forbidden": "420"}), "'forbidden'"),
        (json.dumps(STAGE | {"history": [None]}), "'history'"),
        (json.dumps(STAGE | {"programme": 7}), "'programme'"),
    ],
)
def test_a_bad_line_is_named_with_its_fault(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(QuestionFileError) as caught:
        read_questions(write(tmp_path, json.dumps(STAGE), line))

    assert "questions.jsonl, line 2" in str(caught.value)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_missing_empty_or_no_text_is_named(tmp_path: Path) -> None:
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(b"\xff\xfe\x00")
    for path, said in (
        (tmp_path / "missing.jsonl", "No such file"),
        (tmp_path, "directory"),
        (binary, "UTF-8"),
        (write(tmp_path, "", ""), "no question"),
    ):
        with pytest.raises(QuestionFileError, match=said) as caught:
            read_questions(path)
        assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("Quatre cent vingt", "quatre-cent-vingt heures"),
        ("420h", "420 heures"),
        ("1200", "soit 1 200 €"),
        ("1200", "soit 1\u202f200 €"),
        ("1200 eur", "1 200,00 € ou 1 200 euros"),
        ("50 pour cent", "au moins 50 % des cours"),
        ("50%", "cinquante ou 50 pourcent"),
        ("1,5", "1.5 point"),
        ("240 h", "S1 240 h"),
        ("18", "de 18, 20 et 22 ans"),
        ("20", "de 18, 20 et 22 ans"),
        ("24/03", "le 24/03/2026"),
        ("chef·fe de projet", "Chef.fe de projet"),
        ("reprise d'études", "La reprise d’etudes"),
        ("week end", "le week-end"),
    ],
)
def test_a_fact_stands_in_a_text_however_it_is_written(fact: str, text: str) -> None:
    assert stands(fact, text)


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("420", "1 420 heures"),
        ("420", "4200 heures"),
        ("420", "420,5 heures"),
        ("5", "1,5 point"),
        ("20 heures", "420 heures"),
        ("M2", "M21"),
        ("200", "1 200 €"),
        ("1820", "18, 20"),
        ("", "anything"),
        ("…", "anything"),
    ],
)
def test_a_number_never_stands_inside_a_longer_one(fact: str, text: str) -> None:
    assert not stands(fact, text)


def test_one_string_of_each_list_is_enough() -> None:
    facts = (("420", "quatre cent vingt"), ("six mois", "6 mois"), ("gratification",))

    assert fulfilled("420 heures sur 6 mois", facts) == [True, True, False]
