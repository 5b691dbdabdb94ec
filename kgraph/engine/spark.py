"""The engine of many machines: row functions and set statements on Apache Spark.

The master is what KGRAPH_SPARK_MASTER says ("spark://host:7077", "yarn"), else `local[jobs]`. What an executor loses,
Spark runs again: row functions are pure, so the result is the same. Every executor needs kgraph installed.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from kgraph.engine import chunks
from kgraph.errors import KgraphError, MissingExtraError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

In = TypeVar("In")
Out = TypeVar("Out")

LOGGING = Path(__file__).with_name("log4j2.properties")

CHUNK = 200_000
"""Characters of text in one task."""

WAVE = 8
"""Tasks for each core that are on their way before their results are taken: bounds what the driver holds."""


class SparkEngine:
    """Runs row functions and SQL on a Spark session that is started when first needed and stopped at the end."""

    def __init__(self, jobs: int = 1) -> None:
        self.jobs = max(1, jobs)
        self._session: SparkSession | None = None
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

    def load(self, name: str, table: pa.Table) -> None:
        """Make `table` known to SQL as `name`."""
        self._name(name, self._spark.createDataFrame(table))

    def sql(self, name: str, statement: str) -> None:
        """Make the table `name` of what `statement` gives; it is computed when something needs it, and once."""
        self._name(name, self._spark.sql(statement).cache())

    def fetch(self, name: str) -> pa.Table:
        """Return the table `name`, in the order that its statement asked for."""
        return self._frames[name].toArrow()

    def _name(self, name: str, frame: DataFrame) -> None:
        frame.createOrReplaceTempView(name)
        self._frames[name] = frame

    @property
    def _spark(self) -> SparkSession:
        if self._session is None:
            self._session = _start(os.environ.get("KGRAPH_SPARK_MASTER") or f"local[{self.jobs}]", self.jobs)
        return self._session


def _start(master: str, jobs: int) -> SparkSession:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise MissingExtraError("Apache Spark", "spark") from None
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise KgraphError("Spark needs Java, and there is none", remedy="apt-get install openjdk-17-jre-headless")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings: dict[str, Any] = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": str(4 * jobs),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={LOGGING.as_uri()}",
    }
    if master.startswith("local"):
        # executors on this machine import from where this process does, and listen to nobody else
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        settings["spark.executorEnv.PYTHONPATH"] = os.pathsep.join(entry or os.getcwd() for entry in sys.path)
        settings["spark.driver.bindAddress"] = settings["spark.driver.host"] = "127.0.0.1"
    builder: Any = SparkSession.builder
    builder = builder.master(master).appName("kgraph")
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        session: SparkSession = builder.getOrCreate()
    except Exception as error:
        cause = str(error).strip().splitlines() or [type(error).__name__]
        raise KgraphError(f"Spark can't be started on {master}: {cause[0]}") from error
    return session
