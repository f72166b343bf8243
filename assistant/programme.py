"""Programmes: which one a question names."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from index.words import FUNCTION_WORDS, fold, tokens

# Words of titles that many programmes share, and that questions use for other things.
_KINDS = frozenset(
    [
        "licence",
        "master",
        "but",
        "du",
        "diplome",
        "universite",
        "parcours",
        "formation",
        "programme",
        "mention",
        "pro",
        "professionnelle",
        "bachelor",
        "ingenieur",
        "cycle",
        "doctorat",
        "science",
        "sciences",
        "etudes",
        "specialite",
        "option",
        "annee",
    ]
)
_ABOUT = r"(?:pour|dans|en|du|au|de la|a la|le|la|for|in|the|of the)"


class Programmes:
    """Tells programmes apart by the words of their titles and ids."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self.titles = titles
        self._names = {id: _name(id, title) for id, title in titles.items()}
        self._neutral = {
            id: frozenset(token.stem for token in tokens(f"{title} {re.sub('[-_/]', ' ', id)}"))
            for id, title in titles.items()
        }
        shared = Counter(stem for stems in self._names.values() for stem in stems)
        self._worth = {stem: math.log(1 + len(titles) / count) for stem, count in shared.items()}
        self._kinds = _kinds(titles)

    def named(self, question: str) -> str | None:
        """The only programme that a question names, or None."""
        stems = {token.stem for token in tokens(question)}
        scores = {
            id: sum(self._worth[stem] for stem in name & stems) for id, name in self._names.items()
        }
        folded = fold(question)
        for kind, ids in self._kinds.items():
            if len(ids) == 1 and re.search(
                rf"\b(?:pour|dans|in|for) (?:le |la |ce |cette |un |the |votre )?{kind}\b", folded
            ):
                scores[ids[0]] += 0.5
        best = max(scores, key=lambda id: scores[id], default=None)
        if (
            best is None
            or scores[best] <= 0
            or sum(scores[id] == scores[best] for id in scores) > 1
        ):
            return None
        return best

    def named_in(self, question: str, history: Sequence[str]) -> str | None:
        """The programme named in the question, else the last one named before; the only one "
        "if one."""
        if len(self.titles) == 1:
            return next(iter(self.titles))
        for said in (question, *reversed(history)):
            programme = self.named(said)
            if programme is not None:
                return programme
        return None

    def neutral(self, programme: str | None) -> frozenset[str]:
        """The stems of a programme's own name and kind: they tell nothing apart inside it."""
        return self._neutral.get(programme or "", frozenset())


def _name(id: str, title: str) -> frozenset[str]:
    return frozenset(
        token.stem
        for token in tokens(f"{title} {re.sub('[-_/]', ' ', id)}")
        if token.text not in FUNCTION_WORDS and token.text not in _KINDS and len(token.text) > 1
    )


def _kinds(titles: Mapping[str, str]) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for id, title in titles.items():
        name = f" {fold(title)} {fold(id)} "
        for kind in ("licence pro", "master", "but", "du", "ingenieur", "doctorat", "bachelor"):
            if f" {kind}" in name:
                kinds.setdefault(kind, []).append(id)
    return kinds
