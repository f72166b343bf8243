"""Programmes to learn from: their passages, and what candidates ask about them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.questionfile import excerpted
from corpus.library import read_corpus
from index.content import cut_all, embedding_text, sentence_texts


@dataclass(frozen=True, slots=True)
class Asked:
    """One wording of a question: `same` is common to all wordings of it, `answers` are numbers of
    the programme's passages, none when its documentation does not say."""

    text: str
    language: str
    same: str
    answers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Programme:
    """Texts as the encoder reads them: of each passage, and of each of its sentences."""

    id: str
    passages: tuple[str, ...]
    sentences: tuple[tuple[str, ...], ...]
    asked: tuple[Asked, ...]


def read_programmes(folder: Path) -> list[Programme]:
    """The programmes of a folder: one folder each, with documents and `questions.jsonl`."""
    _, passages = cut_all(read_corpus(folder).documents)
    found = []
    for file in sorted(folder.glob("*/questions.jsonl")):
        own = [passage for passage in passages if passage.programme == file.parent.name]
        texts = [passage.text for passage in own]
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]
        found.append(
            Programme(
                file.parent.name,
                tuple(map(embedding_text, own)),
                tuple(tuple(sentence_texts(passage)) for passage in own),
                tuple(each for line in lines for each in _asked(line, texts)),
            )
        )
    return found


def _asked(line: dict[str, Any], texts: Sequence[str]) -> Iterator[Asked]:
    # A follow-up means nothing alone, and half an answer is neither an answer nor none.
    if line["history"] or line["kind"] == "partial":
        return
    answers = frozenset[int]()
    if line["kind"] == "answerable":
        answers = frozenset(n for n, text in enumerate(texts) if excerpted(text, line["passage"]))
        if not answers:
            return
    for wording in (line, *line["wordings"]):
        yield Asked(wording["question"], wording["language"], line["id"], answers)
