"""Hits: the passages a query found, best first."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.passage import Passage


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage at `rank` (from 1).

    `score` orders the hits of one query and means nothing across queries; `similarity` is the
    cosine in [-1, 1] (0 when no vector was searched), `nearest` that of the passage's nearest
    sentence; `bm25` is at least 0 and unbounded.
    """

    passage: Passage
    rank: int
    score: float
    similarity: float
    nearest: float
    bm25: float
