import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import httpx2
import pytest
from filelock import FileLock
from typer.testing import CliRunner

from assistant.cli import app
from assistant.database import connect, migrate
from assistant.journal import Journal
from tests.supplies import FEES, LONGER, STAGE, SUPPLIES, WITHOUT_ENCODER, settings_of, written

ROOT = Path(__file__).parent.parent
DRIVER = """
import sys, time
from assistant.cli import app
from tests.supplies import SUPPLIES
app(sys.argv[1:], prog_name="assistant", obj=SUPPLIES)
"""
TELLING = """
import signal, sys
from dataclasses import replace
from assistant.cli import app
from tests.supplies import SUPPLIES
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where tests run in a background
def open_encoder(name):
    print("opening", file=sys.stderr, flush=True)
    return SUPPLIES.open_encoder(name)
app(sys.argv[1:], prog_name="assistant", obj=replace(SUPPLIES, open_encoder=open_encoder))
"""
HEAVY = ("faiss", "torch", "sentence_transformers", "sqlalchemy", "fastapi", "numpy", "pydantic")
WORDS = "une phrase assez longue"
QUESTION = "Combien d'heures dure le stage ?"


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    settings = settings_of(tmp_path)
    return {
        "ASSISTANT_DATA": str(settings.data),
        "ASSISTANT_CORPUS": str(settings.corpus),
        "ASSISTANT_CONTACT_EMAIL": "scolarite@univ.example",
    }


@pytest.fixture
def run(env: dict[str, str]):
    def run(*arguments, supplies=SUPPLIES, **more):
        result = CliRunner().invoke(
            app, [str(each) for each in arguments], obj=supplies, env=env | more
        )
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def spawn(env: dict[str, str], *arguments: str) -> AbstractContextManager[subprocess.Popen[str]]:
    return started(env, [sys.executable, "-c", DRIVER, *arguments])


