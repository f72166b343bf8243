"""Manifests: what a generation was made from, and the checksum of each of its files."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from index.words import WORDS_VERSION

# The layout of a generation folder and of its files (raise it with each change of either), and
# what a word is.
FORMAT = f"4.{WORDS_VERSION}"

MANIFEST = "manifest.json"
DOCUMENTS = "documents.jsonl"
PASSAGES = "passages.jsonl"
VECTORS = "vectors.faiss"
SENTENCES = "sentences.npz"
PIECES = "pieces.npz"
LEXICAL = "bm25-"

_NAME = re.compile("[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The description of one generation; every fingerprint and checksum is SHA-256 in hex.

    `corpus` covers the documents and how they were cut, `files` every file but the manifest.
    """

    format: str
    encoder: str
    encoder_fingerprint: str
    analyser_fingerprint: str
    dimension: int
    corpus: str
    passages: int
    files: Mapping[str, str]

    @property
    def name(self) -> str:
        """The generation's name: the same inputs always give the same one."""
        return generation_name(
            self.format, self.encoder_fingerprint, self.analyser_fingerprint, self.corpus
        )

    def dump(self) -> bytes:
        """The manifest as canonical JSON, sealed with its own checksum."""
        fields = asdict(self)
        return _canonical({**fields, "seal": checksum(_canonical(fields))})

    @classmethod
    def parse(cls, data: bytes) -> Manifest:
        """The manifest that `dump` wrote; `ValueError` when a single byte differs."""
        fields = json.loads(data)
        if not isinstance(fields, dict):
            raise ValueError("the manifest is no JSON object")
        fields.pop("seal", None)
        try:
            manifest = cls(**fields)
        except TypeError as error:
            raise ValueError(f"the manifest has other fields: {error}") from error
        if manifest.dump() != data:
            raise ValueError("the manifest's seal is wrong")
        return manifest


def _canonical(fields: Mapping[str, object]) -> bytes:
    return (json.dumps(fields, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def generation_name(format_: str, encoder: str, analyser: str, corpus: str) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of all inputs."""
    inputs = json.dumps([format_, encoder, analyser, corpus])
    return hashlib.sha256(inputs.encode()).hexdigest()[:12]


def is_generation_name(name: str) -> bool:
    """Whether `name` has the form of a generation's name."""
    return _NAME.fullmatch(name) is not None


def checksum(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()
