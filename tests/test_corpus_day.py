"""Days."""

import pytest

from corpus.day import iso_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-09-01", "2026-09-01"),
        ("2026-09-01T10:00:00", "2026-09-01"),
        ("01/09/2026", "2026-09-01"),
        ("1er septembre 2026", "2026-09-01"),
        ("mardi 1er Septembre 2026, 10 h", "2026-09-01"),
        ("9 août 2026", "2026-08-09"),
        ("31/02/2026", None),
        ("septembre 2026", None),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: str | None) -> None:
    assert iso_day(text) == day
