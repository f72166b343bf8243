from __future__ import annotations

from pathlib import Path

import pytest

from assistant.sources import Site, SourcesError, read_sources

WHOLE = """
[[site]]
name = "droit"
sitemap = "https://www.univ.example/sitemap.xml"
programme = "master-droit"
content = "main .formation"
include = ["/formations/droit/*"]
exclude = ["*/imprimer", "*?page=*"]
every = 6
delay = 2

[[site]]
urls = ["https://www.univ.example/frais", "https://www.univ.example/guide.pdf"]
"""


def sources(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_of_sources_is_read(tmp_path: Path) -> None:
    droit, other = read_sources(sources(tmp_path, WHOLE))

    assert (droit.name, droit.programme, droit.content) == (
        "droit",
        "master-droit",
        "main .formation",
    )
    assert (droit.every, droit.delay) == (6, 2)
    assert (other.name, len(other.urls), other.every) == ("www.univ.example", 2, 24)
    assert droit.listed
    assert droit.key != other.key


def test_patterns_choose_the_pages_of_a_site(tmp_path: Path) -> None:
    droit, other = read_sources(sources(tmp_path, WHOLE))
    site = "https://www.univ.example"

    assert droit.wants(f"{site}/formations/droit/stage/")
    assert not droit.wants(f"{site}/actualites/")
    assert not droit.wants(f"{site}/formations/droit/stage/imprimer")
    assert not droit.wants(f"{site}/formations/droit/?page=2")
    assert other.wants(f"{site}/anything")
    assert Site("k", "n", include=("https://a.example/*",)).wants("https://a.example/x")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[site]\n", "is not valid TOML"),
        ("[[site]]\nname = 'x'\n", "it names no page"),
        ("[[site]]\nurl = 5\n", "url = 5: give a text"),
        ("[[site]]\nurl = 'file:///etc/passwd'\n", "file:"),
        ("[[site]]\nurl = 'http://localhost:99/'\n", "Port 99"),
        ("[[site]]\nurl = 'https://u.example/'\nprograme = 'x'\n", "did you mean 'programme'"),
        ("[[site]]\nurl = 'https://u.example/'\nevery = 0\n", "every = 0: give a number"),
        ("[[site]]\nurl = 'https://u.example/'\ncontent = 'main >'\n", "is no CSS selector"),
        ("sites = 1\n", "'sites' is not known"),
        ("site = 1\n", "write [[site]] above it"),
        ("[[site]]\nurl = 'https://u.example/'\n" * 2, "two sites are called 'u.example'"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_list_is_one_line_with_its_place(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(SourcesError) as error:
        read_sources(sources(tmp_path, text))

    assert said in str(error.value)
    assert "sources.toml" in str(error.value)
    assert "\n" not in str(error.value).partition("TOML")[0]


def test_a_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="cannot be read"):
        read_sources(tmp_path / "sources.toml")
