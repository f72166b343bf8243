from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn

from web.app import create_app

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
SIZES = pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])


@dataclass
class Site:
    """A site that a browser visits, and what it must never see there."""

    address: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def watch(self, page: Any) -> None:
        page.on("console", lambda message: self._console(message))
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("request", lambda request: self.requests.append(request.url))

    def _console(self, message: Any) -> None:
        # A refused request is told to the console as well: the page shows it to people.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.complaints.append(f"{message.type}: {message.text}")


@pytest.fixture
def site(desk: Any, journal: Any, settings: Any) -> Iterator[Site]:
    app = create_app(desk, journal, settings)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    visited = Site(f"http://127.0.0.1:{port}")
    yield visited
    server.should_exit = True
    thread.join()
    assert visited.complaints == []
    assert {url for url in visited.requests if not url.startswith(visited.address)} == set()


@pytest.fixture
def visit(browser: Any, site: Site) -> Iterator[Callable[..., Any]]:
    contexts = []

    def visit(path: str = "/ask", **options: Any) -> Any:
        context = browser.new_context(locale="fr-FR", **options)
        context.set_default_timeout(5000)
        contexts.append(context)
        page = context.new_page()
        site.watch(page)
        page.goto(site.address + path)
        return page

    yield visit
    for context in contexts:
        assert context.cookies() == []
        for page in context.pages:
            # Without scripts nothing can be asked; and nothing could have been stored.
            if page.evaluate("typeof window.localStorage") == "object":
                stored = page.evaluate("localStorage.length + sessionStorage.length")
                assert stored == 0
        context.close()


def _ask(page: Any, question: str, status: str) -> Any:
    page.get_by_role("textbox", name="Votre question").fill(question)
    page.keyboard.press("Enter")
    reply = page.locator(f".reply.{status}").last
    reply.wait_for()
    return reply


def _fits(page: Any) -> bool:
    wide: bool = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return not wide


@SIZES
def test_a_question_is_answered_in_place(visit: Any, viewport: Any) -> None:
    page = visit(viewport=viewport)

    reply = _ask(page, "Combien de temps dure le stage ?", "answered")

    assert "420 heures" in reply.inner_text()
    assert reply.locator(".source").count() == 2
    assert reply.locator(".source blockquote").first.get_attribute("lang") == "fr"
    assert reply.get_by_role("link", name="Voir dans le document").count() == 2
    assert page.url.endswith("/ask")
    assert page.get_by_role("textbox", name="Votre question").input_value() == ""
    assert _fits(page)


@SIZES
def test_without_scripts_the_form_is_answered_by_a_page(visit: Any, viewport: Any) -> None:
    page = visit(viewport=viewport, java_script_enabled=False)

    page.get_by_role("textbox", name="Votre question").fill("Combien de temps dure le stage ?")
    page.get_by_role("button", name="Envoyer").click()

    assert "420 heures" in page.locator(".reply.answered").inner_text()
    assert "stage" not in page.url
    page.get_by_role("button", name="Le stage est-il obligatoire ?").click()
    page.locator(".reply.answered").wait_for()
    assert page.locator("#ask input[name=history]").count() == 2


def test_the_conversation_is_carried_along(visit: Any, desk: Any) -> None:
    page = visit()

    _ask(page, "Le stage ?", "answered")
    _ask(page, "Et le salaire ?", "partial")

    assert desk.asked[1][0].history == ("Le stage ?",)
    assert page.locator(".turn").count() == 2


def test_partial_and_refused_look_different_and_name_the_contact(visit: Any) -> None:
    page = visit()
    colours = set()

    for question, status in (
        ("Stage ?", "answered"),
        ("Salaire ?", "partial"),
        ("Cantine ?", "unanswered"),
    ):
        reply = _ask(page, question, status)
        colours.add(reply.evaluate("(each) => getComputedStyle(each).backgroundColor"))
        assert (reply.locator(".contact").count() == 1) is (status != "answered")

    assert len(colours) == 3


def test_suggestions_and_choices_are_asked_by_one_press(visit: Any, desk: Any) -> None:
    page = visit()

    page.get_by_role("button", name="Combien de temps dure le stage ?").click()
    page.locator(".reply.answered").wait_for()
    _ask(page, "Question ambiguë", "clarify").get_by_role("button", name="Parcours").click()
    page.locator(".turn").nth(2).locator(".reply").wait_for()

    assert desk.asked[2][0].question == "Question ambiguë"
    assert desk.asked[2][0].history == ("Combien de temps dure le stage ?",)


