from __future__ import annotations

import pytest

from assistant.settings import Settings
from assistant.staff import Staff
from tests.cases import Office
from tests.conftest import CHOSEN, NOW, FakeDesk, FakeJournal
from tests.members import Clock, Door, fresh_staff
from web.app import create_app

URL = "/api/v1/staff/questions"


@pytest.fixture
def staff(tmp_path) -> Staff:
    return fresh_staff(tmp_path)


@pytest.fixture
def office(staff) -> Office:
    return Office(staff.audit.engine)


@pytest.fixture
def door(staff, office, tmp_path, documents) -> Door:
    clock = Clock()
    staff.accounts.add("limited", "editor", None, NOW, "(test)", ["licence-musicologie"])
    settings = Settings(data=tmp_path, **CHOSEN)
    app = create_app(
        FakeDesk(documents), FakeJournal(), settings, clock, staff=staff, casework=office.casework
    )
    return Door(app, staff, clock)


class Caller:
    def __init__(self, door, account):
        self.client = door.client()
        self.headers = door.bearer(account)

    def get(self, url=URL, status=200, **query):
        return self._checked(self.client.get(url, params=query, headers=self.headers), status)

    def post(self, url, status=200, **body):
        return self._checked(self.client.post(url, json=body, headers=self.headers), status)

    def patch(self, url, status=200, **body):
        return self._checked(self.client.patch(url, json=body, headers=self.headers), status)

    def _checked(self, response, status):
        assert response.status_code == status, response.text
        return response.json()


@pytest.fixture
def reader(door):
    return Caller(door, "reader")


@pytest.fixture
def editor(door):
    return Caller(door, "editor")


@pytest.fixture
def limited(door):
    return Caller(door, "limited")


def test_the_queue_has_every_question_in_groups(office, reader):
    ids = [office.ask(each) for each in ("Combien coûte la formation ?", "prix de la formation")]
    body = reader.get(state="open", group="true")
    (group,) = body["groups"]
    assert body["next"] is None
    assert (group["size"], group["representative"]) == (2, "Combien coûte la formation ?")
    assert [each["id"] for each in group["questions"]] == ids
    first = group["questions"][0]
    assert first["question"] == "Combien coûte la formation ?"
    assert first["asked_at"].startswith("2026-11-24T09:31")
    assert (first["status"], first["reason"]) == ("unanswered", "not_documented")
    assert first["programme"] == "parcours-cmc"


def test_only_off_topic_and_abuse_are_apart(office, reader):
    apart = office.ask("blague", reason="off_topic")
    office.ask("serai-je pris ?", reason="individual_case")
    (group,) = reader.get(state="apart")["groups"]
    assert [each["id"] for each in group["questions"]] == [apart]
    assert len(reader.get()["groups"]) == 1
    assert reader.get(state="closed") == {"groups": [], "next": None}


def test_pages_go_on_with_next(office, reader):
    for number in range(5):
        office.ask(f"zz{number}", reason="unclear")
    first = reader.get(limit=3)
    rest = reader.get(limit=3, next=first["next"])
    assert len(first["groups"]) == 3
    assert len(rest["groups"]) == 2
    assert rest["next"] is None
    assert len(reader.get(group="false", limit=4)["groups"]) == 4


def test_a_hundred_groups_stand_on_a_page(office, reader):
    for number in range(101):
        office.ask(f"zz{number}", reason="unclear")
    office.clerk.catch_up(60)
    body = reader.get()
    assert len(body["groups"]) == 100
    assert len(reader.get(next=body["next"])["groups"]) == 1


@pytest.mark.parametrize(
    "query", [{"state": "odd"}, {"next": "x"}, {"limit": 0}, {"since": "hier"}, {"reason": "odd"}]
)
def test_what_cannot_be_meant_is_refused(reader, query):
    body = reader.get(status=422, **query)
    assert body["type"].endswith("#problem-invalid")


def test_filters_and_search(office, reader):
    office.ask("Combien coûte la formation ?")
    office.ask("Où se loger ?", programme="licence-musicologie")
    assert len(reader.get(programme="licence-musicologie")["groups"]) == 1
    assert len(reader.get(search="loger")["groups"]) == 1
    assert len(reader.get(since="2026-11-25")["groups"]) == 0
    assert len(reader.get(since="2026-11-24", until="2026-11-24")["groups"]) == 2


def test_a_group_says_what_was_shown_and_why(office, reader):
    office.ask("Combien coûte la formation ?")
    (group,) = reader.get()["groups"]
    body = reader.get(f"/api/v1/staff/groups/{group['id']}")
    assert body["found"] == [{"id": group["questions"][0]["id"], "answer": {"segments": []}}]
    assert isinstance(body["why"], list)
    assert reader.get("/api/v1/staff/groups/unknown", 404)["type"].endswith("#problem-no-group")


