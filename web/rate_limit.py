"""Rate limits: how many questions a minute one address may ask."""

from __future__ import annotations

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.client import address_of, origin_of
from web.problem import Problem, Problems

LIMITED = frozenset({"/api/v1/ask", "/api/v1/search", "/api/v1/feedback", "/ask"})
_POLICY = "questions"


class RateLimit:
    """Answers 429 past `per_minute` requests; says in `RateLimit` how many are left.

    Header fields as in draft-ietf-httpapi-ratelimit-headers-10. Loopback is not limited unless
    `proxied`: behind a proxy everybody would look like loopback otherwise.
    """

    def __init__(self, app: ASGIApp, problems: Problems, *, per_minute: int, proxied: bool) -> None:
        self.app = app
        self._problems = problems
        self._item = RateLimitItemPerMinute(per_minute)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._proxied = proxied

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, or answer 429."""
        if not self._counts(scope):
            return await self.app(scope, receive, send)
        origin = origin_of(scope)
        allowed = self._limiter.hit(self._item, origin)
        stats = self._limiter.get_window_stats(self._item, origin)
        seconds = max(1, math.ceil(stats.reset_time - time.time()))
        most = self._item.amount
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
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"] not in LIMITED:
            return False
        address = address_of(scope)
        return self._proxied or address is None or not address.is_loopback