def test_what_was_typed_survives_a_failure_and_can_be_sent_again(visit: Any, desk: Any) -> None:
    page = visit()
    page.route("**/api/v1/ask", lambda route: route.abort())

    failure = _ask(page, "Combien de temps dure le stage ?", "failure")

    field = page.get_by_role("textbox", name="Votre question")
    assert field.input_value() == "Combien de temps dure le stage ?"
    page.unroute("**/api/v1/ask")
    desk.fault = RuntimeError("out")
    failure.get_by_role("button", name="Réessayer").click()
    page.get_by_text("Une erreur est survenue").wait_for()
    desk.fault = None
    page.get_by_role("button", name="Réessayer").click()
    page.locator(".reply.answered").wait_for()
    assert field.input_value() == ""
    assert page.locator(".turn").count() == 1


def test_a_question_that_is_empty_or_too_long_is_refused_before_it_is_sent(
    visit: Any, desk: Any
) -> None:
    page = visit()
    send = page.get_by_role("button", name="Envoyer")

    send.click()
    assert "Écrivez votre question" in page.get_by_role("alert").inner_text()
    page.get_by_role("textbox", name="Votre question").fill("é" * 501)
    send.click()

    assert "1 caractères de trop" in page.get_by_role("alert").inner_text()
    assert len(page.get_by_role("textbox", name="Votre question").input_value()) == 501
    assert desk.asked == []


def test_everything_is_reached_by_keyboard(visit: Any) -> None:
    page = visit(viewport=DESKTOP)
    reached = []

    for _ in range(7):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.id || document.activeElement.textContent")
        )
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(outline) != "none"

    assert reached[0] == "Aller au contenu"
    assert reached[-2:] == ["question", "Envoyer"]


def test_an_answer_is_announced_by_the_log_and_focus_stays(visit: Any) -> None:
    page = visit()

    _ask(page, "Combien de temps dure le stage ?", "answered")

    assert page.get_by_role("log").locator(".reply").count() == 1
    assert page.evaluate("document.activeElement.id") == "question"


def test_an_opinion_can_be_given(visit: Any, journal: Any) -> None:
    page = visit()

    _ask(page, "Combien de temps dure le stage ?", "answered")
    page.get_by_role("button", name="Oui").click()
    page.get_by_text("Merci de votre avis.").wait_for()

    assert list(journal.opinions.values()) == [(True, None)]


def test_scripts_in_questions_and_answers_never_run(visit: Any, desk: Any) -> None:
    page = visit()
    page.evaluate("window.executed = 0")
    payload = "<img src=x onerror='executed++'><script>executed++</script> stage"

    _ask(page, payload, "answered")

    assert page.evaluate("window.executed") == 0
    assert page.locator("#log img, #log script").count() == 0
    assert payload in page.locator(".asked").inner_text()


@SIZES
def test_a_source_opens_at_the_quoted_words(visit: Any, viewport: Any) -> None:
    page = visit(viewport=viewport)

    _ask(page, "Combien de temps dure le stage ?", "answered")
    page.get_by_role("link", name="Voir dans le document").first.click()
    page.locator("mark#passage").wait_for()
    page.wait_for_function(
        "() => { const place = document.getElementById('passage').getBoundingClientRect();"
        " return place.top >= 0 && place.bottom <= innerHeight; }"
    )

    assert "420 heures" in page.locator("mark#passage").inner_text()
    assert _fits(page)


def test_the_page_speaks_english(visit: Any) -> None:
    page = visit("/ask?language=en")

    page.get_by_role("textbox", name="Your question").fill("How long is the internship?")
    page.keyboard.press("Enter")
    page.locator(".reply.answered").wait_for()
    page.get_by_role("link", name="See in the document").first.click()

    assert page.get_by_text("The quoted passage is highlighted.").count() == 1


@SIZES
@pytest.mark.parametrize(
    "path", ["/nowhere", "/api/v1/docs", "/documents/parcours-cmc/presentation"]
)
def test_every_page_fits_and_breaks_no_policy(visit: Any, viewport: Any, path: str) -> None:
    page = visit(path, viewport=viewport, color_scheme="dark")

    assert _fits(page)


def test_the_reference_can_be_tried(visit: Any) -> None:
    page = visit("/api/v1/docs")

    page.locator("#ask summary").click()
    page.locator("#ask .send").click()

    page.get_by_text('"status": "answered"').wait_for()
