"""`python -m bench.documents`: how fast pages are ingested, encoding aside, on one core.

What counts is the processor's time of this process and of the child that reads. The encoder's
place is taken by one that encodes nothing.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from assistant.analyser import ConceptAnalyser
from assistant.freshness import state_of
from assistant.ingestion import ingest
from assistant.lexicon import load_lexicon
from assistant.readings import RememberedReader
from assistant.settings import Settings
from bench.pages import pages
from bench.results import Row, as_table
from corpus.library import read_corpus
from corpus.limited import LimitedReader
from index.build import build
from index.encoder import Vectors

RATE = 100.0
"""Pages a second that are asked for, on one core."""
AGAIN = 2.0
"""Seconds that a run over 1,000 unchanged pages may take."""


class NoEncoder:
    """An encoder whose vectors are all alike."""

    name = "none"
    fingerprint = "none"
    dimension = 1
    reader = None

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> Vectors:
        """A vector a text."""
        return np.ones((len(texts), 1), np.float32)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """A vector a text."""
        return self.encode_passages(texts)


@dataclass
class Spent:
    """Seconds of a step: on the clock, and of the processor with children that have ended."""

    clock: float = 0.0
    processor: float = 0.0


@contextmanager
def timed() -> Iterator[Spent]:
    """Times what is done inside."""
    spent = Spent()
    began, used = perf_counter(), _used()
    yield spent
    spent.clock, spent.processor = perf_counter() - began, _used() - used


def run(folder: Path) -> tuple[Spent, Spent, int]:
    """Take the pages of `folder/site` in, then index them: the time of each, and the passages."""
    shelf = folder / "documents"
    with timed() as taken, LimitedReader() as limited:
        reader = RememberedReader(folder / "readings", limited)
        ingest(folder / "site", shelf, reader=reader)
        documents = read_corpus(shelf, reader=reader).documents
        limited.close()
    with timed() as built:
        report = build(documents, NoEncoder(), ConceptAnalyser(load_lexicon()), folder / "index")
    return taken, built, report.passages


def run_again(folder: Path) -> Spent:
    """Take the same pages in once more, and see that the index is still theirs."""
    with timed() as spent, LimitedReader() as limited:
        reader = RememberedReader(folder / "readings", limited)
        ingested = ingest(folder / "site", folder / "documents", reader=reader)
        state_of(Settings(data=folder))
    if ingested.altered:
        raise RuntimeError("What has not changed was taken for new.")
    return spent


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.documents", description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    count = parser.parse_args().pages
    with tempfile.TemporaryDirectory(prefix="assistant-bench-") as name:
        folder = Path(name)
        (folder / "site").mkdir()
        size = 0
        for number, page in enumerate(pages(count)):
            size += (folder / "site" / f"page-{number:04}.html").write_bytes(page.encode())
        taken, built, passages = run(folder)
        again = run_again(folder)
    whole = taken.processor + built.processor
    clock = again.clock
    group = f"{count} pages of {size / count / 1000:.0f} KB, {passages} passages, one core"
    rows = [
        Row(group, "read and kept", {"pages": count / taken.processor}, "a second"),
        Row(group, "cut, analysed, written", {"pages": count / built.processor}, "a second"),
        Row(group, "all but encoding", {"pages": count / whole}, "a second"),
        Row(group, f"of {RATE:.0f} a second", {"times": count / whole / RATE}),
        Row(group, "again, nothing changed", {"time": clock}, "s on the clock"),
        Row(group, f"of {AGAIN:.0f} s for 1,000", {"times": clock * 1000 / count / AGAIN}),
    ]
    print(as_table(rows))
    return 0


def _used() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(each.ru_utime + each.ru_stime for each in (own, children))


if __name__ == "__main__":
    sys.exit(main())
