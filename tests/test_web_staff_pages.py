"""The pages of one's account, of the members, and of the audit."""

from __future__ import annotations

import re
from typing import Any

import pytest

from assistant.member import Member
from tests.members import PASSWORD, Door

OTHER = "une tout autre phrase"
ACCOUNT = "/staff/account"


def done_of(response: Any) -> str:
    assert response.status_code == 303, response.text
    return str(response.headers["location"]).rpartition("done=")[2]


def test_one_changes_ones_password(door: Door) -> None:
    client, elsewhere = door.client("editor"), door.client("editor")
    right = {"current": PASSWORD, "password": OTHER, "again": OTHER}

    for changes, field in (
        ({"current": "wrong"}, "current"),
        ({"password": "court", "again": "court"}, "password"),
        ({"again": "autre chose que cela"}, "again"),
    ):
        page = client.post(f"{ACCOUNT}/password", data=right | changes)
        assert page.status_code == 422
        assert f'id="{field}-error"' in page.text
    assert door.staff.accounts.verified("editor", PASSWORD)
    assert done_of(client.post(f"{ACCOUNT}/password", data=right)) == "password"

    assert door.staff.accounts.verified("editor", OTHER)
    assert client.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 303


def test_an_open_session_is_no_place_to_guess_a_password(door: Door) -> None:
    client = door.client("editor")
    wrong = {"current": "wrong", "password": OTHER, "again": OTHER}

    statuses = [client.post(f"{ACCOUNT}/password", data=wrong).status_code for _ in range(11)]

    assert statuses == [422] * 10 + [429]


def test_one_sees_and_ends_ones_sessions(door: Door) -> None:
    client, second, third = (door.client("editor") for _ in range(3))
    page = client.get(ACCOUNT).text
    assert page.count("Celle-ci") == 1
    digests = re.findall(r'name="session" value="([0-9a-f]+)"', page)
    assert len(digests) == 2

    # Not those of others.
    door.client("reader").post(f"{ACCOUNT}/session/end", data={"session": digests[0]})
    assert len(door.staff.sessions.of("editor", door.clock())) == 3
    ended = client.post(f"{ACCOUNT}/session/end", data={"session": digests[0]})
    assert done_of(ended) == "session_ended"
    assert sorted(each.get(ACCOUNT).status_code for each in (second, third)) == [200, 303]
    assert done_of(client.post(f"{ACCOUNT}/session/end-others")) == "sessions_ended"
    assert {each.get(ACCOUNT).status_code for each in (second, third)} == {303}
    assert client.get(ACCOUNT).status_code == 200


def test_one_makes_a_token_sees_it_once_and_revokes_it(door: Door) -> None:
    client = door.client("editor")

    made = client.post(f"{ACCOUNT}/token")

    (secret,) = re.findall(r'class="secret">(staff_[\w-]+)<', made.text)
    assert door.staff.tokens.member(secret) == Member("editor", "editor")
    page = client.get(ACCOUNT).text
    assert secret not in page
    (named,) = re.findall(r'name="token" value="(\w+)"', page)
    door.client("reader").post(f"{ACCOUNT}/token/revoke", data={"token": named})
    assert door.staff.tokens.member(secret)
    revoked = client.post(f"{ACCOUNT}/token/revoke", data={"token": named})
    assert done_of(revoked) == "token_revoked"
    assert door.staff.tokens.member(secret) is None


def test_an_administrator_adds_a_member(door: Door) -> None:
    client = door.client("administrator")
    form = client.get("/staff/members/add").text
    assert 'value="parcours-cmc"' in form
    fields = {"name": "Marie", "role": "editor", "password": OTHER, "programme": "parcours-cmc"}

    assert done_of(client.post("/staff/members/add", data=fields)) == "member_added"

    assert door.staff.accounts.verified("Marie", OTHER) == Member(
        "Marie", "editor", ("parcours-cmc",)
    )
    page = client.get("/staff/members").text
    assert 'href="/staff/member?name=Marie"' in page
    through = {"name": "jean@univ.example", "role": "reader"}
    assert done_of(client.post("/staff/members/add", data=through)) == "member_added"
    assert "Par l’université" in client.get("/staff/members").text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "EDITOR"}, "a déjà un compte"),
        ({"name": ""}, "Donnez un nom"),
        ({"password": "court"}, "de 12 à 256"),
        ({"role": "king"}, "Choisissez un rôle"),
        ({"role": ""}, "Choisissez un rôle"),
    ],
)
def test_what_cannot_be_added_is_told_and_what_was_typed_stays(
    door: Door, changes: dict[str, str], said: str
) -> None:
    fields = {"name": "Marie", "role": "reader", "password": OTHER} | changes

    page = door.client("administrator").post("/staff/members/add", data=fields)

    assert page.status_code == 422
    assert said in page.text
    assert OTHER not in page.text
    assert f'value="{fields["name"]}"' in page.text
    assert len(door.staff.accounts.all()) == 3


