"""Asking: the kind of thing that a question's own words ask for, and which it cannot do without."""

from __future__ import annotations

import re
from collections.abc import Collection

from index.words import fold

INDISPENSABLE = frozenset({"money", "date", "duration"})
"""Kinds without which nothing answers: "how much" is not answered without an amount."""

_ON_THE_DAY = re.compile(
    r"\bdates?\b|\bjours?\b|\blimite\b|\bdelai\b|\b(?:jusqu a|avant|d ici) quand\b|\bdeadline\b"
    r"|\b(?:by|until) when\b|\bdays?\b|\bhasta cuando\b|\bfechas?\b|\bdia\b|\bbis wann\b|\bfrist\b"
    r"|\btag\b|\bdatum\b|\bentro quando\b|\bscadenza\b|\bdata\b|\bgiorno\b"
)


def lacks(question: str, expects: str | None, kinds: Collection[str]) -> bool:
    """Whether a text of these kinds cannot answer a question, because what it asks for is none.

    When no day is asked for, a year or a semester says when as well.
    """
    if expects not in INDISPENSABLE or expects in kinds:
        return False
    return not (expects == "date" and "period" in kinds and not _ON_THE_DAY.search(fold(question)))


# "Quand on est boursier", "quand même", "when I am ill": a circumstance, not a question for a date.
_SUBJECT = r"(?:on|je|j|tu|t|ils?|elles?|nous|vous|les?|la|l|des|un|une|mon|ma|se|si|i|you|we|it)"
_STATE = (
    r"(?:ne |n |y )?(?:est|suis|es|etes|sont|sommes|ai|as|a|avez|ont|avons|viens?t?|veu[tx]"
    r"|travaille|habite|trabaja|e|am|are|m|re|have|ve)"
)
_ASKED_BEFORE = (
    r"(?:combien|cb|comment|que|quoi|qui|quel(?:le)?s?|est ce|faut il|faut|peut on|puis je|how"
    r"|what|which|can i|do i|must i)"
)
_CIRCUMSTANCE = re.compile(
    r"\b(?:quand|qd|kan) (?:bien )?meme\b"
    rf"|\b(?:quand|qd|kan|lorsqu|when|cuando|quando) {_SUBJECT} {_STATE}\b"
    # Behind another question word; "je voudrais savoir quand on commence" has none.
    rf"|\b{_ASKED_BEFORE}\b[^?]*(?<!savoir )(?<!sais )(?<!savez )(?<!dire )"
    rf"\b(?:quand|qd|when) {_SUBJECT}\b"
)
_PAYS = (
    r"(?:coute|coutent|vaut|pay\w+|paie\w*|gagne\w*|touche\w*|remuner\w+|debours\w+|depens\w+"
    r"|revient)"
)
_COSTS = (
    r"(?:prix|tarifs?|couts?|montants?|frais|loyers?|salaires?|gratifications?|remunerations?"
    r"|caution)"
)
_HOW_MUCH = r"(?:combien|cb|cbn|kombien)"
_WHO = (
    r"(?:est ce qu|est ce que|ca|cela|on|est on|je|j|faut|il faut|tu|les?|la|l|une?|est|sont|en"
    r"|va t on|doit on|dois je)"
)
_COUNTED = r"(?:credits?|ects|points?|pages?|places?)"

_ASKED: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "duration",
        re.compile(
            rf"\b{_HOW_MUCH} (?:de |d )?(?:temps|tps|tmps|mois|semaines?|annees?"
            r"|ans|jours?|heures?|h)\b"
            rf"|\bquelle (?:est la )?duree\b|\b(?:dure|duree|duration) {_HOW_MUCH}\b"
            r"|\bhow (?:long|many (?:hours|weeks|months|years|days))\b"
            r"|\bcuanto (?:tiempo|dura\w*)\b"
            r"|\bcuant[oa]s (?:horas|semanas|meses|anos|dias)\b|\bwie (?:lange"
            r"|viele (?:stunden|wochen|monate|jahre|tage))\b"
            r"|\bquant[oaei] (?:tempo|dura\w*|ore|settimane|mesi|anni|giorni)\b"
        ),
    ),
    (
        "money",
        re.compile(
            rf"\b{_HOW_MUCH} (?:{_WHO} ){{0,3}}?{_PAYS}\b"
            rf"|\b{_PAYS} (?:\w+ )?{_HOW_MUCH}\b(?! (?:de |d )?{_COUNTED})"
            rf"|\bquel(?:le)?s? (?:est |sont )?(?:le |la |les )?{_COSTS}\b"
            rf"|\b{_COSTS} (?:\w+ )?(?:est|sont|c est|s eleve\w*)(?: de| a)? {_HOW_MUCH}\b"
            # "C'est combien, l'inscription ?", with nothing counted behind it, asks for a price.
            r"|(?<!credits )(?<!points )\b(?:c|c est|ca fait) (?:combien|cb|cbn)"
            r"(?:,? (?:le|la|les|l|pour|pr|en|a)\b|\s*\W*$)"
            r"|^(?:combien|cb|cbn) (?:pour|pr) (?:le|la|les|l|s)\b"
            r"|\bhow much (?:does|is|do|will|are)\b|\bwhat (?:does|do|will) (?:\w+ ){1,3}cost\b"
            r"|\bwhat (?:is|are|s) the (?:\w+ )?(?:fees?|price|cost|tuition|salary|rent)\b"
            r"|\bcuanto (?:cuesta|cuestan|hay que pagar|se paga|vale|se gana)\b"
            r"|\bwas kostet\b|\bwie ?viel (?:kostet|kosten|muss man (?:be)?zahlen|verdient)\b"
            r"|\bwie hoch (?:ist|sind) (?:die|das|der) "
            r"(?:\w*gebuhr(?:en)?|gehalt|kosten|miete|preis)\b"
            r"|\b(?:a )?quanto (?:costa|costano|ammonta\w*|si paga|si guadagna)\b"
        ),
    ),
    (
        "date",
        re.compile(
            r"\bquand\b|\bkan\b|\bqd\b|\bquelles? dates?\b|\bdate limite\b|\bjusqu a quand\b"
            r"|\bdernier delai\b|\b(?:quelle|a quelle) periode\b"
            r"|\bwhen\b|\bdeadline\b|\b(?:what|which) (?:date|day|month)\b|\bcuando\b|\bque fecha\b"
            r"|\bfecha limite\b|\bwann\b|\b(?:welchem|welches) (?:tag|datum|monat)\b|\bfrist\b"
            r"|\bquando\b|\bscadenza\b|\b(?:che|quale) (?:data|giorno)\b|\bquel (?:mois|jour)\b"
        ),
    ),
    (
        "number",
        re.compile(rf"\b(?:{_HOW_MUCH}|how many|how much|cuant[oa]s?|wie viele?|quant[ie])\b"),
    ),
    (
        "place",
        re.compile(
            r"^\W*(?:et )?(?:c est )?(?:ou|where|donde|wo|dove)\b|\bou (?:est|se|sont|a lieu"
            r"|ca se)\b|\b(?:quelle|dans quelle) (?:ville|adresse)\b|\bquelle est l adresse\b"
            r"|\bquel (?:endroit|lieu|batiment)\b"
        ),
    ),
    ("list", re.compile(r"\b(?:quels|quelles|lesquels|lesquelles|which|welche|quali|cuales)\b")),
)


def asked_kind(question: str) -> str | None:
    """The kind of answer that a question's own words ask for, if they say."""
    folded = _CIRCUMSTANCE.sub(" ", fold(question))
    return next((kind for kind, pattern in _ASKED if pattern.search(folded)), None)
