"""Staff answers: what staff wrote where the documentation is silent, as a document to quote."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from corpus.document import Document, compose
from corpus.element import Element, Heading, Items, Paragraph
from corpus.library import EVERY_PROGRAMME
from corpus.passage import Passage

State = Literal["draft", "published", "retracted"]

PREFIX = "staff/"
"""Of the ids of their documents."""
QUESTION_LENGTH = 500
ANSWER_LENGTH = 5_000


class UnusableAnswer(ValueError):  # noqa: N818 - what a caller gave, to be said in these words
    """What cannot be an answer; `field` names what is wrong, `most` the characters it may have."""

    def __init__(self, field: str, most: int = 0) -> None:
        super().__init__(f"{field} is empty or has more than {most} characters")
        self.field = field
        self.most = most


@dataclass(frozen=True, slots=True)
class Wording:
    """A question that staff vouch for: it means the same.

    `question_id` names the asked one that it was taken from. With a `history` (the earlier
    questions, oldest first) it is vouched for after those only.
    """

    text: str
    question_id: str | None = None
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What an answer says, and to whom: `programme` None is every programme.

    It is shown from the day `valid_from` to the day `valid_until`, both included.
    """

    programme: str | None
    question: str
    answer: str
    source_url: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    wordings: tuple[Wording, ...] = ()

    def is_valid(self, day: date) -> bool:
        """Whether the answer is shown on a day."""
        return (self.valid_from or day) <= day <= (self.valid_until or day)

    def concerns(self, programme: str | None) -> bool:
        """Whether a question about that programme (None: none was named) may get it."""
        return self.programme is None or self.programme == programme


@dataclass(frozen=True, slots=True)
class StaffAnswer:
    """An answer at one revision, made at `changed_at`; `author` wrote the first one."""

    id: str
    revision: int
    state: State
    content: Content
    author: str
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """What an answer was once."""

    revision: int
    at: datetime
    account: str
    state: State
    content: Content


def tidy(content: Content) -> Content:
    """The content as it is kept: spaces at the ends and invisible characters gone.

    Raises UnusableAnswer when the question or the answer is empty or too long, the source is no
    web address, or the validity ends before it begins.
    """
    question = " ".join(_visible(content.question).split())
    lines = [line.rstrip() for line in _visible(content.answer).splitlines()]
    answer = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    url = (content.source_url or "").strip() or None
    if not 0 < len(question) <= QUESTION_LENGTH:
        raise UnusableAnswer("question", QUESTION_LENGTH)
    if not 0 < len(answer) <= ANSWER_LENGTH:
        raise UnusableAnswer("answer", ANSWER_LENGTH)
    if url is not None and not re.fullmatch(r"https?://[^\s<>\"\\]{3,2000}", url):
        raise UnusableAnswer("source_url", 2000)
    first, last = content.valid_from, content.valid_until
    if first is not None and last is not None and last < first:
        raise UnusableAnswer("valid_until")
    wordings = {(wording.text, wording.history): wording for wording in content.wordings}
    kept = tuple(wording for wording in wordings.values() if wording.text.strip())
    return Content(content.programme, question, answer, url, first, last, kept)


def document_of(answer: StaffAnswer, language: str = "fr") -> Document:
    """The answer as a document: its question is the heading, its paragraphs and lists follow."""
    content = answer.content
    text, sections = compose([Heading(1, content.question), *_elements(content.answer)])
    return Document(
        id=f"{PREFIX}{answer.id}",
        programme=content.programme or EVERY_PROGRAMME,
        title=content.question,
        text=text,
        sections=sections,
        url=content.source_url,
        language=language,
        updated=answer.changed_at.date().isoformat(),
        kind="staff",
    )


def passage_of(document: Document) -> Passage:
    """The whole answer, all that stands behind its question."""
    blocks = [block for section in document.sections for block in section.blocks]
    start, end = blocks[0].start, blocks[-1].end
    place = (document.id, document.id, document.programme, (document.title,))
    return Passage(*place, document.text[start:end], start, end, "staff")


def digest_of(published: Sequence[StaffAnswer]) -> str:
    """What names a set of published answers; empty for none."""
    if not published:
        return ""
    lines = (f"{each.id} {each.revision} {each.changed_at.isoformat()}\n" for each in published)
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:10]


def _elements(answer: str) -> list[Element]:
    elements: list[Element] = []
    for paragraph in answer.split("\n\n"):
        lines = [line for line in paragraph.split("\n") if line.strip()]
        if lines and all(_ITEM.match(line) for line in lines):
            elements.append(Items(tuple(_ITEM.sub("", line) for line in lines)))
        elif lines:
            elements.append(Paragraph("\n".join(lines)))
    return elements


_ITEM = re.compile(r"\s*[-*•–]\s+(?=\S)")


def _visible(text: str) -> str:
    """Without control characters but line ends, lone surrogates, and what turns the writing."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs", "Cf"))
    return unicodedata.normalize("NFC", "".join(kept))
