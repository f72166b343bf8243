from __future__ import annotations

import pytest

from assistant.member import ROLES, Member


def test_a_role_includes_the_lower_ones():
    may = {role: [each for each in ROLES if Member("m", role).may(each)] for role in ROLES}

    assert may == {
        "reader": ["reader"],
        "editor": ["reader", "editor"],
        "administrator": ["reader", "editor", "administrator"],
    }


@pytest.mark.parametrize(
    ("member", "covered"),
    [
        (Member("m", "reader"), []),
        (Member("m", "reader", ("a",)), []),
        (Member("m", "editor"), ["a", "b", None]),
        (Member("m", "editor", ("a",)), ["a"]),
        (Member("m", "administrator", ("a",)), ["a", "b", None]),
    ],
)
def test_an_editor_covers_their_programmes_alone(member, covered):
    assert [each for each in ("a", "b", None) if member.covers(each)] == covered
