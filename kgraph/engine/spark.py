"""The engine of many machines: row functions and set statements on Apache Spark.

The master is what `--master` says ("local[2]", "local-cluster[2,1,1024]", "spark://host:7077", "yarn"), else what
KGRAPH_SPARK_MASTER says, else `local[jobs]`. What an executor loses, Spark runs again: row functions are pure, so the
result is the same. Every executor needs kgraph installed (docs/cluster.md).

It has the five verbs of every engine, for builds whose result one machine holds, and those of
`kgraph.engine.rows.Cluster`, for builds whose result none does.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from kgraph.engine import CHUNK, chunks
from kgraph.engine.rows import Lent
from kgraph.engine.spark_rows import SparkRows
from kgraph.engine.spark_session import spread, start
from kgraph.engine.worker import beside

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

In = TypeVar("In")
Out = TypeVar("Out")

WAVE = 8
"""Tasks for each core that are on their way before their results are taken: bounds what the driver holds."""


class SparkEngine:
    """Runs row functions and SQL on a Spark session that is started when first needed and stopped at the end.

    KgraphError where pyspark or Java is missing, or the master can't be reached.
    """

    def __init__(self, jobs: int = 1, master: str = "") -> None:
        self.jobs = max(1, jobs)
        self.master = master or os.environ.get("KGRAPH_SPARK_MASTER") or f"local[{self.jobs}]"
        self._session: SparkSession | None = None
        self._width = self.jobs
        self._frames: dict[str, DataFrame] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._frames.clear()
        if self._session is not None:
            self._session.stop()
            self._session = None

    def map(
        self, function: Callable[[Sequence[In]], Sequence[Out]], rows: Sequence[In], *, cost: Callable[[In], int]
    ) -> Iterator[Sequence[Out]]:
        """Yield the results chunk by chunk in order; a wave of tasks is run at a time."""
        if not rows:
            return
        context = self._spark.sparkContext
        work = sum(map(cost, rows))
        parts = chunks(rows, cost, max(1, min(CHUNK, work // (4 * context.defaultParallelism))))
        while wave := list(islice(parts, WAVE * context.defaultParallelism)):
            yield from context.parallelize(wave, len(wave)).map(function).collect()

    def beside(self, function: Callable[[In], Out], given: In) -> AbstractContextManager[Callable[[], Out]]:
        """Enter with `function(given)` under way on this machine; what is entered waits for its result."""
        return beside(self.jobs, function, given)

    def load(self, name: str, table: pa.Table) -> None:
        """Make `table` known to SQL as `name`."""
        self._name(name, self._spark.createDataFrame(table))

    def sql(self, name: str, statement: str) -> None:
        """Make the table `name` of what `statement` gives; it is computed when something needs it, and once."""
        self._name(name, self._spark.sql(statement).cache())

    def fetch(self, name: str) -> pa.Table:
        """Return the table `name`, in the order that its statement asked for."""
        return self._frames[name].toArrow()

    def rows(self, values: Iterable[Any], parts: int | None = None) -> SparkRows:
        """Return rows of values that this process has."""
        given = list(values)
        rdd = self._spark.sparkContext.parallelize(given, parts or max(1, min(len(given), self._width)))
        return SparkRows(rdd, self._width)

    def table(self, name: str, rows: SparkRows, columns: dict[str, type]) -> None:
        """Make `rows`, tuples, known to SQL as `name`."""
        kinds = {str: "string", int: "bigint", float: "double"}
        schema = ", ".join(f"`{column}` {kinds[kind]}" for column, kind in columns.items())
        self._name(name, self._spark.createDataFrame(rows.rdd, schema, verifySchema=False).cache())

    def selected(self, name: str) -> SparkRows:
        """Return the rows of a table that SQL made, as tuples."""
        return SparkRows(self._frames[name].rdd.map(tuple), self._width)

    def lent(self, value: In) -> Lent[In]:
        """Send `value` to all machines once."""
        found: Lent[In] = self._spark.sparkContext.broadcast(value)
        return found

    def spread(self, size: int) -> None:
        """Spread rows in a way that suits a build that reads `size` bytes."""
        self._width = spread(self._spark, self.master, size)

    def _name(self, name: str, frame: DataFrame) -> None:
        frame.createOrReplaceTempView(name)
        self._frames[name] = frame

    @property
    def _spark(self) -> SparkSession:
        if self._session is None:
            self._session = start(self.master)
            self._width = spread(self._session, self.master, 0)
        return self._session
