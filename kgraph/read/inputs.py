"""What a user names, as files to read: folders are searched, each file counts once."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kgraph.errors import InputError
from kgraph.model import Skip


@dataclass(frozen=True, slots=True)
class Inputs:
    """`files` in order, each once; `skipped` are places within folders that can't be entered or read."""

    files: tuple[Path, ...]
    skipped: tuple[Skip, ...] = ()


def expand(paths: Iterable[Path]) -> Inputs:
    """Return the files that paths mean: a file itself, a folder all files below it, sorted.

    Hidden files and folders (of a name with a leading dot) within a folder are left out; links are followed, but no
    folder is entered twice. Two paths to one file give it once, under the first. Raises InputError where a given path
    doesn't exist or a folder holds no file at all.
    """
    files: list[Path] = []
    skipped: list[Skip] = []
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found = list(_below(path, set(), skipped))
            if not found:
                raise InputError(
                    "no files in this folder", where=str(path), remedy="put papers there, or name other sources"
                )
        elif path.exists() or path.is_symlink():
            found = [path]
        else:
            raise InputError("there is no such file or folder", where=str(path))
        for file in found:
            real = file.resolve()
            if real not in seen:
                seen.add(real)
                files.append(file)
    return Inputs(tuple(files), tuple(dict.fromkeys(skipped)))


def _below(folder: Path, entered: set[Path], skipped: list[Skip]) -> Iterable[Path]:
    real = folder.resolve()
    if real in entered:
        return
    entered.add(real)
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        skipped.append(Skip(str(folder), f"can't be entered: {error.strerror}"))
        return
    for name in names:
        path = folder / name
        if name.startswith("."):
            continue
        if path.is_dir():
            yield from _below(path, entered, skipped)
        elif path.is_file():
            yield path
        else:
            skipped.append(Skip(str(path), "a broken link" if path.is_symlink() else "not a regular file"))
