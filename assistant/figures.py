"""Figures: what was asked in a period and what came of it, in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class AspectCount:
    """How often an aspect was asked about, and how often in vain."""

    aspect: str
    asked: int
    silent: int


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many of a group's open questions were asked in the period."""

    id: str
    programme: str | None
    representative: str
    asked: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted: questions by day and status, and in all by what each is counted by.

    `answerable` questions are those that ask something of the programme: no courtesy, no other
    subject, no abuse. `to_close` is the median from the question to staff's answer, of those
    closed in the period; None when there was none.
    """

    days: Mapping[date, Mapping[str, int]]
    answerable_days: Mapping[date, int]
    statuses: Mapping[str, int]
    answerable: int
    languages: Mapping[str, int]
    channels: Mapping[str, int]
    aspects: tuple[AspectCount, ...]
    groups: tuple[GroupCount, ...]
    helpful: int
    unhelpful: int
    closed: int
    to_close: timedelta | None
    asked: int = field(init=False)

    def __post_init__(self) -> None:
        """Count all questions."""
        object.__setattr__(self, "asked", sum(self.statuses.values()))

    @property
    def answered_share(self) -> float | None:
        """The share of answerable questions that were answered; None without any."""
        return self.statuses.get("answered", 0) / self.answerable if self.answerable else None

    @property
    def helpful_share(self) -> float | None:
        """The share of the opinions given that call the answer helpful; None without any."""
        given = self.helpful + self.unhelpful
        return self.helpful / given if given else None
