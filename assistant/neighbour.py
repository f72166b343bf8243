"""The neighbour: whether anybody listens on an address already, and whether it is one of us."""

from __future__ import annotations

import http.client
import json
from typing import Literal

_PATIENCE = 2.0  # seconds
_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}

Neighbour = Literal["nobody", "assistant", "somebody"]


def who_answers(host: str, port: int) -> Neighbour:
    """Who listens on an address of this machine."""
    connection = http.client.HTTPConnection(_ANYWHERE.get(host, host), port, timeout=_PATIENCE)
    try:
        connection.connect()
    except OSError:
        return "nobody"
    try:
        connection.request("GET", "/livez")
        alive = json.loads(connection.getresponse().read(1000)) == {"status": "alive"}
    except (OSError, http.client.HTTPException, ValueError):
        alive = False
    finally:
        connection.close()
    return "assistant" if alive else "somebody"
