"""Secrets that are made here: long and random; only their digests are kept."""

from __future__ import annotations

import hashlib
from secrets import choice, token_urlsafe

# Crockford's, without letters that look like digits.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("OIL", "011")


def new_secret(prefix: str = "") -> str:
    """256 random bits as text behind a prefix."""
    return prefix + token_urlsafe(32)


def new_code() -> str:
    """100 random bits to be typed by a person, as in 7K2M-9QXA-…"""
    return "-".join("".join(choice(_ALPHABET) for _ in range(4)) for _ in range(5))


def typed(code: str) -> str:
    """A code as it was made, however it was typed."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())[:40]
    plain = letters.translate(_LOOKALIKES)
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def digest(secret: str) -> str:
    """What is kept of a secret.

    100 random bits and more cannot be guessed: no salt and no slow hash is needed, as for
    passwords. What is looked for by its digest is never compared by us: its time tells nothing.
    """
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
