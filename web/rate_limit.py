"""Rate limits: how many questions a minute one address, or the holder of one key, may ask."""

from __future__ import annotations

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.client import address_of, origin_of
from web.interface import Keys
from web.key_holder import holder_of
from web.problem import Problem, Problems

LIMITED = frozenset({"/api/v1/ask", "/api/v1/search", "/api/v1/feedback", "/ask"})
_POLICY = "questions"


class RateLimit:
    """Answers 429 past `per_minute` requests; says in `RateLimit` how many are left.

    Header fields as in draft-ietf-httpapi-ratelimit-headers-10. Loopback is not limited unless
    `proxied`: behind a proxy everybody would look like loopback otherwise. Whoever shows a key
    is counted by it, wherever they are, up to `key_per_minute`.
    """

    def __init__(
        self,
        app: ASGIApp,
        problems: Problems,
        *,
        per_minute: int,
        key_per_minute: int,
        keys: Keys | None,
        proxied: bool,
    ) -> None:
        self.app = app
        self._problems = problems
        self._item = RateLimitItemPerMinute(per_minute)
        self._key_item = RateLimitItemPerMinute(key_per_minute)
        self._keys = keys
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._proxied = proxied

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, or answer 429."""
        if not _is_question(scope):
            return await self.app(scope, receive, send)
        try:
            holder = await holder_of(scope, self._keys)
        except Problem as refusal:
            return await self._problems.response(scope, refusal)(scope, receive, send)
        if holder is None and not self._counts(scope):
            return await self.app(scope, receive, send)
        item = self._item if holder is None else self._key_item
        # An address never looks like a key's: no address has a space in it.
        origin = origin_of(scope) if holder is None else f"key {holder}"
        allowed = self._limiter.hit(item, origin)
        stats = self._limiter.get_window_stats(item, origin)
        seconds = max(1, math.ceil(stats.reset_time - time.time()))
        most = item.amount
        left = stats.remaining if allowed else 0
        fields = {
            "RateLimit-Policy": f'"{_POLICY}";q={most};w=60',
            "RateLimit": f'"{_POLICY}";r={left};t={seconds}',
        }
        if not allowed:
            headers = {**fields, "Retry-After": str(seconds)}
            problem = Problem("too_many", headers=headers, seconds=seconds, most=most)
            return await self._problems.response(scope, problem)(scope, receive, send)

        async def send_with_fields(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(fields)
            await send(message)

        await self.app(scope, receive, send_with_fields)

    def _counts(self, scope: Scope) -> bool:
        address = address_of(scope)
        return self._proxied or address is None or not address.is_loopback


def _is_question(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] == "POST" and scope["path"] in LIMITED
