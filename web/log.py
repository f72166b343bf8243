"""Logs: one JSON line an event on standard output, without anybody's words or addresses."""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.types import EventDict, Processor, WrappedLogger


def configure_logging(level: str = "info") -> None:
    """Send structlog's events and those of other libraries to standard output as JSON lines."""
    shared: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        _without_messages,
    ]
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(sys.stdout),
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # Other libraries' debugging may tell what was asked.
    root.setLevel(max(number, logging.INFO))


def _without_messages(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """An exception's message may quote what was typed: its class says enough."""
    info = event.pop("exc_info", None)
    if info:
        kind = info[0] if isinstance(info, tuple) else type(info)
        if info is True:
            kind = sys.exc_info()[0]
        event["error"] = getattr(kind, "__name__", "unknown")
    return event
