import shutil
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.answer import Answer, text_of
from assistant.equipment import Supplies
from assistant.exchange import Asked
from assistant.holdings import documents_folder
from assistant.ingestion import ingest
from assistant.office import Office
from assistant.settings import Settings
from index.build import BuildInProgress
from index.encoder import EncoderUnavailable
from index.generation import IndexUnavailable, current_name
from tests.fakes import FakeEncoder
from tests.supplies import (
    FEES,
    LONGER,
    POLICY,
    STAGE,
    SUPPLIES,
    WITHOUT_ENCODER,
    settings_of,
    written,
)
from web.app import create_app

TODAY = date(2026, 11, 24)
QUESTION = Asked("Combien d'heures dure le stage ?")


def opened(settings: Settings, supplies: Supplies = SUPPLIES) -> Office:
    office = Office(settings, supplies)
    office.build()
    assert office.refresh()
    return office


def answer(office: Office) -> str:
    reply = office.desk.ask(QUESTION, TODAY).reply
    assert isinstance(reply, Answer), reply
    return text_of(reply.segments)


def test_before_the_index_is_open_the_office_says_that_it_is_not(tmp_path: Path) -> None:
    office = Office(settings_of(tmp_path), SUPPLIES)

    assert office.problems() == ("The index is not open yet.",)
    assert not office.refresh()
    assert "There is no index" in office.problems()[0]
    assert "assistant build" in office.problems()[0]
    with pytest.raises(IndexUnavailable, match="no index"):
        office.desk.ask(QUESTION, TODAY)
    with pytest.raises(IndexUnavailable):
        office.desk.search("stage", None, 3)
    assert (office.desk.suggestions(None, "fr"), dict(office.desk.programmes)) == ((), {})


def test_it_answers_from_what_was_built(tmp_path: Path) -> None:
    office = opened(settings_of(tmp_path))

    assert "420 heures" in answer(office)
    assert (office.problems(), office.notes()) == ((), ())
    assert office.desk.index == current_name(office.folder)
    assert not office.refresh()


def test_a_build_of_unchanged_documents_does_nothing(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)

    assert not Office(settings, SUPPLIES).build().report.unchanged
    assert Office(settings, SUPPLIES).build().report.unchanged


def test_a_new_generation_gets_a_new_desk_and_the_old_one_stays_what_it_was(
    tmp_path: Path,
) -> None:
    settings = settings_of(tmp_path)
    office = opened(settings)
    before = office.desk
    written(settings.corpus, {"parcours-cmc/stage.md": LONGER})
    Office(settings, SUPPLIES).build()

    assert office.refresh()

    assert "560 heures" in answer(office)
    (old,) = before.documents.values()
    assert "420 heures" in old.text
    assert before.ask(QUESTION, TODAY).index == before.index != office.desk.index


def test_a_running_server_answers_from_a_new_generation_when_the_build_has_waited(
    tmp_path: Path, journal
) -> None:
    settings = settings_of(tmp_path)
    office = opened(settings)
    office.watch()
    app = create_app(office, journal, settings)
    stop, faults, seen = threading.Event(), [], set()

    def keep_asking(client: TestClient) -> None:
        while not stop.is_set():
            response = client.post("/api/v1/ask", json={"question": QUESTION.question})
            body = response.json()
            document = client.get(f"/api/v1/documents/{body['citations'][0]['document']}")
            seen.add((body["index"], "560" in body["answer"]))
            if response.status_code != 200 or document.status_code != 200:
                faults.append(response.text)

    with TestClient(app, client=("127.0.0.1", 50000)) as client:
        asking = threading.Thread(target=keep_asking, args=(client,))
        asking.start()
        time.sleep(0.3)
        ingest(
            written(tmp_path / "site", {"parcours-cmc/stage.md": LONGER}),
            documents_folder(settings),
        )
        other = Office(settings, SUPPLIES)
        began = time.monotonic()
        other.build()
        assert other.wait_for_servers(10) == 0
        waited = time.monotonic() - began
        # From this moment on, without a further wait.
        body = client.post("/api/v1/ask", json={"question": QUESTION.question}).json()
        time.sleep(0.2)
        stop.set()
        asking.join()
        ready = client.get("/readyz").json()
    office.close()

    assert "560 heures" in body["answer"]
    assert waited < 5
    assert faults == []
    # Each generation gave its own answer, never the other's.
    assert len(seen) == 2
    assert {new for _, new in seen} == {False, True}
    assert ready == {"status": "ready", "index": current_name(office.folder)}


