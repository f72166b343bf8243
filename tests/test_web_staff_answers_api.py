from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from assistant.answer_store import AnswerStore
from assistant.journal import Journal
from assistant.office import Office
from assistant.policy import load_policy
from assistant.publishing import Publishing
from tests.conftest import NOW
from tests.databases import fresh_url, sample_record
from tests.fakes import FakeEncoder
from tests.members import Clock, Door, fresh_staff
from tests.supplies import SUPPLIES, settings_of
from web.app import create_app

URL = "/api/v1/staff/answers"
STRICT = replace(load_policy("none"), encoder=FakeEncoder().fingerprint)
PARKING = {
    "question": "Où garer sa voiture ?",
    "answer": "Le parking P2 est ouvert.",
    "programme": "parcours-cmc",
}
WRONG = {
    "question": "Mon tuteur suit-il le stage ?",
    "answer": "Oui, pendant ses 350 heures.",
    "programme": "parcours-cmc",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request, tmp_path):
    settings = settings_of(tmp_path)
    staff = fresh_staff(tmp_path, fresh_url(request.param, tmp_path))
    store = AnswerStore(staff.audit.engine)
    journal = Journal(store.engine)
    supplies = replace(SUPPLIES, policy_for=lambda fingerprint: STRICT)
    office = Office(settings, supplies, staff=store)
    office.build()
    office.refresh()
    clock = Clock(NOW)
    publishing = Publishing(office, store, journal)
    app = create_app(office, journal, settings, clock, staff=staff, publishing=publishing)
    door = Door(app, staff, clock)
    client = door.client()
    client.headers.update(door.bearer("editor"))
    yield SimpleNamespace(door=door, client=client, journal=journal, store=store, staff=staff)
    store.engine.dispose()


def asked(house, id, question):
    changes = {"id": id, "question": question, "history": (), "status": "unanswered"}
    house.journal.record(sample_record(NOW, **changes, reason="not_documented"))
    return id


def ask(house, question):
    body = {"question": question}
    return house.client.post("/api/v1/ask", json=body).json()


