"""Fields of a PDF form: what was filled in stands in them, not in the text of the page."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from corpus.clean import clean_line
from corpus.pdf_piece import Piece

_SHARE, _LARGEST = 0.62, 12.0  # of the height of a field, in points: how large its text is set
_RAISED = 0.22  # of the size: how far above the foot of its line a baseline stands
_NEAR = 0.6  # of the height of a field: how far from its middle its label's line may be
_MOST = 2000  # fields of a page


@dataclass(frozen=True, slots=True)
class Field:
    """A field for text: where it is and what stands in it, nothing when it is to be filled in."""

    text: str
    left: float
    right: float
    foot: float
    height: float

    def piece(self) -> Piece:
        """What stands in it, as if it were set on the page."""
        size = min(_SHARE * self.height, _LARGEST)
        base = self.foot + (self.height - size) / 2 + _RAISED * size
        return Piece(self.text, self.left, self.right, base, size, bold=False)

    def is_labelled_by(self, row: Sequence[Piece]) -> bool:
        """Whether a line of the page, which ends to the left of it, says what to fill in."""
        middle = self.foot + self.height / 2
        level = all(abs(piece.base - middle) <= _NEAR * self.height for piece in row)
        return level and max(piece.right for piece in row) <= self.left + 1


def fields_of(page: Any) -> list[Field]:
    """The fields for text and choices of a pypdf page."""
    found: list[Field] = []
    for reference in list(page.get("/Annots") or ())[:_MOST]:
        # A field that is damaged is none; the page is still a page.
        with suppress(KeyError, ValueError, TypeError, AttributeError, IndexError):
            if field := _field(reference.get_object()):
                found.append(field)
    return found


def _field(note: Any) -> Field | None:
    own = note if "/FT" in note else (note.get("/Parent") or {})
    if note.get("/Subtype") != "/Widget" or own.get("/FT") not in ("/Tx", "/Ch"):
        return None
    left, foot, right, top = (float(side) for side in note["/Rect"])
    said = note.get("/V", own.get("/V", ""))
    text = clean_line(str(said)) if isinstance(said, str) else ""
    height = abs(top - foot)
    if not height:
        return None
    return Field(text, min(left, right), max(left, right), min(foot, top), height)
