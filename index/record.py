"""Records: documents and passages as lines of JSON.

A passage's text is not written: it is the run of its document's text, by definition.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from corpus.document import Block, Document, Section
from corpus.passage import Passage


def document_record(document: Document) -> dict[str, Any]:
    """A document as JSON values."""
    return asdict(document)


def document_of(record: Mapping[str, Any]) -> Document:
    """The document of a record; `ValueError` when its text has another checksum."""
    fields = dict(record)
    sha256 = fields.pop("sha256")
    fields["sections"] = tuple(
        Section(
            headings=tuple(section["headings"]),
            blocks=tuple(Block(**block) for block in section["blocks"]),
            anchor=section["anchor"],
            page=section["page"],
        )
        for section in fields["sections"]
    )
    document = Document(**fields)
    if document.sha256 != sha256:
        raise ValueError(f"the text of document {document.id!r} does not have its checksum")
    return document


def passage_record(passage: Passage) -> dict[str, Any]:
    """A passage as JSON values, without its text."""
    record = asdict(passage)
    del record["text"]
    return record


def passage_of(record: Mapping[str, Any], documents: Mapping[str, Document]) -> Passage:
    """The passage of a record, its text taken from its document."""
    fields = dict(record)
    fields["headings"] = tuple(fields["headings"])
    text = documents[fields["document"]].text[fields["start"] : fields["end"]]
    return Passage(text=text, **fields)


def dump_lines(records: Iterable[Mapping[str, Any]]) -> bytes:
    """One record a line."""
    return "".join(f"{_line(record)}\n" for record in records).encode()


def parse_lines(data: bytes) -> Sequence[dict[str, Any]]:
    """The records that `dump_lines` wrote."""
    return [json.loads(line) for line in data.decode().split("\n")[:-1]]


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
