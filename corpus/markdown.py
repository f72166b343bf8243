"""Markdown to elements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.clean import clean_line, clean_text, decode
from corpus.cue import is_contact
from corpus.day import changed_on
from corpus.element import Close, Element, Fact, Heading, Paragraph, Table
from corpus.fact import LABEL_LENGTH, VALUE_LENGTH, fact_of, list_of
from corpus.front_matter import split_front_matter
from corpus.markdown_dialect import plain_markdown
from corpus.markdown_inline import BREAK, inline_text, one_line
from corpus.markdown_link import is_bar, is_menu
from corpus.noise import is_noise
from corpus.pointer import announces, without_announcements
from corpus.reading import Reading

# HTML is parsed, then its tokens are dropped: not parsed, comments would become text.
_PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

_NESTED_LENGTH = 300  # characters of an item with its sub-items on one line
_SUMMARY = re.compile(r"<summary\b[^>]*>(.*?)</summary\s*>", re.S | re.I)
_BESIDE = re.compile(r"\s*<(?:aside|blockquote|center)\b", re.I)
_ANY_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.S)


def read_markdown(data: bytes) -> Reading:
    """Read a Markdown file; raises `UnreadableDocument` when it is not text."""
    metadata, body, notes = split_front_matter(clean_text(decode(data)))
    reader = _MarkdownReader(_PARSER.parse(plain_markdown(body)))
    elements = tuple(without_announcements(tuple(reader.elements())))
    metadata = replace(metadata, updated=metadata.updated or reader.updated)
    return Reading(metadata, elements, notes + tuple(reader.notes))


class _MarkdownReader:
    """Walks the tokens of one file, block by block."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._level = 1
        self._introduced = False
        self._leads = True  # what is linked to here lies elsewhere: no heading yet, or one says so
        self.updated: str | None = None
        self.notes: list[str] = []

    def elements(self) -> Iterator[Element]:
        while self._at < len(self._tokens):
            for element in self._block():
                self._introduced = isinstance(element, Paragraph) and element.text.endswith(":")
                yield element

    def _block(self) -> Sequence[Element]:
        token = self._tokens[self._at]
        match token.type:
            case "heading_open":
                return self._heading(int(token.tag[1]))
            case "paragraph_open":
                return self._paragraph()
            case "bullet_list_open" | "ordered_list_open":
                start = self._at
                items = self._list()
                if is_menu(self._tokens[start : self._at], leads=self._leads):
                    return ()
                return list_of(items, introduced=self._introduced) if items else ()
            case "table_open":
                return self._table()
        self._at += 1
        if token.type in ("fence", "code_block") and (text := clean_line(token.content)):
            return (Paragraph(text),)
        if token.type == "html_block":
            return self._html(token)
        return ()

    def _heading(self, level: int) -> Sequence[Element]:
        text = one_line(self._tokens[self._at + 1])
        self._at += 3
        if not text:
            return ()
        self._level = level
        self._leads = announces(text)
        return (Heading(level, text),)

    def _html(self, token: Token) -> Sequence[Element]:
        """What folds away has its summary for heading; other HTML is left out."""
        level = min(self._level + 1, 6)
        out: list[Element] = []
        rest = token.content
        if summary := _SUMMARY.search(rest):
            if title := clean_line(_ANY_TAG.sub(" ", summary[1])):
                out.append(Heading(level, title))
            rest = rest[: summary.start()] + rest[summary.end() :]
            text = clean_line(_ANY_TAG.sub(" ", rest)) if "<details" in rest else ""
            out.extend([Paragraph(text)] if text else [])
        elif _BESIDE.match(rest) and (text := clean_line(_ANY_TAG.sub(" ", rest))):
            out.append(Paragraph(text))
        else:
            self._note(token)
        if "</details" in rest:
            out.append(Close(level))
        return out

    def _paragraph(self) -> Sequence[Element]:
        inline = self._tokens[self._at + 1]
        self._at += 3
        text = "" if is_bar(inline) else inline_text(inline.children or ())
        lines = [line for raw in re.split("[\n\v]", text) if (line := clean_line(raw))]
        if not lines or (len(lines) == 1 and self._is_furniture(lines[0])):
            return ()
        if label := _bold_label(inline, lines):
            return label
        if _is_bold(inline) and len(lines) == 1 and _is_title(lines[0]):
            return (Heading(min(self._level + 1, 6), lines[0]),)
        facts = [fact_of(line) for line in lines]
        if all(facts):
            return [fact for fact in facts if fact]
        asked = [line for raw in text.split(BREAK) if (line := clean_line(raw))]
        if len(asked) == 1 and len(lines) > 1 and any(map(is_contact, lines[1:])):
            # A card (name, office, telephone): a space alone would run its lines together.
            return (Paragraph(", ".join(line.rstrip(" ,") for line in lines)),)
        return [fact_of(line) or Paragraph(line) for line in asked]

    def _is_furniture(self, line: str) -> bool:
        """Whether a paragraph is of the page and not of its content, such as its last change."""
        changed = changed_on(line)
        self.updated = changed or self.updated
        return changed is not None or is_noise(line)

    def _list(self) -> list[str]:
        """The items of the list that opens here, sub-lists folded into the item above them."""
        items: list[str] = []
        self._at += 1
        while not self._tokens[self._at].type.endswith("_list_close"):
            self._at += 1  # list_item_open
            items.extend(self._item())
            self._at += 1  # list_item_close
        self._at += 1
        return items

    def _item(self) -> list[str]:
        words: list[str] = []
        below: list[str] = []
        while (token := self._tokens[self._at]).type != "list_item_close":
            if token.type in ("bullet_list_open", "ordered_list_open"):
                below.extend(self._list())
                continue
            if token.type == "inline":
                (below if below else words).append(one_line(token))
            elif token.type in ("fence", "code_block"):
                (below if below else words).append(clean_line(token.content))
            elif token.type == "html_block":
                self._note(token)
            self._at += 1
        return _folded_item(" ".join(filter(None, words)), [item for item in below if item])

    def _table(self) -> Sequence[Element]:
        rows: list[tuple[str, ...]] = []
        row: list[str] = []
        while (token := self._tokens[self._at]).type != "table_close":
            if token.type == "tr_open":
                row = []
            elif token.type == "inline":
                row.append(one_line(token))
            elif token.type == "tr_close":
                rows.append(tuple(row))
            self._at += 1
        self._at += 1
        header, body = rows[0], tuple(row for row in rows[1:] if any(row))
        if not any(header) and all(len(row) == 2 and all(row) for row in body):
            return [Fact(label.rstrip(" :"), value) for label, value in body]
        return (Table(header if any(header) else (), body),) if body else ()

    def _note(self, token: Token) -> None:
        if clean_line(_ANY_TAG.sub("", token.content)):
            line = token.map[0] + 1 if token.map else 0
            self.notes.append(f"HTML is left out (line {line} of the text); write Markdown there.")


