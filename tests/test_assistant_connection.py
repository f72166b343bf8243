"""Sites with a certificate that is wrong, and the way out through a proxy."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.builder import Built
from assistant.courtesy import Guest
from assistant.intake import Given, Intake
from assistant.office import Office
from assistant.shelf import Shelf
from assistant.sources import Site
from assistant.target import TargetRefused
from assistant.tour import Tour
from assistant.visit import Lookup, NoAnswer, Visitor
from corpus.limited import LimitedReader
from tests.supplies import settings_of
from tests.way_out import WayOut, way_out
from tests.webmaster import Webmaster, page, university

# For `www.univ.example`, save `other`, which is for `autre.example`; made to last for a century,
# save `expired`. `authority` vouches for all but `alone`, which vouches for itself.
CERTIFICATES = Path(__file__).parent / "data" / "certificates"
PUBLIC = "93.184.215.14"


@pytest.fixture
def trusting() -> ssl.SSLContext:
    """What a machine trusts."""
    return ssl.create_default_context(cafile=str(CERTIFICATES / "authority.pem"))


@pytest.fixture
def site() -> Iterator[Webmaster]:
    with university(CERTIFICATES / "valid.pem") as master:
        master.put("/stage", page("Stage", "420 heures"))
        yield master


@pytest.fixture
def plain() -> Iterator[Webmaster]:
    with university() as master:
        master.put("/stage", page("Stage", "420 heures"))
        yield master


@pytest.fixture
def proxy(site: Webmaster) -> Iterator[WayOut]:
    with way_out(site.host) as own:
        yield own


def leading_to(*addresses: str) -> Lookup:
    return lambda host, port: ["127.0.0.1"] if host == "127.0.0.1" else list(addresses)


def unknown(host: str, port: int) -> list[str]:
    if host == "127.0.0.1":
        return [host]
    raise socket.gaierror(-2, "Name or service not known")


FAULTS = {
    "alone": ("not vouched for", "SSL_CERT_FILE"),
    "expired": ("has expired", "renew"),
    "other": ("is for another name", "the name it has"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_wrong_certificate_is_told_in_one_line_and_nothing_is_lost(
    tmp_path: Path, trusting: ssl.SSLContext, name: str
) -> None:
    with university(CERTIFICATES / f"{name}.pem") as master, LimitedReader() as reader:
        master.put("/stage", page("Stage", "420 heures"))
        host = f"www.univ.example:{master.host.rpartition(':')[2]}"
        local = leading_to("127.0.0.1")
        own = Site("list#droit", "droit", urls=(f"https://{host}/stage",), delay=0)

        def visit(secure: ssl.SSLContext):
            with Visitor("test", (host,), look_up=local, secure=secure) as visitor:
                guest = Guest(visitor.get, lambda seconds: None, lambda: 0.0, (host,))
                return Tour(guest, Shelf(tmp_path / "kept"), reader, (host,)).visit(own)

        # As on the day before the certificate was wrong.
        lenient = ssl.create_default_context()
        lenient.check_hostname, lenient.verify_mode = False, ssl.CERT_NONE
        assert len(visit(lenient).added) == 1
        came = visit(trusting)

    assert came.removed == came.added == came.changed == ()
    assert list(Shelf(tmp_path / "kept").origins())
    (refused,) = came.refused
    reason, remedy = FAULTS[name]
    assert refused.reason.startswith("The certificate of www.univ.example ")
    assert reason in refused.reason
    assert remedy in refused.remedy
    assert "\n" not in refused.reason + refused.remedy


def test_pages_of_the_public_internet_are_asked_of_the_proxy(
    site: Webmaster, proxy: WayOut, trusting: ssl.SSLContext
) -> None:
    with Visitor(
        "test", look_up=leading_to(PUBLIC), secure=trusting, proxy=proxy.address
    ) as visitor:
        for _ in range(2):
            assert b"420 heures" in visitor.get("https://www.univ.example/stage").body

    assert proxy.asked == ["CONNECT www.univ.example:443"], "the tunnel is kept"
    assert site.asked == [("/stage", 200)] * 2


def test_pages_without_a_certificate_are_asked_of_the_proxy_by_their_address(
    plain: Webmaster,
) -> None:
    with (
        way_out(plain.host) as proxy,
        Visitor("test", look_up=leading_to(PUBLIC), proxy=proxy.address) as visitor,
    ):
        assert b"420 heures" in visitor.get("http://www.univ.example/stage?an=2027#x").body
        assert visitor.get("http://www.univ.example/rien").status == 404

    assert proxy.asked == [
        "GET http://www.univ.example/stage?an=2027", "GET http://www.univ.example/rien",
    ]  # fmt: skip
    assert plain.agents == {"test"}


def test_the_proxy_is_not_asked_for_what_is_not_of_the_public_internet(proxy: WayOut) -> None:
    for address in ("10.1.2.3", "169.254.169.254", "127.0.0.1", "::1", "64:ff9b::7f00:1"):
        look_up = leading_to(PUBLIC, address)
        with (
            Visitor("test", look_up=look_up, proxy=proxy.address) as visitor,
            pytest.raises(TargetRefused),
        ):
            visitor.get("https://rebinding.example/")
    assert proxy.asked == []


def test_an_intranet_that_was_named_is_visited_without_the_proxy(
    plain: Webmaster, proxy: WayOut
) -> None:
    with Visitor("test", (plain.host,), proxy=proxy.address) as visitor:
        assert b"420 heures" in visitor.get(plain.url("/stage")).body
    assert proxy.asked == []


def test_a_name_that_cannot_be_looked_up_is_asked_of_the_proxy_only_if_it_was_named(
    proxy: WayOut, trusting: ssl.SSLContext
) -> None:
    with (
        Visitor("test", look_up=unknown, proxy=proxy.address) as visitor,
        pytest.raises(NoAnswer, match="cannot be looked up here") as refused,
    ):
        visitor.get("https://www.univ.example/stage")
    assert "ASSISTANT_PRIVATE_SOURCES" in refused.value.remedy
    assert proxy.asked == []

    named = ("www.univ.example",)
    with Visitor("test", named, look_up=unknown, secure=trusting, proxy=proxy.address) as visitor:
        assert visitor.get("https://www.univ.example/stage").status == 200


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    ("status", "reason"), [(407, "asks for a user name"), (403, "does not lead to")]
)
def test_a_proxy_that_refuses_is_named(
    proxy: WayOut, scheme: str, status: int, reason: str
) -> None:
    proxy.refuses = status
    with Visitor("test", look_up=leading_to(PUBLIC), proxy=proxy.address) as visitor:
        if (scheme, status) == ("http", 403):
            # Nothing tells it from a page that is closed.
            assert visitor.get("http://www.univ.example/stage").status == 403
            return
        with pytest.raises(NoAnswer, match=reason) as refused:
            visitor.get(f"{scheme}://www.univ.example/stage")
    assert proxy.address in refused.value.reason
    assert refused.value.remedy.startswith("Ask whoever runs it")


@pytest.mark.parametrize("host", ["127.0.0.1", "proxy.univ.example"])
def test_a_proxy_that_is_out_is_named_with_the_setting(host: str) -> None:
    def look_up(name: str, port: int) -> list[str]:
        return unknown(name, port) if name == host else [PUBLIC]

    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"http://{host}:{closed.getsockname()[1]}"
    with (
        Visitor("test", look_up=look_up, proxy=address) as visitor,
        pytest.raises(NoAnswer, match=f"The proxy {address} does not answer") as refused,
    ):
        visitor.get("https://www.univ.example/stage")
    assert "ASSISTANT_PROXY" in refused.value.remedy


def test_what_is_ingested_is_asked_through_the_proxy_of_the_settings(tmp_path: Path) -> None:
    def unneeded() -> tuple[Office, Built]:
        raise AssertionError("nothing was taken in")

    with way_out("127.0.0.1:9") as own:
        own.refuses = 502
        settings = settings_of(tmp_path, proxy=own.address)
        intake = Intake(settings, unneeded, pause=lambda seconds: None)
        run = intake.run(Given(addresses=(f"https://{PUBLIC}/stage",)))

    assert own.asked == [f"CONNECT {PUBLIC}:443"]
    (refused,) = run.ingested.refused
    assert own.address in refused.reason
