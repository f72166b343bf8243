"""Topics: the parts of a programme that a question may be about, and what may be asked of each."""

from __future__ import annotations

TOPICS = frozenset(
    [
        "internship",
        "internship_abroad",
        "professional_period",
        "work_study",
        "apprenticeship",
        "professionalisation_contract",
        "continuing_education",
        "initial_education",
        "job_in_field",
        "employee",
        "job_seeker",
        "thesis",
        "project",
        "exam",
        "resit",
        "continuous_assessment",
        "interview",
        "first_year",
        "second_year",
        "third_year",
        "semester",
        "phd",
        "mobility",
        "abroad",
        "vae",
        "vapp",
        "foreign_student",
        "distance",
        "part_time",
        "evening",
        "course_week",
        "group_work",
        "direct_entry",
        "bachelor",
        "bts_dut",
        "master_degree",
        "bac",
    ]
)
"""The internship, work-study, a year: what "et en alternance ?" changes."""

WHOLE = frozenset({"programme", "bachelor", "master_degree", "bts_dut"})
"""Names of the programme as a whole."""

# What may be asked of any topic, and so needs one.
ATTRIBUTES = frozenset(
    [
        "duration",
        "hours",
        "weeks",
        "months",
        "years",
        "day",
        "week",
        "month",
        "date",
        "calendar_dates",
        "start_date",
        "end_date",
        "deadline",
        "pay",
        "intern_pay",
        "obligation",
        "rhythm",
        "place",
        "minimum",
        "maximum",
        "exact_number",
        "quantity",
        "possibility",
        "reason",
        "manner",
        "person",
        "method",
        "assessment",
        "list",
        "difference",
    ]
)

_CLASSES: tuple[frozenset[str], ...] = (
    frozenset({"first_year", "second_year", "third_year", "direct_entry"}),
    frozenset({"semester"}),
    frozenset(
        {
            "internship",
            "professional_period",
            "work_study",
            "apprenticeship",
            "professionalisation_contract",
            "job_in_field",
        }
    ),
    frozenset(
        {
            "initial_education",
            "continuing_education",
            "employee",
            "job_seeker",
            "foreign_student",
        }
    ),
    frozenset({"exam", "resit", "continuous_assessment", "interview", "thesis"}),
    frozenset({"bac", "bts_dut", "bachelor", "master_degree"}),
)

YEARS = frozenset({0})
"""The class of the years of a programme."""


def classes(concepts: frozenset[str]) -> frozenset[int]:
    """The classes of topics that concepts belong to: of one class, a new one replaces the old."""
    return frozenset(n for n, members in enumerate(_CLASSES) if not members.isdisjoint(concepts))


def alternatives(concepts: frozenset[str]) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """For each class that concepts belong to, those named and those that might have been."""
    return tuple(
        (members & concepts, members - concepts)
        for members in _CLASSES
        if not members.isdisjoint(concepts)
    )
