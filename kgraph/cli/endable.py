"""Work in native code that ends when its user, or the clock, wants it to.

Python handles a signal between two of its own instructions, so while an engine works for minutes Ctrl-C waits for it. A
thread that the signal wakes ends the process instead; the engine only reads, so nothing is left half done.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

GRACE = 0.2
"""Seconds in which Python, where it is at work itself, ends by an exception like any other."""


@contextmanager
def endable(seconds: float | None = None, late: str = "") -> Iterator[None]:
    """Let Ctrl-C end the process at once (exit code 130), or the clock after `seconds` (exit code 1, saying `late`)."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are another thread's
        return
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    before = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(ours, over, seconds, late), daemon=True, name="kgraph end")
    watcher.start()
    try:
        yield
    finally:
        over.set()
        signal.set_wakeup_fd(before)
        theirs.close()
        watcher.join()
        ours.close()


def _watch(woken: socket.socket, over: threading.Event, seconds: float | None, late: str) -> None:
    woken.settimeout(seconds)
    try:
        signals = woken.recv(1)
        while signals and signals[0] != signal.SIGINT:
            signals = woken.recv(1)
    except TimeoutError:
        if not over.is_set():
            _end(late, 1)
        return
    if signals and not over.wait(GRACE):
        _end("interrupted", 130)


def _end(why: str, code: int) -> None:
    import click

    click.echo(f"kgraph: {why}", err=True)
    os._exit(code)
