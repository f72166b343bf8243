"""Letters by e-mail: the head above them, the signature and the letter answered below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FIELD = re.compile(
    r"(de|à|a|cc|cci|date|envoyé|objet|from|to|bcc|sent|subject|répondre à|reply-to)\s?:\s*(.*)",
    re.I,
)
_SUBJECT = ("objet", "subject")
_SIGNED = re.compile(r"-- ?")
_CITES = re.compile(r".{0,120}\b(?:a écrit|wrote)\s?:|-{3,} ?(?:message|forwarded).{0,40}", re.I)
_ANSWERED = re.compile(r"(?:(?:re|ré|tr|fw|fwd)\s?:\s*)+", re.I)
_CLOSES = re.compile(
    r"(?:(?:bien )?(?:cordialement|à vous)|(?:meilleures|sincères) salutations"
    r"|bonne (?:journée|réception))\s*[,.]?",
    re.I,
)
_FEWEST_FIELDS = 3


def without_mail_frame(lines: Sequence[str]) -> list[str]:
    """A letter's lines with its subject for a title; text that has no head of a letter as it is.

    Who wrote to whom and what was answered is nobody's programme, and often personal.
    """
    start = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    end = start
    fields: dict[str, str] = {}
    while end < len(lines) and (field := _FIELD.fullmatch(lines[end].strip())):
        fields[field[1].casefold()] = field[2]
        end += 1
    subject = next((fields[name] for name in _SUBJECT if fields.get(name)), None)
    if len(fields) < _FEWEST_FIELDS or subject is None:
        return list(lines)
    body = ["" if line.lstrip().startswith(">") else line for line in lines[end:]]
    below = next((at for at, line in enumerate(body) if _ends(line)), len(body))
    return [f"# {_ANSWERED.sub('', subject, count=1)}", "", *body[:below]]


def _ends(line: str) -> bool:
    text = line.strip()
    return bool(_SIGNED.fullmatch(line) or _CITES.fullmatch(text) or _CLOSES.fullmatch(text))
