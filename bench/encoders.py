"""`python -m bench.encoders [DATA]`: what encoders find, and how fast, beside BM25, in one run.

On programmes that the encoder was not trained on (`training/data/policy`): a question to the
passage that answers it, and a wording to its question among those put to the programme. With the
folder of public data also PIAF: a question to its paragraph, on the articles kept out of training.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from corpus.sentences import sentences
from index.encoder import EMBEDDED, MINILM, Encoder, open_encoder
from index.fusion import fuse
from index.lexical import LexicalIndex
from index.words import FUNCTION_WORDS, stem, tokens
from training.pairs import held_articles
from training.programme import Programme, read_programmes

Scores = NDArray[np.float32]

_PROGRAMMES = Path(__file__).parent.parent / "training" / "data" / "policy"
_DENSE_SHARE = 0.7
_TIMED = 200


@dataclass(frozen=True, slots=True)
class Task:
    """Texts to search for each of several groups, and which of them each question should find."""

    name: str
    texts: tuple[tuple[str, ...], ...]  # a passage with its sentences, or one text
    questions: tuple[str, ...]
    languages: tuple[str, ...]
    right: tuple[frozenset[int], ...]


def main() -> int:
    """Measure and print."""
    tasks = list(_tasks(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
    encoders = {name: open_encoder(name) for name in (MINILM, EMBEDDED)}
    print(f"{'':34}{'recall@1':>10}{'recall@5':>10}{'MRR':>8}")
    for name, group in _grouped(tasks):
        sides: dict[str, Callable[[Task], Scores]] = {
            "BM25": _lexical,
            **{side: _dense(encoder) for side, encoder in encoders.items()},
            **{f"{side} + BM25": _fused(encoder) for side, encoder in encoders.items()},
        }
        for side, score in sides.items():
            ranks = [_ranks(score(task), task) for task in group]
            print(f"{name}, {side}".ljust(44)[:44], _figures(np.concatenate(ranks)))
            if side == EMBEDDED or side == f"{EMBEDDED} + BM25":
                for label, chosen in _subsets(group):
                    part = np.concatenate([r[c] for r, c in zip(ranks, chosen, strict=True)])
                    if len(part):
                        print(f"    {label} ({len(part)})".ljust(44), _figures(part))
    for name, encoder in encoders.items():
        print(f"{name}: {_milliseconds(encoder, tasks[0].questions):.2f} ms a question (p50)")
    print(f"sentence-transformers: {_their_milliseconds(tasks[0].questions):.2f} ms (p50)")
    return 0


def _tasks(data: Path | None) -> Iterator[Task]:
    programmes = read_programmes(_PROGRAMMES)
    for programme in programmes:
        yield _passages(programme)
        yield _wordings(programme)
    if data is not None:
        yield _paragraphs(data / "piaf_train.json")


def _passages(programme: Programme) -> Task:
    asked = [each for each in programme.asked if each.answers]
    pairs = zip(programme.passages, programme.sentences, strict=True)
    return Task(
        "question to passage",
        tuple((passage, *sentences) for passage, sentences in pairs),
        tuple(each.text for each in asked),
        tuple(each.language for each in asked),
        tuple(each.answers for each in asked),
    )


def _wordings(programme: Programme) -> Task:
    """Every further wording of a question to its first, among those put to the programme."""
    firsts: dict[str, int] = {}
    texts: list[tuple[str, ...]] = []
    questions, languages, right = [], [], []
    for each in programme.asked:
        if each.same not in firsts:
            firsts[each.same] = len(texts)
            texts.append((each.text,))
        else:
            questions.append(each.text)
            languages.append(each.language)
            right.append(frozenset([firsts[each.same]]))
    return Task(
        "wording to question", tuple(texts), tuple(questions), tuple(languages), tuple(right)
    )


def _paragraphs(file: Path) -> Task:
    articles = json.loads(file.read_text("utf-8"))["data"]
    paragraphs = [each for article in held_articles(articles) for each in article["paragraphs"]]
    contexts = [each["context"] for each in paragraphs]
    asked = [(q["question"], n) for n, each in enumerate(paragraphs) for q in each["qas"]]
    return Task(
        "PIAF",
        tuple((text, *(text[start:end] for start, end in sentences(text))) for text in contexts),
        tuple(question for question, _ in asked),
        ("fr",) * len(asked),
        tuple(frozenset([n]) for _, n in asked),
    )


def _grouped(tasks: Sequence[Task]) -> Iterator[tuple[str, list[Task]]]:
    for name in dict.fromkeys(task.name for task in tasks):
        yield name, [task for task in tasks if task.name == name]


def _stems(text: str) -> list[str]:
    return [stem(token.text) for token in tokens(text) if token.text not in FUNCTION_WORDS]


def _lexical(task: Task) -> Scores:
    index = LexicalIndex.of(_stems(group[0]) for group in task.texts)
    return np.stack([index.scores(_stems(question)) for question in task.questions])


def _dense(encoder: Encoder) -> Callable[[Task], Scores]:
    def score(task: Task) -> Scores:
        flat = encoder.encode_passages([text for group in task.texts for text in group])
        asked = encoder.encode_queries(list(task.questions))
        starts = np.cumsum([0, *(len(group) for group in task.texts[:-1])])
        nearest: Scores = np.maximum.reduceat(asked @ flat.T, starts, axis=1)
        return nearest

    return score


def _fused(encoder: Encoder) -> Callable[[Task], Scores]:
    def score(task: Task) -> Scores:
        pairs = zip(_dense(encoder)(task), _lexical(task), strict=True)
        return np.stack([fuse(near, words, _DENSE_SHARE) for near, words in pairs])

    return score


def _ranks(scores: Scores, task: Task) -> NDArray[np.int64]:
    """The rank, from 1, of the best right text of each question, behind all that score the same."""
    ranks = []
    for row, right in zip(scores, task.right, strict=True):
        wrong = np.delete(row, list(right))
        ranks.append(1 + int((wrong >= max(row[list(right)])).sum()))
    return np.array(ranks)


def _figures(ranks: NDArray[np.int64]) -> str:
    return f"{(ranks == 1).mean():.3f}     {(ranks <= 5).mean():.3f}   {(1 / ranks).mean():.3f}"


def _subsets(group: Sequence[Task]) -> Iterator[tuple[str, list[NDArray[np.bool_]]]]:
    languages = sorted({language for task in group for language in task.languages})
    if len(languages) > 1:
        for language in languages:
            yield language, [np.array(task.languages) == language for task in group]
    yield "no word shared", [np.array(list(map(bool, _strangers(task)))) for task in group]


def _strangers(task: Task) -> Iterator[bool]:
    words = [set(_stems(group[0])) for group in task.texts]
    for question, right in zip(task.questions, task.right, strict=True):
        asked = set(_stems(question))
        yield all(asked.isdisjoint(words[n]) for n in right)


def _milliseconds(encoder: Encoder, questions: Sequence[str]) -> float:
    times = []
    for number in range(_TIMED):
        began = perf_counter()
        encoder.encode_queries([questions[number % len(questions)]])
        times.append(1000 * (perf_counter() - began))
    return float(np.median(times))


def _their_milliseconds(questions: Sequence[str]) -> float:
    from bench.floor import sentence_transformers

    encode = sentence_transformers()
    times = []
    for number in range(_TIMED):
        began = perf_counter()
        encode([questions[number % len(questions)]])
        times.append(1000 * (perf_counter() - began))
    return float(np.median(times))


if __name__ == "__main__":
    raise SystemExit(main())
