"""A store on disk, made once from an RDF file and kept: beside the file, or else in the user's cache folder.

It is known by the digest of the file, so a build that gave the same bytes again costs one reading of the file; who
makes one locks the others out, and they take what was made. A store that appears is whole: it is made under another
name and renamed. What a killed process left is cleared by the next that makes one; a store that is in use stays.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import __version__

FOLDER = ".query-store"
"""Beside the RDF file, and in the cache folder."""
LAYOUT = 2
STAMP = "current.json"
_NEW = "new-"
_held: list[int] = []  # locks on the stores that this process reads, until it ends


@dataclass(frozen=True)
class OnDisk:
    """A folder with a store of triples and an index of names."""

    folder: Path

    @property
    def triples(self) -> Path:
        """The folder of the store."""
        return self.folder / "triples"

    @property
    def names(self) -> Path:
        """The index of names (`kgraph.query.names`)."""
        return self.folder / "names.sqlite"


def kept(path: Path, make: Callable[[Path, OnDisk], None]) -> OnDisk | None:
    """Return the store kept for `path`, made by `make` if there is none of these bytes; None if none can be kept."""
    roots = _roots(path)
    for root in roots:
        found = _current(root, path)
        if found is not None and _hold(found):
            return found
    for root in roots:
        try:
            root.mkdir(parents=True, exist_ok=True)
            with _locked(root):
                found = _current(root, path) or _made(root, path, make)
                _hold(found)
                _clear(root, found)
            return found
        except OSError:  # can't be written, or is full
            continue
    return None


def _roots(path: Path) -> tuple[Path, Path]:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = hashlib.blake2b(os.fsencode(path.resolve()), digest_size=8).hexdigest()
    return path.parent / FOLDER, cache / "kgraph" / FOLDER / place


def _current(root: Path, path: Path) -> OnDisk | None:
    """Return the store that was made of the file as it is, going by its size and time."""
    try:
        stamp = json.loads((root / STAMP).read_text(encoding="utf-8"))
        state = path.stat()
        same = stamp["size"] == state.st_size and stamp["time"] == state.st_mtime_ns
        found = OnDisk(root / stamp["store"])
        current = stamp["store"].endswith(_version()) and found.folder.is_dir()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return found if same and current else None


def _made(root: Path, path: Path, make: Callable[[Path, OnDisk], None]) -> OnDisk:
    """Return the store of the bytes of `path`, made if there is none, and remember that it is the current one."""
    state = path.stat()
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    found = OnDisk(root / f"{digest}{_version()}")
    if not found.folder.is_dir():
        for left in root.glob(f"{_NEW}*"):  # whoever made it is dead: it held the lock that is ours now
            shutil.rmtree(left, ignore_errors=True)
        fresh = OnDisk(Path(tempfile.mkdtemp(prefix=_NEW, dir=root)))
        try:
            make(path, fresh)
            fresh.folder.rename(found.folder)
        finally:
            shutil.rmtree(fresh.folder, ignore_errors=True)
    part = root / f"{STAMP}.part"
    part.write_text(json.dumps({"size": state.st_size, "time": state.st_mtime_ns, "store": found.folder.name}))
    part.replace(root / STAMP)
    return found


def _version() -> str:
    return f"-{__version__}-{LAYOUT}"  # of what may change how a store is laid out


def _clear(root: Path, current: OnDisk) -> None:
    """Remove older stores that no process reads."""
    for old in sorted(root.iterdir()):
        if old.is_dir() and old != current.folder and _lock(old, alone=True, wait=False, keep=False):
            shutil.rmtree(old, ignore_errors=True)


def _hold(store: OnDisk) -> bool:
    """Keep a store from being removed while this process lives; False if it is gone already."""
    return _lock(store.folder, alone=False, wait=True, keep=True) and store.triples.is_dir()


def _lock(folder: Path, *, alone: bool, wait: bool, keep: bool) -> bool:
    """Return whether `folder` can be locked, the lock kept open or given back; always where there are no locks."""
    try:
        import fcntl
    except ImportError:  # Windows, which does not remove what is open
        return True
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(handle)
        return False
    if keep:
        _held.append(handle)
    else:
        os.close(handle)
    return True


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Lock `root` against others who would make a store, waiting for them."""
    handle = os.open(root, os.O_RDONLY) if os.name != "nt" else -1
    try:
        with suppress(ImportError):
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        if handle >= 0:
            os.close(handle)
