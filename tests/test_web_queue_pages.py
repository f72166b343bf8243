"""The queue, and a group of it, as pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.houses import PARKING, House

QUEUE = "/staff/"
ONE = "/staff/questions"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.close()


def headings(page: str) -> list[str]:
    return [unescape(each) for each in re.findall(r"data-open>([^<]*)</a>", page)]


def done_of(response: Any) -> str:
    assert response.status_code == 303, response.text
    return str(response.headers["location"]).rpartition("done=")[2]


def test_what_nobody_asked_is_explained(house: House) -> None:
    client = house.door.client("reader")

    assert "Rien n’attend" in client.get(QUEUE).text
    for state, said in (("apart", "Rien à part"), ("closed", "Rien de réglé"),
                        ("dismissed", "Rien d’écarté")):  # fmt: skip
        assert said in client.get(f"{QUEUE}?state={state}").text
    assert "Rien ne correspond" in client.get(f"{QUEUE}?search=parking").text
    assert "Nothing waits" in client.get(f"{QUEUE}?language=en").text


def test_the_queue_shows_groups_with_how_many_asked_and_why(house: House) -> None:
    house.grouped("Y a-t-il une piscine ?")
    house.grouped(*PARKING)

    page = house.door.client("reader").get(QUEUE).text

    assert len(headings(page)) == 2
    assert headings(page)[0] in PARKING
    assert "3 questions" in page
    assert "La documentation n’en parle pas" in page
    assert 'class="pick"' not in page  # a reader changes nothing
    assert 'class="pick"' in house.door.client("editor").get(QUEUE).text


def test_a_new_question_is_there_at_once(house: House) -> None:
    house.asked("Y a-t-il une piscine ?")

    assert headings(house.door.client("reader").get(QUEUE).text) == ["Y a-t-il une piscine ?"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=PISCINE", ["Y a-t-il une piscine ?"]),
        ("programme=autre", ["Y a-t-il un vestiaire ?"]),
        ("programme=:none", ["Une question sur rien ?"]),
        ("reason=partial", ["Y a-t-il un vestiaire ?"]),
        ("reason=nonsense&since=nonsense&until=9999-99-99", 3),
        ("asked_in=en", []),
        ("feedback=unhelpful", []),
        ("since=2126-01-01", []),
        ("until=2126-01-01", 3),
        ("until=9999-12-31&after=nonsense", 3),
        ("state=nonsense", 3),
        ("assignee=editor", []),
    ],
)
def test_the_queue_is_narrowed(house: House, query: str, found: Any) -> None:
    house.grouped("Y a-t-il une piscine ?")
    house.grouped(
        "Y a-t-il un vestiaire ?", programme="autre", status="partial", reason="not_documented"
    )
    house.grouped("Une question sur rien ?", programme=None)

    shown = headings(house.door.client("reader").get(f"{QUEUE}?{query}").text)

    assert (len(shown) if isinstance(found, int) else shown) == found


def test_the_form_keeps_what_was_chosen_and_the_tabs_carry_it(house: House) -> None:
    house.grouped(*PARKING)
    address = f"{QUEUE}?search=parking&reason=not_documented&since=2020-01-01"

    page = house.door.client("reader").get(address).text

    assert 'value="parking"' in page
    assert "<details open>" in page
    assert '<option value="not_documented" selected>' in page
    tabs = re.findall(r'<a href="([^"]+)"[^>]*>À part', page)
    assert unescape(tabs[0]) == f"{QUEUE}?state=apart&{address.partition('?')[2]}"


def test_long_queues_are_turned_page_by_page(house: House) -> None:
    for number in range(53):
        house.asked(f"zzz{number} qqq{number}")
    house.casework.clerk.catch_up(30)
    client = house.door.client("reader")

    first = client.get(QUEUE).text
    behind = unescape(re.findall(r'href="([^"]+)" rel="next"', first)[0])
    second = client.get(behind).text

    assert (len(headings(first)), len(headings(second))) == (50, 3)
    assert set(headings(first)).isdisjoint(headings(second))
    assert f'href="{QUEUE}" rel="prev"' in second


def test_ticked_groups_are_dismissed_and_come_back(house: House) -> None:
    parking = house.grouped(*PARKING)
    house.grouped("Y a-t-il une piscine ?")
    apart = house.asked("Quel temps fait-il ?", reason="off_topic")
    client = house.door.client("editor")
    client.get(QUEUE)
    back = {"back": f"{QUEUE}?search=&state=open"}

    assert done_of(client.post(f"{ONE}/dismiss", data=back)) == "nothing_ticked"
    ticked = client.post(f"{ONE}/dismiss", data={"group": parking, **back})
    assert ticked.headers["location"] == f"{QUEUE}?search=&state=open&done=dismissed"
    assert headings(client.get(QUEUE).text) == ["Y a-t-il une piscine ?"]
    assert len(headings(client.get(f"{QUEUE}?state=dismissed").text)) == 1
    assert done_of(client.post(f"{ONE}/reopen", data={"group": [parking, apart]})) == "reopened"
    shown = headings(client.get(QUEUE).text)
    assert len(shown) == 3
    assert "Quel temps fait-il ?" in shown


def test_nobody_is_sent_elsewhere_by_a_form(house: House) -> None:
    client = house.door.client("editor")

    for address in ("//evil.example/", "https://evil.example/", "/staff/members?x=1"):
        sent = client.post(f"{ONE}/dismiss", data={"back": address})
        assert sent.headers["location"] == f"{QUEUE}?done=nothing_ticked"


def test_an_editor_of_one_programme_sees_and_changes_that_one(house: House) -> None:
    other = house.grouped(*PARKING)
    own = house.grouped("Y a-t-il un vestiaire ?", programme="autre")
    client = house.door.client("Ines")

    page = client.get(QUEUE).text

    assert headings(page) == ["Y a-t-il un vestiaire ?"]
    assert "Mes formations" in page
    assert headings(client.get(f"{QUEUE}?programme=parcours-cmc").text) == []
    assert client.get(f"{ONE}/{other}").status_code == 404
    assert client.post(f"{ONE}/dismiss", data={"group": other}).status_code == 403
    for what in ("split", "dismiss", "reopen", "follow", "merge"):
        assert client.post(f"{ONE}/{other}/{what}", data={"all": "1"}).status_code == 404
    assert client.get(f"{ONE}/{own}").status_code == 200
    assert done_of(client.post(f"{ONE}/dismiss", data={"group": own})) == "dismissed"


def test_a_group_shows_every_wording_what_was_found_and_why_it_was_refused(house: House) -> None:
    questions = ("Combien d'heures de stage à l'étranger ?", "stage étranger heures")
    id = house.asked("Quel stage ?", status="answered", reason=None)
    house.journal.feedback(id, False, "Cela ne dit pas <où>.", house.clock())
    group = house.grouped(*questions)

    page = unescape(house.door.client("reader").get(f"{ONE}/{group}").text)

    assert all(question in page for question in questions)
    assert "Aucun passage de la documentation ne répond" in page
    assert "Rien n’en parle." in page
    assert "La durée minimale du stage est de 420 heures." in page
    assert 'href="/documents/parcours-cmc/stage?q=' in page
    assert "Répondre" not in page
    assert "Répondre" in house.door.client("editor").get(f"{ONE}/{group}").text
    unhelpful = house.casework.queue.group_of(id)
    page = unescape(house.door.client("reader").get(f"{ONE}/{unhelpful}").text)
    assert "On nous dit :" in page.replace("\u00a0", " ")
    assert "Cela ne dit pas <où>." in page


def test_questions_are_split_merged_and_dismissed_one_by_one(house: House) -> None:
    group = house.grouped(*PARKING)
    third = house.casework.queue.questions_of(group)[2]
    client = house.door.client("editor")

    assert done_of(client.post(f"{ONE}/{group}/split")) == "nothing_ticked"
    moved = client.post(f"{ONE}/{group}/split", data={"question": third})
    assert done_of(moved) == "group_split"
    made = moved.headers["location"].rpartition("/")[2].partition("?")[0]
    assert house.casework.queue.questions_of(made) == (third,)
    page = client.get(f"{ONE}/{group}").text
    assert f'<option value="{made}">' in page
    none = client.get(f"{ONE}/{group}?other=nowhere").text
    assert "Aucun autre groupe" in none
    assert done_of(client.post(f"{ONE}/{group}/merge", data={"with": made})) == "group_merged"
    assert len(house.casework.queue.questions_of(group)) == 3
    gone = client.post(f"{ONE}/{group}/dismiss", data={"question": third})
    assert gone.headers["location"] == f"{ONE}/{group}?done=dismissed"
    rest = client.post(f"{ONE}/{group}/dismiss", data={"all": "1"})
    assert rest.headers["location"] == f"{QUEUE}?done=dismissed"
    page = client.get(f"{ONE}/{group}").text
    assert "Ce groupe a été écarté" in page
    assert done_of(client.post(f"{ONE}/{group}/reopen")) == "reopened"
    assert len(house.casework.queue.questions_of(group)) == 3


def test_groups_of_two_programmes_are_not_merged(house: House) -> None:
    one = house.grouped(*PARKING)
    other = house.grouped("Y a-t-il un vestiaire ?", programme="autre")

    refused = house.door.client("editor").post(f"{ONE}/{one}/merge", data={"with": other})

    assert refused.status_code == 409


def test_a_group_is_looked_after_and_noted(house: House) -> None:
    group = house.grouped(*PARKING)
    client = house.door.client("editor")
    fields = {"assignee": "editor", "note": "Voir avec <Paul>"}

    assert done_of(client.post(f"{ONE}/{group}/follow", data=fields)) == "group_kept"

    page = client.get(f"{ONE}/{group}").text
    assert "Voir avec &lt;Paul&gt;" in page
    assert '<option value="editor" selected>' in page
    queue = house.door.client("reader").get(f"{QUEUE}?assignee=editor").text
    assert "suivi par editor" in queue
    assert "avec une note" in queue
    assert "Voir avec &lt;Paul&gt;" in house.door.client("reader").get(f"{ONE}/{group}").text
    stranger = client.post(f"{ONE}/{group}/follow", data={"assignee": "reader"})
    assert stranger.status_code == 404


def test_a_question_that_was_put_apart_is_shown_by_itself(house: House) -> None:
    id = house.asked("Quel temps fait-il ?", reason="off_topic")
    client = house.door.client("editor")
    assert headings(client.get(f"{QUEUE}?state=apart").text) == ["Quel temps fait-il ?"]

    page = client.get(f"{ONE}/{id}").text

    assert "Cette question a été mise à part" in page
    assert done_of(client.post(f"{ONE}/{id}/reopen")) == "reopened"
    assert headings(client.get(QUEUE).text) == ["Quel temps fait-il ?"]
    assert client.get(f"{ONE}/nothing").status_code == 404


def test_the_groups_beside_are_those_of_the_queue_it_was_opened_from(house: House) -> None:
    house.grouped("Y a-t-il une piscine ?")
    second = house.grouped(*PARKING[:2])
    house.grouped("Y a-t-il un vestiaire ?", programme="autre")
    client = house.door.client("reader")

    page = client.get(f"{ONE}/{second}?programme=parcours-cmc").text
    behind = unescape(re.findall(r'href="([^"]+)" rel="next"', page)[0])

    assert 'rel="prev"' not in page
    last = client.get(behind).text
    assert "Y a-t-il une piscine ?" in last
    assert 'rel="next"' not in last
    assert f'href="{ONE}/{second}?programme=parcours-cmc" rel="prev"' in last


def test_what_candidates_typed_never_runs(house: House) -> None:
    payload = "<img src=x onerror=alert(1)> piscine ?"
    group = house.grouped(payload)

    for path in (QUEUE, f"{ONE}/{group}", f"{QUEUE}?search={payload}",
                 f"/staff/answers/new?group={group}"):  # fmt: skip
        page = house.door.client("editor").get(path).text
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page


def test_readers_and_strangers_change_nothing(house: House) -> None:
    group = house.grouped(*PARKING)
    reader, stranger = house.door.client("reader"), house.door.client()

    for what in ("dismiss", "reopen", f"{group}/split", f"{group}/dismiss", f"{group}/reopen",
                 f"{group}/follow", f"{group}/merge"):  # fmt: skip
        assert reader.post(f"{ONE}/{what}", data={"all": "1"}).status_code == 403
        assert stranger.post(f"{ONE}/{what}", data={"all": "1"}).status_code == 401
        editor = house.door.client("editor")
        forged = editor.post(f"{ONE}/{what}", headers={"sec-fetch-site": "cross-site"})
        assert forged.status_code == 403
    for path in (QUEUE, f"{ONE}/{group}"):
        assert stranger.get(path).headers["location"].startswith("/staff/sign-in")
    assert len(house.casework.queue.questions_of(group)) == 3
