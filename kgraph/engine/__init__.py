"""How stages are run: rows mapped over processes, set statements in SQL.

An engine is five verbs. `load` gives it rows as an Arrow table, `map` runs a pure function over rows, `beside` runs one
while the caller goes on, `sql` makes a table from tables, `fetch` brings a table back. Which engine runs them changes
how long it takes, never the result.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from kgraph.errors import KgraphError

if TYPE_CHECKING:
    import pyarrow as pa

In = TypeVar("In")
Out = TypeVar("Out")

# name: "module:class"; a class is called with the number of jobs
ENGINES: dict[str, str] = {
    "local": "kgraph.engine.local:LocalEngine",
    "spark": "kgraph.engine.spark:SparkEngine",
}

CHUNK = 200_000
"""Characters of text in one chunk or task: a second or so of work, and what progress moves by."""

CLUSTERS = {"spark"}
"""Engines of many machines: their classes are also given the master."""


class Engine(Protocol):
    """What a stage may ask of whatever runs it. Use it as a context manager: leaving it ends its processes."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def load(self, name: str, table: pa.Table) -> None:
        """Make `table` known to SQL as `name`."""
        ...

    def map(
        self, function: Callable[[Sequence[In]], Sequence[Out]], rows: Sequence[In], *, cost: Callable[[In], int]
    ) -> Iterator[Sequence[Out]]:
        """Yield the results of `function`, chunk by chunk, in the order of `rows`.

        `function` is pure, can be pickled, and gives one result for each row; `cost` is roughly how much work a row
        is, in characters of text, and decides how rows are cut into chunks.
        """
        ...

    def beside(self, function: Callable[[In], Out], given: In) -> AbstractContextManager[Callable[[], Out]]:
        """Enter with `function(given)` under way while the caller goes on; what is entered waits for its result.

        Both can be pickled. What the function raises is raised by the wait; leaving by an error ends it.
        """
        ...

    def sql(self, name: str, statement: str) -> None:
        """Make the table `name` of what `statement` (one SELECT) gives."""
        ...

    def fetch(self, name: str) -> pa.Table:
        """Return the table `name`; its order is whatever the last statement asked for with ORDER BY."""
        ...


def default_jobs() -> int:
    """Return how many processes to use: what KGRAPH_JOBS says, else the number of cores this process may run on."""
    given = os.environ.get("KGRAPH_JOBS", "")
    if given:
        if not given.isdigit() or int(given) < 1:
            raise KgraphError(f"KGRAPH_JOBS is {given!r}", remedy="a whole number from 1 on")
        return int(given)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def open_engine(name: str = "local", jobs: int | None = None, master: str = "") -> Engine:
    """Return the engine `name`, to be entered as a context; `master` says on which cluster, where it is one of those.

    KgraphError if there is none of that name.
    """
    if name not in ENGINES:
        raise KgraphError(f"no engine is called {name!r}", remedy=f"one of: {', '.join(ENGINES)}")
    module, attribute = ENGINES[name].split(":")
    more = {"master": master} if name in CLUSTERS else {}
    engine: Engine = getattr(import_module(module), attribute)(jobs or default_jobs(), **more)
    return engine


def chunks(rows: Iterable[In], cost: Callable[[In], int], size: int) -> Iterator[list[In]]:
    """Cut `rows` into lists of about `size` in cost; each holds at least one row, and none is split."""
    chunk: list[In] = []
    filled = 0
    for row in rows:
        chunk.append(row)
        filled += cost(row)
        if filled >= size:
            yield chunk
            chunk, filled = [], 0
    if chunk:
        yield chunk
