import csv
import io

import pytest

from assistant.spreadsheet import csv_lines, escaped

FORMULAS = [
    "=1+1", "+33 6", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\ufeff=1", "\u00a0+1",
    "＝1", "＋1", "－1", "＠x", "\u200b=1", "\0=1", "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://x\")", "\tx", "\rx",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_run_is_text(text):
    assert escaped(text).startswith("'")
    assert escaped(text)[1:] == text.replace("\0", "")


@pytest.mark.parametrize("text", ["", "Combien ?", "1 = 1", "'x", "é", "a@b", "2027-01-31"])
def test_other_text_stays_as_it_is(text):
    assert escaped(text) == text


def test_other_values_have_a_text():
    assert [escaped(each) for each in (None, True, False, 7, ["a", "b"], ["=a"])] == [
        "", "true", "false", "7", "a\nb", "'=a",
    ]  # fmt: skip


def test_a_file_comes_back_as_it_was_written():
    rows = [{"a": 'dit "non"', "b": "une\nligne"}, {"a": "x,y;z", "b": None}]
    lines = list(csv_lines(("a", "b"), rows))
    assert lines[0] == "a,b\r\n"
    read = list(csv.DictReader(io.StringIO("".join(lines), newline="")))
    assert read == [{"a": 'dit "non"', "b": "une\nligne"}, {"a": "x,y;z", "b": ""}]
