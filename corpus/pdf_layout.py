"""The lines of a PDF to elements: headings, paragraphs, lists, facts and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.cue import is_contact
from corpus.element import Close, Element, Fact, Heading, Items, Page, Paragraph
from corpus.fact import LABEL_LENGTH, VALUE_LENGTH, fact_of, list_of
from corpus.grid import table_elements
from corpus.pdf_box import Boxes, boxes_at
from corpus.pdf_heading import Headings, is_contents
from corpus.pdf_hyphen import BROKEN, Hyphens
from corpus.pdf_rhythm import labels_at, leading_of
from corpus.pdf_table import table_at
from corpus.pdf_text import Line
from corpus.stanza import folded_item, stanza
from corpus.vocabulary import is_label

_BULLET = re.compile(r"(?:[•‣▪▫◦●○■□➢➤►▶✓✔]\s*|[–—-]\s+|[o]\s+(?=[a-zà-ÿ]))(?=\S)")
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]\s+(?=\S)")
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d*$|…{2,}\s*\d*$|_{4,}")
_FIRST_WORD = re.compile(r"\w+")

_LEADING = 1.45  # of the size: lines further apart are of two paragraphs
_INDENT = 0.9  # of the size
_HANG, _OUTDENT = 4.0, 4.0  # of the size: a list's hanging lines, a paragraph's first line
_LONG = 0.6  # of the width of its column: a line that a sentence may have been broken at
_SIDE = 0.06  # of the width of a line: what a word that did not fit may leave free


class Layout:
    """Goes down the lines of a document and gathers its elements."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        self._lines = [line for page in pages for line in page]
        self.headings = Headings(self._lines)
        self._joined = Hyphens(line.text for line in self._lines).joined
        self._leading = max(_LEADING, 1.02 * leading_of(self._lines))
        self._out: list[Element] = []
        self._page = 0
        self._level = 1

    def elements(self) -> tuple[Element, ...]:
        """The elements of the document; each page begins with its number."""
        at = 0
        while at < len(self._lines):
            at = self._read(at)
        return tuple(self._out)

    def _read(self, at: int) -> int:
        line = self._lines[at]
        if line.page != self._page:
            self._page = line.page
            self._out.append(Page(line.page))
        if _LEADERS.search(line.text):
            return at + 1
        if self.headings.is_heading(line) and not self._goes_on(at):
            return self._heading(at)
        if boxes := boxes_at(self._lines, at):
            return self._boxes(boxes, at)
        if table := table_at(self._lines, at):
            heads = 1 if table.titled else 0
            level = self._level + 1
            self._out.extend(table_elements(table.cells(), level=level, header_rows=heads))
            return at + table.lines
        if fact := _fact_in_cells(line):
            self._out.append(fact)
            return at + 1
        if labels := labels_at(self._lines, at):
            self._out.extend(labels)
            return at + 2 * len(labels)
        if self._is_item(line):
            return self._list(at)
        return self._paragraph(at)

    def _boxes(self, boxes: Boxes, at: int) -> int:
        level = self._level + 1
        for heading, texts in zip(boxes.headings, boxes.texts, strict=True):
            self._out.append(Heading(level, heading.rstrip(" :") or heading))
            parts: list[list[str]] = []
            for text in texts:
                # A box is too narrow to tell a full line: only its words tell what goes on.
                if parts and text[:1].islower():
                    parts[-1].append(text)
                else:
                    parts.append([text])
            self._out.extend(stanza([self._joined(part) for part in parts]))
        self._out.append(Close(level))
        return at + boxes.lines

    def _goes_on(self, at: int) -> bool:
        """Whether a line in bold is the middle of a paragraph in bold."""
        line = self._lines[at]
        around = self._lines[max(0, at - 2) : at + 3]
        alike = [each for each in around if self.headings.same_look(line, each)]
        return len(alike) > 3 and line.size <= self.headings.body

    def _heading(self, at: int) -> int:
        first = self._lines[at]
        texts = [first.text]
        end = at + 1
        while end < len(self._lines) and self._continues_heading(end):
            texts.append(self._lines[end].text)
            end += 1
        text = self._joined(texts)
        if is_contents(text):
            return self._skip_contents(end)
        level = self.headings.level(text, first)
        self._level = level
        self._out.append(Heading(level, text.rstrip(" :") or text))
        return end

    def _continues_heading(self, at: int) -> bool:
        line, above = self._lines[at], self._lines[at - 1]
        close = above.base - line.base <= _LEADING * line.size and line.page == above.page
        alike = self.headings.is_heading(line) and self.headings.same_look(line, above)
        return close and alike and not _NUMBER.match(line.text) and line.size > self.headings.body

    def _skip_contents(self, at: int) -> int:
        """After the lines that end in a page's number."""
        while at < len(self._lines) and re.search(r"\s\d{1,3}$", self._lines[at].text):
            at += 1
        return at

    def _is_item(self, line: Line) -> bool:
        return bool(_BULLET.match(line.text) or _NUMBER.match(line.text))

    def _list(self, at: int) -> int:
        entries: list[tuple[float, str]] = []
        numbered = bool(_NUMBER.match(self._lines[at].text))
        sign = _NUMBER if numbered else _BULLET
        while at < len(self._lines) and sign.match(self._lines[at].text):
            line = self._lines[at]
            if self.headings.is_heading(line) or _LEADERS.search(line.text):
                break
            texts, at = self._block(at)
            entries.append((line.left, sign.sub("", self._joined(texts), count=1)))
        if not entries:
            return self._paragraph(at)
        self._out.extend(list_of(_nested(entries), introduced=self._introduced))
        return at

    def _paragraph(self, at: int) -> int:
        """A paragraph; lines broken before the margin stay lines."""
        blocks: list[str] = []
        while True:
            texts, end = self._block(at)
            blocks.append(self._joined(texts))
            if end >= len(self._lines) or not self._follows(end):
                break
            at = end
        if self._continues_sentence(blocks):
            return end
        if len(blocks) > 1 and all(block.endswith((";", ",")) for block in blocks[:-1]):
            self._out.append(Items(tuple(blocks)))  # their signs are drawn, not written
        else:
            self._out.extend(stanza(blocks, introduced=self._introduced))
        return end

    def _block(self, at: int) -> tuple[list[str], int]:
        """The lines from `at` on that go on one from the other, and where they end."""
        texts = [self._lines[at].text]
        end = at + 1
        while end < len(self._lines) and self._wraps(end):
            texts.append(self._lines[end].text)
            end += 1
        return texts, end

    def _near(self, at: int) -> bool:
        """Whether a line is of the same text as the one above it, right below it."""
        line, above = self._lines[at], self._lines[at - 1]
        if line.page != above.page or len(line.cells) > 1:
            return False
        if not 0 < above.base - line.base <= self._leading * max(line.size, above.size):
            return False
        if self._is_item(line) or _LEADERS.search(line.text):
            return False
        return not self.headings.is_heading(line) or self._goes_on(at)

    def _wraps(self, at: int) -> bool:
        """Whether a line goes on with the one above, which was full."""
        if not self._near(at):
            return False
        line, above = self._lines[at], self._lines[at - 1]
        if not -_OUTDENT * line.size <= line.left - above.left <= self._hang(above):
            return False
        if BROKEN.search(above.text) and line.text[:1].islower():
            return True
        word = _FIRST_WORD.search(line.text)
        needed = (len(word[0]) + 1) * 0.5 * line.size if word else 0.0
        length = above.margin - above.left
        if above.right + needed >= above.margin - _SIDE * length:
            return True
        ended = above.text.endswith((".", ":", ";", "!", "?")) or is_contact(line.text)
        long = above.right - above.left >= _LONG * length
        return long and line.text[:1].islower() and not ended and fact_of(above.text) is None

    def _hang(self, above: Line) -> float:
        """How much further in a line may begin that goes on with the one above."""
        return (_HANG if self._is_item(above) else 1) * above.size

    def _follows(self, at: int) -> bool:
        """Whether a line is one more of a stanza: below the last, but after a break."""
        return self._near(at) and abs(self._lines[at].left - self._lines[at - 1].left) < 2

    def _continues_sentence(self, blocks: Sequence[str]) -> bool:
        """Go on with a paragraph that the end of the page has cut."""
        last = self._out[-2] if len(self._out) > 1 and isinstance(self._out[-1], Page) else None
        if not isinstance(last, Paragraph) or last.text.endswith((".", ":", "!", "?", ";")):
            return False
        if not blocks[0][:1].islower() or len(last.text) < 60 or len(blocks) > 1:
            return False
        self._out[-2] = Paragraph(self._joined([last.text, blocks[0]]))
        return True

    @property
    def _introduced(self) -> bool:
        last = self._out[-1] if self._out else None
        return isinstance(last, Paragraph) and last.text.endswith(":")


def _fact_in_cells(line: Line) -> Fact | None:
    """The fact of a line with a label and its value apart."""
    if len(line.cells) != 2:
        return None
    label, value = line.cells[0].text.rstrip(" :"), line.cells[1].text
    marked = line.cells[0].text.endswith(":") or is_label(label)
    marked = marked or (line.cells[0].bold and not line.cells[1].bold)
    fits = 1 < len(label) <= LABEL_LENGTH and len(value) <= VALUE_LENGTH
    return Fact(label, value) if marked and fits else None


def _nested(entries: Sequence[tuple[float, str]]) -> list[str]:
    """Items with their left edge as one list, those further in folded into the one above."""
    left = min(at for at, _ in entries)
    out: list[str] = []
    below: list[str] = []
    for at, text in [*entries, (left, "")]:
        if at > left + _INDENT * 8 and out:
            below.append(text)
            continue
        if below:
            out[-1:] = folded_item(out[-1], below)
            below = []
        if text:
            out.append(text)
    return out
