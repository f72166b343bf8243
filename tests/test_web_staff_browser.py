"""The pages of staff in a real browser, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from assistant.database import connect, migrate
from assistant.staff import Staff, staff_of
from tests.conftest import NOW
from tests.members import PASSWORD, fresh_staff
from tests.sites import serving
from web.app import create_app, local_time

pytestmark = pytest.mark.browser

SMALL = """
() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")]
  .map((each) => [each.outerHTML.slice(0, 90), each.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.width < 24 || box.height < 24))
  .map(([shown]) => shown)
"""
PAGES = (
    "/staff/account?done=password",
    "/staff/members",
    "/staff/members/add",
    "/staff/member?name=Marie-H%C3%A9l%C3%A8ne%20Le%20Goff-Kerdreux",
    "/staff/audit",
    "/staff/audit?subject=nothing",
    "/staff/nowhere",
)


@pytest.fixture
def staff(tmp_path: Path) -> Staff:
    staff = fresh_staff(tmp_path)
    name = "Marie-Hélène Le Goff-Kerdreux"
    staff.accounts.add(name, "editor", PASSWORD, NOW, "administrator", ["parcours-cmc"])
    staff.accounts.add("jdupont@univ.example", "reader", None, NOW, "(terminal)")
    staff.accounts.disable("jdupont@univ.example", NOW, "administrator")
    staff.tokens.add("administrator", NOW, "administrator")
    return staff


@pytest.fixture
def visit(browser: Any, desk: Any, journal: Any, settings: Any) -> Iterator[Callable[..., Any]]:
    contexts, complaints = [], []
    with_sites = []

    def visit(staff: Staff, path: str, account: str | None = None, **options: Any) -> Any:
        site = serving(create_app(desk, journal, settings, staff=staff))
        address = site.__enter__()
        with_sites.append(site)
        context = browser.new_context(locale="fr-FR", base_url=address, **options)
        context.set_default_timeout(5000)
        contexts.append(context)
        if account:
            secret = staff.sessions.begin(account, local_time())
            context.add_cookies([{"name": "staff", "value": secret, "url": address}])
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if told(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()
    for site in with_sites:
        site.__exit__(None, None, None)
    assert complaints == []


def told(message: Any) -> bool:
    return message.type in ("error", "warning") and "Failed to load resource" not in message.text


def check(page: Any) -> None:
    """It fits, everything can be hit, and axe finds nothing."""
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url
    assert page.evaluate(SMALL) == [], page.url
    violations = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in violations] == [], page.url


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_the_first_run_to_a_colleague_who_signs_in(
    visit: Any, tmp_path: Path, scripts: bool
) -> None:
    engine = connect(f"sqlite:///{tmp_path}/fresh.sqlite3")
    migrate(engine)
    staff = staff_of(engine)
    code = staff.invitations.make(NOW)
    page = visit(staff, "/staff/", java_script_enabled=scripts)

    assert page.url.endswith("/staff/first-run")
    page.get_by_label("Code de démarrage").fill("AAAA-AAAA-AAAA-AAAA-AAAA")
    page.get_by_label("Nom du compte").fill("Marie")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_label("Mot de passe, une seconde fois").fill(PASSWORD)
    page.get_by_role("button", name="Créer le compte").click()
    page.get_by_role("alert").get_by_role("link", name="Ce code n’est pas").click()
    assert page.url.endswith("#code")
    page.get_by_label("Code de démarrage").fill(code)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_label("Mot de passe, une seconde fois").fill(PASSWORD)
    page.get_by_role("button", name="Créer le compte").click()

    assert "Votre compte est créé" in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="Membres").click()
    page.get_by_role("link", name="Ajouter un membre").click()
    page.get_by_label("Nom du compte").fill("Jean")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("radio", name="Lecteur").check()
    page.get_by_role("button", name="Créer le compte").click()
    assert "Le compte est créé." in page.get_by_role("status").inner_text()
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.get_by_label("Nom du compte").fill("jean")
    page.get_by_label("Mot de passe").fill("autre chose")
    page.keyboard.press("Enter")
    assert "n’ouvrent aucun compte" in page.get_by_role("alert").inner_text()
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")

    page.locator(".menu summary").wait_for()
    assert page.locator(".menu").inner_text().startswith("J")
    assert page.get_by_role("link", name="Membres").count() == 0
    cookies = {each["name"]: each for each in page.context.cookies()}
    assert cookies["staff"]["httpOnly"]
    assert cookies["staff"]["sameSite"] == "Lax"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_fits_and_is_accessible(
    visit: Any, staff: Staff, width: int, scheme: Any
) -> None:
    viewport = {"width": width, "height": 800}
    options = {"viewport": viewport, "color_scheme": scheme}
    page = visit(staff, "/staff/sign-in", **options)
    check(page)
    page.get_by_label("Nom du compte").fill("nobody")
    page.get_by_label("Mot de passe").fill("wrong")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    check(page)

    page = visit(staff, PAGES[0], "administrator", **options)
    page.locator(".menu summary").click()
    check(page)
    for path in PAGES:
        page.goto(path)
        check(page)
    page.goto("/staff/members/add?language=en")
    make = page.get_by_role("button", name="Make the account")
    make.evaluate("(each) => each.form.noValidate = true")
    make.click()
    page.get_by_role("alert").wait_for()
    check(page)


def test_everything_is_reached_by_keyboard_and_focus_is_seen(visit: Any, staff: Staff) -> None:
    page = visit(staff, "/staff/members", "administrator")
    reached = []

    for _ in range(13):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", reached

    assert reached[0] == "Aller au contenu"
    assert "Ajouter un membre" in reached
    page.keyboard.press("Shift+Tab")


def test_another_site_cannot_act_in_ones_name(visit: Any, staff: Staff) -> None:
    page = visit(staff, "/staff/members", "administrator")
    address = page.url.partition("/staff")[0]
    form = (
        f'<form id="f" method="post" action="{address}/staff/member/disable">'
        '<input name="name" value="editor"></form>'
    )
    other = page.context.new_page()
    other.route("http://evil.example/*", lambda route: route.fulfill(
        body=f"{form}<script>f.submit()</script>", content_type="text/html"))  # fmt: skip

    with other.expect_response("**/staff/member/disable") as response:
        other.goto("http://evil.example/")

    assert response.value.status in (401, 403)
    account = staff.accounts.named("editor")
    assert account
    assert account.disabled_at is None
