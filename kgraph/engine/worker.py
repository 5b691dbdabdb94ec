"""Worker processes that speak pickle over their standard streams.

The standard pools start their processes by running the caller's main script again, or by forking a process that already
has threads. A library called from notebooks and scripts can afford neither, so a worker here is a plain
`python -m kgraph.engine.worker`. It ends when its input ends, hence also when its parent is killed, at once: what it
would still write then might be in the way of the next run.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import IO, Any, Self, TypeVar

from kgraph.errors import KgraphError

In = TypeVar("In")
Out = TypeVar("Out")

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

    def call(self, function: Callable[[In], Out], given: In) -> Out:
        """Return `function(given)` as run by the next idle worker; what it raises is raised here."""
        process = self._idle.get()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            _send(process.stdin, (function, given))
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
        found: Out = result
        return found


@contextlib.contextmanager
def beside(jobs: int, function: Callable[[In], Out], given: In) -> Iterator[Callable[[], Out]]:
    """Enter with `function(given)` under way in a process of its own; what is yielded waits for its result.

    What it raises is raised by the wait; leaving by an error ends the process. With one job only, the wait does the
    work.
    """
    if jobs == 1:
        yield lambda: function(given)
        return
    with Workers(1) as workers, ThreadPoolExecutor(1) as thread:
        under_way = thread.submit(workers.call, function, given)
        try:
            yield under_way.result
        except BaseException:
            workers.stop()
            raise


def _environment() -> dict[str, str]:
    """Return an environment in which a worker imports from where this process does."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(entry or os.getcwd() for entry in sys.path)}


def serve() -> None:
    """Answer calls from standard input until it ends. What a function prints goes to stderr."""
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr
    calls: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, calls), daemon=True).start()
    while True:
        try:
            function, given = _loads(calls.get())
            _send(answers, (True, function(given)))
        except BrokenPipeError:
            return
        except Exception as error:
            _send(answers, (False, error))


def _listen(requests: IO[bytes], calls: queue.SimpleQueue[bytes]) -> None:
    """Pass calls on; end the process when there is nobody left to answer, whatever it is doing."""
    with contextlib.suppress(EOFError):
        while True:
            calls.put(_receive(requests))
    os._exit(0)
