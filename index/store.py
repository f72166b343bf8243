"""The store: the index folder on disk, its generations and the one pointer to the current.

    <folder>/lock                     one build at a time
    <folder>/CURRENT                  the name of the current generation
    <folder>/generations/<name>/      manifest.json and the files it lists

A generation appears by one rename and becomes current by another, so that a crash at any moment
leaves whole generations only.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from index.manifest import MANIFEST, Manifest, checksum, is_generation_name

_POINTER = "CURRENT"
_GENERATIONS = "generations"
_UNFINISHED = "."  # first character of what a killed build may leave behind


class GenerationDamaged(Exception):  # noqa: N818 (a state, not a mistake)
    """A generation is missing or not what its manifest says; the message says where."""


def current_name(folder: Path) -> str | None:
    """The current generation's name, or none; cheap enough to ask before each question."""
    try:
        name = (folder / _POINTER).read_text(encoding="ascii")
    except (OSError, ValueError):
        return None
    return name[:-1] if name[-1:] == "\n" and is_generation_name(name[:-1]) else None


def other_names(folder: Path) -> list[str]:
    """Generations besides the current one, the latest first."""
    current = current_name(folder)
    try:
        entries = list(os.scandir(folder / _GENERATIONS))
        found = [
            (entry.stat().st_mtime_ns, entry.name)
            for entry in entries
            if is_generation_name(entry.name) and entry.name != current
        ]
    except FileNotFoundError:
        return []
    return [name for _, name in sorted(found, reverse=True)]


def read_files(folder: Path, name: str) -> tuple[Manifest, dict[str, bytes]]:
    """A generation's manifest and files, every checksum verified on the very bytes returned.

    Raises `GenerationDamaged`.
    """
    place = folder / _GENERATIONS / name
    try:
        manifest = Manifest.parse((place / MANIFEST).read_bytes())
        if manifest.name != name:
            raise GenerationDamaged(f"{place} holds the generation {manifest.name}")
        files = {file: (place / file).read_bytes() for file in manifest.files}
    except (OSError, ValueError) as error:
        raise GenerationDamaged(f"{place} cannot be read: {error}") from error
    for file, expected in manifest.files.items():
        if checksum(files[file]) != expected:
            raise GenerationDamaged(f"{place / file} does not have the checksum of its manifest")
    return manifest, files


def is_there(folder: Path, name: str) -> bool:
    """Whether every file of a generation is there; what they hold is not looked at."""
    place = folder / _GENERATIONS / name
    try:
        manifest = Manifest.parse((place / MANIFEST).read_bytes())
        return manifest.name == name and all((place / file).is_file() for file in manifest.files)
    except (OSError, ValueError):
        return False


def write_generation(
    folder: Path,
    manifest: Manifest,
    files: Mapping[str, bytes],
    written: Callable[[int], None] = lambda count: None,
) -> None:
    """Write a generation beside its place, sync it, and rename it there.

    A damaged generation of the same name is moved out of the way first. `written(n)` is called
    after each file and once more after the rename.
    """
    generations = folder / _GENERATIONS
    generations.mkdir(parents=True, exist_ok=True)
    building = generations / f"{_UNFINISHED}building-{manifest.name}"
    building.mkdir()
    listed = {**files, MANIFEST: manifest.dump()}
    for count, (file, data) in enumerate(listed.items(), start=1):
        with (building / file).open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        written(count)
    _sync(building)
    place = generations / manifest.name
    if place.exists():
        _discard(place)
    building.rename(place)
    _sync(generations)
    written(len(listed) + 1)


def switch(folder: Path, name: str) -> None:
    """Make a generation the current one, in one step that survives a power cut."""
    beside = folder / f"{_UNFINISHED}{_POINTER}"
    with beside.open("w", encoding="ascii") as stream:
        stream.write(f"{name}\n")
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(folder / _POINTER)
    _sync(folder)


def clean(folder: Path, keep: Collection[str]) -> None:
    """Delete every generation not in `keep`, and what a killed build left."""
    generations = folder / _GENERATIONS
    if not generations.is_dir():
        return
    for entry in generations.iterdir():
        if entry.name.startswith(_UNFINISHED):
            shutil.rmtree(entry)
        elif entry.name not in keep:
            _discard(entry)


def _discard(place: Path) -> None:
    """Take a folder out of sight in one step, then delete it."""
    removed = place.with_name(f"{_UNFINISHED}removed-{place.name}")
    place.rename(removed)
    shutil.rmtree(removed)


def _sync(folder: Path) -> None:
    """Make the renames in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
