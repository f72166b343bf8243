"""The widget in a real Chromium, on a site of another origin with the strictest of policies."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import axe_playwright_python
import pytest

from assistant.settings import Settings
from tests.conftest import CHOSEN, Relay
from tests.sites import free_socket, serving, university
from web.app import create_app

pytestmark = pytest.mark.browser

DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
}
SIGHTS: dict[str, dict[str, Any]] = {
    "desktop": DESKTOP,
    "phone": {**PHONE, "viewport": {"width": 320, "height": 568}},
    # 200 %: half of the pixels, each twice as large.
    "zoomed": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    "dark": {**DESKTOP, "color_scheme": "dark"},
    "forced": {**DESKTOP, "forced_colors": "active"},
}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STAGE = "Combien de temps dure le stage ?"


class Widget:
    """A visited page with the widget, as a person meets it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.root = page.locator("programme-assistant")
        self.button = self.root.get_by_role("button", name="Une question ?")
        self.panel = self.root.locator(".panel")
        self.field = self.root.locator("#question")
        self.log = self.root.get_by_role("log")
        self.status = self.root.locator("[role=status]")

    def open(self) -> Widget:
        self.button.click()
        self.root.locator(".chips button").first.wait_for()
        return self

    def ask(self, question: str, status: str = "answered") -> Any:
        replies = self.root.locator(f".reply.{status}")
        known = replies.count()
        self.field.fill(question)
        self.field.press("Enter")
        replies.nth(known).wait_for()
        return replies.nth(known)

    @property
    def focused(self) -> Any:
        return self.page.evaluate(
            "() => { let at = document.activeElement;"
            " while (at.shadowRoot && at.shadowRoot.activeElement)"
            " at = at.shadowRoot.activeElement;"
            " return at.id || at.className || at.localName; }"
        )

    @property
    def faults(self) -> list[str]:
        found: list[str] = self.page.evaluate("faults")
        return found

    def stored(self) -> int:
        count: int = self.page.evaluate("localStorage.length + sessionStorage.length")
        return count


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, Any, Any]]:
    """The assistant's server, the university's site, and what stands for desk and journal."""
    bound = free_socket()
    site = f"http://localhost:{bound.getsockname()[1]}"
    settings = Settings(
        data=tmp_path_factory.mktemp("data"),
        origins=(site,),
        privacy_url="https://www.univ.example/donnees",
        contact_url="https://www.univ.example/contact",
        **CHOSEN,
    )
    desk, journal = Relay(), Relay()
    app = create_app(desk, journal, settings)
    with serving(app) as server, serving(university(server), bound):
        yield server, site, desk, journal


