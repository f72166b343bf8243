"""Fakes of outside things, with the same interfaces."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document, compose
from corpus.element import Element, Fact, Heading, Items, Paragraph, Table
from index.words import FUNCTION_WORDS, tokens


class FakeEncoder:
    """An encoder without a model: the sum of one fixed direction for each stem of a text.

    `seen` lists the passages it was given. Another `salt` is another model.
    """

    reader = None

    def __init__(self, dimension: int = 64, salt: str = "") -> None:
        self.name = f"fake{salt}"
        self.dimension = dimension
        self.fingerprint = hashlib.sha256(f"fake {dimension} {salt}".encode()).hexdigest()
        self.seen: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = [self._vector(text) for text in texts]
        return np.array(vectors, np.float32).reshape(-1, self.dimension)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        self.seen.extend(texts)
        if progress:
            for done in range(1, len(texts) + 1):
                progress(done, len(texts))
        return self.encode_queries(texts)

    def _vector(self, text: str) -> NDArray[np.float32]:
        words = [token for token in tokens(text) if token.text not in FUNCTION_WORDS]
        total = sum((self._direction(token.stem) for token in words), self._direction(""))
        return (total / np.linalg.norm(total)).astype(np.float32)

    def _direction(self, stem: str) -> NDArray[np.float64]:
        digest = hashlib.sha256(f"{self.name} {stem}".encode()).digest()
        return np.random.default_rng(list(digest)).standard_normal(self.dimension)


def sample_documents() -> tuple[Document, ...]:
    """Three documents of two programmes, and one that concerns every programme."""
    stage = (
        Heading(1, "Stage"),
        Paragraph("Le stage dure 420 heures et se déroule de janvier à juin."),
        Paragraph(
            "Il est encadré par un·e enseignant·e et par un·e tuteur·rice de la structure "
            "d'accueil, qui évaluent ensemble le rapport remis à la fin de la période."
        ),
        Heading(2, "Lieux de stage"),
        Items(("centres sociaux", "services municipaux", "associations d'éducation populaire")),
    )
    admission = (
        Heading(1, "Admission"),
        Paragraph("Les candidatures se déposent sur la plateforme Mon Master avant le 24 mars."),
        Fact("Niveau requis", "licence, 180 crédits ECTS"),
    )
    musicology = (
        Heading(1, "Licence Musicologie"),
        Paragraph("La licence se prépare en trois ans ; aucun stage n'est obligatoire."),
        Table(("Semestre", "Volume"), (("S1", "240 h"), ("S2", "236 h"))),
    )
    housing = (
        Heading(1, "Se loger"),
        Paragraph("Le CROUS propose des logements : la demande se fait de janvier à mai."),
    )
    return (
        _document("parcours-cmc/stage", "parcours-cmc", "Stage", stage),
        _document("parcours-cmc/admission", "parcours-cmc", "Admission", admission),
        _document("licence-musicologie/page", "licence-musicologie", "Musicologie", musicology),
        _document("logement", "*", "Se loger", housing),
    )


def changed(document: Document, old: str, new: str) -> Document:
    """The document with the one place where `old` stands saying `new`, of the same length."""
    assert document.text.count(old) == 1
    assert len(old) == len(new)
    return replace(document, text=document.text.replace(old, new))


def _document(identity: str, programme: str, title: str, elements: tuple[Element, ...]) -> Document:
    text, sections = compose(elements)
    return Document(identity, programme, title, text, sections, updated="2026-09-01")
