import pytest

from assistant.filing import in_utf8, path_of, suffix_of


@pytest.mark.parametrize(
    ("address", "suffix", "path"),
    [
        ("https://www.univ.example/", ".html", "www.univ.example/index.html"),
        ("https://www.univ.example/droit/stage", ".html", "www.univ.example/droit/stage.html"),
        ("https://u.example/droit/stage/", ".html", "u.example/droit/stage/index.html"),
        ("https://www.univ.example/guide.PDF", ".pdf", "www.univ.example/guide.PDF"),
        ("https://u.example:8080/a.php?id=4&l=fr", ".html", "u.example-8080/a.php_id=4-l=fr.html"),
        ("https://u.example/%C3%A9tude", ".html", "u.example/étude.html"),
        ("https://u.example/../../.ssh/x", ".html", "u.example/ssh/x.html"),
        ("https://u.example/%2e%2e%2f%2e%2e%2fetc", ".html", "u.example/etc.html"),
    ],
)  # fmt: skip
def test_a_page_is_kept_under_its_host_and_path(address: str, suffix: str, path: str) -> None:
    assert path_of(address, suffix) == path


def test_long_names_are_cut_and_stay_apart() -> None:
    paths = [path_of(f"https://u.example/{'a' * 300}{end}", ".html") for end in "bc"]

    assert paths[0] != paths[1]
    assert all(len(part) < 120 for path in paths for part in path.split("/"))


@pytest.mark.parametrize(
    ("address", "kind", "data", "suffix"),
    [
        ("https://u.example/x", "text/html; charset=utf-8", b"", ".html"),
        ("https://u.example/x.php", "application/pdf", b"", ".pdf"),
        ("https://u.example/x.pdf", "application/octet-stream", b"%PDF-1.7", ".pdf"),
        ("https://u.example/x.md", "text/plain", b"", ".md"),
        ("https://u.example/x.md", "", b"# X", ".md"),
        ("https://u.example/x.png", "image/png", b"", None),
        ("https://u.example/x", "", b"text", None),
    ],
)  # fmt: skip
def test_the_content_type_decides_the_reader(
    address: str, kind: str, data: bytes, suffix: str | None
) -> None:
    assert suffix_of(address, kind, data) == suffix


def test_an_encoding_that_only_the_server_names_is_not_lost() -> None:
    text = "Le coût est de 250 €."

    assert in_utf8(text.encode("iso-8859-15"), ".txt", "text/plain; charset=iso-8859-15") == (
        text.encode()
    )
    declared = "<meta charset=iso-8859-1>é".encode("latin-1")
    assert in_utf8(declared, ".html", "text/html; charset=koi8-r") == declared
