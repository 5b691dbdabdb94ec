"""All files of a build, or none.

Everything is written to `.kgraph-new` inside the folder and forced to disk, then a file COMMIT is put beside it, and
only then do the files move to their places, each by one atomic rename. A run that dies before COMMIT has changed
nothing; one that dies after it has decided, and the next `opened` finishes the moves.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path

from kgraph.errors import GraphError, KgraphError
from kgraph.export.registry import Build, Writer, exports, steps
from kgraph.graph import provenance
from kgraph.graph.provenance import COMMIT, FILE, STAGING

LAST = FILE
"""Moved after all others: it is what readers look for."""

_REMEDIES = {
    errno.ENOSPC: "the disk is full: free some space; what was there before is unchanged",
    errno.EDQUOT: "your quota is used up: free some space; what was there before is unchanged",
    errno.EROFS: "choose another folder with -o",
    errno.EACCES: "choose another folder with -o, or ask for the right to write here",
    errno.EPERM: "choose another folder with -o, or ask for the right to write here",
    errno.ENOTDIR: "choose another folder with -o",
    errno.ENOENT: "choose another folder with -o",
    errno.EEXIST: "choose another folder with -o",
}


@contextmanager
def opened(folder: Path) -> Iterator[None]:
    """Hold `folder` for one build: make it, lock out other builds, finish or clear what a killed build left.

    A folder that was made for a build that then fails is removed again. KgraphError if another build holds it, or it
    can't be written.
    """
    with _explained(folder):
        new = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        handle = _lock(folder)
    try:
        with _explained(folder):
            recover(folder)
        yield
    finally:
        if new:
            with suppress(OSError):  # it holds files by now, as it should
                folder.rmdir()
        if handle is not None:
            os.close(handle)


Work = tuple[Writer, Build, Path]

Beside = Callable[[Callable[[Work], float], Work], AbstractContextManager[Callable[[], float]]]
"""Enters with a function of some work under way in another process; what is entered waits for its result."""

LARGE = 10_000
"""Mentions from which on another process pays: it takes half a second to start it and to tell it what is known."""


def publish(
    build: Build,
    folder: Path,
    report: Callable[[Sequence[str], float], None] = lambda names, seconds: None,
    beside: Beside | None = None,
) -> None:
    """Write every export of `build` and put all of them into `folder`, which must be held by `opened`.

    `report` is called with the names of exports that have been written and the seconds that took. With `beside`, what
    takes long in a large build is written meanwhile by another process.
    """
    staging = folder / STAGING
    with _explained(folder):
        staging.mkdir()
        try:
            _write(build, staging, report, beside if len(build.knowledge.mentions) >= LARGE else None)
            for path in sorted(staging.rglob("*")):
                _sync(path)
            stale = _stale(folder, staging)
            marker = staging / f"{COMMIT}.part"
            marker.write_text(json.dumps(stale), encoding="utf-8")
            _sync(marker)
            marker.rename(staging / COMMIT)
            _sync(staging)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
        recover(folder)


def _write(build: Build, staging: Path, report: Callable[[Sequence[str], float], None], beside: Beside | None) -> None:
    *others, last = steps(exports(build.knowledge.provenance))
    known = Build(build.knowledge, base_iri=build.base_iri)
    with ExitStack() as stack:
        under_way = [
            (step.names, stack.enter_context(beside(_timed, (step.write, known, staging))))
            for step in others
            if beside is not None and step.long
        ]
        for step in others:
            if beside is None or not step.long:
                report(step.names, _timed((step.write, build, staging)))
        for names, result in under_way:
            report(names, result())
    report(last.names, _timed((last.write, build, staging)))


def _timed(work: Work) -> float:
    """Write, and return the seconds that took."""
    write, build, folder = work
    start = time.perf_counter()
    write(build, folder)
    return time.perf_counter() - start


def recover(folder: Path) -> None:
    """Finish the moves of a build that had decided to publish; clear what any other left behind."""
    staging = folder / STAGING
    if not staging.exists():
        return
    marker = staging / COMMIT
    if marker.exists():
        stale = json.loads(marker.read_text(encoding="utf-8"))
        files = [path.relative_to(staging) for path in staging.rglob("*") if path.is_file() and path != marker]
        for path in sorted(files, key=lambda path: (str(path) == LAST, path)):
            (folder / path).parent.mkdir(exist_ok=True)
            os.replace(staging / path, folder / path)
        for name in stale:
            (folder / name).unlink(missing_ok=True)
            if (sub := (folder / name).parent) != folder and sub.is_dir() and not any(sub.iterdir()):
                sub.rmdir()
        _sync(folder)
    shutil.rmtree(staging)


def _stale(folder: Path, staging: Path) -> list[str]:
    """Return the files that the last build left and the new one does not have: in exported folders, and all of exports
    that were asked for then and are not now. Whatever else is in the folder belongs to the user."""
    old: list[Path] = []
    for sub in sorted(path for path in staging.iterdir() if path.is_dir()):
        suffixes = {path.suffix for path in sub.iterdir()}
        old += [path for path in (folder / sub.name).glob("*") if path.suffix in suffixes]
    for name in _before(folder):
        if not (staging / name).exists():
            old += [folder / name, *(folder / name).glob("*")]
    found = (path.relative_to(folder) for path in old if path.is_file())
    return sorted(str(path) for path in found if not (staging / path).exists())


def _before(folder: Path) -> Sequence[str]:
    try:
        return exports(provenance.read(folder))
    except GraphError:
        return ()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lock(folder: Path) -> int | None:
    """Lock the folder itself, so that no lock file stays behind; None where the system has no such locks.

    The lock ends with the process, however it ends.
    """
    try:
        import fcntl
    except ImportError:  # no such locks on Windows
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise KgraphError(
            "another build is writing here", where=str(folder), remedy="wait for it, or choose another folder with -o"
        ) from None
    return handle


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        place = str(error.filename or folder).replace(f"{STAGING}{os.sep}", "")
        why = os.strerror(error.errno).lower() if error.errno else str(error).lower()
        raise KgraphError(
            f"can't write: {'this is a file, not a folder' if error.errno == errno.EEXIST else why}",
            where=place,
            remedy=_REMEDIES.get(error.errno or 0, "what was there before is unchanged"),
        ) from error
