"""Staff's answers as pages: written, checked, published, changed and taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from assistant.staff_answer import StaffAnswer
from tests.databases import fresh_postgresql
from tests.houses import FIELDS, PARKING, House

LIST = "/staff/answers"
NEW = f"{LIST}/new"
WRONG = {"question": "Mon tuteur suit-il le stage ?", "answer": "Oui, pendant ses 350 heures."}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.close()


def done_of(response: Any) -> tuple[str, str]:
    """The id of the answer that one is sent to, and what was done."""
    assert response.status_code == 303, response.text
    path, _, query = str(response.headers["location"]).partition("?")
    return path.rpartition("/")[2], query.rpartition("done=")[2]


def fields_of(page: str) -> dict[str, Any]:
    """The hidden fields of the form that a page is about, with its ticks."""
    form = page[page.index("data-main") :].partition("</form>")[0]
    found: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        if name in ("wording", "known"):
            found.setdefault(name, []).append(unescape(value))
        else:
            found[name] = unescape(value)
    return found


def ticked(page: str) -> list[str]:
    return re.findall(r'name="wording" value="([^"]+)" checked', page)


def answer(house: House, id: str) -> StaffAnswer:
    return house.store.answer(id)


def test_no_answer_yet_is_explained(house: House) -> None:
    page = house.door.client("reader").get(LIST).text

    assert "Pas encore de réponse" in page
    assert "Écrire une réponse" not in page
    assert "Écrire une réponse" in house.door.client("editor").get(LIST).text
    assert "Rien ne correspond" in house.door.client("reader").get(f"{LIST}?search=x").text


def test_the_list_is_narrowed_and_says_what_is_no_longer_valid(house: House) -> None:
    house.published()
    house.published(
        "Le 3 mai.", question="Quand ?", programme=None, valid_until=house.clock().date()
    )
    house.clock.turn(days=2)
    client = house.door.client("reader")

    def shown(query: str = "") -> int:
        return client.get(f"{LIST}?{query}").text.count('<tr role="row">') - 1

    page = client.get(LIST).text
    assert "Expirée" in page
    assert "Toutes les formations" in page
    assert (shown(), shown("search=PARKING+p2"), shown("programme=*")) == (2, 1, 1)
    assert (shown("state=draft"), shown("programme=parcours-cmc"), shown("page=99")) == (-1, 1, 2)


def test_an_answer_begins_from_its_group(house: House) -> None:
    group = house.grouped(*PARKING)
    client = house.door.client("editor")

    page = client.get(f"{NEW}?group={group}").text

    found = house.casework.queue.group(group)
    assert found
    assert f'value="{found.representative}"' in unescape(page)
    spoken = [case.id for case in found.cases if case.question == found.representative]
    assert ticked(page) == spoken
    assert page.count('name="wording"') == 3
    assert '<option value="parcours-cmc" selected>' in page
    assert client.get(f"{NEW}?group=nothing").status_code == 404
    assert client.get(NEW).status_code == 200


def test_a_draft_is_kept_and_never_leaks(house: House) -> None:
    group = house.grouped(*PARKING)
    first = house.casework.queue.questions_of(group)[0]
    client = house.door.client("editor")
    fields = FIELDS | {"group": group, "wording": first, "action": "save"}

    id, done = done_of(client.post(NEW, data=fields))

    assert done == "draft_saved"
    assert answer(house, id).state == "draft"
    assert house.ask(PARKING[0])["status"] == "unanswered"
    page = client.get(f"{LIST}/{id}").text
    assert "Le parking P2" in page
    assert ticked(page) == [first]
    # The group that it was begun for is found again by what was ticked.
    assert page.count('name="wording"') == 3
    again = fields | {"answer": "Le parking P3.", "revision": "1"}
    assert done_of(client.post(f"{LIST}/{id}", data=again)) == (id, "draft_saved")
    assert answer(house, id).content.answer == "Le parking P3."


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"question": " "}, "question"),
        ({"answer": ""}, "answer"),
        ({"answer": "x" * 5001}, "answer"),
        ({"source_url": "ftp://x"}, "source_url"),
        ({"valid_from": "never"}, "valid_from"),
        ({"valid_from": "2026-12-01", "valid_until": "2026-11-01"}, "valid_until"),
        ({"programme": ""}, "programme"),
    ],
)
@pytest.mark.parametrize("action", ["save", "check", "publish"])
def test_what_cannot_be_taken_is_told_and_what_was_typed_stays(
    house: House, changes: dict[str, str], field: str, action: str
) -> None:
    fields = FIELDS | changes | {"action": action}

    page = house.door.client("editor").post(NEW, data=fields)

    assert page.status_code == 422
    assert f'href="#{field}"' in page.text
    assert f'id="{field}-error"' in page.text
    assert unescape(fields["answer"]) in page.text
    assert house.store.answers() == ()


def test_a_question_that_is_no_longer_kept_is_told(house: House) -> None:
    page = house.door.client("editor").post(NEW, data=FIELDS | {"wording": "gone"})

    assert page.status_code == 422
    assert "Une des questions cochées" in page.text


def test_a_passage_is_quoted_without_losing_what_was_typed(house: House) -> None:
    client = house.door.client("editor")
    fields = FIELDS | {"question": "Combien d'heures de stage ?", "answer": "Voici.\n"}
    page = client.post(NEW, data=fields | {"action": "find"}).text
    (place,) = re.findall(r'value="quote ([^"]+)"', page)

    page = client.post(NEW, data=fields | {"action": f"quote {place}"}).text

    (text,) = re.findall(r'<textarea id="answer"[^>]*>\n([^<]*)</textarea>', page)
    assert unescape(text) == "Voici.\n\nLa durée minimale du stage est de 420 heures."
    assert "Le passage est ajouté" in page
    for wrong in ("quote", "quote nothing:1:2", "quote parcours-cmc/stage:x:y"):
        assert "Voici." in client.post(NEW, data=fields | {"action": wrong}).text


def test_all_wordings_are_ticked_at_once(house: House) -> None:
    group = house.grouped(*PARKING)
    ids = house.casework.queue.questions_of(group)
    fields = FIELDS | {"group": group, "known": list(ids), "action": "tick"}

    page = house.door.client("editor").post(NEW, data=fields).text

    assert ticked(page) == list(ids)


def test_what_would_change_is_shown_before_it_is_published(house: House) -> None:
    group = house.grouped(*PARKING)
    ids = house.casework.queue.questions_of(group)
    client = house.door.client("editor")
    fields = FIELDS | {"group": group, "wording": ids[0]}

    page = client.post(NEW, data=fields | {"action": "check"})

    assert page.status_code == 200
    text = unescape(page.text)
    assert "Rien n’est encore publié" in text
    assert "Aucune bonne réponse ne changerait" in text
    assert "J’ai lu ces points" not in text
    assert house.store.answers() == ()
    sent = fields_of(page.text)
    assert sent["answer"] == FIELDS["answer"]
    assert ids[0] in sent["wording"]
    more = client.post(NEW, data=sent | {"action": "check all"})
    assert "Recevraient cette réponse (3)" in more.text
    back = client.post(NEW, data=sent | {"action": "edit"}).text
    assert ticked(back) == [ids[0]]
    id, done = done_of(client.post(NEW, data=fields_of(more.text) | {"action": "publish"}))
    assert done == "answer_published"
    assert house.ask("c ou le parking")["citations"][0]["document"] == f"staff/{id}"
    page = client.get(f"{LIST}/{id}?group={group}&done=answer_published").text
    assert 'Questions réglées par cette réponse <span class="count">3</span>' in page
    assert house.casework.queue.counts()["closed"] == 3
    closed = client.get("/staff/?state=closed").text
    assert f'href="/staff/questions/{group}?state=closed"' in closed
    assert f'href="{LIST}/{id}"' in client.get(f"/staff/questions/{group}").text


def test_what_stays_open_is_told_with_its_reason(house: House) -> None:
    group = house.grouped("Où garer sa voiture ?", "Quel est le prix du parking à vélos ?")
    client = house.door.client("editor")

    page = client.post(NEW, data=FIELDS | {"group": group, "action": "check"}).text
    id, _ = done_of(client.post(NEW, data=fields_of(page) | {"action": "publish"}))

    assert "Resteraient en attente (1)" in page
    assert "La documentation n’en parle pas" in page
    after = client.get(f"{LIST}/{id}?group={group}").text
    assert "réglées\u00a0: 1 – encore en attente\u00a0: 1" in after
    assert "Quel est le prix du parking à vélos" in after


def test_a_contradiction_is_held_back_until_it_was_read_and_confirmed(house: House) -> None:
    client = house.door.client("editor")
    fields = FIELDS | WRONG

    page = client.post(NEW, data=fields | {"action": "check"}).text

    assert "Publication retenue" in page
    assert "La documentation dit autre chose" in page
    assert "La durée minimale du stage est de 420 heures." in page
    assert "Oui, pendant ses 350 heures." in page
    assert 'href="/documents/parcours-cmc/stage?q=' in page
    sent = fields_of(page) | {"action": "publish"}
    for missing in ({}, {"confirm": "1", "seen": "other"}, {"seen": ""}):
        refused = client.post(NEW, data=sent | missing)
        assert refused.status_code == 409
        assert 'role="alert"' in refused.text
    assert house.store.answers() == ()
    _, done = done_of(client.post(NEW, data=sent | {"confirm": "1"}))
    assert done == "answer_published"


def test_what_somebody_else_changed_is_shown_beside_ones_own(house: House) -> None:
    id = house.published()
    mine, theirs = house.door.client("editor"), house.door.client("administrator")
    sent = FIELDS | {"revision": "1", "action": "publish"}
    assert done_of(theirs.post(f"{LIST}/{id}", data=sent | {"answer": "Le parking P3."}))

    for action in ("publish", "check"):
        page = mine.post(f"{LIST}/{id}", data=sent | {"answer": "Le P4.", "action": action})
        assert page.status_code == 409
        assert "Quelqu’un d’autre a modifié" in page.text
        assert "administrator" in page.text
        assert "Le parking P3." in page.text
        assert page.text.count("Le P4.") == 2
    assert answer(house, id).content.answer == "Le parking P3."
    agreed = fields_of(page.text)
    assert agreed["revision"] == "2"
    done_of(mine.post(f"{LIST}/{id}", data=sent | agreed | {"answer": "Le P4."}))
    assert house.ask(FIELDS["question"])["citations"][0]["quote"] == "Le P4."


def test_what_was_published_is_not_made_a_draft_unseen(house: House) -> None:
    id = house.published()

    page = house.door.client("editor").get(f"{LIST}/{id}").text

    assert "Enregistrer le brouillon" not in page
    kept = FIELDS | {"revision": "1", "action": "save"}
    assert house.door.client("editor").post(f"{LIST}/{id}", data=kept).status_code == 409
    assert answer(house, id).state == "published"


def test_an_answer_is_retracted_and_an_earlier_one_comes_back(house: House) -> None:
    id = house.published()
    client = house.door.client("editor")
    change = FIELDS | {"answer": "Le P9.", "revision": "1", "action": "publish"}
    done_of(client.post(f"{LIST}/{id}", data=change))
    page = client.get(f"{LIST}/{id}").text
    assert page.count('action="/staff/answers/' + id + '/restore"') == 1

    unsure = client.post(f"{LIST}/{id}/retract", data={"revision": "2"})
    assert done_of(unsure)[1] == "nothing_ticked"
    stale = client.post(f"{LIST}/{id}/retract", data={"revision": "1", "sure": "1"})
    assert stale.status_code == 409
    gone = client.post(f"{LIST}/{id}/retract", data={"revision": "2", "sure": "1"})
    assert done_of(gone)[1] == "answer_retracted"
    assert house.ask(FIELDS["question"])["status"] == "unanswered"
    assert "Retirée" in client.get(f"{LIST}/{id}").text
    back = {"revision": "3", "earlier": "1"}
    assert done_of(client.post(f"{LIST}/{id}/restore", data=back))[1] == "answer_restored"
    assert house.ask(FIELDS["question"])["citations"][0]["quote"] == FIELDS["answer"]
    assert client.post(f"{LIST}/{id}/restore", data=back).status_code == 409
    wrong = {"revision": "4", "earlier": "99"}
    assert client.post(f"{LIST}/{id}/restore", data=wrong).status_code == 404


def test_going_back_to_what_contradicts_is_held_back_too(house: House) -> None:
    id = house.published(**WRONG)
    client = house.door.client("editor")
    done_of(client.post(f"{LIST}/{id}", data=FIELDS | {"revision": "1", "action": "publish"}))

    held = client.post(f"{LIST}/{id}/restore", data={"revision": "2", "earlier": "1"})

    assert held.status_code == 409
    assert "Revenir à la version 1" in held.text
    sent = fields_of(held.text) | {"confirm": "1"}
    assert done_of(client.post(f"{LIST}/{id}/restore", data=sent))[1] == "answer_restored"
    assert answer(house, id).content.answer == WRONG["answer"]


def test_a_reader_reads_an_answer(house: House) -> None:
    id = house.published(source_url="https://univ.example/parking")

    page = house.door.client("reader").get(f"{LIST}/{id}").text

    assert FIELDS["answer"] in page
    assert 'href="https://univ.example/parking"' in page
    assert "<textarea" not in page
    assert "Vous pouvez lire cette réponse" in page
    assert house.door.client("reader").get(f"{LIST}/nothing").status_code == 404
    assert house.door.client("reader").get(NEW).status_code == 403


def test_an_editor_of_one_programme_answers_for_that_one_alone(house: House) -> None:
    id = house.published()
    client = house.door.client("Ines")

    assert "<textarea" not in client.get(f"{LIST}/{id}").text
    form = client.get(NEW).text
    assert '<option value="autre" selected>' in form
    assert 'value="parcours-cmc"' not in form
    assert 'value="*"' not in form
    for programme in ("parcours-cmc", "*"):
        for action in ("save", "check", "publish"):
            sent = FIELDS | {"programme": programme, "action": action}
            assert client.post(NEW, data=sent).status_code == 422
    for what in ("", "/retract", "/restore"):
        sent = FIELDS | {"programme": "autre", "revision": "1", "earlier": "1", "sure": "1"}
        assert client.post(f"{LIST}/{id}{what}", data=sent).status_code == 403
    own = FIELDS | {"programme": "autre", "action": "publish"}
    assert done_of(client.post(NEW, data=own))[1] == "answer_published"
    assert [each.content.programme for each in house.store.published()] == ["parcours-cmc", "autre"]


def test_what_staff_write_never_runs(house: House) -> None:
    payload = "<img src=x onerror=alert(1)>"
    client = house.door.client("editor")
    fields = FIELDS | {"question": f"{payload} ?", "answer": payload}
    pages = [client.post(NEW, data=fields | {"action": action}) for action in ("check", "find")]
    id, _ = done_of(client.post(NEW, data=fields | {"action": "publish"}))
    pages += [client.get(path) for path in (LIST, f"{LIST}/{id}", f"/documents/staff/{id}")]

    for page in pages:
        assert "<img src=x" not in page.text
        assert "&lt;img src=x" in page.text


def test_readers_strangers_and_other_sites_change_nothing(house: House) -> None:
    id = house.published()
    sent = FIELDS | {"revision": "1", "earlier": "1", "sure": "1", "action": "publish"}

    for path in (NEW, f"{LIST}/{id}", f"{LIST}/{id}/retract", f"{LIST}/{id}/restore"):
        assert house.door.client("reader").post(path, data=sent).status_code == 403
        assert house.door.client().post(path, data=sent).status_code == 401
        foreign = {"sec-fetch-site": "cross-site"}
        forged = house.door.client("editor").post(path, data=sent, headers=foreign)
        assert forged.status_code == 403
        nothing = path.replace(id, "nothing")
        if nothing != path:
            assert house.door.client("editor").post(nothing, data=sent).status_code == 404
    for path in (LIST, NEW, f"{LIST}/{id}"):
        assert house.door.client().get(path).headers["location"].startswith("/staff/sign-in")
    assert [each.revision for each in house.store.published()] == [1]


def test_the_audit_tells_what_became_of_questions_and_answers(house: House) -> None:
    group = house.grouped(*PARKING)
    client = house.door.client("administrator")
    client.post(f"/staff/questions/{group}/follow", data={"assignee": "Ines", "note": "Ici."})
    sent = FIELDS | WRONG | {"action": "check"}
    sent = fields_of(client.post(NEW, data=sent).text) | {"action": "publish", "confirm": "1"}
    done_of(client.post(NEW, data=sent))
    client.post(f"/staff/questions/{group}/dismiss", data={"all": "1"})

    page = unescape(client.get("/staff/audit").text).replace("\u00a0", " ")

    for said in ("Questions écartées", "Réponse publiée", "Note écrite", "Suivi confié",
                 "publiée malgré : La documentation dit autre chose", "écrite : oui",
                 "confié à : Ines", "questions réglées : 0"):  # fmt: skip
        assert said in page


def test_the_whole_way_round_on_postgresql(tmp_path: Path) -> None:
    house = House(tmp_path, fresh_postgresql())
    client = house.door.client("editor")
    group = house.grouped(*PARKING)
    for query in ("", "?search=parking&reason=not_documented&since=2020-01-01&feedback=none",
                  "?state=apart", "?state=closed", "?assignee=editor&asked_in=fr"):  # fmt: skip
        assert client.get(f"/staff/{query}").status_code == 200
    assert PARKING[0] in unescape(client.get(f"/staff/questions/{group}?other=parking").text)
    form = client.get(f"{NEW}?group={group}").text
    sent = FIELDS | {"group": group, "wording": ticked(form)}

    draft, _ = done_of(client.post(NEW, data=sent | {"action": "save"}))
    page = client.post(f"{LIST}/{draft}", data=sent | {"revision": "1", "action": "check all",
        "known": list(house.casework.queue.questions_of(group))})  # fmt: skip
    id, done = done_of(client.post(f"{LIST}/{draft}", data=fields_of(page.text)
                                   | {"action": "publish"}))  # fmt: skip

    assert (id, done) == (draft, "answer_published")
    assert house.casework.queue.counts()["closed"] == 3
    assert house.ask(PARKING[1])["citations"][0]["document"] == f"staff/{id}"
    gone = client.post(f"{LIST}/{id}/retract", data={"revision": "2", "sure": "1"})
    assert done_of(gone)[1] == "answer_retracted"
    assert house.casework.queue.counts()["open"] == 3
    back = client.post(f"{LIST}/{id}/restore", data={"revision": "3", "earlier": "2"})
    assert done_of(back)[1] == "answer_restored"
    assert client.get(f"{LIST}/{id}").status_code == 200
    house.close()
