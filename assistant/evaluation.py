"""Evaluation: the desk asked every question of a file, and what came of it in figures."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import quantiles

from assistant.answer import Abstention, Answer, Clarify, Partial, Reply, Smalltalk, text_of
from assistant.desk import Desk
from assistant.exchange import Asked, Outcome
from assistant.questionfile import ALLOWED, Expected, comparable, fulfilled, holds

STATUS: Mapping[type[Reply], str] = {
    Answer: "answered",
    Partial: "partial",
    Clarify: "clarify",
    Abstention: "unanswered",
    Smalltalk: "smalltalk",
}
RECALL_AT = (1, 3, 5, 10)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Judged:
    """One question, its reply, and whether it is right; `why` says what is not."""

    expected: Expected
    status: str
    right: bool
    why: str
    outcome: Outcome
    milliseconds: float
    rank: int | None
    """Rank of the first passage of the expected document; None when not found or not given."""

    @property
    def wrong_answer(self) -> bool:
        """Given as `answered` and not right: the worst kind."""
        return self.status == "answered" and not self.right

    @property
    def confidence(self) -> float | None:
        """The probability of the best passage; None when no passage was weighed."""
        parts = self.outcome.explanation.parts
        best = [part.decision.search.probability for part in parts if part.decision.search]
        return min(best) if best else None


@dataclass(frozen=True, slots=True)
class Score:
    """How many of some questions were right."""

    right: int
    total: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 1 for no question."""
        return self.right / self.total if self.total else 1.0


def judge(desk: Desk, expected: Expected, today: date) -> Judged:
    """Ask one question and judge the reply as the question files define it."""
    asked = Asked(expected.question, expected.programme, None, expected.history)
    started = time.perf_counter()
    outcome = desk.ask(asked, today)
    milliseconds = 1000 * (time.perf_counter() - started)
    status = STATUS[type(outcome.reply)]
    why = _fault(expected, status, outcome.reply)
    rank = _rank(desk, expected) if expected.document else None
    return Judged(expected, status, not why, why, outcome, milliseconds, rank)


def judge_all(
    desk: Desk, questions: Sequence[Expected], today: date, progress: Progress | None = None
) -> tuple[Judged, ...]:
    """`judge` for each question; `progress(done, total)` is called after each."""
    judged = []
    for number, expected in enumerate(questions, start=1):
        judged.append(judge(desk, expected, today))
        if progress:
            progress(number, len(questions))
    return tuple(judged)


def _fault(expected: Expected, status: str, reply: Reply) -> str:
    if status not in ALLOWED[expected.kind]:
        return f"{status}, expected {' or '.join(sorted(ALLOWED[expected.kind]))}"
    quotes = " / ".join(citation.quote for citation in getattr(reply, "citations", ()))
    said = f"{text_of(reply.segments)} / {quotes}"
    if expected.kind in ("answerable", "partial"):
        missing = [
            alternatives
            for alternatives, found in zip(
                expected.facts, fulfilled(said, expected.facts), strict=True
            )
            if not found
        ]
        if missing:
            return "lacks " + ", ".join(" or ".join(alternatives) for alternatives in missing)
    compared = comparable(text_of(reply.segments))
    present = [fact for fact in expected.forbidden if holds(compared, comparable(fact))]
    return f"says {', '.join(present)}" if present else ""


def _rank(desk: Desk, expected: Expected) -> int | None:
    hits = desk.search(expected.question, expected.programme, max(RECALL_AT))
    return next((hit.rank for hit in hits if hit.passage.document == expected.document), None)


def score(judged: Iterable[Judged]) -> Score:
    """How many were right."""
    rights = [one.right for one in judged]
    return Score(sum(rights), len(rights))


def scores_by(judged: Sequence[Judged], key: Callable[[Judged], str | None]) -> dict[str, Score]:
    """Scores of the questions that share a key, by key in order; those without one are left out."""
    names = sorted({name for one in judged if (name := key(one)) is not None})
    return {name: score(one for one in judged if key(one) == name) for name in names}


