"""Quotes: which words of a passage answer, as short as is complete."""

from __future__ import annotations

from assistant.answer import Citation
from assistant.evidence import Evidence
from assistant.link import passage_url
from assistant.query import Query
from assistant.subject import PassageSubject
from corpus.document import Document
from corpus.passage import Passage

_SHORT = 320
"""A passage of at most so many characters is quoted whole."""
_LONGEST = 480
"""Prose is quoted up to so many characters, if more sentences add something."""


def quoted_run(query: Query, evidence: Evidence, subject: PassageSubject) -> tuple[int, int]:
    """The run `[start, end)` of the passage's text to quote.

    Lists, facts, rows and staff answers are quoted whole: half a list is a wrong answer. Prose
    is quoted around its best sentence, with the neighbours that cover what it leaves out.
    """
    passage = evidence.hit.passage
    if passage.kind != "prose" or len(passage.text) <= _SHORT or evidence.sentence is None:
        return 0, len(passage.text)
    parts = subject.sentences
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


def citation(number: int, document: Document, passage: Passage, run: tuple[int, int]) -> Citation:
    """A citation of a run of a passage, checked against the document."""
    start, end = passage.start + run[0], passage.start + run[1]
    words = document.text[start:end]
    if words != passage.text[run[0] : run[1]]:
        raise ValueError(f"Passage {passage.id} does not stand in {document.id} at {start}.")
    return Citation(
        number=number,
        programme=document.programme,
        document=document.id,
        title=document.title,
        headings=passage.headings,
        quote=words,
        start=start,
        end=end,
        url=passage_url(document, start, end),
        updated=document.updated,
        kind=document.kind,
        language=document.language,
    )
