"""Addresses: what a link adds to the words it is under."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from corpus.clean import folded
from corpus.front_matter import web_address

# Addresses that tell a candidate nothing: to share a page, to follow somebody.
_OF_NO_USE = re.compile(
    r"(?:^|\.)(?:facebook|twitter|x|linkedin|instagram|youtube|tiktok|whatsapp|pinterest|addtoany|"
    r"addthis|bsky|snapchat|flickr|vimeo|threads)\.(?:com|app|net|me)$|^(?:t\.co|youtu\.be|wa\.me)$"
)
_DIGITS = re.compile(r"\D+")
_LONGEST = 200  # characters; a longer address is of a machine's making


def address_of(href: str, shown: str, host: str | None = None) -> str:
    """What to write after a link's words `shown`: its address in parentheses, or nothing.

    An e-mail address and a telephone number are written unless the words show them; a web address
    where it leads to another host than `host`, the page's own.
    """
    href = href.strip()
    scheme, _, rest = href.partition(":")
    scheme = scheme.lower()
    if scheme == "mailto":
        mail = unquote(rest.partition("?")[0]).strip()
        return f" ({mail})" if "@" in mail and mail.lower() not in shown.lower() else ""
    if scheme == "tel":
        number = unquote(rest).strip()
        digits = _DIGITS.sub("", number)
        known = len(digits) < 3 or digits[-9:] in _DIGITS.sub("", shown)
        return "" if known else f" ({number})"
    if scheme not in ("http", "https") or not web_address(href) or len(href) > _LONGEST:
        return ""
    there = (urlsplit(href).hostname or "").removeprefix("www.")
    if host and there == host.removeprefix("www."):
        return ""
    bare = re.sub(r"^https?://(www\.)?", "", href).rstrip("/")
    if _OF_NO_USE.search(there) or not bare or folded(bare) in folded(shown):
        return ""
    return f" ({href})"