@pytest.fixture
def visit(browser: Any, places: Any, desk: Any, journal: Any) -> Iterator[Callable[..., Widget]]:
    server, site, places[2].target, places[3].target = (*places[:2], desk, journal)
    contexts = []

    def visit(query: str = "", sight: dict[str, Any] = DESKTOP, **options: Any) -> Widget:
        context = browser.new_context(**{"locale": "fr-FR"} | sight | options)
        context.set_default_timeout(5000)
        contexts.append(context)
        page = context.new_page()
        page.asked = []
        context.on("request", lambda request: page.asked.append(request.url))
        page.goto(f"{site}/master?{query}")
        return Widget(page)

    yield visit
    for context in contexts:
        assert context.cookies() == []
        for page in context.pages:
            elsewhere = [url for url in getattr(page, "asked", ()) if url.startswith("http")]
            assert {url for url in elsewhere if not url.startswith((server, site))} == set()
            if page.url.startswith(site) and page.evaluate("typeof faults") == "object":
                assert page.evaluate("faults") == []
        context.close()


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """Where the sights are kept: WIDGET_SHOTS, to be looked at, else nowhere for long."""
    folder = Path(os.environ.get("WIDGET_SHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _violations(page: Any) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(
        "(rules) => axe.run('programme-assistant', { resultTypes: ['violations'],"
        " runOnly: { type: 'tag', values: rules } })",
        RULES,
    )
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


# Every state, in every sight


@pytest.mark.parametrize("sight", SIGHTS)
def test_every_state_is_accessible_and_fits(
    visit: Callable[..., Widget], shots: Path, sight: str, places: Any
) -> None:
    widget = visit(sight=SIGHTS[sight], reduced_motion="reduce")
    page = widget.page
    faults: list[str] = []
    number = 0

    def look(state: str) -> None:
        nonlocal number
        number += 1
        faults.extend(f"{state}: {each}" for each in _violations(page))
        wide = page.evaluate(
            "() => [document.documentElement, ...document.querySelector('programme-assistant')"
            ".shadowRoot.querySelectorAll('.panel, .panel *:not(.sr)')]"
            ".filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth)"
            ".filter((each) => !/inline|contents/.test(getComputedStyle(each).display))"
            ".map((each) => each.className || each.localName)"
        )
        faults.extend(f"{state}: {each} is cut" for each in wide)
        page.screenshot(path=shots / f"{sight}-{number:02}-{state}.png", caret="initial")

    look("closed")
    widget.open()
    look("opened")
    reply = widget.ask(STAGE)
    look("answered")
    reply.locator(".quote summary").first.click()
    look("quote")
    widget.ask("Et le salaire ?", "partial").get_by_role("button", name="Non").click()
    look("reasons")
    widget.ask("Une cantine ?", "unanswered")
    look("unanswered")
    widget.ask("Question ambiguë", "clarify")
    widget.ask("Bonjour", "smalltalk")
    look("smalltalk")
    page.route("**/api/v1/ask", lambda route: route.abort())
    widget.ask("Où manger ?", "failure")
    look("failure")
    widget.field.fill("é" * 510)
    widget.field.press("Enter")
    look("too-long")
    widget.root.get_by_role("button", name="Effacer la conversation").click()
    look("cleared")

    assert faults == []


def test_the_waiting_is_shown_and_told_once(
    visit: Callable[..., Widget], shots: Path, desk: Any
) -> None:
    widget = visit().open()
    page = widget.page
    _listen(page)
    released = []
    page.route("**/api/v1/ask", lambda route: released.append(route))

    widget.field.fill(STAGE)
    widget.field.press("Enter")
    widget.root.locator(".thinking").wait_for()
    assert _violations(page) == []
    page.screenshot(path=shots / "waiting.png")
    page.wait_for_timeout(400)
    released[0].continue_()
    widget.root.locator(".reply.answered").wait_for()

    assert widget.root.locator(".thinking").is_hidden()
    said = _heard(page)
    assert said[0] == "Recherche dans la documentation…"
    assert len(said) == 2
    assert said[1].startswith("Réponse")


# What is heard

# What a screen reader would say: text that appears in a live region which is not off.
_LISTEN = """() => {
  window.heard = [];
  const root = document.querySelector("programme-assistant").shadowRoot;
  const live = (node) => {
    for (let at = node; at && at.getAttribute; at = at.parentNode) {
      const set = at.getAttribute("aria-live");
      if (set) return set !== "off";
      if (["log", "status", "alert"].includes(at.getAttribute("role"))) return true;
    }
    return false;
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      const shown = change.type === "childList" ? [...change.addedNodes] : [change.target];
      for (const node of shown) {
        const element = node.nodeType === 1 ? node : node.parentNode;
        const text = node.textContent.trim();
        if (text && element && live(element)) window.heard.push(text);
      }
    }
  }).observe(root, { subtree: true, childList: true, characterData: true });
}"""


def _listen(page: Any) -> None:
    page.evaluate(_LISTEN)


def _heard(page: Any) -> list[str]:
    heard: list[str] = page.evaluate("heard.splice(0)")
    return heard


def test_an_answer_is_announced_once_and_nothing_else_is(visit: Callable[..., Widget]) -> None:
    widget = visit().open()
    assert widget.root.locator("[role=log]").count() == 1
    _listen(widget.page)

    reply = widget.ask(STAGE)
    first = _heard(widget.page)
    reply.get_by_role("button", name="Non").click()
    reply.get_by_role("button", name="Envoyer").click()
    reply.get_by_text("Merci de votre avis.").wait_for()
    opinion = _heard(widget.page)
    widget.ask("Et le salaire ?", "partial")
    second = _heard(widget.page)

    assert len(first) == 1
    assert first[0].startswith("Réponse")
    assert "420 heures" in first[0]
    assert opinion == []
    assert len(second) == 1
    assert second[0].startswith("Réponse partielle")
    assert STAGE not in second[0]


def test_a_visit_goes_on_from_page_to_page_in_silence(visit: Callable[..., Widget]) -> None:
    widget = visit().open()
    widget.ask(STAGE)
    widget.field.fill("Et ensuite")
    widget.page.locator("#other").click()
    widget.page.wait_for_url("**/other")

    widget.panel.wait_for()
    assert widget.log.locator(".reply").count() == 1
    assert widget.field.input_value() == "Et ensuite"
    assert widget.log.get_attribute("aria-live") == "off"
    assert widget.focused == "body"
    _listen(widget.page)
    widget.ask("Et le salaire ?", "partial")
    assert [each[:8] for each in _heard(widget.page)] == ["Réponse "]


def test_the_history_is_carried_along(visit: Callable[..., Widget], desk: Any) -> None:
    widget = visit().open()
    widget.ask(STAGE)
    widget.page.reload()
    widget.ask("Et le salaire ?", "partial")
    widget.ask("Question ambiguë", "clarify")
    widget.root.locator(".reply.clarify .chips button").click()
    widget.root.locator(".reply.clarify").nth(1).wait_for()

    asked = [each[0] for each in desk.asked]
    assert [each.history for each in asked] == [
        (), (STAGE,), (STAGE, "Et le salaire ?"), (STAGE, "Et le salaire ?"),
    ]  # fmt: skip
    assert {each.programme for each in asked} == {"parcours-cmc"}


def test_on_a_phone_the_next_page_is_seen_first(visit: Callable[..., Widget]) -> None:
    widget = visit(sight=PHONE).open()
    widget.ask(STAGE)
    widget.page.reload()

    assert widget.button.is_visible()
    widget.button.click()
    assert widget.log.locator(".reply").count() == 1


# By keyboard


def test_the_whole_task_is_done_by_keyboard(visit: Callable[..., Widget], journal: Any) -> None:
    widget = visit()
    page, keys = widget.page, widget.page.keyboard

    def tab_to(place: str, back: bool = False) -> None:
        for _ in range(30):
            keys.press("Shift+Tab" if back else "Tab")
            at = widget.focused
            assert at != "body", "the focus was lost"
            style = page.evaluate(
                "() => { let at = document.activeElement;"
                " while (at.shadowRoot && at.shadowRoot.activeElement)"
                " at = at.shadowRoot.activeElement;"
                " return getComputedStyle(at).outlineStyle; }"
            )
            assert style != "none", at
            if place in at:
                return
        raise AssertionError(f"{place} is not reached")

    tab_to("launch")
    keys.press("Enter")
    assert widget.focused == "question"
    keys.type(STAGE)
    keys.press("Enter")
    widget.root.locator(".reply.answered").wait_for()
    assert widget.focused == "question"
    tab_to("ref", back=True)
    keys.press("Enter")
    assert widget.focused == "source"
    tab_to("small")
    keys.press("Enter")
    widget.root.get_by_text("Merci de votre avis.").wait_for()
    assert list(journal.opinions.values()) == [(True, None)]
    tab_to("question")
    keys.press("Shift+Enter")
    assert widget.field.input_value() == "\n"
    keys.press("Escape")
    assert widget.panel.is_hidden()
    assert widget.focused == "launch"


def test_the_focus_goes_back_to_whatever_opened_it(visit: Callable[..., Widget]) -> None:
    widget = visit()
    link = widget.page.locator("#ask")
    link.focus()
    link.press("Enter")
    assert widget.focused == "question"

    widget.field.press("Escape")

    assert widget.focused == "ask"
    assert "/ask" not in widget.page.url


def test_on_a_phone_the_page_behind_is_out_of_reach(visit: Callable[..., Widget]) -> None:
    widget = visit(sight=PHONE, reduced_motion="reduce")
    widget.button.focus()
    widget.page.keyboard.press("Enter")
    widget.panel.wait_for()

    assert widget.panel.evaluate("(panel) => panel.matches(':modal')")
    assert widget.panel.bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 740}
    for _ in range(12):
        widget.page.keyboard.press("Tab")
        assert widget.focused not in ("own", "other", "ask")
    widget.page.keyboard.press("Escape")
    assert widget.focused == "launch"


