"""Questions and answers of staff in a real browser: the whole way round, and how the pages are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.houses import PARKING, House
from tests.members import PASSWORD
from tests.sites import serving
from tests.test_web_staff_browser import check, told

pytestmark = pytest.mark.browser

TEXT = "Le parking P2 est ouvert aux étudiants.\n\n- gratuit\n- près du bâtiment B"
WRONG = "Oui, pendant ses 350 heures."


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.close()


@pytest.fixture
def visit(browser: Any, house: House) -> Iterator[Callable[..., Any]]:
    complaints: list[str] = []
    contexts = []
    with serving(house.app) as address:

        def visit(path: str, account: str | None = None, **options: Any) -> Any:
            context = browser.new_context(locale="fr-FR", base_url=address, **options)
            context.set_default_timeout(5000)
            contexts.append(context)
            if account:
                secret = house.staff.sessions.begin(account, house.clock())
                context.add_cookies([{"name": "staff", "value": secret, "url": address}])
            page = context.new_page()
            page.on("console", lambda said: complaints.append(said.text) if told(said) else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(path)
            return page

        yield visit
        for context in contexts:
            context.close()
    assert complaints == []


def ask(page: Any, question: str) -> Any:
    """Ask on the page of candidates; the reply's block."""
    page.goto("/ask?programme=parcours-cmc")
    page.locator("textarea").fill(question)
    page.locator("button.send").click()
    page.locator(".reply").wait_for()
    return page.locator(".reply").last


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_a_question_without_answer_to_the_next_candidate_who_gets_one(
    visit: Any, scripts: bool
) -> None:
    candidate = visit("/ask", java_script_enabled=scripts)
    assert "unanswered" in ask(candidate, "Où garer sa voiture ?").get_attribute("class")
    ask(candidate, "garer ma voiture, c possible ou ?")

    page = visit("/staff/", java_script_enabled=scripts)
    page.get_by_label("Nom du compte").fill("editor")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Où garer sa voiture ?").click()
    assert "Pourquoi il n’a pas répondu" in page.inner_text("main")
    page.get_by_role("link", name="Répondre").click()
    page.get_by_label("Votre réponse").fill(TEXT)
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    assert "Le brouillon est enregistré" in page.get_by_role("status").inner_text()
    assert "unanswered" in ask(candidate, "Où garer sa voiture ?").get_attribute("class")
    page.get_by_role("button", name="Vérifier avant de publier").click()
    assert "Aucune bonne réponse ne changerait" in page.inner_text("main")
    page.get_by_role("button", name="Publier").click()
    assert "La réponse est publiée" in page.get_by_role("status").inner_text()

    reply = ask(candidate, "ou garer sa voiture")
    assert "Le parking P2 est ouvert aux étudiants." in reply.inner_text()
    assert "équipe" in reply.inner_text()  # marked as one of staff
    page.get_by_role("link", name="Voir comme un candidat").click()
    assert "près du bâtiment B" in page.inner_text("main")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_every_page_fits_and_is_accessible(
    visit: Any, house: House, width: int, scheme: Any
) -> None:
    group = house.grouped(*PARKING, "Une très longue question " + "interminable " * 20 + "?")
    house.grouped("Y a-t-il une piscine ?", status="partial")
    house.casework.groups.write_note(group, "Voir avec Paul", "editor", house.clock())
    house.asked("Quel temps fait-il ?", reason="off_topic")
    id = house.published(programme=None, valid_from=house.clock().date())
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    page = visit("/staff/?reason=not_documented", "editor", **options)
    check(page)
    for path in ("/staff/?search=nothing", "/staff/?state=closed", "/staff/?state=apart",
                 f"/staff/questions/{group}", "/staff/answers", "/staff/answers?search=nothing",
                 f"/staff/answers/new?group={group}",
                 f"/staff/answers/{id}?group={group}"):  # fmt: skip
        page.goto(path)
        check(page)
    page.goto(f"/staff/answers/new?group={group}")
    page.get_by_label("La question", exact=True).fill("Mon tuteur suit-il le stage ?")
    page.get_by_label("Votre réponse").fill(WRONG)
    page.get_by_role("button", name="Vérifier avant de publier").click()
    page.get_by_role("heading", name="Publication retenue").wait_for()
    check(page)
    page.get_by_role("button", name="Publier").evaluate("(each) => each.form.noValidate = true")
    page.get_by_role("button", name="Publier").click()
    page.get_by_role("alert").wait_for()
    check(page)
    if width > 400:
        page.keyboard.press("?")
        page.get_by_role("dialog").wait_for()
        check(page)
    reader = visit(f"/staff/answers/{id}", "reader", **options)
    check(reader)
    reader.goto(f"/staff/questions/{group}?language=en")
    check(reader)