@contextmanager
def started(env: dict[str, str], command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A command under way; nothing of it is left behind, whatever the test comes to."""
    others = {name: each for name, each in os.environ.items() if not name.startswith("ASSISTANT_")}
    process = subprocess.Popen(
        command,
        env={**others, **env, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdout, process.stderr):
            assert pipe is not None
            pipe.close()


@pytest.fixture
def served(env: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with spawn(env, "serve", "--port", "0") as server:
        assert server.stderr is not None
        line = server.stderr.readline()
        assert line.startswith("Serving on http://127.0.0.1:"), line
        url = line.split()[2]
        line = server.stderr.readline()
        assert f"open {url}/staff/first-run with the code" in line
        yield server, url


def one_line(result) -> str:
    """The only line that a mistake leaves."""
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    assert "Traceback" not in result.stderr
    return result.stderr


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys; from assistant.__main__ import main\n"
        "try: main()\n"
        f"except SystemExit: print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "--help"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert "Usage: assistant" in done.stdout
    for command in ("serve", "ask", "ingest", "build", "evaluate", "doctor"):
        assert f"  {command} " in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def test_an_answer_is_shown_with_its_source(run) -> None:
    result = run("ask", QUESTION)

    assert result.exit_code == 0
    assert "La durée minimale du stage est de 420 heures." in result.stdout
    assert "[1]" in result.stdout
    assert "parcours-cmc/stage" in result.stdout
    assert "http://127.0.0.1:8000/documents/parcours-cmc/stage" in result.stdout


def test_json_is_what_the_api_answers(run, env) -> None:
    result = run("ask", QUESTION, "--json", "--programme", "parcours-cmc", "--language", "en")

    body = json.loads(result.stdout)
    assert result.exit_code == 0
    assert body["status"] == "answered"
    assert body["language"] == "en"
    assert body["citations"][0]["quote"] == "La durée minimale du stage est de 420 heures."
    assert "explanation" not in body
    engine = connect(f"sqlite:///{env['ASSISTANT_DATA']}/assistant.sqlite3")
    record = Journal(engine).question(body["id"])
    assert record is not None
    assert (record.channel, record.question) == ("terminal", QUESTION)


def test_an_explanation_tells_keys_aspects_evidence_and_rule(run) -> None:
    shown = run("ask", QUESTION, "--explain").stdout
    told = json.loads(run("ask", QUESTION, "--explain", "--json").stdout)["explanation"]

    for words in ("read as", "rule", "aspects", "internship", "covers", "lacks", "covered_in_text"):
        assert words in shown
    (part,) = told["questions"]
    assert told["rule"] == "decided"
    assert {"stage"} <= {key["text"] for key in part["keys"]}
    assert part["considered"][0]["chosen"]
    assert part["considered"][0]["features"]["covered"] > 0


def test_a_refusal_names_the_contact(run) -> None:
    result = run("ask", "La cantine sert-elle des repas végétariens ?")

    assert result.exit_code == 0
    assert "scolarite@univ.example" in result.stdout


def test_a_follow_up_reaches_the_history(run) -> None:
    result = run("ask", "et il dure combien d'heures ?", "--history", "Le stage", "--json")

    assert "420 heures" in json.loads(result.stdout)["answer"]


def test_odd_characters_are_shown_harmlessly(run) -> None:
    result = run("ask", "combien d'heures dure le stage \x1b[2J\udcff\u202e ?", "--explain")

    assert result.exit_code == 0
    assert "420 heures" in result.stdout
    assert "\x1b[2J" not in result.stdout
    assert "\u202e" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (("ask", "   "), "question is empty", 2),
        (("ask", "stage " * 100), "599 characters: 500", 2),
        (("ask", "stage", *(["--history", "stage"] * 21)), "21 earlier questions", 2),
        (("ask", "stage", "--programme", "droit"), "there are: parcours-cmc", 1),
        (("evaluate", "missing.jsonl"), "missing.jsonl cannot be read", 1),
        (("ingest", "missing"), "no file or folder at missing", 1),
        (("ingest", "missing.toml"), "missing.toml cannot be read", 1),
        (("ingest", ".", "--programme", " "), "--programme is empty", 2),
        (("ingest",), "Nothing is given to ingest", 2),
    ],
)
def test_a_mistake_is_one_clear_line(run, arguments, said, code) -> None:
    result = run(*arguments)

    assert result.exit_code == code
    assert said in one_line(result)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"ASSISTANT_PROT": "80"}, "did you mean ASSISTANT_PORT"),
        ({"ASSISTANT_CORPUS": "missing"}, "ASSISTANT_CORPUS='missing'"),
        ({"ASSISTANT_DATABASE_URL": "mysql://u:canary@h/d"}, "ASSISTANT_DATABASE_URL"),
        ({"ASSISTANT_ENCODER": "x", "ASSISTANT_WITHOUT_ENCODER": "refuse"}, "cannot be loaded"),
    ],
)
def test_settings_that_cannot_be_used_are_one_clear_line(run, variables, said) -> None:
    result = run("ask", "stage", supplies=WITHOUT_ENCODER, **variables)

    assert result.exit_code == 1
    assert said in one_line(result)
    assert "canary" not in result.stderr


def test_usage_is_told_apart_by_its_exit_code(run) -> None:
    for arguments in (
        ("ask",),
        ("nothing",),
        ("serve", "--port", "x"),
        ("serve", "--workers", "0"),
    ):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "Usage: " in result.stderr


def test_a_data_folder_that_is_a_file_is_one_clear_line(run, tmp_path) -> None:
    (tmp_path / "file").write_text("")

    result = run("build", ASSISTANT_DATA=str(tmp_path / "file"))

    assert result.exit_code == 1
    assert "ASSISTANT_DATA" in one_line(result)


def test_a_build_is_told_and_a_second_one_does_nothing(run, env) -> None:
    first, second = run("build", "--json"), run("build")

    assert json.loads(first.stdout)["added"] == ["parcours-cmc/stage"]
    assert "is up to date" in second.stdout
    assert (first.exit_code, second.exit_code) == (0, 0)


def test_a_build_names_what_cannot_be_read_and_fails_after_the_rest(run, env) -> None:
    written(Path(env["ASSISTANT_CORPUS"]), {"parcours-cmc/vide.md": ""})

    result = run("build")

    assert result.exit_code == 1
    assert "vide.md: The file is empty." in one_line_of(result)
    assert "1 documents" in result.stdout


def one_line_of(result) -> str:
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_a_build_beside_another_one_waits_for_it(run, env) -> None:
    folder = Path(env["ASSISTANT_DATA"]) / "index"
    folder.mkdir(parents=True)
    lock = FileLock(folder / "lock", thread_local=False)
    lock.acquire()
    threading.Timer(0.5, lock.release).start()

    assert run("build").exit_code == 0


def test_ingested_documents_answer_at_once(run, tmp_path) -> None:
    run("build")
    site = written(tmp_path / "site", {"frais.md": FEES, "logo.xyz": "?"})

    result = run("ingest", site, "--programme", "parcours-cmc")

    assert result.exit_code == 1
    assert "added 1" in result.stdout
    assert "logo.xyz: Its format is not read." in one_line_of(result)
    asked = run("ask", "Quels sont les frais d'inscription ?", "--json")
    assert "254 euros" in json.loads(asked.stdout)["answer"]
    again = run("ingest", site / "frais.md", "--programme", "parcours-cmc", "--json")
    assert again.exit_code == 0
    assert json.loads(again.stdout)["unchanged"]


def test_one_bad_source_does_not_stop_the_others(run, tmp_path) -> None:
    site = written(tmp_path / "site", {"frais.md": FEES})

    result = run("ingest", "missing", "ftp://univ.example/x", site, "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["kept"] == ["frais.md"]
    assert len(json.loads(result.stdout)["refused"]) == 2


def test_a_database_that_is_out_stops_no_answer(run, env) -> None:
    folder = Path(env["ASSISTANT_DATA"])
    folder.mkdir(parents=True)
    (folder / "assistant.sqlite3").write_text("no database " * 100)

    result = run("ask", QUESTION)

    assert result.exit_code == 0
    assert "420 heures" in result.stdout
    assert "is not recorded" in one_line_of(result)


def test_a_database_of_a_newer_version_stops_the_server(run, env) -> None:
    folder = Path(env["ASSISTANT_DATA"])
    engine = connect(f"sqlite:///{folder}/assistant.sqlite3")
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'later'")
    engine.dispose()

    result = run("serve", "--port", "0")

    assert result.exit_code == 1
    assert "newer version" in one_line(result)


def test_an_evaluation_is_told_in_figures(run, tmp_path) -> None:
    questions = tmp_path / "questions.jsonl"
    lines = [
        {"id": "1", "question": QUESTION, "kind": "answerable", "facts": [["420"]],
         "language": "fr", "programme": "parcours-cmc", "document": "parcours-cmc/stage"},
        {"id": "2", "question": QUESTION, "kind": "unanswerable", "register": "plain"},
        {"id": "3", "question": "Bonjour", "kind": "smalltalk"},
        {"id": "4", "question": "et il dure combien d'heures ?", "kind": "answerable",
         "facts": [["420"]], "history": ["le stage"]},
    ]  # fmt: skip
    questions.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    page = tmp_path / "reports" / "report.html"

    shown = run("evaluate", questions, "--verbose", "--html", page)
    figures = json.loads(run("evaluate", questions, "--json").stdout)

    assert shown.exit_code == 0
    assert "4 questions, 3 right (75.0%)" in shown.stdout
    assert "1 given as answered and wrong" in shown.stdout
    for words in ("unanswerable", "plain", "follow-ups", "recall@1", "p95", "because"):
        assert words in shown.stdout
    assert figures["wrong_answers"]["count"] == 1
    assert figures["retrieval"]["recall@1"] == 1.0
    assert [failure["id"] for failure in figures["failures"]] == ["2"]
    assert "<h1>Evaluation</h1>" in page.read_text("utf-8")


def test_an_evaluation_may_ask_other_documents_and_leaves_nothing(run, env, tmp_path) -> None:
    site = written(tmp_path / "site", {"droit/stage.md": LONGER, "droit/vide.md": ""})
    questions = tmp_path / "questions.jsonl"
    line = {"id": "1", "question": QUESTION, "kind": "answerable", "programme": "droit",
            "facts": [["560"]]}  # fmt: skip
    questions.write_text(json.dumps(line), encoding="utf-8")

    result = run("evaluate", questions, "--corpus", site, "--json")

    assert json.loads(result.stdout)["accuracy"]["right"] == 1
    assert "vide.md" in result.stderr
    assert not Path(env["ASSISTANT_DATA"]).exists()
    unknown = run("evaluate", questions)
    assert unknown.exit_code == 1
    assert "programme 'droit', which is not indexed" in one_line(unknown)
    missing = run("evaluate", questions, "--corpus", tmp_path / "missing")
    assert missing.exit_code == 1
    assert "no folder or file" in one_line(missing)


def test_a_report_that_cannot_be_written_is_one_clear_line(run, tmp_path) -> None:
    questions = tmp_path / "questions.jsonl"
    line = {"id": "1", "question": "Bonjour", "kind": "smalltalk"}
    questions.write_text(json.dumps(line), encoding="utf-8")

    result = run("evaluate", questions, "--html", questions / "report.html")

    assert result.exit_code == 1
    assert "questions.jsonl" in one_line(result)


def test_a_port_in_use_is_one_clear_line(env) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with spawn(env, "serve", "--port", str(port)) as server:
            out, error = server.communicate(timeout=60)

    assert server.returncode == 1
    assert (
        error
        == f"Port {port} of 127.0.0.1 is in use: stop what uses it, or choose another --port.\n"
    )
    assert out == ""


def test_a_running_server_answers_from_what_was_ingested_when_the_command_returns(
    served, run, tmp_path
) -> None:
    server, url = served
    with httpx2.Client(base_url=url, timeout=10) as client:
        asked = {"question": "Quels sont les frais d'inscription ?"}
        assert client.post("/api/v1/ask", json=asked).json()["status"] != "answered"

        site = written(tmp_path / "site", {"frais.md": FEES})
        assert run("ingest", site, "--programme", "parcours-cmc").exit_code == 0

        assert "254 euros" in client.post("/api/v1/ask", json=asked).json()["answer"]
        assert "420 heures" in client.post("/api/v1/ask", json={"question": QUESTION}).text
    server.send_signal(signal.SIGINT)
    _, error = server.communicate(timeout=30)

    assert server.returncode == 0
    assert error == ""


@pytest.mark.slow
def test_several_workers_answer_and_follow_the_index(env, run, tmp_path) -> None:
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0", "--workers", "2"]
    with started(env, command) as server:
        assert server.stderr is not None
        url = server.stderr.readline().split()[2]
        code = server.stderr.readline().split()[-1]
        with httpx2.Client(base_url=url, timeout=60) as client:
            # The listener is there before the workers are: the first request waits for one.
            assert client.get("/readyz").json()["status"] == "ready"
            site = written(tmp_path / "site", {"parcours-cmc/stage.md": LONGER})
            ingested = run("ingest", site, supplies=None)
            assert (ingested.exit_code, ingested.stderr) == (0, "")

            document = "/api/v1/documents/parcours-cmc/stage"
            for _ in range(8):
                with httpx2.Client(base_url=url, timeout=60) as another:
                    assert "560 heures" in another.get(document).text
            # Told once, by whoever listens; known to every worker.
            first = {"code": code, "name": "Marie", "password": WORDS, "again": WORDS}
            origin = {"origin": url}
            made = client.post("/staff/first-run", data=first, headers=origin)
            assert made.headers["location"].startswith("/staff/account")
            for _ in range(8):
                with httpx2.Client(base_url=url, cookies=client.cookies) as another:
                    assert another.get("/staff/members").status_code == 200
            given = json.loads(run("staff", "token", "Marie", "--json").stdout)
            bearer = {"authorization": f"Bearer {given['token']}"}
            assert httpx2.get(f"{url}/staff/members", headers=bearer).status_code == 200
            run("staff", "add", "Jean", "--role", "administrator", "--password", WORDS)
            run("staff", "disable", "Marie")
            assert client.get("/staff/members").status_code == 303
            assert httpx2.get(f"{url}/staff/members", headers=bearer).status_code == 401
        server.terminate()
        _, error = server.communicate(timeout=30)

    assert (server.returncode, error) == (0, "")


def test_a_command_that_is_interrupted_says_nothing(env) -> None:
    folder = Path(env["ASSISTANT_DATA"]) / "index"
    folder.mkdir(parents=True)
    driver = [sys.executable, "-c", TELLING, "build"]
    with FileLock(folder / "lock"), started(env, driver) as command:
        assert command.stderr is not None
        assert command.stderr.readline() == "opening\n"
        time.sleep(1)  # by then it waits for the lock
        command.send_signal(signal.SIGINT)
        out, error = command.communicate(timeout=30)

    assert command.returncode == 130
    assert (out, error) == ("", "")


def test_the_doctor_says_what_is_well_and_what_to_do(run, env) -> None:
    first = run("doctor")
    run("build")
    second = json.loads(run("doctor", "--json").stdout)

    assert first.exit_code == 0
    assert "Run `assistant build`" in first.stdout
    assert second["healthy"]
    states = {each["subject"]: each["state"] for each in second["findings"]}
    assert states["index"] == states["contact"] == states["data"] == "ok"


def test_the_doctor_fails_over_an_error(run) -> None:
    result = run("doctor", ASSISTANT_PROT="80")

    assert result.exit_code == 1
    assert "did you mean ASSISTANT_PORT" in result.stdout
    assert STAGE not in result.stdout