def test_a_turned_screen_keeps_the_conversation_and_the_focus(
    visit: Callable[..., Widget],
) -> None:
    widget = visit().open()
    widget.ask(STAGE)
    modal = "(panel) => panel.matches(':modal')"
    assert not widget.panel.evaluate(modal)

    widget.page.set_viewport_size({"width": 400, "height": 800})
    widget.page.wait_for_function(
        "() => document.querySelector('programme-assistant').shadowRoot.querySelector(':modal')"
    )
    assert widget.focused == "question"
    widget.page.set_viewport_size({"width": 1280, "height": 800})
    widget.page.wait_for_function(
        "() => !document.querySelector('programme-assistant').shadowRoot.querySelector(':modal')"
    )

    assert widget.focused == "question"
    assert widget.panel.is_visible()
    assert widget.log.locator(".reply").count() == 1


# At home on any page


def test_before_it_is_opened_nothing_is_requested_or_stored(
    visit: Callable[..., Widget], places: Any
) -> None:
    widget = visit()
    widget.button.wait_for()
    widget.page.wait_for_timeout(200)
    ours = [url for url in widget.page.asked if url.startswith(places[0])]

    assert ours == [f"{places[0]}/widget.js"]
    assert widget.stored() == 0
    widget.open()
    widget.root.get_by_role("button", name="Fermer").click()
    assert widget.stored() == 0
    widget.open()
    widget.ask(STAGE)
    assert widget.stored() == 1
    assert widget.page.evaluate("localStorage.length") == 0


def test_hostile_styles_change_nothing(visit: Callable[..., Widget], desk: Any) -> None:
    seen = []
    for query in ("", "hostile"):
        widget = visit(query, reduced_motion="reduce").open()
        widget.ask(STAGE)
        widget.ask("Et le salaire ?", "partial")
        box = widget.panel.bounding_box()
        # Inside of the border, whose rounded corners show the page.
        clip = {"x": box["x"] + 20, "y": box["y"] + 2, "width": box["width"] - 40,
                "height": box["height"] - 20}  # fmt: skip
        seen.append((box, widget.page.screenshot(clip=clip)))
        widget.field.press("Escape")
        seen[-1] = (*seen[-1], widget.button.bounding_box())

    assert seen[0][0] == seen[1][0]
    assert seen[0][2] == seen[1][2]
    assert seen[0][1] == seen[1][1]


def test_letters_typed_in_it_are_no_shortcuts_of_the_page(visit: Callable[..., Widget]) -> None:
    widget = visit().open()
    widget.page.evaluate("document.addEventListener('keydown', () => { window.shortcut = true; })")

    widget.field.press("s")

    assert widget.page.evaluate("window.shortcut") is None


