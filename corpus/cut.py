"""Cutting: a document into passages, along its headings, lists and facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.clean import folded
from corpus.document import Block, BlockKind, Document, Section
from corpus.passage import Passage, PassageKind
from corpus.sentences import Span, sentences

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
    under: str | None = None
    for block in section.blocks:
        if block.kind == "prose":
            prose.append(block)
            under = None
            continue
        introduction = _introduction(text, prose, block.kind)
        if introduction and (block.kind == "list" or introduction == prose[-1]):
            # A list takes the sentence along; facts and rows carry it above them, each of them.
            prose = _without(text, prose, introduction)
        yield from _prose(text, prose)
        prose = []
        if block.kind == "list":
            yield from _list(text, block, introduction)
            under = None
            continue
        under = text[introduction.start : introduction.end] if introduction else under
        yield _Cut(block.kind, block.start, block.end, under)
    yield from _prose(text, prose)


def _introduction(text: str, prose: list[Block], kind: BlockKind) -> Block | None:
    """The sentence right before a list, a fact or a row when it introduces it."""
    if not prose:
        return None
    block = prose[-1]
    spans = sentences(text[block.start : block.end])
    start, end = spans[-1]
    last = text[block.start + start : block.start + end]
    alone = len(spans) == 1
    if kind != "list":
        fits = last.endswith(":") and len(last) <= LONGEST_INTRODUCTION
    else:
        fits = not last.endswith(".") or bool(_INTRODUCES.search(folded(last)))
    if not fits:
        return None
    if alone or (kind == "list" and block.end - block.start <= LONGEST_INTRODUCTION):
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
    for first, last in _packed(_items(text, block), LONGEST_LIST):
        yield _Cut("list", start if first == block.start else first, last, under)


def _prose(text: str, blocks: list[Block]) -> Iterator[_Cut]:
    """One passage a paragraph; short ones that stand side by side go together."""
    held: list[Block] = []
    for block in blocks:
        short = block.end - block.start < SHORT_PARAGRAPH
        if held and not (short and block.end - held[0].start <= MERGED_LENGTH):
            yield from _paragraph(text, held)
            held = []
        held.append(block)
        if not short:
            yield from _paragraph(text, held)
            held = []
    if held:
        yield from _paragraph(text, held)


def _paragraph(text: str, blocks: list[Block]) -> Iterator[_Cut]:
    start, end = blocks[0].start, blocks[-1].end
    if end - start <= LONGEST_PARAGRAPH:
        yield _Cut("prose", start, end)
        return
    for first, last in _packed(_sentences(text, start, end), LONGEST_PARAGRAPH):
        yield _Cut("prose", first, last)


def _items(text: str, block: Block) -> list[Span]:
    """The lines of a list; an item longer than a list may be gives its sentences instead."""
    spans: list[Span] = []
    start = block.start
    for line in text[block.start : block.end].split("\n"):
        end = start + len(line)
        spans.extend([(start, end)] if len(line) <= LONGEST_LIST else _sentences(text, start, end))
        start = end + 1
    return spans


def _sentences(text: str, start: int, end: int) -> list[Span]:
    return [(start + first, start + last) for first, last in sentences(text[start:end])]


def _packed(spans: list[Span], longest: int) -> Iterator[Span]:
    """Neighbouring spans put together, at most `longest` characters where they allow it.

    The parts are of about the same length: a last part of one short sentence would say little.
    """
    first, last = spans[0]
    parts = -(-(spans[-1][1] - first) // longest)
    target = (spans[-1][1] - first) / parts
    for start, end in spans[1:]:
        if end - first > longest or (end + start) / 2 - first > target:
            yield first, last
            first = start
        last = end
    yield first, last