def _seen(inline: Token) -> list[Token]:
    return [c for c in inline.children or () if c.type != "text" or c.content.strip()]


def _is_bold(inline: Token) -> bool:
    children = _seen(inline)
    return (
        len(children) >= 3
        and children[0].type == "strong_open"
        and children[-1].type == "strong_close"
        and sum(1 for c in children if c.type == "strong_open") == 1
    )


def _bold_label(inline: Token, lines: list[str]) -> Sequence[Element]:
    """A bold label on one line and its value on the next."""
    children = _seen(inline)
    if len(lines) != 2 or not children or children[0].type != "strong_open":
        return ()
    closing = [i for i, c in enumerate(children) if c.type == "strong_close"]
    ends_line = closing and [c.type for c in children[closing[0] + 1 : closing[0] + 2]] in (
        ["softbreak"],
        ["hardbreak"],
    )
    label, value = lines[0].rstrip(" :"), lines[1]
    if not ends_line or len(label) > LABEL_LENGTH or len(value) > VALUE_LENGTH:
        return ()
    return (Fact(label, value),) if label else ()


def _is_title(line: str) -> bool:
    return len(line) <= 80 and not line.endswith((".", "!", ":", ";", ","))


def _folded_item(item: str, below: list[str]) -> list[str]:
    if not below:
        return [item] if item else []
    if not item:
        return below
    head = item.rstrip(" :")
    whole = f"{head} : {' ; '.join(entry.rstrip(' ;,') for entry in below)}"
    if len(whole) <= _NESTED_LENGTH:
        return [whole]
    return [f"{head} : {entry}" for entry in below]
