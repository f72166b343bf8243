"""Records: documents and passages as lines of JSON.

A passage's text is not written: it is the run of its document's text, by definition.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from corpus.document import Block, Document, Section
from corpus.passage import Passage


@dataclass(frozen=True, slots=True)
class Lines:
    """Documents and passages as lines: what a generation is named after, and what it is made of.

    Written once for both, since writing them is a good part of a build.
    """

    documents: tuple[str, ...]
    passages: tuple[str, ...]

    @classmethod
    def of(cls, documents: Iterable[Document], passages: Iterable[Passage]) -> Lines:
        """The lines of documents and of their passages."""
        return cls(
            tuple(_line(document_record(document)) for document in documents),
            tuple(_line(passage_record(passage)) for passage in passages),
        )

    def with_words(self, words: Iterable[Iterable[str]]) -> bytes:
        """The documents as `parse_lines` reads them, each with its words."""
        return "".join(
            f'{{"document":{line},"words":{_line(sorted(each))}}}\n'
            for line, each in zip(self.documents, words, strict=True)
        ).encode()

    def with_keys(self, keys: Iterable[str]) -> bytes:
        """The passages as `parse_lines` reads them, each with its key."""
        return "".join(
            f'{{"key":{_line(key)},"passage":{line}}}\n'
            for line, key in zip(self.passages, keys, strict=True)
        ).encode()


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
    return ended(map(_line, records))


def ended(lines: Iterable[str]) -> bytes:
    """Lines as bytes, each with its end."""
    return "".join(f"{line}\n" for line in lines).encode()


def parse_lines(data: bytes) -> Sequence[dict[str, Any]]:
    """The records that `dump_lines` wrote."""
    return [json.loads(line) for line in data.decode().split("\n")[:-1]]


def _fields(record: Any) -> dict[str, Any]:
    """A dataclass as a mapping; `asdict` copies deeply, which took half of a build."""
    return {name: getattr(record, name) for name in _NAMES[type(record)]}


_NAMES = {
    kind: tuple(field.name for field in fields(kind))
    for kind in (Document, Section, Block, Passage)
}
_line = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_fields
).encode
