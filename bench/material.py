"""Material: the questions that are asked and the documents they are asked of."""

from __future__ import annotations

from pathlib import Path

from assistant.questionfile import Expected, read_questions
from corpus.document import Document
from corpus.library import read_corpus

ROOT = Path(__file__).parent.parent
PACKAGED = ROOT / "corpus" / "documents"
SAMPLES = ROOT / "tests" / "data" / "programmes"
_SPLITS = ("dev", "fit")
WARM_UP = 20
"""Questions asked first and not timed."""


def questions(limit: int | None = None) -> tuple[Expected, ...]:
    """Questions about the packaged programme, each different, those to warm up with first."""
    found = [
        question
        for split in _SPLITS
        for question in read_questions(
            ROOT / "tests" / "data" / "questions" / split / "parcours-cmc.jsonl"
        )
    ]
    return tuple(found[: None if limit is None else WARM_UP + limit])


def documents() -> tuple[Document, ...]:
    """Every document at hand, of several programmes: what a build is timed with."""
    return (*read_corpus(PACKAGED).documents, *read_corpus(SAMPLES).documents)
