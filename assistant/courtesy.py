"""Courtesy: how a site is visited, by its rules for robots, at its pace, only for what is new."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from protego import Protego

from assistant.target import Target, TargetRefused, target_of
from assistant.visit import NoAnswer, Response, VisitFailed

ROBOT = "programme-assistant"
"""The name that a site's robots.txt may give rules for."""
DELAY = 0.5
"""Seconds between two requests to one host, unless the site or the operator wants more."""
_LONGEST_DELAY = 30.0
_HOPS = 5
_REDIRECTIONS = frozenset((301, 302, 303, 307, 308))
_RULES_SIZE = 500 * 1024  # bytes that are read of robots.txt (RFC 9309, 2.5)
_BUSY = frozenset((429, 503))
_TIMES = 2  # that a busy server is asked

Get = Callable[[str, Mapping[str, str]], Response]


@dataclass(frozen=True, slots=True)
class State:
    """What a server calls the state of a page that one has."""

    etag: str = ""
    modified: str = ""

    def conditions(self) -> dict[str, str]:
        """The headers that ask for the page only where it is another."""
        known = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in known.items() if value}


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was sent; `address` is where it was found at last."""

    address: str
    data: bytes
    content_type: str
    state: State


@dataclass(frozen=True, slots=True)
class SamePage:
    """The page is still in the state that one has."""


@dataclass(frozen=True, slots=True)
class NoPage:
    """The server says that there is no such page, any more or at all."""

    status: int


class Guest:
    """Visits sites as a guest should. Rules for robots are read once per host.

    `get` makes one request, `pause` waits for some seconds, `clock` tells seconds.
    """

    def __init__(
        self,
        get: Get,
        pause: Callable[[float], None],
        clock: Callable[[], float],
        allowed: tuple[str, ...] = (),
    ) -> None:
        self._get = get
        self._pause = pause
        self._clock = clock
        self._allowed = allowed
        self._rules: dict[str, Protego | None] = {}
        self._last: dict[str, float] = {}

    def fetch(
        self, address: str, state: State | None = None, delay: float = DELAY
    ) -> Page | SamePage | NoPage:
        """A page, unless it is still in the state that one has.

        Redirections are followed, each checked like the first address. Raises `VisitFailed` and
        `TargetRefused`.
        """
        conditions = (state or State()).conditions()
        response = self._follow(address, conditions, delay, ruled=True)
        status = response.status
        if status == 304 and conditions:
            return SamePage()
        if status in (404, 410):
            return NoPage(status)
        if status >= 500 or status == 429:
            raise NoAnswer(f"The server answers {status}: it cannot now.", "Try again later.")
        if status in (401, 403, 407):
            raise VisitFailed(
                f"The server answers {status}: the page is not open to everybody.",
                "Open it to the public, or save it as a file and ingest that.",
            )
        if status != 200:
            raise VisitFailed(f"The server answers {status}.", "Open the address in a browser.")
        headers = response.headers
        known = State(headers.get("etag", ""), headers.get("last-modified", ""))
        return Page(response.address, response.body, headers.get("content-type", ""), known)

    def _follow(
        self, address: str, conditions: Mapping[str, str], delay: float, *, ruled: bool
    ) -> Response:
        for _ in range(_HOPS + 1):
            target = target_of(address, self._allowed)
            rules = self._rules_of(target, delay) if ruled else None
            if rules is not None and not rules.can_fetch(target.address, ROBOT):
                raise VisitFailed(
                    f"The robots.txt of {target.host} asks robots not to read {target.path}.",
                    f"Ask its web master to allow {ROBOT}, or save the page as a file.",
                )
            response = self._ask(target, conditions, max(delay, _pace(rules)))
            place = response.headers.get("location", "")
            if response.status not in _REDIRECTIONS or not place:
                return response
            try:
                address = urljoin(target.address, place.strip())
            except ValueError:
                raise TargetRefused("It redirects to no address.", "Give another.") from None
        raise VisitFailed(
            f"It redirects more than {_HOPS} times.", "Give the address where the page is."
        )

    def _ask(self, target: Target, conditions: Mapping[str, str], delay: float) -> Response:
        """One request when its time has come, and another where the server is busy."""
        for attempt in range(_TIMES):
            self._wait_for_turn(target, delay)
            response = self._get(target.address, conditions)
            self._last[target.host] = self._clock()
            later = response.headers.get("retry-after", "")
            if response.status not in _BUSY or attempt + 1 == _TIMES or not later.isdigit():
                break
            if int(later) > _LONGEST_DELAY:
                break
            self._pause(float(later))
        return response

    def _wait_for_turn(self, target: Target, delay: float) -> None:
        last = self._last.get(target.host)
        if last is not None and (wait := last + delay - self._clock()) > 0:
            self._pause(wait)

    def _rules_of(self, target: Target, delay: float) -> Protego | None:
        """A host's rules for robots; None where it has none.

        Where they cannot be read because the server does not answer, nothing of it is read (RFC
        9309, 2.3.1).
        """
        if target.origin not in self._rules:
            response = self._follow(f"{target.origin}/robots.txt", {}, delay, ruled=False)
            if response.status >= 500 or response.status == 429:
                raise NoAnswer(
                    f"The robots.txt of {target.host} answers {response.status}.",
                    "Try again later.",
                )
            rules = None
            if response.status == 200:
                text = response.body[:_RULES_SIZE].decode("utf-8", "replace")
                rules = Protego.parse(text)
            self._rules[target.origin] = rules
        return self._rules[target.origin]


def agent_of(version: str, contact: str | None) -> str:
    """What the assistant calls itself, with whom to write to."""
    name = f"{ROBOT}/{version}"
    plain = (contact or "").encode("ascii", "ignore").decode("ascii").strip()
    return f"{name} (+{plain})" if plain else name


def _pace(rules: Protego | None) -> float:
    wanted = rules.crawl_delay(ROBOT) if rules is not None else None
    return min(wanted or 0.0, _LONGEST_DELAY)
