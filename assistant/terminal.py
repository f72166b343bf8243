"""The terminal: a reply with its sources, and a build's progress, for people to read."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from assistant.answer import Answer, Citation, Clarify, Partial
from assistant.exchange import Outcome
from index.build import Progress as Told

_STEPS = {
    "read": "Reading documents",
    "fetch": "Asking for pages",
    "cut": "Cutting documents",
    "encode": "Encoding passages",
    "write": "Writing the index",
    "switch": "Switching",
    "clean": "Tidying",
    "ask": "Asking questions",
}
_STYLES = {Answer: "green", Partial: "yellow", Clarify: "cyan"}
_WORDS = {
    "contact": {"fr": "À contacter", "en": "Contact"},
    "suggestions": {"fr": "Vous pouvez aussi demander", "en": "You may also ask"},
    "programme": {"fr": "Précisez avec --programme", "en": "Say which with --programme"},
}


def show_reply(console: Console, outcome: Outcome, contact: tuple[str, ...], base: str) -> None:
    """Print the reply: each quote in a panel with its source. `base` completes our own links."""
    reply, language = outcome.reply, outcome.language
    citations = reply.citations if isinstance(reply, Answer | Partial) else ()
    numbered = {citation.number: citation for citation in citations}
    style = _STYLES.get(type(reply), "default")
    for segment in reply.segments:
        if segment.citation is None:
            console.print(Text(legible(segment.text), "bold"))
        else:
            _show_quote(console, segment.text, numbered[segment.citation], style, base)
    if isinstance(reply, Clarify):
        for choice in reply.choices:
            line = Text.assemble("  ", (legible(choice.programme), style), "  ")
            console.print(line.append(legible(choice.title)))
        console.print(Text(_WORDS["programme"][language], "dim"))
    elif contact:
        console.print(Text(f"{_WORDS['contact'][language]} : {' · '.join(contact)}"))
    if outcome.suggestions:
        console.print(Text(f"{_WORDS['suggestions'][language]} :", "dim"))
        for question in outcome.suggestions:
            console.print(Text(f"  · {legible(question)}", "dim"))


def _show_quote(console: Console, text: str, citation: Citation, style: str, base: str) -> None:
    number = Text(f"[{citation.number}]", style)
    console.print(Panel(Text(legible(text)), title=number, title_align="left", border_style=style))
    place = legible(" › ".join(citation.headings) or citation.title)
    source = " · ".join(filter(None, (citation.document, citation.updated)))
    console.print(Padding(Text(f"{place}\n{legible(source)}", "dim"), (0, 0, 0, 2)))
    link = citation.url if "://" in citation.url else base + citation.url
    # Whole, on one line however long: it is there to be copied.
    console.print(Text(f"  {legible(link)}", "blue"), soft_wrap=True)


@contextmanager
def progress_bar(quiet: bool = False) -> Iterator[Told]:
    """A bar on standard error for the steps of a build; nothing where nobody looks on."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True, quiet=quiet or not sys.stderr.isatty())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Reading documents", total=None)

        def tell(step: str, done: int, total: int) -> None:
            progress.update(
                task, description=_STEPS.get(step, step), completed=done, total=total or None
            )

        yield tell


def legible(text: str) -> str:
    """Text that a terminal can only show: nothing that moves the cursor or turns the writing."""
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\n\t" or category[0] != "C":
        return character
    return "" if category == "Cf" else "\N{REPLACEMENT CHARACTER}"
