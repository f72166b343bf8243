from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import pytest

from assistant.courtesy import Guest, NoPage, Page, SamePage, State, agent_of
from assistant.target import TargetRefused
from assistant.visit import NoAnswer, Response, VisitFailed

SITE = "https://www.univ.example"


class Site:
    """Answers by address; every request takes a tenth of a second of a clock that it moves."""

    def __init__(self, **answers: Response) -> None:
        self.answers = {f"{SITE}/robots.txt": Response("", 404)}
        self.asked: list[tuple[str, float]] = []
        self.conditions: list[Mapping[str, str]] = []
        self.now = 100.0

    def get(self, address: str, conditions: Mapping[str, str]) -> Response:
        self.asked.append((address, self.now))
        self.conditions.append(conditions)
        self.now += 0.1
        found = self.answers.get(address, Response(address, 200, {"etag": '"1"'}, b"page"))
        return Response(address, found.status, found.headers, found.body)

    def pause(self, seconds: float) -> None:
        self.now += seconds

    def guest(self) -> Guest:
        return Guest(self.get, self.pause, lambda: self.now)

    def rules(self, text: str) -> None:
        self.answers[f"{SITE}/robots.txt"] = Response("", 200, {}, text.encode())

    def redirect(self, path: str, place: str) -> None:
        self.answers[SITE + path] = Response("", 301, {"location": place})


def test_rules_for_robots_are_read_once_and_kept() -> None:
    site = Site()
    site.rules("User-agent: *\nDisallow: /prive/\nDisallow: /*/imprimer$\n")
    guest = site.guest()

    assert isinstance(guest.fetch(f"{SITE}/stage"), Page)
    for path in ("/prive/notes", "/stage/imprimer"):
        with pytest.raises(VisitFailed, match=r"robots\.txt of www\.univ\.example"):
            guest.fetch(SITE + path)
    assert [address for address, _ in site.asked] == [f"{SITE}/robots.txt", f"{SITE}/stage"]


def test_rules_for_this_robot_go_before_those_for_all() -> None:
    site = Site()
    site.rules("User-agent: *\nDisallow: /\n\nUser-agent: programme-assistant\nAllow: /\n")

    assert isinstance(site.guest().fetch(f"{SITE}/stage"), Page)


def test_where_the_rules_cannot_be_read_for_now_nothing_is() -> None:
    site = Site()
    site.answers[f"{SITE}/robots.txt"] = Response("", 503)

    with pytest.raises(NoAnswer):
        site.guest().fetch(f"{SITE}/stage")


@pytest.mark.parametrize(
    ("rules", "delay", "apart"),
    [("", 0.5, 0.5), ("User-agent: *\nCrawl-delay: 4", 0.5, 4), ("", 2, 2),
     ("User-agent: *\nCrawl-delay: 900", 0.5, 30)],
)  # fmt: skip
def test_requests_to_a_host_are_apart_by_what_the_site_or_the_operator_wants(
    rules: str, delay: float, apart: float
) -> None:
    site = Site()
    site.rules(rules)
    guest = site.guest()
    for path in ("/a", "/b", "/c"):
        guest.fetch(SITE + path, None, delay)

    times = [at for _, at in site.asked[1:]]
    gaps = [later - before for before, later in pairwise(times)]
    assert all(gap >= apart for gap in gaps)


def test_a_page_is_asked_for_only_where_it_is_another() -> None:
    site = Site()
    site.answers[f"{SITE}/stage"] = Response("", 304)
    state = State('"1"', "Mon, 02 Nov 2026 08:00:00 GMT")

    assert isinstance(site.guest().fetch(f"{SITE}/stage", state), SamePage)
    assert site.conditions[-1] == {"If-None-Match": '"1"', "If-Modified-Since": state.modified}


def test_redirections_are_followed_to_the_page_s_own_address() -> None:
    site = Site()
    site.redirect("/stage", "/stages/")
    site.redirect("/stages/", "https://www.univ.example/formation/stage")

    page = site.guest().fetch(f"{SITE}/stage")

    assert isinstance(page, Page)
    assert page.address == f"{SITE}/formation/stage"


@pytest.mark.parametrize(
    "place",
    ["http://127.0.0.1/", "file:///etc/passwd", "http://[::1]/", "//169.254.169.254/latest",
     "http://2130706433/", "gopher://x.example/", "https://univ.example:8443/"],
)  # fmt: skip
def test_every_hop_is_checked_like_the_first_address(place: str) -> None:
    site = Site()
    site.redirect("/stage", place)

    with pytest.raises(TargetRefused):
        site.guest().fetch(f"{SITE}/stage")
    assert [address for address, _ in site.asked] == [f"{SITE}/robots.txt", f"{SITE}/stage"]


def test_redirections_that_never_end_do() -> None:
    site = Site()
    site.redirect("/stage", "/stage")

    with pytest.raises(VisitFailed, match="redirects more than 5 times"):
        site.guest().fetch(f"{SITE}/stage")


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_not_there_is_told_apart(status: int) -> None:
    site = Site()
    site.answers[f"{SITE}/stage"] = Response("", status)

    assert site.guest().fetch(f"{SITE}/stage") == NoPage(status)


def test_a_busy_server_is_asked_once_more_when_it_says() -> None:
    site = Site()
    site.answers[f"{SITE}/stage"] = Response("", 503, {"retry-after": "7"})

    with pytest.raises(NoAnswer, match="503"):
        site.guest().fetch(f"{SITE}/stage")
    times = [at for address, at in site.asked if address.endswith("/stage")]
    assert len(times) == 2
    assert times[1] - times[0] >= 7


def test_a_page_for_members_is_told_with_the_remedy() -> None:
    site = Site()
    site.answers[f"{SITE}/stage"] = Response("", 403)

    with pytest.raises(VisitFailed, match="not open to everybody"):
        site.guest().fetch(f"{SITE}/stage")


def test_it_says_who_it_is_and_whom_to_write_to() -> None:
    assert agent_of("1.2", "scolarite@univ.example") == (
        "programme-assistant/1.2 (+scolarite@univ.example)"
    )
    assert agent_of("1.2", None) == "programme-assistant/1.2"
