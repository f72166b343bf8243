from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from web.log import configure_logging


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before[0], before[1]
    structlog.reset_defaults()


def test_an_event_is_one_json_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging()

    structlog.get_logger("web").info("question", id="1", status="answered", title="é\nè")
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")

    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["event"] == "question"
    assert first["level"] == "info"
    assert second["event"] == "Invalid HTTP request received."
    assert second["level"] == "warning"
    assert first["time"].endswith("Z")


def test_an_exception_is_told_by_its_class_alone(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging()

    try:
        raise ValueError("canary")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
        structlog.get_logger("web").exception("fault")

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["error"] for line in lines] == ["ValueError", "ValueError"]
    assert "canary" not in json.dumps(lines)


def test_the_level_is_heeded(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("error")

    structlog.get_logger("web").info("question")
    logging.getLogger("sqlalchemy").info("SELECT")

    assert capsys.readouterr().out == ""