_BROKEN = {
    "no storage": "Storage.prototype.setItem = Storage.prototype.getItem = () => { throw 1; };",
    "odd storage": "sessionStorage.setItem = () => {}; Storage.prototype.getItem = () =>"
    ' \'{"turns": [{"reply": {}}, 7]}\';',
    "no viewport": "delete window.visualViewport; window.visualViewport = null;",
    "no clipboard": "Object.defineProperty(navigator, 'clipboard', { value: undefined });",
    "quiet console": "window.console = undefined;",
}


@pytest.mark.parametrize("broken", _BROKEN)
def test_it_never_throws_at_the_page(visit: Callable[..., Widget], broken: str) -> None:
    widget = visit("bare")
    page = widget.page
    page.context.add_init_script(_BROKEN[broken])
    page.goto(page.url.replace("bare", "twice"))

    widget.open()
    widget.ask(STAGE).get_by_role("button", name="Copier").click()
    widget.root.get_by_role("button", name="Effacer la conversation").click()
    widget.root.get_by_role("button", name="Annuler").click()
    page.evaluate("() => { ProgrammeAssistant.mount({ target: '#nowhere' });"
                  " ProgrammeAssistant.mount({ target: '!!' }); ProgrammeAssistant.mount(null);"
                  " ProgrammeAssistant.element.ask({}); }")  # fmt: skip

    assert widget.root.count() == 1


def test_an_answer_that_is_none_is_a_failure(visit: Callable[..., Widget]) -> None:
    widget = visit().open()

    for body in ("<html>Bad gateway</html>", "{}", '{"status": "answered"}', "null", "[]"):
        widget.page.route("**/ask", _replying(body=body))
        widget.field.fill(body)
        widget.field.press("Enter")
        widget.root.locator(".failure").wait_for()
        widget.root.locator(".asked", has_text=body).wait_for()
        assert widget.field.input_value() == body
        widget.page.unroute("**/ask")


def test_a_browser_that_is_too_old_gets_a_link(visit: Callable[..., Widget], places: Any) -> None:
    widget = visit("bare")
    page = widget.page
    page.context.add_init_script("delete Document.prototype.adoptedStyleSheets;")
    page.goto(page.url.replace("bare", ""))

    link = page.get_by_role("link", name="Ouvrir l’assistant de la formation")

    assert link.get_attribute("href") == f"{places[0]}/ask?programme=parcours-cmc"


# Conversation


def test_the_notice_stands_before_the_first_input(visit: Callable[..., Widget]) -> None:
    for language, notice in (("fr", "C’est une machine qui répond"), ("en", "A machine answers")):
        widget = visit(f"language={language}")
        widget.root.locator(".launch").click()
        widget.root.locator(".notice a").wait_for()

        text = widget.root.locator(".notice").inner_text()
        assert notice in text
        assert widget.root.locator(".notice a").get_attribute("href") == (
            "https://www.univ.example/donnees"
        )
        first = widget.panel.evaluate(
            "(panel) => panel.querySelector('.notice, textarea, .chips').className"
        )
        assert first == "notice"
        described = widget.panel.get_attribute("aria-describedby")
        assert described == "notice"


def test_the_sources_lead_to_the_highlighted_words(visit: Callable[..., Widget]) -> None:
    widget = visit().open()
    reply = widget.ask(STAGE)

    card = reply.locator(".source").first
    assert card.locator("blockquote").get_attribute("lang") == "fr"
    with widget.page.context.expect_page() as opened:
        card.get_by_role("link", name="Ouvrir au passage").click()
    document = opened.value
    document.locator("mark#passage").wait_for()

    assert "420 heures" in document.locator("mark#passage").inner_text()
    document.wait_for_function(
        "() => { const place = document.getElementById('passage').getBoundingClientRect();"
        " return place.top >= 0 && place.bottom <= innerHeight; }"
    )
    assert widget.log.locator(".reply").count() == 1


def test_suggestions_are_asked_by_one_press_and_follow_the_answer(
    visit: Callable[..., Widget], desk: Any
) -> None:
    widget = visit().open()
    chips = widget.root.locator(".chips")
    assert "Questions fréquentes" in chips.inner_text()

    chips.get_by_role("button", name=STAGE).click()
    widget.root.locator(".reply.answered").wait_for()

    assert desk.asked[0][0].question == STAGE
    assert "Questions proches" in chips.last.inner_text()
    assert widget.focused == "question"


def test_partial_and_refused_look_different_and_name_the_contact(
    visit: Callable[..., Widget],
) -> None:
    widget = visit().open()
    looks = set()

    for question, status in (
        (STAGE, "answered"),
        ("Salaire ?", "partial"),
        ("Cantine ?", "unanswered"),
    ):
        reply = widget.ask(question, status)
        looks.add(reply.evaluate("(each) => getComputedStyle(each).backgroundColor"))
        mails = reply.get_by_role("link", name="Écrire à scolarite@univ.example").count()
        assert (mails == 1) is (status != "answered")

    assert len(looks) == 3


_CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}


def _replying(**reply: Any) -> Callable[[Any], None]:
    """What stands for the server's reply, readable from any site."""
    return lambda route: route.fulfill(**{"headers": _CORS} | reply)


