import http.server
import shutil
import socket
import threading
from datetime import date
from pathlib import Path

from assistant.database import connect, migrate
from assistant.diagnosis import Finding, diagnose
from assistant.neighbour import who_answers
from assistant.office import Office
from assistant.presence import Presence
from tests.supplies import LONGER, SUPPLIES, WITHOUT_ENCODER, settings_of, written


def found(tmp_path: Path, supplies=SUPPLIES, **more: str) -> dict[str, Finding]:
    settings = settings_of(tmp_path)
    variables = {
        "ASSISTANT_DATA": str(settings.data),
        "ASSISTANT_CORPUS": str(settings.corpus),
        "ASSISTANT_PORT": str(free_port()),
    }
    findings = list(diagnose(variables | more, supplies))
    assert all(each.remedy for each in findings if each.state == "error")
    return {each.subject: each for each in findings}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def built(tmp_path: Path, supplies=SUPPLIES) -> Office:
    office = Office(settings_of(tmp_path), supplies)
    office.build()
    return office


def test_a_new_installation_has_no_error_and_is_told_what_comes_next(tmp_path: Path) -> None:
    findings = found(tmp_path)

    states = {subject: each.state for subject, each in findings.items()}
    assert states == {
        "settings": "ok", "data": "ok", "database": "ok", "sqlite": "ok", "encoder": "ok",
        "policy": "ok", "documents": "ok", "index": "warning", "servers": "ok", "port": "ok",
        "contact": "warning",
    }  # fmt: skip
    assert "assistant build" in findings["index"].remedy
    assert "ASSISTANT_CONTACT_EMAIL" in findings["contact"].remedy
    assert not (tmp_path / "data").exists()


def test_a_header_that_nobody_may_send_is_noticed(tmp_path: Path) -> None:
    header = {"ASSISTANT_STAFF_HEADER": "X-Remote-User"}

    assert "no proxy is declared" in found(tmp_path, **header)["staff"].message
    assert "staff" not in found(tmp_path, **header, ASSISTANT_PROXIES="10.0.0.5")


def test_an_index_that_is_whole_and_current_is_well(tmp_path: Path) -> None:
    built(tmp_path)

    assert "whole and current: 1 passages" in found(tmp_path)["index"].message


def test_documents_that_changed_since_the_build_are_noticed(tmp_path: Path) -> None:
    office = built(tmp_path)
    written(office.settings.corpus, {"parcours-cmc/more.md": LONGER})

    finding = found(tmp_path)["index"]

    assert (finding.state, finding.message[:26]) == ("warning", "the documents have changed")


def test_a_damaged_index_is_an_error(tmp_path: Path) -> None:
    office = built(tmp_path)
    name = (office.folder / "CURRENT").read_text().strip()
    (office.folder / "generations" / name / "vectors.faiss").write_bytes(b"")

    finding = found(tmp_path)["index"]

    assert finding.state == "error"
    assert "checksum" in finding.message


def test_without_an_encoder_it_depends_on_the_setting(tmp_path: Path) -> None:
    assert found(tmp_path, WITHOUT_ENCODER)["encoder"].state == "warning"

    refusing = found(tmp_path, WITHOUT_ENCODER, ASSISTANT_WITHOUT_ENCODER="refuse")
    assert refusing["encoder"].state == refusing["index"].state == "error"
    assert refusing["encoder"].remedy == "reinstall it"


def test_documents_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    written(settings.corpus, {f"vide{n}.md": "" for n in range(8)})

    findings = found(tmp_path)

    assert findings["documents"].state == "warning"
    assert findings["documents"].message == "3 more documents cannot be read"


def test_no_document_at_all_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert found(tmp_path, ASSISTANT_CORPUS=str(tmp_path / "empty"))["documents"].state == "error"


def test_a_database_without_the_schema_is_told_apart_from_one_that_is_none(tmp_path: Path) -> None:
    path = settings_of(tmp_path).data / "assistant.sqlite3"
    path.parent.mkdir()
    path.touch()
    assert found(tmp_path)["database"].state == "warning"

    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    assert found(tmp_path)["database"].state == "ok"

    path.write_text("no database " * 100)
    findings = found(tmp_path)
    assert findings["database"].state == "error"
    assert "sqlite" not in findings


def test_a_data_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    finding = found(tmp_path, ASSISTANT_DATA=str(tmp_path / "file" / "data"))["data"]

    assert finding.state == "error"


def test_servers_that_stayed_behind_are_counted(tmp_path: Path) -> None:
    office = built(tmp_path)
    presence = Presence(office.settings.data / "servers")
    presence.tell("0123456789ab")

    assert found(tmp_path)["servers"].message.startswith("1 running servers")
    presence.close()


def test_settings_that_cannot_be_used_are_the_only_finding(tmp_path: Path) -> None:
    findings = found(tmp_path, ASSISTANT_PROT="80")

    assert list(findings) == ["settings"]
    assert findings["settings"].state == "error"


def test_whoever_has_the_port_is_told_apart(tmp_path: Path) -> None:
    assert who_answers("127.0.0.1", free_port()) == "nobody"
    for reply, neighbour, state in (
        (b'{"status": "alive"}', "assistant", "ok"),
        (b"hello", "somebody", "warning"),
    ):
        server = http.server.HTTPServer(("127.0.0.1", 0), handler_of(reply))
        port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            assert who_answers("127.0.0.1", port) == neighbour
            assert who_answers("0.0.0.0", port) == neighbour
            assert found(tmp_path, ASSISTANT_PORT=str(port))["port"].state == state
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
    shutil.rmtree(tmp_path)


def handler_of(reply: bytes) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *arguments: object) -> None:
            pass

    return Handler


def test_dates_that_have_passed_or_soon_will_are_told(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    text = "# Admission\n\nClôture le 2 mars 2027.\n\nRéunion le 20 mars 2027."
    (settings.corpus / "dates.md").write_text(text, "utf-8")
    variables = {"ASSISTANT_DATA": str(settings.data), "ASSISTANT_CORPUS": str(settings.corpus)}

    findings = [
        each
        for each in diagnose(variables, SUPPLIES, date(2027, 3, 10))
        if each.subject == "dates" and each.message.startswith("dates:")
    ]

    assert [(each.state, each.message) for each in findings] == [
        ("warning", "dates: 2027-03-02 is past: Clôture le 2 mars 2027."),
        ("ok", "dates: 2027-03-20 passes within 30 days: Réunion le 20 mars 2027."),
    ]
