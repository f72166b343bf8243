"""Reading files in a child process."""

import gzip
import io
import os
import threading
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.element import Close, Element, Fact, Heading, Items, Page, Paragraph, Table
from corpus.library import read_corpus
from corpus.limited import LimitedReader, Limits
from corpus.reader import read
from corpus.reading import Metadata, Reading, UnreadableDocument
from corpus.wire import decode, encode_reading, encode_refusal

DOCUMENTS = Path(__file__).parent / "data" / "documents"
PAGE = "<html lang=fr><body><main><h1>Master</h1><p>Durée : 2 ans</p></main></body></html>".encode()


@pytest.fixture(scope="module")
def reader() -> Iterator[LimitedReader]:
    with LimitedReader(Limits(memory=400, processor=1, wall=20)) as reader:
        yield reader


def alive(reader: LimitedReader) -> bool:
    """Whether the reader still reads: none of its files has done it harm."""
    return Fact("Durée", "2 ans") in reader.read(PAGE, ".html").elements


text = st.text(min_size=1, max_size=12)
texts = st.lists(text, max_size=3).map(tuple)
some_element: st.SearchStrategy[Element] = st.one_of(
    st.builds(Heading, st.integers(1, 9), text, st.none() | text),
    st.builds(Paragraph, text),
    st.builds(Items, texts),
    st.builds(Fact, text, text),
    st.builds(Table, texts, st.lists(texts, max_size=3).map(tuple)),
    st.builds(Page, st.integers(1, 99)),
    st.builds(Close, st.integers(1, 9)),
)


@given(st.builds(Metadata, title=st.none() | text), st.lists(some_element, max_size=5), texts)
def test_a_reading_comes_back_as_it_was_sent(
    metadata: Metadata, elements: list[Element], notes: tuple[str, ...]
) -> None:
    reading = Reading(metadata, tuple(elements), notes)

    assert decode(encode_reading(reading)) == reading


def test_a_refusal_comes_back_as_one() -> None:
    with pytest.raises(UnreadableDocument, match=r"Trop\. Coupez-le\."):
        decode(encode_refusal(UnreadableDocument("Trop.", "Coupez-le.")))


@pytest.mark.parametrize("name", ["html/ksup.html", "pdf/livret.pdf", "cdm/master_eau.xml"])
def test_a_file_is_read_as_it_is_without_a_child(reader: LimitedReader, name: str) -> None:
    data, suffix = (DOCUMENTS / name).read_bytes(), Path(name).suffix

    assert reader.read(data, suffix) == read(data, suffix)


def test_text_needs_no_child() -> None:
    with LimitedReader() as reader:
        assert reader.read(b"ECTS : 120", ".txt").elements == (Fact("ECTS", "120"),)
        assert reader._process is None


def test_refusals_are_those_of_the_reader(reader: LimitedReader) -> None:
    with pytest.raises(UnreadableDocument, match="no HTML"):
        reader.read(b"Le stage dure 12 semaines.", ".html")
    with pytest.raises(UnreadableDocument, match="suffix"):
        reader.read(b"x", ".exe")


def archive(content: bytes, name: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(name, content)
    return out.getvalue()


def pdf(stream: bytes, filters: str) -> bytes:
    """A PDF of one page with the stream as its content."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        f"<</Length {len(stream)}/Filter[{filters}]>>stream\n".encode() + stream + b"\nendstream",
    ]
    out = b"%PDF-1.7\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj".encode() + each + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        out
        + (
            f"xref\n0 5\n0000000000 65535 f \n{table}trailer<</Size 5/Root 1 0 R>>\n"
            f"startxref\n{len(out)}\n%%EOF\n"
        ).encode()
    )


def layers(data: bytes, count: int) -> bytes:
    for _ in range(count):
        data = zlib.compress(data, 9)
    return data


BOMBS = {
    "zip": (archive(b" " * 40_000_000), ".docx"),
    "zip in disguise": (archive(b"<a/>") + gzip.compress(b"0" * 1_000_000), ".docx"),
    "nested tags of a docx": (archive(b"<w:p>" * 500_000), ".docx"),
    "nested tags": (b"<html><body>" + b"<div>" * 200_000 + b"Texte.", ".html"),
    "attributes": (b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">Texte.", ".html"),
    "entities": (
        b'<!DOCTYPE CDM [<!ENTITY a "aaaaaaaaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10))
        + b"]><CDM>&k;</CDM>",
        ".xml",
    ),
    "nested xml": (b"<CDM>" + b"<program>" * 200_000, ".xml"),
    "deflated twice": (pdf(layers(b"0 " * 20_000_000, 2), "/FlateDecode /FlateDecode"), ".pdf"),
    "endless text": (
        pdf(layers(b"BT /F1 12 Tf " + b"(Le stage) Tj 0 -1 Td " * 1_000_000, 1), "/FlateDecode"),
        ".pdf",
    ),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_and_the_next_file_is_read(reader: LimitedReader, bomb: str) -> None:
    data, suffix = BOMBS[bomb]
    begun = time.monotonic()

    with pytest.raises(UnreadableDocument) as refused:
        reader.read(data, suffix)

    assert refused.value.reason
    assert refused.value.remedy
    assert time.monotonic() - begun < 20
    assert alive(reader)


def test_a_child_that_dies_is_replaced(reader: LimitedReader) -> None:
    assert alive(reader)
    assert reader._process is not None
    reader._process.kill()
    reader._process.wait()

    assert alive(reader)


def test_a_file_that_takes_too_long_is_refused() -> None:
    page = b"<html><body>" + b"<p>Le stage est <b>obligatoire</b>.</p>" * 20_000

    with LimitedReader(Limits(wall=0.3)) as reader:
        with pytest.raises(UnreadableDocument, match=r"more than 0\.3 seconds"):
            reader.read(page, ".html")
        assert reader._process is None


def test_the_child_ends_with_its_reader() -> None:
    with LimitedReader() as reader:
        assert alive(reader)
        process = reader._process
        assert process is not None

    assert process.poll() is not None


def test_a_child_is_replaced_after_many_files() -> None:
    with LimitedReader(Limits(files=2)) as reader:
        children = set()
        for _ in range(4):
            assert alive(reader)
            children.add(reader._process and reader._process.pid)

    assert None in children


def test_threads_share_a_reader(reader: LimitedReader) -> None:
    found: list[bool] = []
    threads = [threading.Thread(target=lambda: found.append(alive(reader))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [True] * 8


def test_a_folder_with_bad_documents_is_read_all_the_same(tmp_path: Path) -> None:
    good = {"a.html": PAGE, "z.md": b"Texte."}
    bad = {
        "b.html": b"<html><body>" + b"<div>" * 200_000,
        "c.docx": archive(b" " * 40_000_000),
        "d.pdf": b"%PDF-1.7\n%%EOF",
        "e.xml": BOMBS["entities"][0],
        "f.html": b"",
        "g.pdf": PAGE,
        "h.docx": b"\xd0\xcf\x11\xe0" + b"x" * 100,
    }
    for name, data in (good | bad).items():
        (tmp_path / name).write_bytes(data)
    os.symlink(tmp_path, tmp_path / "loop")

    found = read_corpus(tmp_path)

    assert [document.id for document in found.documents] == ["a", "z"]
    assert [each.path for each in found.unreadable] == sorted(bad)
    assert all(each.reason and each.remedy for each in found.unreadable)
