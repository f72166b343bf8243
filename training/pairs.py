"""Pairs: texts that belong together, from public data and from the project's own aspects."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.aspect import load_aspects

_SEED = 20261124
_LONGEST = 900
_TRANSLATIONS = 6000


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and what answers it; pairs of one `group` are never each other's negatives."""

    question: str
    passage: str
    group: str
    kind: str


def read_pairs(folder: Path) -> list[Pair]:
    """Every pair of the data folder and of the aspects, in a fixed order."""
    return [
        *_questions_on_paragraphs(folder),
        *_public_service(folder),
        *_aspects(),
        *_translations(folder),
    ]


def held_articles(articles: Sequence[Any]) -> Sequence[Any]:
    """Every third article of PIAF: kept out of training, to measure on."""
    return articles[::3]


def _questions_on_paragraphs(folder: Path) -> list[Pair]:
    articles = json.loads((folder / "piaf_train.json").read_text("utf-8"))["data"]
    held = held_articles(articles)
    return [
        Pair(
            question["question"],
            paragraph["context"][:_LONGEST],
            paragraph["context"][:80],
            "passage",
        )
        for article in articles
        if article not in held
        for paragraph in article["paragraphs"]
        for question in paragraph["qas"]
    ]


def _public_service(folder: Path) -> list[Pair]:
    lines = (folder / "travail_faq.jsonl").read_text("utf-8").splitlines()
    entries = [json.loads(line) for line in lines if line.strip()]
    return [Pair(e["question"], e["answer"][:_LONGEST], e["question"], "passage") for e in entries]


def _aspects() -> list[Pair]:
    """An example question with a heading that announces its aspect, and with another example."""
    choose = random.Random(_SEED)
    pairs = []
    for aspect in load_aspects().values():
        headings = [*sorted(aspect.headings)[:6], aspect.label["fr"], aspect.question["fr"]]
        for example in aspect.examples:
            pairs.append(Pair(example, choose.choice(headings), aspect.id, "aspect"))
            pairs.append(Pair(example, choose.choice(aspect.examples), aspect.id, "aspect"))
    return pairs


def _translations(folder: Path) -> list[Pair]:
    lines = (folder / "tatoeba_en_fr.tsv").read_text("utf-8").splitlines()
    couples = [line.split("\t")[:2] for line in lines]
    couples = [
        couple for couple in couples if len(couple) == 2 and 4 <= len(couple[0].split()) <= 14
    ]
    random.Random(_SEED).shuffle(couples)
    return [
        Pair(english, french, french, "translation") for english, french in couples[:_TRANSLATIONS]
    ]
