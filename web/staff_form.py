"""Forms of staff: what their pages send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, Request

from web.problem import Problem
from web.validation import clean

_FORM = "application/x-www-form-urlencoded"
_FIELDS = 20_000  # a queue's questions, each with its tick


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a form as they were typed."""

    values: Mapping[str, list[str]] = field(default_factory=dict)

    def __call__(self, name: str) -> str:
        """The field's first value, trimmed; empty without one."""
        return self.raw(name).strip()

    def raw(self, name: str) -> str:
        """The field's first value as it was typed, such as a password."""
        return self.values.get(name, [""])[0]

    def all(self, name: str) -> tuple[str, ...]:
        """Every value, such as of boxes that were ticked; none of them empty."""
        return tuple(value for each in self.values.get(name, ()) if (value := each.strip()))


async def staff_form(request: Request) -> Fields:
    """Read the form of a POST; raises Problem for another media type."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    if body and kind != _FORM:
        raise Problem("media_type", expected=_FORM)
    try:
        fields = parse_qs(
            body.decode("utf-8", "replace"),
            keep_blank_values=True,
            max_num_fields=_FIELDS,
            errors="replace",
        )
    except ValueError:
        raise Problem("other", status=422) from None
    return Fields({name: [clean(each) for each in values] for name, values in fields.items()})


Form = Annotated[Fields, Depends(staff_form)]
