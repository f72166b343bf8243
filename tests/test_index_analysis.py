from index.analysis import WordAnalyser
from index.record import dump_lines, parse_lines
from index.words import stem


def test_a_passage_gives_the_stems_of_its_headings_and_text_without_function_words() -> None:
    found = WordAnalyser()("La durée du stage est de 420h.", ("Stage", "Durée du stage"))
    expected = ["stage", "duree", "stage", "duree", "stage", "420", "h"]
    assert found == [stem(word) for word in expected]


def test_two_analysers_of_words_are_the_same_analyser() -> None:
    assert WordAnalyser().fingerprint == WordAnalyser().fingerprint
    assert len(WordAnalyser().fingerprint) == 64


def test_records_keep_every_character_and_one_line_each() -> None:
    records = [{"text": "l’année\u2028\n\x85«  »", "page": None}, {"text": ""}]
    data = dump_lines(records)
    assert data.count(b"\n") == 2
    assert parse_lines(data) == records
