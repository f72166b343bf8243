from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from assistant.target import TargetRefused, target_of
from assistant.visit import Limits, NoAnswer, VisitFailed, Visitor
from tests.webmaster import Webmaster, page, university

# What a name might lead to; `example` names are never looked up for real.
NAMES = {
    "rebinding.example": ["93.184.215.14", "127.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "intranet.example": ["10.1.2.3"],
    "campus.example": ["192.168.0.10"],
    "carrier.example": ["100.64.0.1"],
    "six.example": ["fd00::5"],
    "mapped.example": ["::ffff:10.0.0.1"],
    "group.example": ["224.0.0.1"],
    "nowhere.example": ["0.0.0.0"],
    "sixtofour.example": ["2002:7f00:1::"],
    "translated.example": ["64:ff9b::7f00:1"],
    "old.example": ["fec0::1"],
}
FORBIDDEN = [
    *("http://127.0.0.1/", "http://127.0.0.53:80/", "http://127.1/", "http://127.0.1/"),
    *("http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://017700000001/"),
    *("http://0177.0.0.1/", "http://127.0.0.1./", "http://localhost/", "http://LOCALHOST./"),
    *("http://①②⑦.⓪.⓪.①/", "http://0/", "http://0.0.0.0/", "http://[::1]/", "http://[::]/"),
    *("http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/"),
    *("http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fd12:3456::1]/"),
    *("http://[ff02::1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/"),
    *("http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://172.16.0.1/"),
    *("http://192.168.1.1/", "http://100.64.0.1/", "http://198.18.0.1/", "http://224.0.0.1/"),
    *("http://240.0.0.1/", "http://255.255.255.255/", "http://93.184.215.14:22/"),
    *("http://public.example@127.0.0.1/", "http://127.0.0.1#@public.example/"),
    *("file:///etc/passwd", "ftp://public.example/", "gopher://public.example/", "//127.0.0.1/"),
    *("http:///etc/passwd", "http://public.example\\@127.0.0.1/", "http://127.0.0.1%00.example/"),
    *("javascript:alert(1)", "data:text/html,x", "http://public.example:70000/"),
    *(f"http://{name}/" for name in NAMES),
]


def look_up(host: str, port: int) -> list[str]:
    if host.endswith(".example"):
        return NAMES.get(host, ["93.184.215.14"])
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@pytest.fixture
def site() -> Iterator[Webmaster]:
    with university() as master:
        yield master


def test_there_are_forty_targets_and_more() -> None:
    assert len(set(FORBIDDEN)) >= 40


@pytest.mark.parametrize("address", FORBIDDEN)
def test_what_is_not_of_the_public_internet_is_refused(address: str) -> None:
    with Visitor("test", look_up=look_up) as visitor, pytest.raises(TargetRefused) as refused:
        visitor.get(address)

    assert refused.value.reason
    assert refused.value.remedy


def test_a_port_that_answers_is_not_reached_unless_it_is_named(site: Webmaster) -> None:
    site.put("/stage", page("Stage", "420 heures"))

    with Visitor("test") as visitor, pytest.raises(TargetRefused, match="Port"):
        visitor.get(site.url("/stage"))
    assert site.asked == []
    with Visitor("test", (site.host,)) as visitor:
        assert "420" in visitor.get(site.url("/stage")).body.decode()


def test_the_connection_is_made_to_the_address_that_was_checked(site: Webmaster) -> None:
    site.put("/stage", page("Stage", "420 heures"))
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    named = f"intranet.example:{site.host.rpartition(':')[2]}"

    with Visitor("test", (named,), look_up=lambda host, port: answers.pop(0)) as visitor:
        response = visitor.get(f"http://{named}/stage")

    assert response.status == 200
    assert len(answers) == 1, "the name is looked up once"


def test_a_named_host_may_be_private_but_never_the_machinery_of_a_network() -> None:
    with (
        Visitor("test", ("cloud.example",), look_up=lambda *_: ["169.254.169.254"]) as visitor,
        pytest.raises(TargetRefused),
    ):
        visitor.get("http://cloud.example/")


def test_a_target_is_sent_as_a_browser_would() -> None:
    target = target_of("https://Université.example/é tude/?q=à#ici".replace(" ", "%20"))

    assert target.address == "https://xn--universit-j4a.example/%C3%A9%20tude/?q=%C3%A0"
    assert target_of("http://[2606:2800:21f::1]:443/x", ()).authority == "[2606:2800:21f::1]:443"


def test_a_page_over_the_limit_is_not_read_to_its_end(site: Webmaster) -> None:
    packed = gzip.compress(b"0" * 5_000_000)
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    site.pages["/bombe"] = (200, packed, headers)
    site.put("/long", b"0" * 200_000)

    with Visitor("test", (site.host,), Limits(size=100_000)) as visitor:
        for path in ("/bombe", "/long"):
            with pytest.raises(VisitFailed, match="larger than"):
                visitor.get(site.url(path))


def test_packed_pages_are_unpacked_and_damaged_ones_refused(site: Webmaster) -> None:
    packed = gzip.compress(page("Stage", "420 heures"))
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    site.pages["/stage"] = (200, packed, headers)
    site.pages["/casse"] = (200, packed[:-20], headers)

    with Visitor("test", (site.host,)) as visitor:
        assert b"420 heures" in visitor.get(site.url("/stage")).body
        with pytest.raises(VisitFailed, match="damaged"):
            visitor.get(site.url("/casse"))


def test_a_server_that_drips_is_left_after_the_whole_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        ended = threading.Event()

        def drip() -> None:
            line, _ = server.accept()
            with line:
                line.sendall(b"HTTP/1.1 200 OK\r\n")
                while not ended.wait(0.05):
                    try:
                        line.sendall(b"X-Slow: x\r\n")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        host = f"127.0.0.1:{server.getsockname()[1]}"
        began = time.monotonic()
        with (
            Visitor("test", (host,), Limits(whole=0.6)) as visitor,
            pytest.raises(NoAnswer, match="in time"),
        ):
            visitor.get(f"http://{host}/")
        assert time.monotonic() - began < 5
        ended.set()
        thread.join()


def test_a_host_that_refuses_or_is_unknown_does_not_answer() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with Visitor("test", look_up=unknown) as visitor, pytest.raises(NoAnswer, match="not known"):
        visitor.get("https://www.univ.example/")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        host = f"127.0.0.1:{closed.getsockname()[1]}"
    with Visitor("test", (host,)) as visitor, pytest.raises(NoAnswer):
        visitor.get(f"http://{host}/")
