"""Cutting: a document into passages, along its headings, lists and facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.clean import folded
from corpus.document import Block, Document, Section
from corpus.passage import Passage, PassageKind
from corpus.sentences import sentences

LONGEST_LIST = 1800  # characters; a list beyond is split at its items
SHORT_PARAGRAPH = 120  # characters; below, a paragraph leans on its neighbour
MERGED_LENGTH = 500  # characters of short paragraphs taken together
LONGEST_PARAGRAPH = 900  # characters; a paragraph beyond is split at a sentence end
LONGEST_INTRODUCTION = 300  # characters; beyond, only its last sentence introduces a list

_INTRODUCES = re.compile(r"\b(?:suivante?s?|ci-(?:dessous|apres)|voici|following|below)\b")


@dataclass(frozen=True, slots=True)
class _Cut:
    """A passage to be: its span, its kind, and the sentence it needs above it, if any."""

    kind: PassageKind
    start: int
    end: int
    under: str | None = None


def cut(document: Document) -> tuple[Passage, ...]:
    """The passages of a document, in reading order.

    A list stays whole with the sentence that introduces it; a fact and a table row are a passage
    each; prose is cut by the paragraph. `headings` begins with the document's title and names
    nothing twice in a row.
    """
    passages: list[Passage] = []
    for section in document.sections:
        headings = trail(document.title, section.headings)
        for piece in _pieces(document.text, section):
            under = (piece.under,) if piece.under else ()
            passages.append(
                Passage(
                    id=f"{document.id}#{len(passages) + 1}",
                    document=document.id,
                    programme=document.programme,
                    headings=headings + under,
                    text=document.text[piece.start : piece.end],
                    start=piece.start,
                    end=piece.end,
                    kind=piece.kind,
                    page=section.page,
                    anchor=section.anchor,
                )
            )
    return tuple(passages)


def trail(title: str, headings: tuple[str, ...]) -> tuple[str, ...]:
    """The title, then the headings, without immediate repetitions (case and accents aside)."""
    kept: list[str] = []
    for heading in (title, *headings):
        if heading and (not kept or folded(heading) != folded(kept[-1])):
            kept.append(heading)
    return tuple(kept)


def _pieces(text: str, section: Section) -> Iterator[_Cut]:
    prose: list[Block] = []
    for block in section.blocks:
        if block.kind == "prose":
            prose.append(block)
            continue
        introduction = _introduction(text, prose) if block.kind == "list" else None
        if introduction:
            prose = _without(text, prose, introduction)
        yield from _prose(text, prose)
        prose = []
        if block.kind == "list":
            yield from _list(text, block, introduction)
        else:
            yield _Cut(block.kind, block.start, block.end)
    yield from _prose(text, prose)


def _introduction(text: str, prose: list[Block]) -> Block | None:
    """The sentence right before a list when it introduces it."""
    if not prose:
        return None
    block = prose[-1]
    spans = sentences(text[block.start : block.end])
    start, end = spans[-1]
    last = text[block.start + start : block.start + end]
    if not (last.endswith(":") or _INTRODUCES.search(folded(last)) or not last.endswith(".")):
        return None
    if block.end - block.start <= LONGEST_INTRODUCTION:
        return block
    return Block("prose", block.start + start, block.start + end)


def _without(text: str, prose: list[Block], introduction: Block) -> list[Block]:
    last = prose[-1]
    if last.start == introduction.start:
        return prose[:-1]
    end = last.start + len(text[last.start : introduction.start].rstrip())
    return [*prose[:-1], Block("prose", last.start, end)]


def _list(text: str, block: Block, introduction: Block | None) -> Iterator[_Cut]:
    start = introduction.start if introduction else block.start
    if block.end - start <= LONGEST_LIST:
        yield _Cut("list", start, block.end)
        return
    under = text[introduction.start : introduction.end] if introduction else None
    for line_start, line_end in _packed(_lines(text, block), LONGEST_LIST):
        first = start if line_start == block.start else line_start
        yield _Cut("list", first, line_end, under)


def _prose(text: str, blocks: list[Block]) -> Iterator[_Cut]:
    held: Block | None = None
    for block in blocks:
        if held and _lean_on(held, block):
            held = Block("prose", held.start, block.end)
            continue
        if held:
            yield from _paragraph(text, held)
        held = block
    if held:
        yield from _paragraph(text, held)


def _lean_on(held: Block, block: Block) -> bool:
    # What is held may be several short paragraphs already; its length then says nothing.
    short = block.end - block.start < SHORT_PARAGRAPH
    return (
        short and held.end - held.start < MERGED_LENGTH and block.end - held.start <= MERGED_LENGTH
    )


def _paragraph(text: str, block: Block) -> Iterator[_Cut]:
    length = block.end - block.start
    if length <= LONGEST_PARAGRAPH:
        yield _Cut("prose", block.start, block.end)
        return
    spans = [
        (block.start + a, block.start + b) for a, b in sentences(text[block.start : block.end])
    ]
    # Parts of about the same length: a last part of one sentence would say little.
    parts = -(-length // LONGEST_PARAGRAPH)
    for start, end in _packed(spans, max(-(-length // parts), 1) + SHORT_PARAGRAPH):
        yield _Cut("prose", start, end)


def _lines(text: str, block: Block) -> list[tuple[int, int]]:
    spans = []
    start = block.start
    for line in text[block.start : block.end].split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _packed(spans: list[tuple[int, int]], longest: int) -> Iterator[tuple[int, int]]:
    """Neighbouring spans put together while they stay within `longest` characters."""
    first, last = spans[0]
    for start, end in spans[1:]:
        if end - first > longest:
            yield first, last
            first = start
        last = end
    yield first, last
