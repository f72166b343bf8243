"""What a reader hands back, and how it says that a file cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.element import Element


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says about itself; `None` where it says nothing."""

    programme: str | None = None
    programme_title: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    updated: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A file's metadata and elements, and `notes` for the person who keeps the file.

    `shown` has the whole text of a web page (`corpus.stretch`); other files have none.
    """

    metadata: Metadata
    elements: tuple[Element, ...]
    notes: tuple[str, ...] = ()
    shown: str | None = None


class UnreadableDocument(ValueError):  # noqa: N818 (says what it is, as BrokenPipe does)
    """A file that cannot be read: `reason` says why and `remedy` what to do about it."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason} {remedy}")
        self.reason = reason
        self.remedy = remedy
