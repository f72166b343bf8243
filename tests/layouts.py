"""What is found in documents of many layouts: `python -m tests.layouts` prints it, file by file.

The facts, their headings and what must never be quoted were written by hand, from the documents
and before any of them was read by the program. There are three sets, written one after the other.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.link import passage_url
from assistant.page import letters_of
from corpus.clean import folded
from corpus.cut import cut
from corpus.document import Document
from corpus.library import document_from
from corpus.passage import Passage
from corpus.reader import read
from tests.pdf_brochures import BROCHURES
from tests.pdf_exports import EXPORTS
from tests.pdf_layouts import PDFS
from tests.word_dossiers import DOSSIERS
from tests.word_layouts import WORDS
from tests.word_templates import TEMPLATES

SETS: Mapping[str, Mapping[str, Callable[[], bytes]]] = {
    "layouts-held": {**PDFS, **WORDS},
    "layouts-fresh": {**BROCHURES, **TEMPLATES},
    "layouts-new": {**EXPORTS, **DOSSIERS},
}
OFFICE = {name: made for each in SETS.values() for name, made in each.items()}
FOLDERS = {name: Path(__file__).parent / "data" / name for name in SETS}
EXPECTATIONS: Mapping[str, dict[str, Any]] = {
    name: json.loads((folder / "facts.json").read_text("utf-8")) for name, folder in FOLDERS.items()
}
EXPECTED = {name: said for each in EXPECTATIONS.values() for name, said in each.items()}

_NUMBER = re.compile(r"(?:\d{1,2}\.)*\d{0,2}[.)]?\s+")


@dataclass(frozen=True)
class Finding:
    """What a document of one layout comes to."""

    name: str
    facts: int
    missing: Sequence[tuple[str, ...]]
    noise: Sequence[str]
    passages: int
    inexact: int
    unique: int
    linked: int


@cache
def document(name: str) -> Document:
    """A layout's document."""
    data = OFFICE[name]() if name in OFFICE else source(name).read_bytes()
    return document_from(name, read(data, Path(name).suffix))


def source(name: str) -> Path:
    """Where the file of a layout is that is not made."""
    return next(FOLDERS[own] / name for own, each in EXPECTATIONS.items() if name in each)


def findings(names: Sequence[str] = ()) -> Iterator[Finding]:
    """What each document comes to, all of them unless some are named."""
    for name in names or EXPECTED:
        expected = EXPECTED[name]
        own = document(name)
        passages = cut(own)
        said = folded(" / ".join(" / ".join((each.text, *each.headings)) for each in passages))
        unique = [each for each in passages if own.shown and _is_unique(own, each)]
        yield Finding(
            name,
            len(expected["facts"]),
            [fact for fact in expected["facts"] if not any(_says(p, fact) for p in passages)],
            [word for word in expected["never"] if _is_said(folded(word), said)],
            len(passages),
            sum(1 for each in passages if own.text[each.start : each.end] != each.text),
            len(unique),
            sum(1 for p in unique if not passage_url(own, p.start, p.end).startswith("/")),
        )


def _says(passage: Passage, fact: Sequence[str]) -> bool:
    """Whether a passage says a fact under all its headings; the label of a fact is one too."""
    text = folded(passage.text)
    above = {_NUMBER.sub("", folded(heading), count=1) for heading in passage.headings}
    above |= set(map(folded, passage.headings))
    return folded(fact[0]) in text and all(
        folded(heading) in above or text.startswith(f"{folded(heading)} :") for heading in fact[1:]
    )


def _is_said(word: str, text: str) -> bool:
    # Whole words only: `ent` is in many.
    before = r"(?<!\w)" if word[:1].isalnum() else ""
    return bool(re.search(f"{before}{re.escape(word)}", text))


def _is_unique(own: Document, passage: Passage) -> bool:
    page = letters_of("".join(line.partition(" ")[2] for line in (own.shown or "").split("\n")))
    return page.count(letters_of(passage.text)) == 1


def summary(found: Sequence[Finding]) -> str:
    """What is missing, what should not be there, and the sums."""
    lines: list[str] = []
    for each in found:
        lines.append(f"{each.name}: {each.facts - len(each.missing)} of {each.facts} facts")
        lines.extend(f"    missing: {' | '.join(fact)}" for fact in each.missing)
        lines.extend(f"    noise: {word}" for word in each.noise)
    facts, missing = sum(each.facts for each in found), sum(len(each.missing) for each in found)
    noise, noisy = sum(len(each.noise) for each in found), sum(1 for x in found if x.noise)
    inexact, passages = sum(each.inexact for each in found), sum(each.passages for each in found)
    linked, unique = sum(each.linked for each in found), sum(each.unique for each in found)
    lines.append(
        f"{len(found)} documents; {facts - missing} of {facts} facts under their headings "
        f"({100 * (facts - missing) / facts:.1f} %); {noise} noise strings in {noisy} documents; "
        f"{inexact} of {passages} offsets inexact; "
        f"{linked} of {unique} unique passages of web pages linked to at their source"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.stdout.write(f"{summary(list(findings(sys.argv[1:])))}\n")
    else:
        for own, each in EXPECTATIONS.items():
            sys.stdout.write(f"{own}\n{summary(list(findings(tuple(each))))}\n")
