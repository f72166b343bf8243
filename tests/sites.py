"""Sites that a browser visits: the assistant's own, and one of a university that embeds it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

HOSTILE = """
html { font-size: 62.5%; }
* { font: italic 40px/3 fantasy !important; color: lime !important; direction: rtl !important;
  letter-spacing: 9px !important; text-transform: uppercase !important; cursor: none !important; }
body > * { display: inline-block !important; opacity: .2 !important; filter: invert(1) !important;
  transform: rotate(9deg) !important; visibility: hidden !important; width: 40px !important; }
button, textarea, dialog, a, p, h2, svg { background: red !important; width: 999px !important; }
programme-assistant { display: none !important; position: relative !important; }
"""

PAGE = """<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Master CMC</title>
<link rel="stylesheet" href="/site.css?{hostile}">
<script nonce="own">
  const faults = [];
  addEventListener("error", (event) => faults.push(event.message));
  addEventListener("unhandledrejection", (event) => faults.push(String(event.reason)));
  addEventListener("securitypolicyviolation", (event) => faults.push(event.violatedDirective));
</script>
</head>
<body>
<header><a href="/">Université</a></header>
<main><h1>Master CMC</h1><p>Deux ans pour apprendre à coordonner.</p>
<button id="own">Un bouton de la page</button> <a id="other" href="/other">Une autre page</a>
<a id="ask" href="{server}/ask?programme=parcours-cmc" data-assistant-ask="{asks}">Poser</a>
<div id="here"></div></main>
<footer>Contact</footer>
{script}
<noscript><a href="{server}/ask?programme=parcours-cmc">Poser une question</a></noscript>
</body></html>
"""


def free_socket() -> socket.socket:
    """A socket that is bound, so that its port is known before what listens on it is made."""
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    return bound


@contextmanager
def serving(app: Any, bound: socket.socket | None = None) -> Iterator[str]:
    """The application on a port of its own; its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="off"))
    sockets = [bound] if bound else None
    thread = threading.Thread(target=server.run, kwargs={"sockets": sockets})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def university(server: str) -> Starlette:
    """A site on another origin, with the strictest policy that a page can have.

    `?attributes=…` and `?src=…` are the script's, `?language=` the page's; `?hostile` styles all.
    """
    policy = (
        f"default-src 'none'; script-src {server} 'nonce-own'; connect-src {server};"
        " style-src 'self'; base-uri 'none'; form-action 'none';"
        " require-trusted-types-for 'script'; trusted-types 'none'"
    )

    def page(request: Request) -> Response:
        query = request.query_params
        attributes = query.get("attributes", 'data-programme="parcours-cmc"')
        source = query.get("src", f"{server}/widget.js")
        tag = f'<script src="{source}" {attributes} defer></script>'
        shown = PAGE.format(
            server=server,
            language=query.get("language", "fr"),
            hostile="hostile" if "hostile" in query else "",
            asks=query.get("asks", ""),
            script="" if "bare" in query else tag * (2 if "twice" in query else 1),
        )
        return HTMLResponse(shown, headers={"Content-Security-Policy": policy})

    def style(request: Request) -> Response:
        return Response(HOSTILE if "hostile" in request.url.query else "", media_type="text/css")

    return Starlette(routes=[Route("/site.css", style), Route("/{path:path}", page)])