_REFUSALS = {
    413: "trop longue pour être envoyée",
    429: "réessayez dans 7 secondes",
    503: "n’est pas disponible pour l’instant",
    500: "Une erreur s’est produite de notre côté",
    0: "L’assistant n’a pas répondu",
    -1: "Vous êtes hors connexion",
}


def test_each_failure_is_said_plainly_with_the_contact_and_nothing_is_lost(
    visit: Callable[..., Widget],
) -> None:
    widget = visit().open()
    page = widget.page
    failed: list[int] = []
    page.expose_function("failed", lambda status: failed.append(status))
    page.evaluate(
        "document.querySelector('programme-assistant')"
        ".addEventListener('error', (event) => failed(event.detail.status))"
    )

    for status, sentence in _REFUSALS.items():
        headers = {**_CORS, "Retry-After": "7"} if status == 429 else _CORS
        if status > 0:
            page.route("**/ask", _replying(status=status, headers=headers))
        elif status == 0:
            page.route("**/ask", lambda route: route.abort())
        else:
            page.context.set_offline(True)
        widget.field.fill(STAGE)
        widget.field.press("Enter")
        failure = widget.root.locator(".failure", has_text=sentence)
        failure.wait_for()
        assert widget.field.input_value() == STAGE
        assert failure.get_by_role("link", name="Écrire à scolarite@univ.example").count() == 1
        assert widget.root.locator(".failure").count() == 1
        page.unroute("**/ask")
    page.context.set_offline(False)
    widget.root.get_by_role("button", name="Réessayer").click()
    widget.root.locator(".reply.answered").wait_for()

    assert failed == [413, 429, 503, 500, 0, 0]
    assert widget.field.input_value() == ""
    assert widget.root.locator(".failure").count() == 0
    assert widget.root.locator(".asked").count() == 1


def test_the_characters_left_are_counted_and_too_many_are_refused(
    visit: Callable[..., Widget], desk: Any
) -> None:
    widget = visit().open()
    left = widget.root.locator("#left")

    widget.field.fill("é" * 399)
    assert left.is_hidden()
    widget.field.fill("é" * 400)
    assert left.inner_text() == "100 caractères restants"
    widget.field.fill("😀" * 499)
    assert left.inner_text() == "1 caractère restant"
    widget.field.fill("é" * 502)
    widget.field.press("Enter")

    refusal = widget.root.get_by_role("alert").inner_text()
    assert refusal == "2 caractères de trop : raccourcissez votre question."
    assert widget.field.get_attribute("aria-invalid") == "true"
    assert len(widget.field.input_value()) == 502
    widget.field.fill("  ")
    widget.field.press("Enter")
    assert widget.root.get_by_role("alert").inner_text() == "Écrivez d’abord votre question."
    assert desk.asked == []


def test_an_opinion_is_given_with_a_reason(visit: Callable[..., Widget], journal: Any) -> None:
    widget = visit().open()
    reply = widget.ask(STAGE)

    reply.get_by_role("button", name="Non").click()
    reply.get_by_label("Il manque quelque chose").check()
    reply.get_by_label("Précisez").fill("Le nombre de semaines")
    reply.get_by_role("button", name="Envoyer").click()
    reply.get_by_text("Merci de votre avis.").wait_for()

    opinion = (False, "Il manque quelque chose : Le nombre de semaines")
    assert list(journal.opinions.values()) == [opinion]
    journal.out = True
    other = widget.ask("Le stage ?")
    other.get_by_role("button", name="Oui").click()
    other.get_by_text("Votre avis n’a pas pu être enregistré.").wait_for()


def test_an_answer_is_copied_with_its_sources(visit: Callable[..., Widget], places: Any) -> None:
    widget = visit(permissions=["clipboard-read", "clipboard-write"]).open()

    widget.ask(STAGE).get_by_role("button", name="Copier").click()
    widget.root.get_by_role("button", name="Copié").wait_for()

    text = widget.page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(STAGE)
    assert "420 heures" in text
    assert f"{places[0]}/documents/parcours-cmc/" in text


def test_a_conversation_is_cleared_and_may_come_back(visit: Callable[..., Widget]) -> None:
    widget = visit().open()
    widget.ask(STAGE)
    clear = widget.root.get_by_role("button", name="Effacer la conversation")

    clear.click()
    assert widget.log.locator(".reply").count() == 0
    assert widget.stored() == 0
    assert widget.status.inner_text() == "La conversation est effacée."
    widget.root.get_by_role("button", name="Annuler").click()
    assert widget.log.locator(".reply").count() == 1
    assert widget.stored() == 1
    clear.click()
    widget.page.reload()

    widget.open()
    assert widget.log.locator(".reply").count() == 0