def test_an_administrator_changes_rights(door: Door) -> None:
    client = door.client("administrator")
    fields: Any = {"name": "reader", "role": "editor", "programme": ["a", "parcours-cmc"]}

    assert done_of(client.post("/staff/member/role", data=fields)) == "member_changed"

    account = door.staff.accounts.named("reader")
    assert account
    assert account.member == Member("reader", "editor", ("a", "parcours-cmc"))
    # One that is not indexed just now stays ticked.
    page = client.get("/staff/member?name=reader").text
    assert 'value="a" checked' in page
    client.post("/staff/member/role", data={"name": "reader", "role": "editor"})
    account = door.staff.accounts.named("reader")
    assert account
    assert account.programmes is None


def test_an_administrator_closes_opens_and_resets_an_account(door: Door) -> None:
    client, theirs = door.client("administrator"), door.client("reader")

    def post(what: str, **more: str) -> Any:
        return client.post(f"/staff/member/{what}", data={"name": "reader"} | more)

    assert done_of(post("password", password=OTHER)) == "member_password"
    assert theirs.get(ACCOUNT).status_code == 303
    assert door.staff.accounts.verified("reader", OTHER)
    assert post("password", password="court").status_code == 422
    assert done_of(post("disable")) == "member_disabled"
    assert door.staff.accounts.verified("reader", OTHER) is None
    assert "Réactiver" in client.get("/staff/member?name=reader").text
    assert done_of(post("enable")) == "member_enabled"
    assert door.staff.accounts.verified("reader", OTHER)
    assert client.post("/staff/member/disable", data={"name": "nobody"}).status_code == 404
    assert client.get("/staff/member?name=nobody").status_code == 404


def test_the_last_administrator_cannot_shut_themselves_out(door: Door) -> None:
    client = door.client("administrator")
    own = {"name": "administrator", "role": "reader"}

    for what in ("disable", "role"):
        page = client.post(f"/staff/member/{what}", data=own)
        assert page.status_code == 422
        assert "dernier administrateur" in page.text
    assert client.get("/staff/members").status_code == 200


def test_the_audit_shows_who_changed_what_in_words(door: Door) -> None:
    client = door.client("administrator")
    client.post("/staff/member/role", data={"name": "reader", "role": "editor"})

    page = client.get("/staff/audit").text

    assert "Rôle changé" in page
    assert "avant\u00a0: Lecteur" in page
    assert "après\u00a0: Rédacteur" in page
    filtered = client.get("/staff/audit?account=administrator&subject=reader").text
    assert filtered.count('<tr role="row">') == 2  # the headings, and the change
    assert "Aucun changement" in client.get("/staff/audit?subject=nothing").text
    assert "Role changed" in client.get("/staff/audit?language=en").text


def test_the_audit_is_turned_page_by_page(door: Door) -> None:
    client = door.client("administrator")
    for number in range(120):
        role = ("editor", "reader")[number % 2]
        door.staff.accounts.set_role("reader", role, door.clock(), "administrator")
    seen: list[str] = []
    address = "/staff/audit?account=administrator"
    while address:
        page = client.get(address).text
        seen.append(page)
        found = re.search(r'href="([^"]+)" rel="next"', page)
        address = found[1].replace("&amp;", "&") if found else ""

    rows = [page.count("Rôle changé") for page in seen]
    assert rows == [50, 50, 20]
    assert 'rel="prev"' in seen[1]


def test_what_staff_type_never_runs(door: Door) -> None:
    client = door.client("administrator")
    payload = "<img src=x onerror=alert(1)>"
    fields = {"name": payload, "role": "reader", "programme": payload}
    assert done_of(client.post("/staff/members/add", data=fields)) == "member_added"

    for path in ("/staff/members", "/staff/audit", f"/staff/member?name={payload}",
                 f"/staff/audit?subject={payload}"):  # fmt: skip
        page = client.get(path).text
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page


def test_the_sections_shown_are_those_that_are_open(door: Door) -> None:
    shown = {
        role: re.findall(r'<li><a href="(/staff/[a-z]*)"', door.client(role).get(ACCOUNT).text)
        for role in ("reader", "editor", "administrator")
    }

    everybody = ["/staff/", "/staff/answers", "/staff/dashboard", "/staff/documents"]
    assert shown["reader"] == shown["editor"] == everybody
    assert shown["administrator"] == [*everybody, "/staff/members", "/staff/audit"]