def test_a_server_that_started_without_an_index_opens_the_first_one(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    office = Office(settings, SUPPLIES)
    office.refresh()
    office.watch()
    try:
        other = Office(settings, SUPPLIES)
        other.build()
        assert other.wait_for_servers(10) == 0
        assert "420 heures" in answer(office)
    finally:
        office.close()


def test_a_generation_of_another_encoder_leaves_the_old_desk_and_is_noted(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    office = opened(settings)
    other = replace(SUPPLIES, open_encoder=lambda name: FakeEncoder(32))
    Office(settings, other).build()

    assert not office.refresh()

    assert "420 heures" in answer(office)
    assert "is served meanwhile" in office.notes()[0]
    assert office.servers_behind() == 0
    Office(settings, SUPPLIES).build()
    office.refresh()
    assert office.notes() == ()


def test_a_damaged_generation_leaves_the_desk_and_a_build_repairs_it(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    office = opened(settings)
    written(settings.corpus, {"parcours-cmc/stage.md": LONGER})
    other = Office(settings, SUPPLIES)
    name = other.build().report.generation
    vectors = office.folder / "generations" / name / "vectors.faiss"
    vectors.write_bytes(vectors.read_bytes()[:-1])

    assert not office.refresh()
    assert "420 heures" in answer(office)
    assert "does not have the checksum" in office.notes()[0]

    other.build()
    fresh = Office(settings, SUPPLIES)
    fresh.refresh()
    assert "560 heures" in answer(fresh)
    assert fresh.notes() == ()


def test_a_lost_index_does_not_close_a_desk_that_is_open(tmp_path: Path) -> None:
    office = opened(settings_of(tmp_path))
    shutil.rmtree(office.folder)

    assert not office.refresh()

    assert "420 heures" in answer(office)
    assert office.problems() == ()
    assert "There is no index" in office.notes()[0]


def test_without_an_encoder_words_alone_answer_and_it_is_noted(tmp_path: Path) -> None:
    office = opened(settings_of(tmp_path), WITHOUT_ENCODER)

    assert "420 heures" in answer(office)
    assert "words alone" in office.notes()[0]
    assert "reinstall it" in office.notes()[0]


def test_without_an_encoder_an_index_of_the_same_documents_is_kept(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    made = opened(settings).desk.index

    office = Office(settings, WITHOUT_ENCODER)
    assert office.build().report.unchanged
    office.refresh()
    assert office.desk.index == made
    assert "420 heures" in answer(office)

    written(settings.corpus, {"parcours-cmc/stage.md": LONGER})
    assert not office.build().report.unchanged
    office.refresh()
    assert "560 heures" in answer(office)

    assert "560 heures" in answer(opened(settings))


def test_by_setting_nothing_is_answered_without_an_encoder(tmp_path: Path, journal) -> None:
    settings = settings_of(tmp_path, without_encoder="refuse")
    opened(settings)
    office = Office(settings, WITHOUT_ENCODER)

    with pytest.raises(EncoderUnavailable, match="reinstall it"):
        office.build()
    assert not office.refresh()
    assert "reinstall it" in office.problems()[0]
    with TestClient(create_app(office, journal, settings)) as client:
        assert client.get("/readyz").status_code == 503
        assert "reinstall it" in client.get("/readyz").text
        for programme in (None, "parcours-cmc"):
            asked = {"question": "stage", "programme": programme}
            assert client.post("/api/v1/ask", json=asked).status_code == 503
            assert client.post("/api/v1/search", json=asked).status_code == 503
        assert client.get("/").status_code == 503
        assert client.get("/livez").status_code == 200
    assert journal.records == []


def test_whoever_builds_last_has_seen_everybodys_documents(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    inside, go_on = threading.Event(), threading.Event()

    def pause(step: str, done: int, total: int) -> None:
        if step == "cut":
            inside.set()
            go_on.wait(10)

    first = threading.Thread(target=Office(settings, SUPPLIES).build, args=(pause,))
    first.start()
    assert inside.wait(10)
    second = Office(settings, SUPPLIES)
    with pytest.raises(BuildInProgress):
        second.build()
    waiting = threading.Thread(target=second.build, kwargs={"wait": 10})
    waiting.start()
    source = written(tmp_path / "site", {"frais.md": FEES, "stage.md": STAGE})
    ingest(source, documents_folder(settings), "droit")
    go_on.set()
    first.join()
    waiting.join()

    second.refresh()
    assert set(second.desk.documents) == {"frais", "parcours-cmc/stage", "stage"}


def test_another_policy_is_followed_from_its_adoption(tmp_path: Path) -> None:
    office = opened(settings_of(tmp_path))

    office.adopt(replace(POLICY, answer=1.1), None)

    assert not isinstance(office.desk.ask(QUESTION, TODAY).reply, Answer)


def test_each_new_desk_is_surveyed_in_the_background(tmp_path: Path) -> None:
    office = opened(settings_of(tmp_path))
    office.watch()
    try:
        deadline = time.monotonic() + 30
        programme = next(iter(office.desk.programmes))
        while not office.desk.survey.table(programme):
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        office.close()
