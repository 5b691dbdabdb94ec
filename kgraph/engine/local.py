"""The engine of one machine: worker processes for rows, DuckDB for sets."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from kgraph.engine import CHUNK, chunks
from kgraph.engine.worker import Workers, beside

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

In = TypeVar("In")
Out = TypeVar("Out")

WORTH_IT = 600_000
"""Characters of text from which on starting processes is faster than not starting them."""


class LocalEngine:
    """Runs row functions in `jobs` processes once there is enough to do, and SQL in an in-memory DuckDB."""

    def __init__(self, jobs: int = 1) -> None:
        self.jobs = max(1, jobs)
        self._connection: duckdb.DuckDBPyConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def map(
        self, function: Callable[[Sequence[In]], Sequence[Out]], rows: Sequence[In], *, cost: Callable[[In], int]
    ) -> Iterator[Sequence[Out]]:
        """Yield the results chunk by chunk in order; at most `2 * jobs` chunks are on their way at a time."""
        work = sum(map(cost, rows))
        if self.jobs == 1 or work < WORTH_IT:
            for chunk in chunks(rows, cost, CHUNK // 8):
                yield function(chunk)
            return
        size = max(1, min(CHUNK, work // (4 * self.jobs)))
        with Workers(self.jobs) as workers, ThreadPoolExecutor(self.jobs) as threads:
            waiting: deque[Future[Any]] = deque()
            try:
                for chunk in chunks(rows, cost, size):
                    waiting.append(threads.submit(workers.call, function, chunk))
                    if len(waiting) >= 2 * self.jobs:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            except BaseException:
                for future in waiting:
                    future.cancel()
                workers.stop()
                raise

    def beside(self, function: Callable[[In], Out], given: In) -> AbstractContextManager[Callable[[], Out]]:
        """Enter with `function(given)` under way; what is entered waits for its result."""
        return beside(self.jobs, function, given)

    def load(self, name: str, table: pa.Table) -> None:
        """Make `table` known to SQL as `name`, without a copy."""
        self._duckdb.register(name, table)

    def sql(self, name: str, statement: str) -> None:
        """Make the table `name` of what `statement` gives."""
        self._duckdb.execute(f'CREATE OR REPLACE TABLE "{name}" AS {statement}')

    def fetch(self, name: str) -> pa.Table:
        """Return the table `name` in the order in which it was made."""
        return self._duckdb.table(name).to_arrow_table()

    @property
    def _duckdb(self) -> duckdb.DuckDBPyConnection:
        if self._connection is None:
            import duckdb

            self._connection = duckdb.connect(config={"threads": self.jobs})
        return self._connection
