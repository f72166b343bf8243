"""What staff see, in a real browser: it fits, is accessible, and needs no script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from assistant.ingestion import Ingested
from assistant.ingestion_report import keep_report, report_of
from assistant.journal import Journal
from assistant.settings import Settings
from assistant.staff import Staff
from assistant.tables import cases, groups
from assistant.unread import keep_unread
from corpus.library import Unreadable
from tests.databases import sample_record
from tests.desks import cmc_desk
from tests.members import fresh_staff
from tests.sites import serving
from tests.test_web_staff_browser import SMALL
from web.app import create_app, local_time

pytestmark = pytest.mark.browser

LONG = "Maintenance des parcs éoliens terrestres et maritimes : une licence professionnelle"
PAGES = (
    "/staff/dashboard",
    "/staff/dashboard?days=90&language=en",
    "/staff/dashboard?programme=autre",
    "/staff/coverage",
    "/staff/coverage?programme=parcours-cmc",
    "/staff/coverage?shown=missing&language=fr",
    "/staff/documents",
    "/staff/explain",
    "/staff/explain?question=Combien%20de%20temps%20dure%20le%20stage%20%3F&programme=parcours-cmc",
    "/staff/explain?question=Y%20a-t-il%20une%20piscine%20%3F&programme=parcours-cmc",
)


class TwoProgrammes:
    """The desk of the documents that come with the project, and a programme without any."""

    def __init__(self) -> None:
        self._desk = cmc_desk()
        self.programmes = {**self._desk.programmes, "autre": LONG}
        for aspect in self._desk.survey.aspects:
            self._desk.survey.covered("parcours-cmc", aspect)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._desk, name)


@pytest.fixture(scope="module")
def desk() -> Any:
    return TwoProgrammes()


@pytest.fixture
def staff(tmp_path: Path) -> Staff:
    staff = fresh_staff(tmp_path)
    now = local_time()
    journal = Journal(staff.audit.engine)
    kinds = (("answered", None), ("unanswered", "not_documented"), ("smalltalk", None))
    silent = []
    for number in range(60):
        status, reason = kinds[number % 3]
        aspect = ("fees", "internship_length")[number % 2]
        at = now - timedelta(days=number)
        record = sample_record(at, status=status, reason=reason, aspect=aspect)
        journal.record(record)
        journal.feedback(record.id, number % 4 > 0, None, at)
        if reason:
            silent.append(record.id)
    with staff.audit.engine.begin() as connection:
        about = {"programme": "parcours-cmc", "size": len(silent), "asked_at": now, "clear": True}
        words = "Est-ce que les frais d’inscription comprennent la contribution de vie étudiante ?"
        connection.execute(groups.insert().values(id="g", representative=words, **about))
        for id in silent:
            row = {"question_id": id, "group_id": "g", "state": "open"}
            connection.execute(cases.insert().values(row))
    return staff


@pytest.fixture
def site(desk: Any, journal: Any, settings: Settings, staff: Staff) -> Iterator[str]:
    bad = Unreadable("/srv/documents/un-dossier/plan-d-acces-au-campus.pdf", "Empty.", "Save it.")
    ingested = Ingested(added=("parcours-cmc/stage.md",), refused=(bad,))
    report = report_of("2026-11-20T10:30:00+00:00", 1.5, ["https://univ.example/stage"], ingested)
    keep_report(settings, report)
    (settings.data / "index").mkdir()
    keep_unread(settings.data / "index", [bad])
    office: Any = SimpleNamespace(desk=desk, notes=lambda: ())
    with serving(create_app(office, journal, settings, staff=staff)) as address:
        yield address


@pytest.fixture
def open_page(browser: Any, staff: Staff, site: str) -> Iterator[Any]:
    contexts: list[Any] = []
    complaints: list[str] = []

    def opened(path: str, **options: Any) -> Any:
        context = browser.new_context(locale="fr-FR", base_url=site, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        secret = staff.sessions.begin("reader", local_time())
        context.add_cookies([{"name": "staff", "value": secret, "url": site}])
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


WIDE = """
() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("*")]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
  .map((each) => each.outerHTML.slice(0, 90))
"""


def check(page: Any) -> None:
    assert page.evaluate(WIDE) == [], page.url
    assert page.evaluate(SMALL) == [], page.url
    violations = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in violations] == [], page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_fits_and_is_accessible(open_page: Any, width: int, scheme: Any) -> None:
    viewport = {"width": width, "height": 800}
    page = open_page(PAGES[0], viewport=viewport, color_scheme=scheme)
    for path in PAGES:
        page.goto(path)
        assert page.locator("h1").count() == 1
        for summary in page.locator("main summary").all():
            summary.click()
        check(page)


def test_a_quote_is_shown_to_who_points_at_its_mark_or_reaches_it_by_keyboard(
    open_page: Any,
) -> None:
    page = open_page("/staff/coverage?shown=covered", viewport={"width": 1280, "height": 800})
    mark = page.locator(".shown").first
    quote = mark.get_by_role("tooltip", include_hidden=True)
    assert not quote.is_visible()

    mark.hover()
    assert quote.is_visible()
    page.mouse.move(0, 0)
    assert not quote.is_visible()
    mark.locator("a").focus()
    assert quote.is_visible()
    assert quote.inner_text().strip()


def test_without_scripts_a_question_is_asked_and_explained(open_page: Any) -> None:
    page = open_page("/staff/explain", java_script_enabled=False)
    page.get_by_label("Question").fill("Combien de temps dure le stage ?")
    page.get_by_label("Formation").select_option("parcours-cmc")
    page.get_by_role("button", name="Expliquer").click()

    assert "question" not in page.url
    assert page.get_by_text("la documentation répond").is_visible()
    page.get_by_role("link", name="Stage").first.click()
    assert "/documents/" in page.url


def test_the_dashboard_is_printed_without_what_is_for_the_screen(open_page: Any) -> None:
    page = open_page("/staff/dashboard")
    page.emulate_media(media="print")

    assert not page.locator(".top").is_visible()
    assert not page.locator(".choose").is_visible()
    assert page.locator(".plot svg").first.is_visible()