def test_payloads_are_shown_as_text_and_never_run(
    visit: Callable[..., Widget], desk: Any, documents: Any
) -> None:
    payloads = [
        "<script>executed++</script>",
        "<img src=x onerror=executed++>",
        "<svg/onload=executed++>",
        "<iframe srcdoc='<script>parent.executed++</script>'>",
        "<details open ontoggle=executed++>",
        "<style>*{background:url(javascript:executed++)}</style>",
        '"><a href=javascript:executed++>x</a>',
        "'onfocus='executed++' autofocus='",
        "</textarea><script>executed++</script>",
        "{{constructor.constructor('executed++')()}}",
    ]
    addresses = ["javascript:executed++", " javascript:executed++", "JaVaScRiPt:executed++",
                 "java\tscript:executed++", "data:text/html,<script>executed++</script>",
                 "vbscript:executed++", "//evil.example/", "javascript://%0aexecuted++",
                 "blob:executed++", "\x01javascript:executed++"]  # fmt: skip
    widget = visit().open()
    page = widget.page
    page.evaluate("window.executed = 0")

    for payload, address in zip(payloads, addresses, strict=True):
        reply = {
            "id": payload, "status": "partial", "reason": payload, "language": payload,
            "answer": payload, "segments": [{"text": payload, "citation": 1}, {"text": payload}],
            "citations": [{
                "number": 1, "programme": payload, "document": payload, "title": payload,
                "headings": [payload], "quote": payload, "start": 0, "end": 1, "url": address,
                "updated": payload, "kind": payload, "language": payload,
            }],
            "suggestions": [payload], "choices": [{"programme": payload, "title": payload}],
            "contact": {"label": payload, "email": payload, "url": address}, "notice": payload,
        }  # fmt: skip
        page.route("**/ask", _replying(body=json.dumps(reply), content_type="application/json"))
        block = widget.ask(payload, "partial")
        page.unroute("**/ask")
        assert payload in block.inner_text()
        assert payload in widget.root.locator(".asked").last.inner_text()
    page.reload()
    widget.panel.wait_for()

    assert page.evaluate("window.executed || 0") == 0
    assert widget.panel.locator("img, script, iframe, style, object").count() == 0
    schemes = widget.panel.locator("a").evaluate_all("(all) => all.map((each) => each.protocol)")
    assert set(schemes) <= {"http:", "https:", "mailto:"}


