"""Records: documents and passages as lines of JSON.

A passage's text is not written: it is the run of its document's text, by definition.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from corpus.document import Block, Document, Section
from corpus.passage import Passage


def document_record(document: Document) -> dict[str, Any]:
    """A document as a mapping that `dump_lines` writes."""
    return _fields(document)


def document_of(record: Mapping[str, Any]) -> Document:
    """The document of a record; `ValueError` when its text has another checksum."""
    values = dict(record)
    sha256 = values.pop("sha256")
    values["sections"] = tuple(
        Section(
            headings=tuple(section["headings"]),
            blocks=tuple(Block(**block) for block in section["blocks"]),
            anchor=section["anchor"],
            page=section["page"],
        )
        for section in values["sections"]
    )
    document = Document(**values)
    if document.sha256 != sha256:
        raise ValueError(f"the text of document {document.id!r} does not have its checksum")
    return document


def passage_record(passage: Passage) -> dict[str, Any]:
    """A passage as a mapping that `dump_lines` writes, without its text."""
    record = _fields(passage)
    del record["text"]
    return record


def passage_of(record: Mapping[str, Any], documents: Mapping[str, Document]) -> Passage:
    """The passage of a record, its text taken from its document."""
    values = dict(record)
    values["headings"] = tuple(values["headings"])
    text = documents[values["document"]].text[values["start"] : values["end"]]
    return Passage(text=text, **values)


def dump_lines(records: Iterable[Mapping[str, Any]]) -> bytes:
    """One record a line."""
    return "".join(f"{_line(record)}\n" for record in records).encode()


def parse_lines(data: bytes) -> Sequence[dict[str, Any]]:
    """The records that `dump_lines` wrote."""
    return [json.loads(line) for line in data.decode().split("\n")[:-1]]


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(
        record, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_fields
    )


def _fields(record: Any) -> dict[str, Any]:
    """A dataclass as a mapping; `asdict` copies deeply, which took half of a build."""
    return {field.name: getattr(record, field.name) for field in fields(record)}