def test_a_conflict_fits_and_is_accessible(visit: Any, house: House) -> None:
    id = house.published()
    page = visit(f"/staff/answers/{id}", "editor", viewport={"width": 320, "height": 800})
    other = visit(f"/staff/answers/{id}", "administrator")
    other.get_by_label("Votre réponse").fill("Le parking P3.")
    other.get_by_role("button", name="Vérifier avant de publier").click()
    other.get_by_role("button", name="Publier").click()
    other.get_by_role("status").wait_for()

    page.get_by_label("Votre réponse").fill("Le parking P4.")
    page.get_by_role("button", name="Vérifier avant de publier").click()

    assert "Quelqu’un d’autre a modifié" in page.get_by_role("alert").inner_text()
    check(page)


def test_the_queue_is_worked_through_by_keyboard(visit: Any, house: House) -> None:
    house.grouped("Y a-t-il une piscine ?")
    group = house.grouped("Où garer sa voiture ?", "garer voiture ou")
    page = visit("/staff/", "editor")

    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.innerText").startswith(("Où garer", "garer"))
    page.keyboard.press("x")
    assert page.locator(".entry input:checked").count() == 1
    page.keyboard.press("x")
    page.keyboard.press("j")
    assert "piscine" in page.evaluate("document.activeElement.innerText")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/staff/questions/{group}**")
    page.keyboard.press("j")
    page.get_by_role("heading", level=1, name="piscine").wait_for()
    page.keyboard.press("k")
    page.wait_for_url(f"**/staff/questions/{group}**")
    page.keyboard.press("a")
    page.get_by_label("Votre réponse").wait_for()
    page.get_by_label("Votre réponse").fill("Au P2")
    page.get_by_label("Votre réponse").press("End")
    page.keyboard.type(" ? j k a /")
    assert page.get_by_label("Votre réponse").input_value() == "Au P2 ? j k a /"
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Publier").wait_for()
    page.keyboard.press("Control+Enter")
    page.get_by_text("La réponse est publiée").wait_for()
    page.goto("/staff/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"


def test_the_help_opens_closes_and_turns_single_keys_off(visit: Any, house: House) -> None:
    house.grouped("Y a-t-il une piscine ?")
    page = visit("/staff/", "editor")

    page.get_by_role("button", name="Raccourcis clavier").click()
    dialog = page.get_by_role("dialog", name="Raccourcis clavier")
    assert "groupe suivant" in dialog.inner_text()
    dialog.get_by_label("Touches seules").uncheck()
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('[data-open]')") is False
    page.reload()
    page.keyboard.press("?")
    assert not page.get_by_role("dialog").is_visible()


def test_a_passage_is_put_where_the_cursor_is(visit: Any, house: House) -> None:
    page = visit("/staff/answers/new", "editor")
    assert page.get_by_role("button", name="Citer").count() == 0
    page.get_by_label("La question", exact=True).fill("Combien d'heures de stage ?")
    page.get_by_label("Votre réponse").fill("Avant.")
    page.get_by_role("button", name="Chercher des passages").click()
    page.get_by_role("button", name="Citer").first.wait_for()
    assert page.get_by_label("Votre réponse").input_value() == "Avant."

    page.get_by_role("button", name="Citer").first.click()

    said = "Avant.\n\nLa durée minimale du stage est de 420 heures."
    assert page.get_by_label("Votre réponse").input_value() == said
    assert page.evaluate("document.activeElement.id") == "answer"


def test_the_pages_hold_in_forced_colours_and_by_tabs(visit: Any, house: House) -> None:
    house.grouped(*PARKING)
    page = visit("/staff/", "editor", forced_colors="active")
    check(page)
    reached = []
    for _ in range(19):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText || ''"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", reached

    assert reached[0] == "Aller au contenu"
    assert any("parking" in each or "garer" in each for each in reached)
