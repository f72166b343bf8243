"""Front matter."""

import pytest

from corpus.front_matter import split_front_matter, web_address
from corpus.reading import Metadata, UnreadableDocument


def test_the_known_keys_are_read_and_the_others_ignored() -> None:
    text = """---
programme: master-sonore
programme_title: Master Patrimoine sonore
title: Admission
url: https://www.univ.example/admission
language: fr-FR
updated: 2026-09-01
author: la scolarité
---
Le texte."""

    metadata, body, notes = split_front_matter(text)

    assert metadata == Metadata(
        "master-sonore",
        "Master Patrimoine sonore",
        "Admission",
        "https://www.univ.example/admission",
        "fr",
        "2026-09-01",
    )
    assert (body, notes) == ("Le texte.", ())


def test_text_without_front_matter_is_left_as_it_is() -> None:
    assert split_front_matter("Stage\n---\nfin") == (Metadata(), "Stage\n---\nfin", ())


def test_a_rule_at_the_top_is_not_front_matter() -> None:
    text = "---\nLe stage dure 12 semaines.\n---\n"

    assert split_front_matter(text)[1] == text


@pytest.mark.parametrize("value", ["*", '"*"', "'*'"])
def test_a_star_means_every_programme_quoted_or_not(value: str) -> None:
    assert split_front_matter(f"---\nprogramme: {value}\n---\n")[0].programme == "*"


@pytest.mark.parametrize("date", ["2026-09-01", "01/09/2026", "1er septembre 2026", '"2026-09-01"'])
def test_dates_are_given_in_iso_8601(date: str) -> None:
    assert split_front_matter(f"---\nupdated: {date}\n---\n")[0].updated == "2026-09-01"


@pytest.mark.parametrize(
    "line",
    ["url: javascript:alert(1)", "url: www.univ.example", "updated: hier", "language: 12"],
)
def test_a_value_that_cannot_be_used_is_left_out_with_a_note(line: str) -> None:
    metadata, _, notes = split_front_matter(f"---\n{line}\n---\nTexte")

    assert metadata == Metadata()
    assert line.partition(":")[0] in notes[0]


@pytest.mark.parametrize(
    "yaml", ["title: Parcours : suite", "a: [1", "title: *a", "title:Parcours"]
)
def test_malformed_front_matter_is_refused_with_a_remedy(yaml: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        split_front_matter(f"---\n{yaml}\n---\n")

    assert refused.value.reason.startswith("The front matter")
    assert refused.value.remedy


def test_only_http_addresses_are_web_addresses() -> None:
    assert web_address("https://univ.example/a") == "https://univ.example/a"
    assert web_address("ftp://univ.example") is None
    assert web_address("https://") is None
    assert web_address("http://[oups") is None
    assert web_address(None) is None
