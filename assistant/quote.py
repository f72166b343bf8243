"""Quotes: which words of a passage answer, as short as is complete."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Citation
from assistant.evidence import Evidence
from assistant.link import passage_url
from assistant.query import Query
from corpus.document import Document
from corpus.passage import Passage

_SHORT = 320
"""A passage of at most so many characters is quoted whole."""
_LONGEST = 480
"""Prose is quoted up to so many characters, if more sentences add something."""
_LONGEST_SECTION = 1500
"""The rows or facts of a section are quoted together up to so many characters."""


def quoted_run(query: Query, evidence: Evidence, section: Sequence[Passage]) -> tuple[int, int]:
    """The run `[start, end)` of the document to quote from a passage.

    Lists, facts, rows and staff answers are quoted whole: half a list is a wrong answer. So are
    the rows or facts of one `section` when a list is asked for, since together they are it. Prose
    is quoted around its best sentence, with the neighbours that cover what it leaves out.
    """
    passage = evidence.hit.passage
    if passage.kind in ("row", "fact") and query.expects == "list":
        return _whole_section(passage, section)
    if passage.kind != "prose" or len(passage.text) <= _SHORT or evidence.sentence is None:
        return passage.start, passage.end
    first, last = _sentences_around(query, evidence)
    return passage.start + first, passage.start + last


def _whole_section(passage: Passage, section: Sequence[Passage]) -> tuple[int, int]:
    """From the first to the last passage of the same kind around it, as long as it is short."""
    here = section.index(passage)
    first = last = here
    while first > 0 and section[first - 1].kind == passage.kind:
        first -= 1
    while last + 1 < len(section) and section[last + 1].kind == passage.kind:
        last += 1
    if section[last].end - section[first].start > _LONGEST_SECTION:
        return passage.start, passage.end
    return section[first].start, section[last].end


def _sentences_around(query: Query, evidence: Evidence) -> tuple[int, int]:
    assert evidence.sentence is not None
    parts = evidence.subject.sentences
    first = last = parts.index(evidence.sentence)
    covered = {key for key in query.keys if key.covered_by(evidence.sentence.subject)}
    grown = True
    while grown:
        grown = False
        for position in (last + 1, first - 1):
            if not 0 <= position < len(parts):
                continue
            start, end = parts[min(first, position)].start, parts[max(last, position)].end
            new = {key for key in query.keys if key.covered_by(parts[position].subject)} - covered
            if end - start <= _LONGEST and (new or end - start <= _SHORT):
                first, last = min(first, position), max(last, position)
                covered |= new
                grown = True
    return parts[first].start, parts[last].end


def citation(document: Document, passage: Passage, run: tuple[int, int]) -> Citation:
    """A citation of a run of the document, checked against the passage; numbered later."""
    if document.text[passage.start : passage.end] != passage.text:
        raise ValueError(f"Passage {passage.id} does not stand in {document.id}.")
    start, end = run
    return Citation(
        number=0,
        programme=document.programme,
        document=document.id,
        title=document.title,
        headings=passage.headings,
        quote=document.text[start:end],
        start=start,
        end=end,
        url=passage_url(document, start, end),
        updated=document.updated,
        kind=document.kind,
        language=document.language,
    )
