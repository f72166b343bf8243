"""Expectations: the kinds of answer that a text holds.

A passage about the internship that gives no number cannot answer "how many hours?": the kind of
answer is the second signal beside the words, and it does not depend on the encoder.
"""

from __future__ import annotations

import re

from index.words import fold

_NUMBER_WORDS = (
    r"(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|seize|vingt|trente|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
)
_AMOUNT = rf"(?:\d+(?:[ .,]\d+)*|{_NUMBER_WORDS})"
MONTHS = (
    r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|"
    r"january|february|march|april|june|july|august|september|october|november|december)"
)

# Patterns on folded text: lower case, no accents, hyphens and apostrophes as spaces.
_KINDS: dict[str, re.Pattern[str]] = {
    "number": re.compile(rf"\b(?:\d+|{_NUMBER_WORDS})\b"),
    "duration": re.compile(
        rf"\b{_AMOUNT} ?(?:h|heures?|jours?|j|semaines?|mois|ans?|annees?|semestres?|minutes?|min|"
        r"hours?|days?|weeks?|months?|years?|semesters?)\b"
        r"|\b(?:une|demi) journees?\b|\bannee universitaire\b"
    ),
    "money": re.compile(
        r"€|\beuros?\b|\beur\b|\bgratuite?s?\b|\bexonere|\bfree of charge\b|% du smic"
    ),
    "date": re.compile(
        rf"\b(?:1er|\d{{1,2}}) ?{MONTHS}\b|\b{MONTHS}\b|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b"
        r"|\b(?:19|20)\d\d\b|\brentree\b|\b(?:debut|mi|fin) (?:de )?l?annee\b|\bsemestre \d\b"
        r"|\bs[1-6]\b"
        r"|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?\b"
    ),
    "period": re.compile(
        r"\b(?:annees?|semestres?|trimestres?|ete|hiver|printemps|automne|matins?|apres midi|soirs?"
        rf"|midi|(?:l|m|but ?|licence |master )[123]|\d{{1,2}} ?h|apres {_AMOUNT})\b"
    ),
    "contact": re.compile(
        r"[\w.+-]+@[\w-]+\.\w+|\b(?:\+33 ?|0)[1-9](?:[ .]?\d\d){4}\b|https?://|\bwww\.|\bsecretariat\b"
    ),
    "link": re.compile(r"https?://|\bwww\.|\b[\w-]+\.(?:fr|com|org|eu|example)\b|\bplateforme\b"),
    "language": re.compile(
        r"\b(?:francais|anglais|espagnol|allemand|italien|portugais|chinois|arabe|bilingue|"
        r"french|english|spanish|german|italian|[abc][12])\b"
    ),
    "level": re.compile(
        r"\b(?:bac|licence|master|l[123]|m[12]|bts|but|dut|bachelor|niveau|[abc][12])\b"
    ),
}


def kinds_in(text: str) -> frozenset[str]:
    """The kinds of answer that a text holds: number, duration, money, date, contact, …"""
    folded = fold(text)
    return frozenset(kind for kind, pattern in _KINDS.items() if pattern.search(folded))


# What a text shows without saying: "02 61 91 40 17" is a telephone number.
_SHOWN: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (
        re.compile(r"(?<!\d)(?:\+33 ?|0)[1-9](?:[ .]?\d\d){4}(?!\d)"),
        frozenset({"phone", "contact"}),
    ),
    (re.compile(r"[\w.+-]+@[\w-]+\.\w"), frozenset({"email", "contact"})),
    (re.compile(r"https?://|\bwww\."), frozenset({"website"})),
    (re.compile(r"\b\d{1,2} ?h(?: ?[0-5]\d)?\b(?! de )"), frozenset({"timetable"})),
    (re.compile(r"\d ?€|\d euros?\b"), frozenset({"fees"})),
)


def concepts_shown(text: str) -> frozenset[str]:
    """The concepts that numbers and addresses name by their form."""
    return frozenset[str]().union(*(named for form, named in _SHOWN if form.search(text)))


# What an aspect's `expects` asks of a text; the kinds that no pattern can tell are left out.
REQUIRED: dict[str, frozenset[str]] = {
    "duration": frozenset({"duration"}),
    "number": frozenset({"number"}),
    "money": frozenset({"money"}),
    "date": frozenset({"date"}),
    "person": frozenset({"contact"}),
    "language": frozenset({"language"}),
    "link": frozenset({"link", "contact"}),
    "list": frozenset({"list"}),
}

# The concepts that a label or heading names when it announces a kind of answer ("Date", "Lieu").
ANNOUNCING: dict[str, frozenset[str]] = {
    "duration": frozenset({"duration", "hours", "weeks", "months", "years", "weekly_load"}),
    "money": frozenset({"fees", "pay", "intern_pay", "salary_after"}),
    "date": frozenset(
        {
            "date",
            "deadline",
            "opening_date",
            "calendar_dates",
            "start_date",
            "end_date",
            "result_date",
        }
    ),
    "place": frozenset({"place", "campus", "transport"}),
    "person": frozenset({"contact", "phone", "email", "coordinator", "secretariat", "tutor"}),
    "language": frozenset(
        {"teaching_language", "english_level", "french_level", "language_course"}
    ),
    "link": frozenset({"platform", "website"}),
}
