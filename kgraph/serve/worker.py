"""A process that answers queries, one at a time, and can be killed.

The engine can't be interrupted, so a query that takes too long ends with its process. A worker reads a store on disk,
which all workers share, so that a new one starts at once.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

from kgraph.serve.limits import Limits


@dataclass(frozen=True)
class Job:
    """A checked query, and the media type its answer shall have, by kind of answer."""

    query: str
    for_rows: str
    for_triples: str
    base: str


@dataclass(frozen=True)
class Reply:
    """An answer in bytes, or why there is none: `status` as in HTTP."""

    status: int
    media_type: str
    body: bytes
    rows: int = 0


def plain(status: int, text: str) -> Reply:
    """Return a reply that says something to people."""
    return Reply(status, "text/plain; charset=utf-8", (text + "\n").encode("utf-8", "replace"))


def answer(store: object, job: Job, rows: int) -> Reply:
    """Return the answer to a job."""
    from pyoxigraph import QueryBoolean, QueryTriples, Store

    from kgraph.errors import QueryError
    from kgraph.graph.iris import PREFIXES
    from kgraph.query.engine import ask
    from kgraph.serve import results

    assert isinstance(store, Store)
    too_many = f"more than {rows:,} %s: add a LIMIT, or ask for less"
    try:
        found = ask(store, job.query, PREFIXES)
        if isinstance(found, QueryBoolean):
            return Reply(200, job.for_rows, results.truth(bool(found), job.for_rows), 1)
        if isinstance(found, QueryTriples):
            triples = list(islice(found, rows + 1))
            if len(triples) > rows:
                return plain(413, too_many % "triples")
            return Reply(200, job.for_triples, results.graph(triples, job.for_triples, job.base), len(triples))
        names = [variable.value for variable in found.variables]
        table = [tuple(solution) for solution in islice(found, rows + 1)]
        if len(table) > rows:
            return plain(413, too_many % "rows")
        return Reply(200, job.for_rows, results.table(names, table, job.for_rows), len(table))
    except QueryError as error:
        return plain(400, str(error))
    except (OSError, RuntimeError) as error:
        return plain(400, f"the query failed: {error}")


def serve(connection: Connection, folder: str, limits: Limits) -> None:
    """Answer jobs from `connection` until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends its workers itself
    from pyoxigraph import Store

    store = Store.read_only(folder)
    list(store.query("SELECT * { ?s ?p ?o } LIMIT 1"))  # type: ignore[arg-type]
    _bound_memory(limits.megabytes)
    connection.send("ready")
    while True:
        try:
            job = connection.recv()
        except (EOFError, OSError):
            return
        with contextlib.suppress(BrokenPipeError):
            connection.send(answer(store, job, limits.rows))


def _bound_memory(megabytes: int) -> None:
    """Let this process take at most so much more memory; where the system knows no such bound, do nothing."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ImportError, OSError, ValueError):
        return


class Worker:
    """The server's end of one worker process."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder, self._limits = folder, limits
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=serve, args=(theirs, str(self._folder), self._limits), daemon=True, name="kgraph query"
        )
        self._process.start()
        theirs.close()
        self._ready = False

    def wait_ready(self, seconds: float = 60.0) -> bool:
        """Wait until the process has opened the store."""
        if not self._ready and self._connection.poll(seconds):
            with contextlib.suppress(EOFError, OSError):
                self._ready = self._connection.recv() == "ready"
        return self._ready

    def run(self, job: Job, seconds: float) -> Reply:
        """Return the answer to `job`; if it takes too long or too much memory, end the process and start another."""
        if not self.wait_ready():
            self.restart()
            return plain(503, "the query process did not start; try again")
        try:
            self._connection.send(job)
            if self._connection.poll(seconds):
                reply = self._connection.recv()
                assert isinstance(reply, Reply)
                return reply
        except (EOFError, OSError):
            self.restart()
            return plain(500, f"the query needed more than {self._limits.megabytes:,} MB of memory")
        self.restart()
        return plain(504, f"the query took longer than {seconds:g} s")

    def restart(self) -> None:
        """End the process, whatever it does, and start another."""
        self.stop()
        self._start()

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._connection.close()
        self._process.close()
