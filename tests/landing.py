"""Links followed in a real browser: what they scroll to, and what is highlighted."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from assistant.page import letters_of
from corpus.cut import cut
from corpus.document import Document
from corpus.sentences import sentences

# What makes it seen in a picture, and every place one that has to be scrolled to.
STYLE = """<style>::target-text { background: #00ff00; color: #00ff00 }
body { margin: 0 8px; padding: 1500px 0; background: #fff; font: 15px/1.5 sans-serif }</style>"""

# Each word that takes room: its text, a corner of its box, the heading over it.
WORDS = """() => {
  const words = [];
  let heading = "";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ALL);
  for (let node; (node = walker.nextNode()); ) {
    if (node.matches?.("h1, h2, h3, summary")) heading = node.textContent;
    for (const found of node.nodeType === 3 ? node.data.matchAll(/\\S+/g) : []) {
      const range = document.createRange();
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      const box = range.getBoundingClientRect();
      const shown = node.parentElement.checkVisibility({ contentVisibilityAuto: true });
      if (shown && box.width > 1) words.push([found[0], box.left + 1, box.top + 3, heading]);
    }
  }
  return words;
}"""
PIXELS = """async ([picture, points]) => {
  const image = new Image();
  image.src = "data:image/png;base64," + picture;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  return points.map(([x, y]) => [...context.getImageData(x, y, 1, 1).data.slice(0, 3)].join());
}"""
MARKED = """() => {
  const marks = [...document.querySelectorAll("mark")];
  const box = document.getElementById("passage")?.getBoundingClientRect();
  return [marks.map((mark) => mark.textContent), !!box && box.top >= 0 && box.top < innerHeight];
}"""
HEIGHT = 1000
GREEN = "0,255,0"


@dataclass(frozen=True)
class Quote:
    """A run of a document that could be quoted."""

    document: Document
    start: int
    end: int
    kind: str
    heading: str

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    def is_said_by(self, words: list[str]) -> bool:
        """Whether words are the quote's, save what a document adds to those of its page."""
        said = letters_of("".join(words))
        if self.kind == "row":
            cells = [cell.rpartition(" : ")[2] for cell in self.text.split(" ; ")]
            return said in (letters_of(self.text), "".join(map(letters_of, cells)))
        # What a range takes in between: struck words, and what is read aloud only.
        struck = said.replace("papier", "").replace("ouverturedansunenouvellefenetre", "")
        bare = letters_of(re.sub(r"\(\S+(?:@|://)\S+\)", "", self.text))
        return bool(said) and not {letters_of(self.text), bare}.isdisjoint((said, struck))


def quotes(document: Document, *, apart: bool = True) -> Iterator[Quote]:
    """Every passage, and `apart` every sentence of those that have several."""
    for passage in cut(document):
        heading = passage.headings[-1] if passage.headings else ""
        yield Quote(document, passage.start, passage.end, passage.kind, heading)
        spans = sentences(passage.text) if apart and passage.kind == "prose" else ()
        for start, end in spans if len(spans) > 1 else ():
            yield Quote(document, passage.start + start, passage.start + end, passage.kind, heading)


class Reader:
    """Sees which words of a page are highlighted."""

    def __init__(self, browser: Any) -> None:
        self.context = browser.new_context(viewport={"width": 900, "height": HEIGHT})
        self._eye = self.context.new_page()
        self._page = self.context.new_page()

    def highlighted(self, url: str) -> tuple[list[str], str]:
        """The highlighted words that are seen once an address is opened, and their heading."""
        self._page.goto("about:blank")
        self._page.goto(url)
        with suppress(Exception):  # where nothing is found, nothing moves
            self._page.wait_for_function("scrollY > 0", timeout=1000)
        # Two frames, so that what is seen is what was scrolled to.
        self._page.evaluate("new Promise((r) => requestAnimationFrame(() => setTimeout(r, 20)))")
        words = [word for word in self._page.evaluate(WORDS) if 0 <= word[2] < HEIGHT]
        picture = base64.b64encode(self._page.screenshot()).decode()
        colours = self._eye.evaluate(PIXELS, [picture, [word[1:3] for word in words]])
        found = [word for word, colour in zip(words, colours, strict=True) if colour == GREEN]
        return [word[0] for word in found], found[0][3] if found else ""

    def marked(self, url: str) -> tuple[list[str], bool]:
        """The marked parts of our own view, and whether the first of them can be seen."""
        self._page.goto(url)
        self._page.wait_for_function(f"({MARKED})()[1]")
        parts, seen = self._page.evaluate(MARKED)
        return parts, seen
