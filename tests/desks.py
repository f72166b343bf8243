"""Desks of the real tables and the embedded encoder, each built once a session."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.affinity import load_affinity
from assistant.analyser import ConceptAnalyser
from assistant.aspect import load_aspects
from assistant.desk import Desk
from assistant.exchange import Asked, Outcome
from assistant.intent import load_intents
from assistant.lexicon import load_lexicon
from assistant.message import Messages, load_messages
from assistant.policy import load_policy
from assistant.query import Query, Understanding
from assistant.word_vectors import load_word_vectors
from corpus.document import Document
from corpus.library import read_corpus
from index.build import build
from index.encoder import EMBEDDED, Encoder, open_encoder
from index.generation import Index, open_index

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus" / "documents"
PROGRAMMES = ROOT / "tests" / "data" / "programmes"
TODAY = date(2026, 11, 24)


@cache
def embedded() -> Encoder:
    return open_encoder(EMBEDDED)


def index_over(documents: tuple[Document, ...]) -> Index:
    """An index of documents; it is read whole, so its folder can go at once."""
    analyser = ConceptAnalyser(load_lexicon())
    with TemporaryDirectory() as folder:
        build(documents, embedded(), analyser, Path(folder))
        return open_index(Path(folder), embedded(), analyser)


def desk_of(index: Index) -> Desk:
    fingerprint = embedded().fingerprint
    policy, affinity = load_policy(fingerprint), load_affinity(fingerprint)
    understood = Understanding(load_lexicon(), load_aspects(), load_word_vectors())
    return Desk(index, policy, understood, load_intents(), affinity, messages())


@cache
def messages() -> Messages | None:
    return load_messages(embedded())


@cache
def cmc_index() -> Index:
    return index_over(read_corpus(CORPUS).documents)


@cache
def cmc_desk() -> Desk:
    """The desk of the documents that come with the project."""
    return desk_of(cmc_index())


@cache
def dev_desk() -> Desk:
    """The desk of every programme that the `dev` questions ask about."""
    asked = {path.stem for path in (ROOT / "tests/data/questions/dev").glob("*.jsonl")}
    samples = read_corpus(PROGRAMMES).documents
    return desk_of(
        index_over(
            (
                *read_corpus(CORPUS).documents,
                *(each for each in samples if each.programme in asked),
            )
        )
    )


@cache
def understanding() -> Understanding:
    return Understanding(load_lexicon(), load_aspects(), load_word_vectors())


def query_of(question: str, language: str = "fr") -> Query:
    return understanding().query(question, language)


def ask(question: str, *history: str, language: str | None = None) -> Outcome:
    return cmc_desk().ask(Asked(question, None, language, history), TODAY)
