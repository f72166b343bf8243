"""Tables: the readable data that understanding rests on, in TOML files by theme."""

from __future__ import annotations

import hashlib
import tomllib
from importlib.resources import files
from typing import Any


def read_tables(name: str) -> tuple[dict[str, dict[str, Any]], str]:
    """All entries of `data/<name>/*.toml`, in the files' order, and a SHA-256 of the files."""
    folder = files("assistant").joinpath(f"data/{name}")
    entries: dict[str, dict[str, Any]] = {}
    digest = hashlib.sha256()
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            data = file.read_bytes()
            digest.update(data)
            for id, entry in tomllib.loads(data.decode("utf-8")).items():
                if id in entries:
                    raise ValueError(f"{file.name}: [{id}] stands in an earlier file too.")
                entries[id] = entry
    return entries, digest.hexdigest()
