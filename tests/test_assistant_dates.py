from datetime import date

import pytest

from assistant.dates import dates_in, is_past


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("avant le 1er juin 2026", [date(2026, 6, 1)]),
        ("le 15/03/2026", [date(2026, 3, 15)]),
        ("du 2 février au 30 mars 2026", [date(2026, 2, 2), date(2026, 3, 30)]),
        ("on 3 March 2026", [date(2026, 3, 3)]),
        ("en février 2028", [date(2028, 2, 29)]),
        ("en décembre 2026", [date(2026, 12, 31)]),
        ("rentrée en septembre", []),
        ("le 45/13/2026", []),
        ("le 31/02/2026", []),
        ("le 30 février 2028", []),
        ("le 00/03/2026", []),
        ("le 0 mars 2026", []),
        ("du 31 juin au 30 juillet 2026", [date(2026, 7, 30)]),
        ("420 heures", []),
    ],
)
def test_dates_are_read_with_their_year(text: str, dates: list[date]) -> None:
    assert list(dates_in(text)) == dates


def test_a_text_is_past_when_its_last_date_is() -> None:
    text = "Candidatures du 2 février au 30 mars 2026"

    assert not is_past(text, date(2026, 3, 30))
    assert is_past(text, date(2026, 3, 31))
    assert not is_past("Le stage dure 420 heures.", date.max)