def test_a_question_is_dismissed_and_opened_again(office, editor):
    id = office.ask("Combien coûte la formation ?")
    editor.get()
    assert editor.post(f"{URL}/{id}/dismiss", **{"as": "off_topic"}) == {"questions": [id]}
    assert editor.get()["groups"] == []
    (group,) = editor.get(state="dismissed")["groups"]
    assert group["questions"][0]["state"] == "dismissed"
    assert editor.post(f"{URL}/{id}/reopen") == {"questions": [id]}
    assert len(editor.get()["groups"]) == 1
    assert editor.post(f"{URL}/unknown/dismiss", 404, **{"as": "off_topic"})
    assert editor.post(f"{URL}/{id}/dismiss", 422, **{"as": "boring"})


def test_many_are_dismissed_at_once(office, editor):
    for text in ("Combien coûte la formation ?", "prix de la formation", "Où se loger ?"):
        office.ask(text)
    fees, housing = editor.get()["groups"]
    body = {"groups": [fees["id"]], "question_ids": [housing["questions"][0]["id"]]}
    assert len(editor.post(f"{URL}/dismiss", **body)["questions"]) == 3
    assert editor.get()["groups"] == []


def test_groups_are_merged_split_given_to_somebody_and_noted(office, editor):
    for text in ("Combien coûte la formation ?", "Où se loger ?"):
        office.ask(text)
    first, second = editor.get()["groups"]
    made = editor.post("/api/v1/staff/groups/merge", groups=[first["id"], second["id"]])
    assert made == {"group": first["id"]}
    ids = [each["id"] for each in second["questions"]]
    split = editor.post("/api/v1/staff/groups/split", group=first["id"], question_ids=ids)
    url = f"/api/v1/staff/groups/{split['group']}"
    body = editor.patch(url, assignee="editor", note="voir avec le service")
    assert (body["assignee"], body["note"]) == ("editor", "voir avec le service")
    assert editor.patch(url, note=None)["note"] is None
    assert editor.patch(url)["assignee"] == "editor"
    assert len(editor.get(assignee="editor")["groups"]) == 1
    assert editor.post("/api/v1/staff/groups/merge", 422, groups=["x"])
    assert editor.post("/api/v1/staff/groups/merge", 404, groups=["x", "y"])


def test_groups_of_two_programmes_are_not_merged(office, editor):
    office.ask("Où se loger ?")
    office.ask("Où se loger ?", programme="licence-musicologie")
    ids = [group["id"] for group in editor.get()["groups"]]
    body = editor.post("/api/v1/staff/groups/merge", 409, groups=ids)
    assert body["type"].endswith("#problem-unlike-groups")


def test_readers_change_nothing(office, reader):
    id = office.ask("Où se loger ?")
    (group,) = reader.get()["groups"]
    assert reader.post(f"{URL}/{id}/dismiss", 403, **{"as": "off_topic"})
    assert reader.post(f"{URL}/{id}/reopen", 403)
    assert reader.post(f"{URL}/dismiss", 403, groups=[group["id"]])
    assert reader.post("/api/v1/staff/groups/merge", 403, groups=["a", "b"])
    assert reader.post("/api/v1/staff/groups/split", 403, group=group["id"], question_ids=[id])
    assert reader.patch(f"/api/v1/staff/groups/{group['id']}", 403, note="x")


def test_an_editor_of_one_programme_sees_and_changes_that_one_alone(office, limited, editor):
    other = office.ask("Où se loger ?")
    own = office.ask("Où se loger ?", programme="licence-musicologie")
    (group,) = limited.get()["groups"]
    assert [each["id"] for each in group["questions"]] == [own]
    assert limited.get(programme="parcours-cmc")["groups"] == []
    foreign = next(each for each in editor.get()["groups"] if each["id"] != group["id"])
    assert limited.get(f"/api/v1/staff/groups/{foreign['id']}", 404)
    assert limited.post(f"{URL}/{other}/dismiss", 403, **{"as": "off_topic"})
    assert limited.patch(f"/api/v1/staff/groups/{foreign['id']}", 403, note="x")
    assert limited.post(f"{URL}/{own}/dismiss", **{"as": "off_topic"})


def test_strangers_see_nothing(door):
    assert door.client().get(URL).status_code == 401
    assert door.client().post(f"{URL}/x/dismiss", json={"as": "off_topic"}).status_code == 401


def test_personal_data_stays_masked(office, reader):
    office.ask("Appelez-moi au 06 12 34 56 78 pour la bourse")
    (group,) = reader.get()["groups"]
    assert "06 12" not in str(group)


def test_a_database_that_is_out_is_told(office, reader):
    office.clerk._store = replace_store(office)
    assert reader.get(status=503)["type"].endswith("#problem-staff-out")


def replace_store(office):
    from assistant.store import StaffUnavailable

    class Out:
        def waiting(self, *_):
            raise StaffUnavailable("out")

    return Out()