def test_what_is_published_is_answered_with_its_document(house):
    ticked = asked(house, "q1", "c ou ma caisse ?")

    made = house.client.post(URL, json=PARKING | {"question_ids": [ticked]})

    assert made.status_code == 200
    body = made.json()
    assert body == {
        "id": body["id"],
        "revision": 1,
        "state": "published",
        "closed": ["q1"],
        "still_open": [],
        "reopened": [],
    }
    assert made.headers["etag"] == '"1"'
    reply = ask(house, "c ou ma caisse")
    (citation,) = reply["citations"]
    assert (reply["status"], citation["kind"]) == ("answered", "staff")
    assert citation["document"] == f"staff/{body['id']}"
    document = house.client.get(f"/api/v1/documents/{citation['document']}").json()
    assert citation["quote"] == document["text"][citation["start"] : citation["end"]]
    page = house.client.get(citation["url"], headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "<mark" in page.text
    listed = house.client.get("/api/v1/documents").json()["documents"]
    assert all(not each["id"].startswith("staff/") for each in listed)
    assert [
        each["documents"] for each in house.client.get("/api/v1/programmes").json()["programmes"]
    ] == [1]


def test_a_contradiction_is_refused_with_what_it_contradicts_until_it_is_confirmed(house):
    held = house.client.post(URL, json=WRONG)

    assert held.status_code == 409
    assert held.headers["content-type"] == "application/problem+json"
    (change,) = held.json()["changes"]
    assert (change["kind"], change["document"]) == ("contradiction", "parcours-cmc/stage")
    assert "420" in change["before"]
    assert house.client.get(URL).json() == {"answers": []}
    assert house.client.post(URL, json=WRONG | {"confirm": True}).status_code == 200


def test_an_edit_needs_the_current_revision(house):
    id = house.client.post(URL, json=PARKING).json()["id"]
    body = PARKING | {"answer": "Le parking P3 est ouvert."}

    assert house.client.put(f"{URL}/{id}", json=body).status_code == 428
    for wrong in ('"7"', '"abc"', "*", 'W/"1"'):
        stale = house.client.put(f"{URL}/{id}", json=body, headers={"if-match": wrong})
        assert stale.status_code == 412, wrong
    edited = house.client.put(f"{URL}/{id}", json=body, headers={"if-match": '"1"'})
    assert (edited.status_code, edited.json()["revision"]) == (200, 2)
    assert "P3" in ask(house, "Où garer sa voiture ?")["answer"]
    again = house.client.put(f"{URL}/{id}", json=body, headers={"if-match": '"1"'})
    assert again.status_code == 412
    assert "2" in again.json()["detail"]


def test_a_retracted_answer_is_gone_and_opens_its_questions(house):
    ticked = asked(house, "q1", "c ou ma caisse ?")
    id = house.client.post(URL, json=PARKING | {"question_ids": [ticked]}).json()["id"]

    stale = house.client.delete(f"{URL}/{id}", headers={"if-match": '"9"'})
    gone = house.client.delete(f"{URL}/{id}")

    assert (stale.status_code, gone.status_code) == (412, 200)
    assert gone.json()["reopened"] == ["q1"]
    assert ask(house, "c ou ma caisse ?")["status"] == "unanswered"
    assert house.client.get(f"/api/v1/documents/staff/{id}").status_code == 404
    states = [e["state"] for e in house.client.get(f"{URL}/{id}/history").json()["revisions"]]
    assert states == ["retracted", "published"]


def test_an_answer_is_rolled_back_in_one_step(house):
    id = house.client.post(URL, json=PARKING).json()["id"]
    house.client.delete(f"{URL}/{id}")

    back = house.client.post(
        f"{URL}/{id}/rollback", json={"revision": 1}, headers={"if-match": '"2"'}
    )

    assert (back.status_code, back.json()["revision"]) == (200, 3)
    assert back.json()["state"] == "published"
    assert ask(house, "Où garer sa voiture ?")["status"] == "answered"
    nowhere = house.client.post(
        f"{URL}/{id}/rollback", json={"revision": 8}, headers={"if-match": '"3"'}
    )
    assert nowhere.status_code == 404


def test_a_preview_tells_and_changes_nothing(house):
    ticked = asked(house, "q1", "c ou ma caisse ?")

    told = house.client.post(f"{URL}/preview", json=PARKING | {"question_ids": [ticked]})

    assert told.json() == {
        "closed": ["q1"],
        "still_open": [],
        "reopened": [],
        "changes": [],
        "unchanged": 0,
    }
    assert house.client.get(URL).json() == {"answers": []}


def test_a_draft_is_kept_and_published_later(house):
    made = house.client.post(URL, json=PARKING | {"draft": True}).json()
    assert made["state"] == "draft"
    assert ask(house, "Où garer sa voiture ?")["status"] == "unanswered"

    out = house.client.put(f"{URL}/{made['id']}", json=PARKING, headers={"if-match": '"1"'})

    assert out.json()["state"] == "published"
    shown = house.client.get(f"{URL}/{made['id']}")
    assert (shown.json()["answer"], shown.headers["etag"]) == (PARKING["answer"], '"2"')


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"question": " "}, "#/question"),
        ({"answer": ""}, "#/answer"),
        ({"answer": "x" * 5001}, "#/answer"),
        ({"source_url": "javascript:alert(1)"}, "#/source_url"),
        ({"valid_from": "2027-02-30"}, "#/valid_from"),
        ({"valid_from": "2027-02-01", "valid_until": "2027-01-01"}, "#/valid_until"),
        ({"question_ids": "q1"}, "#/question_ids"),
        ({"confirm": "yes"}, "#/confirm"),
    ],
)
def test_what_has_to_be_corrected_is_named(house, wrong, pointer):
    refused = house.client.post(URL, json=PARKING | wrong)

    assert refused.status_code == 422
    assert [each["pointer"] for each in refused.json()["errors"]] == [pointer]


def test_unknown_things_are_told(house):
    def status(**given):
        return house.client.post(URL, json=PARKING | given).status_code

    assert status(programme="nulle-part") == 422
    assert status(question_ids=["nowhere"]) == 422
    assert (
        house.client.post(
            URL, json={k: v for k, v in PARKING.items() if k != "programme"}
        ).status_code
        == 422
    )
    assert house.client.get(f"{URL}/nowhere").status_code == 404
    assert house.client.get(f"{URL}/nowhere/history").status_code == 404
    assert house.client.delete(f"{URL}/nowhere").status_code == 404
    put = house.client.put(f"{URL}/nowhere", json=PARKING, headers={"if-match": '"1"'})
    assert put.status_code == 404


def test_editors_of_some_programmes_publish_for_those_only(house):
    house.staff.accounts.add(
        "Marie", "editor", "une phrase assez longue", NOW, "(test)", programmes=("licence-autre",)
    )
    marie = house.door.client()
    marie.headers.update(house.door.bearer("Marie"))
    id = house.client.post(URL, json=PARKING).json()["id"]

    assert marie.post(URL, json=PARKING).status_code == 403
    assert marie.post(URL, json=PARKING | {"programme": None}).status_code == 403
    assert marie.delete(f"{URL}/{id}").status_code == 403
    put = marie.put(f"{URL}/{id}", json=PARKING, headers={"if-match": '"1"'})
    assert put.status_code == 403
    assert marie.get(f"{URL}/{id}").status_code == 200


def test_readers_read_and_strangers_do_not(house):
    reader = house.door.client()
    reader.headers.update(house.door.bearer("reader"))

    assert reader.get(URL).status_code == 200
    assert reader.post(URL, json=PARKING).status_code == 403
    stranger = house.door.client()
    assert stranger.get(URL).status_code == 401
    assert stranger.post(URL, json=PARKING).status_code == 401
