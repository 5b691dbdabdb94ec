"""Worker processes that speak pickle over their standard streams.

The standard pools start their processes by running the caller's main script again, or by forking a process that already
has threads. A library called from notebooks and scripts can afford neither, so a worker here is a plain
`python -m kgraph.engine.worker`. It ends when its input ends, hence also when its parent is killed.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import struct
import subprocess
import sys
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import IO, Any, Self

from kgraph.errors import KgraphError

_LENGTH = struct.Struct(">Q")


def _send(stream: IO[bytes], message: object) -> None:
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def _loads(data: bytes) -> Any:
    # only ever what our own process at the other end of a private pipe has written
    return pickle.loads(data)  # noqa: S301


class Workers:
    """A fixed number of worker processes, started when entered. `call` may be used from as many threads."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._all: list[subprocess.Popen[bytes]] = []
        self._idle: queue.SimpleQueue[subprocess.Popen[bytes]] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        for _ in range(self._count):
            process = subprocess.Popen(
                [sys.executable, "-c", "from kgraph.engine.worker import serve; serve()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,  # an interrupt from the keyboard is the parent's to handle
                env=_environment(),
            )
            self._all.append(process)
            self._idle.put(process)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.stop()
        for process in self._all:
            assert process.stdin is not None
            assert process.stdout is not None
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()
            process.wait()
            process.stdout.close()

    def stop(self) -> None:
        """End all workers now, whatever they are doing."""
        for process in self._all:
            process.kill()

    def call(self, function: Callable[[Sequence[Any]], Sequence[Any]], rows: Sequence[Any]) -> Any:
        """Return `function(rows)` as run by the next idle worker; what it raises is raised here."""
        process = self._idle.get()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            _send(process.stdin, (function, rows))
            fine, result = _loads(_receive(process.stdout))
        except (EOFError, OSError) as error:
            raise KgraphError(
                f"a worker process ended by itself (exit status {process.wait()})",
                remedy="often for want of memory: try again with fewer --jobs",
            ) from error
        finally:
            self._idle.put(process)
        if not fine:
            raise result
        return result


def _environment() -> dict[str, str]:
    """Return an environment in which a worker imports from where this process does."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(entry or os.getcwd() for entry in sys.path)}


def serve() -> None:
    """Answer calls from standard input until it ends. What a function prints goes to stderr."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    while True:
        try:
            data = _receive(requests)
        except EOFError:
            return
        try:
            function, rows = _loads(data)
            _send(answers, (True, function(rows)))
        except BrokenPipeError:
            return
        except Exception as error:
            _send(answers, (False, error))
