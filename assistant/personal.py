"""Personal data in free text, replaced by marks that say in French what stood there.

Rules, not guesses: a number is masked for its form (a telephone number, an IBAN) or for the words
before it ("numéro étudiant"), a name only where its bearer gives it ("je m'appelle").
"""

from __future__ import annotations

import re

from assistant.identifier import IDENTIFIERS
from assistant.identity import IDENTITY
from assistant.whereabouts import WHEREABOUTS

# In this order: the long numbers first, lest a telephone number be seen inside them.
_RULES = tuple(
    (
        re.compile(pattern, re.IGNORECASE | re.VERBOSE),
        rf"\g<keep>[{mark}]" if "(?P<keep>" in pattern else f"[{mark}]",
    )
    for mark, pattern in (*IDENTIFIERS, *WHEREABOUTS, *IDENTITY)
)


def mask(text: str) -> str:
    """The text with personal data replaced, as in "mon numéro : [téléphone]".

    Masking what is already masked changes nothing.
    """
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
