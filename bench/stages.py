"""Stages: one process, one question after the other, timed where a question passes.

Nothing of the assistant is changed for it: the encoder and the index are wrapped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any, cast

from assistant.affinity import load_affinity
from assistant.analyser import ConceptAnalyser
from assistant.aspect import load_aspects
from assistant.desk import Desk
from assistant.exchange import Asked
from assistant.intent import load_intents
from assistant.lexicon import load_lexicon
from assistant.message import load_messages
from assistant.policy import load_policy
from assistant.query import Understanding
from assistant.questionfile import Expected
from assistant.word_vectors import load_word_vectors
from bench.material import WARM_UP
from corpus.document import Document
from index.build import build
from index.encoder import Encoder
from index.generation import Index, open_index
from index.recollection import RecollectingEncoder


class TimedIndex:
    """An index that counts the milliseconds spent in it, by method."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.spent = {"encoding": 0.0, "search": 0.0}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)

    def encode(self, text: str) -> Any:
        """As the index does."""
        return self._timed("encoding", self._index.encode, text)

    def search(self, *given: Any, **named: Any) -> Any:
        """As the index does."""
        return self._timed("search", self._index.search, *given, **named)

    def _timed(self, stage: str, call: Callable[..., Any], *given: Any, **named: Any) -> Any:
        began = perf_counter()
        try:
            return call(*given, **named)
        finally:
            self.spent[stage] += 1000 * (perf_counter() - began)


def time_questions(
    folder: Path, encoder: Encoder, questions: Sequence[Expected]
) -> Mapping[str, list[float]]:
    """Milliseconds of each question after the warm-up, by stage; `total` is all of it.

    The encoder remembers, as the office's does: a text is encoded once a question.
    """
    lexicon = load_lexicon()
    encoder = RecollectingEncoder(encoder)
    index = TimedIndex(open_index(folder, encoder, ConceptAnalyser(lexicon)))
    policy = load_policy(encoder.fingerprint)
    understanding = Understanding(lexicon, load_aspects(), load_word_vectors())
    affinity = load_affinity(encoder.fingerprint)
    messages = load_messages(encoder)
    desk = Desk(cast(Index, index), policy, understanding, load_intents(), affinity, messages)
    times: dict[str, list[float]] = {"encoding": [], "search": [], "deciding": [], "total": []}
    for number, question in enumerate(questions):
        index.spent = dict.fromkeys(index.spent, 0.0)
        asked = Asked(question.question, question.programme, None, question.history)
        began = perf_counter()
        desk.ask(asked, date.today())
        total = 1000 * (perf_counter() - began)
        if number < WARM_UP:
            continue
        for stage, spent in index.spent.items():
            times[stage].append(spent)
        times["deciding"].append(total - sum(index.spent.values()))
        times["total"].append(total)
    return times


def time_build(documents: Sequence[Document], encoder: Encoder, folder: Path) -> tuple[float, int]:
    """Seconds of a build from nothing, to the disk and switched to; and its passages."""
    analyser = ConceptAnalyser(load_lexicon())
    began = perf_counter()
    report = build(documents, encoder, analyser, folder)
    return perf_counter() - began, report.passages
