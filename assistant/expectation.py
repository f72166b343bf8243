"""Expectations: the kind of thing a question asks for, and whether a text holds one.

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
_MONTHS = (
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
        rf"\b(?:1er|\d{{1,2}}) ?{_MONTHS}\b|\b{_MONTHS}\b|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b"
        r"|\b(?:19|20)\d\d\b|\brentree\b|\b(?:debut|mi|fin) (?:de )?l?annee\b|\bsemestre \d\b"
        r"|\bs[1-6]\b"
        r"|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?\b"
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

INDISPENSABLE = frozenset({"money", "date", "duration"})
"""Kinds without which nothing answers: "how much" is not answered without an amount."""

_ASKED: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "duration",
        re.compile(
            r"\b(?:combien|cb|cbn|kombien) (?:de |d )?(?:temps|tps|tmps|mois|semaines?|annees?"
            r"|ans|jours?|heures?|h)\b"
            r"|\bquelle duree\b|\bhow (?:long|many (?:hours|weeks|months|years|days))\b"
            r"|\bcuanto (?:tiempo )?dura\b"
            r"|\bcuant[oa]s (?:horas|semanas|meses|anos|dias)\b|\bwie (?:lange"
            r"|viele (?:stunden|wochen|monate|jahre|tage))\b"
            r"|\bquant[oaei] (?:tempo|dura|ore|settimane|mesi|anni|giorni)\b"
        ),
    ),
    (
        "money",
        re.compile(
            r"\bcombien (?:ca |cela |est ce que ca )?(?:coute|vaut|on paye|on paie)"
            r"|\bquel (?:prix|tarif|cout|montant)\b"
            # "C'est combien, l'inscription ?", with nothing counted behind it, asks for a price.
            r"|\b(?:c|c est|ca fait) (?:combien|cb|cbn)"
            r"(?:,? (?:le|la|les|l|pour|pr|en|a)\b|\s*\W*$)"
            r"|^(?:combien|cb|cbn) (?:pour|pr) (?:le|la|les|l|s)\b"
            r"|\bhow much (?:does|is|do|will)\b|\bcuanto cuesta\b|\bwas kostet\b"
            r"|\bwie viel kostet\b|\bquanto costa\b"
        ),
    ),
    (
        "date",
        re.compile(
            r"\bquand\b|\bkan\b|\bqd\b|\bquelles? dates?\b|\bdate limite\b|\bjusqu a quand\b"
            r"|\bwhen\b|\bdeadline\b|\bcuando\b"
            r"|\bwann\b|\bbis wann\b|\bquel (?:mois|jour)\b"
        ),
    ),
    (
        "number",
        re.compile(
            r"\b(?:combien|cb|cbn|kombien|how many|how much|cuant[oa]s?|wie viele?|quant[ie])\b"
        ),
    ),
    (
        "place",
        re.compile(
            r"^(?:et )?(?:c est )?(?:ou|where|donde|wo|dove)\b|\bou (?:est|se|sont|a lieu"
            r"|ca se)\b|\bquelle (?:ville|adresse)\b"
        ),
    ),
    ("list", re.compile(r"\b(?:quels|quelles|lesquels|lesquelles|which|welche|quali|cuales)\b")),
)


def asked_kind(question: str) -> str | None:
    """The kind of answer that a question's own words ask for, if they say."""
    folded = fold(question)
    return next((kind for kind, pattern in _ASKED if pattern.search(folded)), None)
