"""The bench: it runs, and its figures are figures."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.documents import run, run_again
from bench.material import WARM_UP, questions
from bench.pages import SIZE, pages
from bench.results import Row, as_json, as_table, ratio, spread

ROOT = Path(__file__).parent.parent


def test_the_median_and_the_95th_percentile_are_told():
    assert spread(range(101)) == {"p50": 50, "p95": 95}


def test_a_ratio_to_nothing_is_none():
    assert ratio(6.0, 3.0) == 2.0
    assert ratio(None, 3.0) is None
    assert ratio(6.0, 0.0) is None


def test_rows_are_shown_under_their_group():
    rows = [
        Row("Times", "encoding", {"p50": 1.5, "p95": 120.0}),
        Row("Memory", "held", {"now": None}, "MB"),
    ]
    assert as_table(rows).splitlines() == [
        "Times",
        "  encoding  p50    1.50   p95     120",
        "",
        "Memory",
        "  held      now       - MB",
    ]
    assert as_json(rows)["Memory"] == {"held": {"now": None, "unit": "MB"}}


def test_each_question_is_asked_once():
    asked = [(question.question, question.history) for question in questions()]
    assert len(asked) == len(set(asked)) > WARM_UP


def test_pages_are_of_one_size_and_the_same_each_time():
    made = list(pages(40))

    assert made == list(pages(40))
    assert all(0.9 * SIZE < len(page.encode()) < 1.2 * SIZE for page in made)


def test_pages_are_taken_in_and_found_unchanged(tmp_path):
    (tmp_path / "site").mkdir()
    for number, page in enumerate(pages(2)):
        (tmp_path / "site" / f"{number}.html").write_text(page, "utf-8")

    assert run(tmp_path)[2] > 20
    assert run_again(tmp_path).clock > 0


@pytest.mark.slow
def test_everything_is_measured():
    done = subprocess.run(
        (sys.executable, "-m", "bench", "--json", "--seconds", "0.5", "--questions", "10"),
        cwd=ROOT, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    figures = {
        name: value
        for group in results.values()
        for name, row in group.items()
        for value in row.values()
        if isinstance(value, int | float)
    }
    assert figures["failures"] == 0
    assert all(value > 0 for name, value in figures.items() if name != "failures"), figures
