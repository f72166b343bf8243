from __future__ import annotations

from corpus.document import Document
from corpus.library import programme_titles
from web.programme_view import programme_view


def test_a_programme_is_shown_from_its_own_documents(documents: tuple[Document, ...]) -> None:
    ((id, title),) = programme_titles(documents).items()

    view = programme_view(id, title, {each.id: each for each in documents})

    assert view.title == "Parcours Chargé.e.s de mission et de coordination (CMC)"
    assert view.subtitle.startswith("Action sociale et éducative")
    assert view.lead.startswith("Le parcours CMC")
    assert ("ECTS", "120 crédits") in view.facts
    assert [each.id for each in view.documents] == [each.id for each in documents]


def test_documents_of_every_programme_are_listed_last() -> None:
    own = Document("licence/page", "licence", "Licence", "", ())
    common = Document("campus", "*", "Le campus", "", ())

    view = programme_view("licence", "Licence", {"campus": common, "licence/page": own})

    assert view.documents == (own, common)
    assert (view.lead, view.facts, view.subtitle) == ("", (), "")
