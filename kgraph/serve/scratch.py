"""A folder for the time that a server runs, gone at its end; what killed servers left goes with the next start."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "kgraph-served-"
YOUNG = 60.0
"""Seconds for which a folder without a lock may belong to a server that is about to lock it."""


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a new temporary folder that is removed at the end, also when the process is asked to terminate."""
    _clear(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    handle = _lock(folder)
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # its default leaves no time
    try:
        yield folder
    finally:
        signal.signal(signal.SIGTERM, before)
        shutil.rmtree(folder, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def _clear(root: Path) -> None:
    """Remove the folders of servers that live no more: nobody holds the lock on them."""
    for left in sorted(root.glob(f"{PREFIX}*")):
        with suppress(OSError):  # another user's, or gone meanwhile
            if time.time() - left.stat().st_mtime > YOUNG and (handle := _lock(left)) is not None:
                shutil.rmtree(left, ignore_errors=True)
                os.close(handle)


def _lock(folder: Path) -> int | None:
    """Return a handle that locks `folder` while it is open; None if another has it, or where there are no locks."""
    try:
        import fcntl
    except ImportError:
        return None
    handle = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle
