"""Key holders: which back end a request comes from, by its bearer key."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import Scope

from assistant.keyring import KeyRingUnavailable
from web.interface import Keys
from web.problem import Problem

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="assistant"'}


async def holder_of(scope: Scope, keys: Keys | None) -> str | None:
    """The name behind the request's key; None without one, or while keys cannot be looked up.

    Raises Problem for a key that opens nothing: its owner should learn of it at once.
    """
    scheme, _, secret = Headers(scope=scope).get("authorization", "").strip().partition(" ")
    if scheme.lower() != "bearer" or keys is None:
        return None
    try:
        name = await run_in_threadpool(keys.holder, secret.strip())
    except KeyRingUnavailable:
        return None
    if name is None:
        raise Problem("key_unknown", headers=_CHALLENGE)
    return name
