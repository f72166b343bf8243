"""Fragments: `#:~:text=` addresses that land on words of a page and on no others.

The grammar is that of the WICG's Scroll to Text Fragment: `[prefix-,]start[,end][,-suffix]`.
"""

from __future__ import annotations

from urllib.parse import quote

from assistant.page import Page

_LONGEST = 160
"""Characters of a text that stands whole in the address; of a longer one, its first and last words.

The specification advises against more than 300; shorter addresses survive more small changes.
"""
_WORDS = 4
"""Words that a beginning or an end has at least, where the text has as many."""
_MOST = 12
"""Words that a beginning, an end or a neighbour has at most."""
_OPENING = frozenset("«“„\"'‘’([{–—-•*")


def fragment_of(page: Page, first: int, last: int) -> str | None:
    """The text directive of the words from `first` to `last`, both included, of a page.

    None where a browser may not find them, or may find others before.
    """
    begins, ends = page.words[first], page.words[last]
    if not (begins.usable and ends.usable):
        return None
    if page.stretches[begins.stretch].fold != page.stretches[ends.stretch].fold:
        return None  # a browser unfolds no more than where a text begins
    if begins.stretch == ends.stretch:
        whole = _text(page, first, last)
        if len(whole) <= _LONGEST:
            return _exact(page, first, last, whole)
    return _range(page, first, last)


def _exact(page: Page, first: int, last: int, whole: str) -> str | None:
    said = page.said(first, last)
    if page.is_unique(said):
        return _encoded(whole)
    befores = range(1, _MOST + 1)
    for before, after in (
        *((n, 0) for n in befores),
        *((0, n) for n in befores),
        *((n, n) for n in befores),
    ):
        prefix = _prefix(page, first, before) if before else ""
        suffix = _suffix(page, last, after) if after else ""
        if prefix is None or suffix is None:
            continue
        if page.is_unique(page.said(first - before, last + after)):
            parts = [f"{_encoded(prefix)}-"] if prefix else []
            parts.append(_encoded(whole))
            parts += [f"-{_encoded(suffix)}"] if suffix else []
            return ",".join(parts)
    return None


def _range(page: Page, first: int, last: int) -> str | None:
    begun = _beginning(page, first, last)
    if begun is None:
        return None
    beginning, until = begun
    place = page.words[until].last
    stretch = page.words[last].stretch
    shortest = last
    while shortest - 1 > until and last - shortest + 1 < _WORDS:
        if page.words[shortest - 1].stretch != stretch:
            break
        shortest -= 1
    for start in range(shortest, max(until, last - _MOST), -1):
        if page.words[start].stretch != stretch:
            break
        # A browser takes the first end behind the beginning.
        found = page.letters.find(page.said(start, last), place)
        if found == page.words[start].first and page.words[start].usable:
            return f"{beginning},{_encoded(_text(page, start, last))}"
    return None


def _beginning(page: Page, first: int, last: int) -> tuple[str, int] | None:
    """The directive's beginning, with a prefix where it needs one, and its last word."""
    stretch = page.words[first].stretch
    ends = [
        at
        for at in range(first, min(last, first + _MOST))
        if page.words[at].stretch == stretch and page.words[at].usable
    ]
    longer = [at for at in ends if at - first + 1 >= _WORDS] or ends[-1:]
    for at in longer:
        if page.is_unique(page.said(first, at)):
            return _encoded(_text(page, first, at)), at
    for before in range(1, _MOST + 1):
        prefix = _prefix(page, first, before)
        if prefix and longer and page.is_unique(page.said(first - before, longer[0])):
            return f"{_encoded(prefix)}-,{_encoded(_text(page, first, longer[0]))}", longer[0]
    return None


def _text(page: Page, first: int, last: int) -> str:
    """What the page shows from one word to another of a stretch, with the signs around them."""
    start, end = _edges(page, first, last)
    return page.stretches[page.words[first].stretch].text[start:end]


def _edges(page: Page, first: int, last: int) -> tuple[int, int]:
    """Where words begin and end in their stretch, signs that stand alone beside them included."""
    text = page.stretches[page.words[first].stretch].text
    start, end = page.words[first].start, page.words[last].end
    before = text[:start].split()
    while before and set(before[-1]) <= _OPENING:
        start = text.rindex(before.pop(), 0, start)
    for sign in text[end:].split():
        if any(map(str.isalnum, sign)) or set(sign) <= _OPENING:
            break
        end = text.index(sign, end) + len(sign)
    return start, end


def _prefix(page: Page, first: int, count: int) -> str | None:
    """The `count` words right before a word, none where something may stand between."""
    at = first - count
    if at < 0:
        return None
    begins, last, word = page.words[at], page.words[first - 1], page.words[first]
    start, _ = _edges(page, first, first)
    before, own = page.stretches[begins.stretch], page.stretches[word.stretch]
    if begins.stretch != last.stretch or not (begins.usable and last.usable):
        return None
    if last.stretch == word.stretch:
        return own.text[begins.start : start].rstrip()
    if last.stretch + 1 != word.stretch or start or own.joined or own.fold != before.fold:
        return None
    return before.text[begins.start :]


def _suffix(page: Page, last: int, count: int) -> str | None:
    """The `count` words right after a word, none where something may stand between."""
    at = last + count
    if at >= len(page.words):
        return None
    ends, first, word = page.words[at], page.words[last + 1], page.words[last]
    _, end = _edges(page, last, last)
    own, after = page.stretches[word.stretch], page.stretches[first.stretch]
    if ends.stretch != first.stretch or not (ends.usable and first.usable):
        return None
    if first.stretch == word.stretch:
        return own.text[end : ends.end].lstrip()
    if first.stretch - 1 != word.stretch or end < len(own.text) or after.joined:
        return None
    return after.text[: ends.end] if after.fold == own.fold else None


def _encoded(text: str) -> str:
    """A text as a part of a directive: its hyphens, commas and ampersands are no signs there."""
    return quote(text, safe="").replace("-", "%2D")
