"""Plain text without markup, such as a page copied from a web site, to elements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.clean import clean_text, decode
from corpus.cue import is_capitals, is_contact, is_short
from corpus.day import changed_on
from corpus.dump import without_leaders, without_references
from corpus.element import Element, Fact, Heading, Items, Paragraph, Table
from corpus.fact import VALUE_LENGTH, fact_of, list_of
from corpus.front_matter import split_front_matter
from corpus.line import Line, lines_of
from corpus.mail import without_mail_frame
from corpus.outline import leveled
from corpus.printed_page import without_page_edges
from corpus.reading import Reading
from corpus.role import Role
from corpus.sequence import LONGEST_RUN, Surroundings, roles
from corpus.text_frame import without_frame
from corpus.text_table import with_columns
from corpus.title import title_of
from corpus.vocabulary import Rank, is_label, rank


def read_plain(data: bytes) -> Reading:
    """Read a plain text file; raises `UnreadableDocument` when it is not text.

    Without markup, headings, facts and lists are recognised by their shape and sequence, and the
    furniture of the page (menus, sharing, footers) is left out.
    """
    text = clean_text(without_page_edges(decode(data)))
    metadata, body, notes = split_front_matter(text)
    raw = without_leaders(without_references(without_mail_frame(body.split("\n"))))
    kept, chapters = without_frame(with_columns(raw))
    lines = lines_of(kept)
    updated = None
    for line in lines:
        updated = changed_on(line.text) or updated
    lines = [line for line in lines if not changed_on(line.text)]
    metadata = replace(metadata, updated=metadata.updated or updated)
    title, rest = title_of(lines)
    return Reading(metadata, (*title, *leveled(_Page(rest).elements(), chapters)), notes)


class _Page:
    """Goes down the lines of a page and gathers its elements."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._capitals = sum(1 for x in lines if x.apart and is_capitals(x.text)) >= 3
        self._at = 0
        self._out: list[Element] = []
        self._in_block_section = False  # below a heading in one block with what it heads

    def elements(self) -> list[Element]:
        """Elements in order; a heading's level is 0 unless the text marks it."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.kind == "heading":
                self._out.append(Heading(line.level, line.text))
                self._at += 1
            elif line.kind == "row":
                self._rows()
            elif self._asks():
                self._out.append(Heading(0, line.text))
                self._at += 1
            elif self._is_list():
                self._list()
            elif line.kind == "number":
                self._number()
            elif fact := fact_of(line.text):
                heads = rank(fact.label) and all(map(rank, re.split(", | et ", fact.value)))
                self._out.append(Heading(0, line.text) if heads else fact)
                self._at += 1
            elif self._is_unmarked_list():
                self._unmarked_list()
            elif is_short(line):
                self._short_lines()
            else:
                self._out.append(Paragraph(line.text))
                self._at += 1
        return self._out

    @property
    def _introduced(self) -> bool:
        last = self._out[-1] if self._out else None
        return isinstance(last, Paragraph) and last.text.endswith(":")

    def _asks(self) -> bool:
        """A question with a bullet before it, in a block of its own: what is below answers it."""
        line, below = self._lines[self._at], self._lines[self._at + 1 : self._at + 2]
        alone = line.kind == "bullet" and line.apart and bool(below) and below[0].apart
        return alone and line.text.endswith("?") and not below[0].text.endswith("?")

    def _is_list(self) -> bool:
        """Two items in a row, or one that nothing hangs below."""
        line = self._lines[self._at]
        if line.kind not in ("bullet", "number"):
            return False
        if self._at + 1 == len(self._lines):
            return True
        below = self._lines[self._at + 1]
        if line.kind == "number":
            return below.kind == "number" and below.level == line.level
        return below.kind != "text" or not is_short(line) or bool(fact_of(line.text))

    def _list(self) -> None:
        items: list[str] = []
        level = self._lines[self._at].level
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.kind not in ("bullet", "number") or line.level not in (level, 0):
                break
            if items and self._asks():
                break
            items.append(line.text)
            self._at += 1
        self._out.extend(list_of(items, introduced=self._introduced))

    def _number(self) -> None:
        """A number that no other follows: of a chapter, unless what it counts is a sentence."""
        line = self._lines[self._at]
        asks = line.text.endswith("?")
        short = asks or (is_short(line) and not line.text.endswith((".", ";", ",")))
        if short and self._at + 1 < len(self._lines):
            self._out.append(Heading(line.level + 1, line.text))
        else:
            self._out.append(Items((line.text,)))
        self._at += 1

    def _rows(self) -> None:
        """Lines in columns: two are a label and its value, more are a table."""
        rows: list[tuple[str, ...]] = []
        while self._at < len(self._lines) and self._lines[self._at].kind == "row":
            cells = self._lines[self._at].cells
            if rows and len(cells) != len(rows[0]):
                break
            rows.append(cells)
            self._at += 1
        if len(rows[0]) == 2:
            self._out.extend(Fact(label.rstrip(" :"), value) for label, value in rows)
            return
        titled = len(rows) > 1 and not any(c.isdigit() for c in "".join(rows[0]))
        self._out.append(Table(rows[0], tuple(rows[1:])) if titled else Table((), tuple(rows)))

    def _is_unmarked_list(self) -> bool:
        """Lines of text that end in semicolons, or in commas after a colon."""
        signs = (";", ",") if self._introduced else (";",)
        lines = self._lines[self._at : self._at + 2]
        if len(lines) < 2 or any(x.kind != "text" for x in lines):
            return False
        return lines[0].text.endswith(signs) and (self._introduced or lines[1].text.endswith(signs))

    def _unmarked_list(self) -> None:
        items: list[str] = []
        while self._at < len(self._lines) and self._lines[self._at].kind == "text":
            items.append(self._lines[self._at].text)
            self._at += 1
            if not items[-1].endswith((";", ",")):
                break
        self._out.append(Items(tuple(items)))

    def _short_lines(self) -> None:
        start = self._at
        end = start
        while end < min(len(self._lines), start + LONGEST_RUN) and self._in_run(end, start):
            end += 1
        run = self._lines[start:end]
        below = self._lines[end] if end < len(self._lines) else None
        self._emit(run, roles(run, Surroundings(self._introduced, below, self._capitals)))
        self._at = end

    def _in_run(self, at: int, start: int) -> bool:
        line = self._lines[at]
        if line.kind == "heading" or not is_short(line):
            return False
        if line.kind == "bullet":
            below = self._lines[at + 1] if at + 1 < len(self._lines) else None
            return below is not None and below.kind == "text"
        return line.kind == "text" and (at == start or fact_of(line.text) is None)

    def _emit(self, run: Sequence[Line], found: Sequence[Role]) -> None:
        at = 0
        while at < len(run):
            role = found[at]
            text = run[at].text
            end = at + 1
            if role is Role.LABEL:
                while end < len(run) and found[end] is Role.VALUE:
                    end += 1
                self._fact(run, found, at, end)
            elif role is Role.ITEM:
                while end < len(run) and found[end] is Role.ITEM:
                    end += 1
                items = [line.text for line in run[at:end]]
                self._out.extend(list_of(items, introduced=self._introduced))
            elif role is Role.HEADING:
                self._out.append(Heading(0, text))
                self._in_block_section = run[at].apart and self._glued(run, end)
            else:
                self._out.append(Paragraph(text))
            at = end

    def _glued(self, run: Sequence[Line], end: int) -> bool:
        below = run[end] if end < len(run) else None
        if below is None:
            after = self._at + len(run)
            below = self._lines[after] if after < len(self._lines) else None
        return below is not None and not below.apart

    def _fact(self, run: Sequence[Line], found: Sequence[Role], at: int, end: int) -> None:
        label = run[at].text.rstrip(" :")
        values = [line.text for line in run[at + 1 : end]]
        # A section with one line in it is both: the heading of what follows, and a fact.
        panel = (at > 0 and found[at - 1] is Role.VALUE) or found[end : end + 1] == (Role.LABEL,)
        alone = not panel and (at == 0 or found[at - 1] is not Role.HEADING)
        block = run[at].apart and not run[at + 1].apart and run[end : end + 1] != []
        if block and run[end].apart and self._in_block_section:
            # Where sections are blocks, the one before ends here, whatever its heading.
            section = True
        elif is_label(label):
            section = rank(label) is Rank.CHAPTER or (rank(label) is Rank.LEAF and not panel)
        else:
            # `Alternance` among the contacts is whom to ask, not the chapter of that name.
            section = alone or (rank(label) > 0 and not any(map(is_contact, values)))
        if run[at].kind == "text" and section:
            self._out.append(Heading(0, label))
            self._in_block_section = block
        value = ", ".join(value.rstrip(" ,;") for value in values)
        if len(value) <= VALUE_LENGTH * 2:
            self._out.append(Fact(label, value))
        else:
            self._out.append(Paragraph(f"{label} : {value}"))
