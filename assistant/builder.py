"""The builder: brings the index up to date with what there is to answer from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.analyser import ConceptAnalyser
from assistant.holdings import Holdings
from assistant.unread import keep_unread
from corpus.document import Document
from index.blank import BlankEncoder
from index.build import BuildReport, Progress, build
from index.encoder import Encoder
from index.generation import IndexUnavailable, open_index


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, and what it was made from."""

    report: BuildReport
    holdings: Holdings


class Builder:
    """Builds in one folder; without an encoder the index is one of words alone."""

    def __init__(
        self,
        read: Callable[[], Holdings],
        encoder: Encoder | None,
        analyser: ConceptAnalyser,
        folder: Path,
    ) -> None:
        self._read = read
        self._encoder = encoder
        self._analyser = analyser
        self._folder = folder

    def build(self, progress: Progress | None = None, wait: float = 0.0) -> Built:
        """Build from what is read now; does nothing when it did not change.

        Raises `BuildInProgress` and what reading and `index.build.build` raise.
        """
        holdings = Holdings(())
        if self._encoder is None:
            holdings = self._read()
            if unchanged := self._unchanged(holdings):
                keep_unread(self._folder, holdings.unreadable)
                return Built(unchanged, holdings)

        def documents() -> Iterator[Document]:
            # Read under the build's lock: whoever builds last has seen everybody's documents.
            nonlocal holdings
            holdings = self._read()
            yield from holdings.documents

        encoder = self._encoder or BlankEncoder()
        report = build(
            documents(), encoder, self._analyser, self._folder, wait=wait, progress=progress
        )
        keep_unread(self._folder, holdings.unreadable)
        return Built(report, holdings)

    def _unchanged(self, holdings: Holdings) -> BuildReport | None:
        """Without an encoder, an index of the same documents is kept, whatever encoder made it."""
        try:
            index = open_index(self._folder, None, self._analyser)
        except IndexUnavailable:
            return None
        if index.notes or dict(index.documents) != {each.id: each for each in holdings.documents}:
            return None
        counts = (len(index.documents), len(index.passages), 0, len(index.passages))
        return BuildReport(index.name, (), (), (), *counts, unchanged=True)
