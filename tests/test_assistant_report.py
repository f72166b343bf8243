from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest

from assistant.evaluation import judge_all, summary
from assistant.office import Office
from assistant.questionfile import Expected
from assistant.report import report
from assistant.risk import risk_coverage
from tests.supplies import SUPPLIES, settings_of

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SCRIPT = "<script>alert(1)</script>"
STAGE = "Combien d'heures dure le stage ?"


def expected(id: str, question: str, kind: str, *facts: str, **more) -> Expected:
    empty = dict.fromkeys(("language", "programme", "document", "register", "aspect"))
    given = {"facts": tuple((fact,) for fact in facts), "forbidden": (), "history": ()} | more
    return Expected(id=id, question=question, kind=kind, **empty | given)


QUESTIONS = (
    expected("right", STAGE, "answerable", "420", language="fr", document="parcours-cmc/stage"),
    expected("wrong", STAGE, "answerable", "560", history=("Le stage",), register=SCRIPT),
    expected("refused", f"{SCRIPT} ?", "answerable", "420"),
    expected("hello", "Bonjour", "smalltalk"),
)


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    office = Office(settings_of(tmp_path_factory.mktemp("report")), SUPPLIES)
    office.build()
    office.refresh()
    return judge_all(office.open_desk(), QUESTIONS, date(2026, 11, 24))


@pytest.fixture(scope="module")
def page(judged) -> str:
    figures = {"index": "abc", "encoder": None, **summary(judged)}
    return report(judged, figures, ["questions & co.jsonl"], NOW)


class Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_page_has_the_figures_the_bars_and_both_curves(page: str) -> None:
    assert "2026-11-24 09:30" in page
    assert "50.0 %" in page
    assert "right, 2 of 4 questions" in page
    assert "recall@5" in page
    assert page.count("<polyline") == 2
    for words in ("Kind of question", "Language", "Register", "follow-ups"):
        assert words in page


def test_each_failure_tells_what_was_asked_said_quoted_and_wanted(page: str) -> None:
    wrong, refused = page.split("<details")[1:]
    for words in (STAGE.replace("'", "&#39;"), "wrong: lacks 560", "Le stage", "560"):
        assert words in wrong
    assert "La durée minimale du stage est de 420 heures." in wrong
    assert "parcours-cmc/stage" in wrong
    assert "wrong answer" in wrong
    assert "wrong answer" not in refused
    assert "unsafe" in refused


def test_the_page_stands_alone_and_runs_nothing(page: str) -> None:
    elements = Elements(page).found
    assert {tag for tag, _ in elements}.isdisjoint({"script", "link", "img", "iframe", "base"})
    for _, attributes in elements:
        assert not {name for name in attributes if name.startswith("on")}
        assert not {"href", "src"} & set(attributes)
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page
    assert "url(" not in page


def test_no_question_at_all_makes_a_page(judged) -> None:
    figures = {"index": "abc", "encoder": "embedded", **summary(())}
    assert "Every question was answered right" in report((), figures, [], NOW)
    assert "Confidence" not in report((), figures, [], NOW)


def test_risk_is_told_at_each_coverage_the_surest_first(judged) -> None:
    points = risk_coverage(judged)

    assert [point.coverage for point in points] == sorted(point.coverage for point in points)
    assert [point.confidence for point in points] == sorted(
        (point.confidence for point in points), reverse=True
    )
    assert points[-1].coverage == 1.0
    assert 0 < points[-1].risk < 1
    assert risk_coverage(()) == ()