def upper_bound(wrong: int, total: int, z: float = 1.645) -> float:
    """Upper confidence bound on a share, one-sided at 95 % (Wilson 1927, score interval)."""
    if not total:
        return 1.0
    share = wrong / total
    centre = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return min(1.0, (centre + spread) / (1 + z * z / total))


def retrieval(judged: Sequence[Judged]) -> dict[str, float]:
    """Recall@k, MRR and nDCG@10 over the questions that name a document (one is relevant)."""
    ranks = [one.rank for one in judged if one.expected.document]
    if not ranks:
        return {}
    figures = {
        f"recall@{k}": sum(rank is not None and rank <= k for rank in ranks) / len(ranks)
        for k in RECALL_AT
    }
    figures["mrr"] = sum(1 / rank for rank in ranks if rank) / len(ranks)
    figures["ndcg@10"] = sum(1 / math.log2(rank + 1) for rank in ranks if rank) / len(ranks)
    return figures


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose confidence lies in `[low, high)`: how sure the assistant was, how often "
    "right."""

    low: float
    high: float
    confidence: float
    right: float
    total: int


def calibration(judged: Sequence[Judged], bins: int = 10) -> tuple[Bin, ...]:
    """A reliability curve over the questions that a passage was weighed for.

    Right means here that the best passage answers: an answerable question answered right.
    """
    weighed = [(one.confidence, one) for one in judged if one.confidence is not None]
    found = []
    for number in range(bins):
        low, high = number / bins, (number + 1) / bins
        inside = [(sure, one) for sure, one in weighed if low <= sure < high or (sure == high == 1)]
        if inside:
            right = sum(one.status == "answered" and one.right for _, one in inside)
            mean = sum(sure for sure, _ in inside) / len(inside)
            found.append(Bin(low, high, mean, right / len(inside), len(inside)))
    return tuple(found)


def latency(judged: Sequence[Judged]) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    times = sorted(one.milliseconds for one in judged)
    if len(times) < 2:
        return (times[0], times[0]) if times else (0.0, 0.0)
    cuts = quantiles(times, n=20, method="inclusive")
    return cuts[9], cuts[18]


def summary(judged: Sequence[Judged]) -> dict[str, object]:
    """Every figure, ready for JSON."""
    wrong = sum(one.wrong_answer for one in judged)
    p50, p95 = latency(judged)

    def table(scores: Mapping[str, Score]) -> dict[str, dict[str, float]]:
        return {
            name: {"right": s.right, "total": s.total, "share": round(s.share, 4)}
            for name, s in scores.items()
        }

    return {
        "questions": len(judged),
        "accuracy": table({"all": score(judged)})["all"],
        "wrong_answers": {
            "count": wrong,
            "share": round(wrong / len(judged), 4) if judged else 0.0,
            "upper_bound_95": round(upper_bound(wrong, len(judged)), 4),
        },
        "by_kind": table(scores_by(judged, lambda one: one.expected.kind)),
        "by_language": table(scores_by(judged, lambda one: one.expected.language)),
        "by_programme": table(scores_by(judged, lambda one: one.expected.programme)),
        "by_register": table(scores_by(judged, lambda one: one.expected.register)),
        "by_aspect": table(scores_by(judged, lambda one: one.expected.aspect)),
        "follow_ups": table({"all": score(one for one in judged if one.expected.history)})["all"],
        "retrieval": {name: round(value, 4) for name, value in retrieval(judged).items()},
        "calibration": [
            {
                "from": b.low,
                "to": b.high,
                "confidence": round(b.confidence, 4),
                "right": round(b.right, 4),
                "total": b.total,
            }
            for b in calibration(judged)
        ],
        "latency_ms": {"p50": round(p50, 2), "p95": round(p95, 2)},
    }