@pytest.mark.parametrize("sight", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_page_may_move_it_about(visit: Callable[..., Widget], sight: dict[str, Any]) -> None:
    widget = visit(sight=sight).open()
    widget.ask(STAGE)

    for opened in (True, False):
        if not opened and widget.panel.is_visible():
            widget.root.get_by_role("button", name="Fermer").click()
        widget.root.evaluate("(each) => document.body.prepend(each)")
        assert widget.panel.is_visible() is (opened and sight is DESKTOP)
        assert widget.button.is_visible() is not widget.panel.is_visible()
    widget.button.click()
    assert widget.log.locator(".reply").count() == 1
    assert widget.panel.evaluate("(panel) => panel.matches(':modal')") is (sight is PHONE)


# Options, languages, the page's side


@pytest.mark.parametrize(
    ("query", "locale", "expected"),
    [
        ("attributes=data-language=en&language=fr", "fr-FR", "en"),
        ("attributes=&language=en-GB", "fr-FR", "en"),
        ("attributes=&language=de", "en-US", "en"),
        ("attributes=&language=constructor", "de-DE", "fr"),
    ],
)
def test_the_language_is_the_chosen_one_else_the_pages_else_the_browsers(
    visit: Callable[..., Widget], query: str, locale: str, expected: str
) -> None:
    widget = visit(query, locale=locale)

    assert widget.root.locator(".root").get_attribute("lang") == expected
    label = {"fr": "Une question ?", "en": "Ask a question"}[expected]
    assert label in widget.root.locator(".launch").inner_text()


def test_it_speaks_english_throughout(visit: Callable[..., Widget], desk: Any) -> None:
    widget = visit("language=en")
    widget.root.locator(".launch").click()
    reply = widget.ask("How long is the internship?")

    text = widget.panel.inner_text()
    for sentence in ("A machine answers", "Your question", "Does this answer help?", "Copy",
                     "Related questions", "Quoted passage", "Open at this passage",
                     "Updated 1 September 2026"):  # fmt: skip
        assert sentence in text
    assert reply.locator(".quoted p").first.get_attribute("lang") == "fr"
    assert desk.asked[0][0].language == "en"
    assert not re.search(r"[éèàç]", widget.root.locator(".ask, .chips, .notice").first.inner_text())


ACCENTS = ["#1d4f91", "#ffd500", "#ffffff", "#000000", "#e30613", "#00ff00", "#777777", "#7f7fff",
           "rebeccapurple", "hsl(190 90% 60%)", "oklch(0.7 0.2 150)", "color(display-p3 1 .5 0)",
           "rgb(255 0 0 / 50%)", "nonsense", "url(x)", ""]  # fmt: skip
_CONTRASTS = """([accents, theme]) => accents.map((accent) => {
  const probe = document.createElement("canvas").getContext("2d");
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number).slice(0, 3);
  const light = (colour) => {
    const [r, g, b] = parse(colour).map((v) => (v /= 255) <= 0.04045 ? v / 12.92
      : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const here = document.getElementById("here");
  here.replaceChildren();
  const made = ProgrammeAssistant.mount({ accent, theme, target: here });
  const style = (selector) => getComputedStyle(made.shadowRoot.querySelector(selector));
  const root = style(".root");
  const ground = style(".panel").backgroundColor;
  return Math.min(
    ratio(style(".head").color, style(".head").backgroundColor),
    ratio(style(".send").color, style(".send").backgroundColor),
    ...[ground, style(".ask").backgroundColor, root.getPropertyValue("--tint")].map(
      (behind) => ratio(root.getPropertyValue("--accent"), behind)),
    ratio(root.getPropertyValue("--edge"), ground) * 1.5,
  );
})"""


def test_whatever_the_accent_contrast_is_at_least_4_5(visit: Callable[..., Widget]) -> None:
    widget = visit("attributes=data-target=%23here")

    for theme in ("light", "dark"):
        found = widget.page.evaluate(_CONTRASTS, [ACCENTS, theme])
        assert min(found) >= 4.5, dict(zip(ACCENTS, found, strict=True))


def test_the_page_themes_it_by_custom_properties(visit: Callable[..., Widget]) -> None:
    widget = visit()
    widget.root.evaluate(
        "(each) => { each.style.setProperty('--assistant-accent', '#8a1538');"
        " each.style.setProperty('--assistant-width', '400px'); }"
    )
    widget.open()

    head = widget.root.locator(".head").evaluate("(each) => getComputedStyle(each).backgroundColor")
    assert head == "rgb(138, 21, 56)"
    assert widget.panel.bounding_box()["width"] == 400


def test_addresses_in_an_answer_are_links(visit: Callable[..., Widget]) -> None:
    widget = visit().open()
    words = "Écrivez à master-cmc@univ.example ou voyez https://univ.example/cmc (avant mars)."
    reply = {"id": "1", "status": "answered", "segments": [{"text": f"{words}\n- {words}"}]}
    widget.page.route("**/ask", _replying(body=json.dumps(reply)))

    links = widget.ask(STAGE).get_by_role("link")

    assert links.evaluate_all("(all) => all.map((each) => each.href)") == 2 * [
        "mailto:master-cmc@univ.example",
        "https://univ.example/cmc",
    ]
    assert words in widget.log.inner_text()


def test_options_choose_place_title_questions_and_start(
    visit: Callable[..., Widget], desk: Any
) -> None:
    attributes = (
        'data-position="left" data-title="Master CMC" data-button="Écrivez-nous" data-theme="dark"'
        ' data-questions="Le stage ? | Le salaire ?" data-programme="inconnue" data-open'
    )
    widget = visit(f"attributes={quote(attributes)}")
    widget.panel.wait_for()

    assert widget.focused == "body"
    assert widget.root.locator("h2").inner_text() == "Master CMC"
    assert widget.panel.bounding_box()["x"] < 40
    assert widget.root.locator("[data-dark]").count() == 1
    chips = widget.root.locator(".chips button")
    assert chips.all_inner_texts() == ["Le stage ?", "Le salaire ?"]
    # A mistaken programme is the page's fault: candidates are answered all the same.
    widget.root.locator(".notice a").wait_for()
    chips.first.click()
    widget.root.locator(".reply.answered").wait_for()
    assert desk.asked[0][0].programme is None


def test_it_can_stand_in_the_page(visit: Callable[..., Widget], shots: Path) -> None:
    widget = visit("attributes=data-target=%23here")
    widget.root.locator(".chips button").first.wait_for()

    widget.ask(STAGE)

    assert widget.root.locator(".launch").count() == 0
    assert widget.page.locator("#here programme-assistant").count() == 1
    assert widget.root.get_by_role("region", name="Assistant de la formation").count() == 1
    assert _violations(widget.page) == []
    widget.page.screenshot(path=shots / "inline.png", full_page=True)


def test_the_page_hears_what_happens_and_never_what_was_typed(
    visit: Callable[..., Widget],
) -> None:
    widget = visit("bare")
    page = widget.page
    events: list[Any] = []
    page.expose_function("hear", lambda event: events.append(event))
    page.context.add_init_script(
        """document.addEventListener("programme-assistant-ready", ({ detail }) => {
          for (const name of ["open", "close", "answer", "abstain", "error"])
            detail.element.addEventListener(name, ({ detail }) => hear([name, detail]));
          detail.element.ask("Combien de temps dure le stage ?");
        });"""
    )
    page.goto(page.url.replace("bare", ""))
    widget.root.locator(".reply.answered").wait_for()
    widget.ask("Cantine ?", "unanswered")
    page.evaluate("ProgrammeAssistant.element.close()")
    widget.button.wait_for()

    assert [name for name, _ in events] == ["open", "answer", "abstain", "close"]
    assert events[1][1]["status"] == "answered"
    assert events[2][1]["reason"] == "not_documented"
    assert "stage" not in json.dumps(events)


def test_a_link_of_the_page_may_ask_a_question(visit: Callable[..., Widget]) -> None:
    widget = visit("asks=Le+stage")

    widget.page.locator("#ask").click()

    widget.root.locator(".reply.answered").wait_for()
    assert "Le stage" in widget.root.locator(".asked").inner_text()


# Without scripts, the home page, time


def test_without_scripts_the_form_does_the_whole_job(visit: Callable[..., Widget]) -> None:
    page = visit(java_script_enabled=False).page

    page.get_by_role("link", name="Poser une question").click()
    page.get_by_role("textbox", name="Votre question").fill(STAGE)
    page.get_by_role("button", name="Envoyer").click()

    assert "420 heures" in page.locator(".reply.answered").inner_text()
    page.get_by_role("link", name="Voir dans le document").first.click()
    assert "420 heures" in page.locator("mark#passage").inner_text()


@pytest.mark.parametrize("sight", ["desktop", "phone"])
def test_the_home_page_and_the_integration_page_show_it(
    visit: Callable[..., Widget], places: Any, shots: Path, sight: str
) -> None:
    widget = visit(sight=SIGHTS[sight], reduced_motion="reduce")
    page = widget.page
    page.goto(f"{places[0]}/")
    page.screenshot(path=shots / f"{sight}-home.png")
    page.get_by_role("link", name="Poser une question").click()
    widget.ask(STAGE)
    widget.panel.get_by_role("link", name="Ouvrir au passage").first.click()
    page.locator("mark#passage").wait_for()

    page.goto(f"{places[0]}/integrate")
    options = page.locator("#options")
    options.get_by_label("Couleur").fill("#ffd500")
    options.get_by_label("Titre").fill('Le "master"')
    options.get_by_label("Version").select_option("pinned")
    options.get_by_label("Dans la page").check()
    widget.panel.wait_for()
    page.screenshot(path=shots / f"{sight}-integrate.png", full_page=True)

    snippet = page.locator("#snippet").inner_text()
    assert 'data-title="Le &quot;master&quot;"' in snippet
    assert 'data-accent="#ffd500"' in snippet
    assert 'integrity="sha384-' in snippet
    assert '<div id="assistant"></div>' in snippet
    assert page.locator("#preview programme-assistant h2").inner_text() == 'Le "master"'
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_pinned_version_runs_under_its_hash(visit: Callable[..., Widget], places: Any) -> None:
    widget = visit("bare")
    widget.page.goto(f"{places[0]}/integrate")
    pinned = widget.page.locator("#pinned").inner_text()
    attributes = " ".join(re.findall(r'(?:integrity|crossorigin)="[^"]+"', pinned))
    address = re.search(r'src="([^"]+)"', pinned)
    assert address is not None
    site = places[1]
    widget.page.goto(f"{site}/master?attributes={quote(attributes)}&src={quote(address[1])}")

    widget.open()

    assert address[1] in widget.page.asked


def test_it_opens_within_100_ms_and_answers_within_300(visit: Callable[..., Widget]) -> None:
    widget = visit()
    widget.button.wait_for()
    times = widget.page.evaluate(
        """async () => {
          const { element } = ProgrammeAssistant;
          const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          const opening = [], answering = [];
          for (let round = 0; round < 3; round++) {
            let began = performance.now();
            element.open();
            await frame();
            opening.push(performance.now() - began);
            began = performance.now();
            await element.ask("Combien de temps dure le stage ?");
            await frame();
            answering.push(performance.now() - began);
            element.close();
          }
          return [opening, answering];
        }"""
    )

    # The best of three: other tests may run beside this one.
    assert min(times[0]) < 100, times
    assert min(times[1]) < 300, times


def test_text_spacing_and_targets(visit: Callable[..., Widget]) -> None:
    widget = visit(sight=SIGHTS["phone"]).open()
    widget.ask(STAGE)
    widget.ask("Et le salaire ?", "partial").get_by_role("button", name="Non").click()

    # WCAG 2.2, 2.5.8: 24 px, links inside a sentence apart.
    small = widget.panel.evaluate(
        "(panel) => [...panel.querySelectorAll('button, a, summary, label, textarea')]"
        ".filter((each) => each.checkVisibility() && !each.closest('.notice'))"
        ".filter((each) => !(each.localName === 'label' && each.htmlFor))"
        ".filter((each) => { const box = each.getBoundingClientRect();"
        " return box.width < 24 || box.height < 24; }).map((each) => each.outerHTML)"
    )
    assert small == []
    # WCAG 2.1, 1.4.12.
    widget.page.evaluate(
        "() => { const sheet = new CSSStyleSheet();"
        " sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important;"
        " word-spacing: .16em !important; } p { margin-bottom: 2em !important; }');"
        " const { shadowRoot } = document.querySelector('programme-assistant');"
        " shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet]; }"
    )
    cut = widget.panel.evaluate(
        "(panel) => [...panel.querySelectorAll('p, button, summary, h2, li, label, legend')]"
        ".filter((each) => each.clientWidth && each.scrollWidth > each.clientWidth + 1"
        " || each.clientHeight && each.scrollHeight > each.clientHeight + 4)"
        ".filter((each) => !each.matches('.sr')).map((each) => each.outerHTML)"
    )
    assert cut == []


def test_nothing_moves_for_whoever_asked_for_stillness(visit: Callable[..., Widget]) -> None:
    widget = visit(reduced_motion="reduce").open()

    assert (
        widget.page.evaluate(
            "() => document.querySelector('programme-assistant').shadowRoot.getAnimations().length"
        )
        == 0
    )
