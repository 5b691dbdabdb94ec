"""A session of Apache Spark, or a clear word on why there is none."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.errors import KgraphError, MissingExtraError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOGGING = Path(__file__).with_name("log4j2.properties")

MASTER = re.compile(
    r"local(\[(\d+|\*)(\s*,\s*\d+)?\])?|local-cluster\[\s*\d+\s*,\s*\d+\s*,\s*\d+\s*\]"
    r"|spark://[^\s/:]+:\d+(,[^\s/:]+:\d+)*|yarn|k8s://\S+"
)
PATIENCE = 5.0
"""Seconds to wait for a master before saying that it can't be reached; Spark would try for a minute."""

PARTITION = 16 << 20
"""Bytes of input, as they lie on disk, for one partition; but each core has at least one."""

MOST_PARTITIONS = 20_000
"""Every partition sends to every other, so there must not be too many."""


def start(master: str) -> SparkSession:
    """Return a session on `master`; KgraphError that says what is missing or wrong where it can't be had."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise MissingExtraError("Apache Spark", "spark") from None
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise KgraphError("Spark needs Java, and there is none", remedy="apt-get install openjdk-17-jre-headless")
    if not MASTER.fullmatch(master):
        raise KgraphError(
            f"{master!r} is no Spark master",
            where="--master",
            remedy="one like local[2], local-cluster[2,1,1024], spark://host:7077, yarn, k8s://https://host:443",
        )
    if master.startswith("spark://"):
        _reach(master)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder: Any = SparkSession.builder
    builder = builder.master(master).appName("kgraph")
    for name, value in _settings(master).items():
        builder = builder.config(name, value)
    try:
        session: SparkSession = builder.getOrCreate()
    except Exception as error:
        cause = str(error).strip().splitlines() or [type(error).__name__]
        raise KgraphError(f"Spark can't be started on {master}: {cause[0]}", where="--master") from error
    return session


def spread(session: SparkSession, master: str, size: int) -> int:
    """Return into how many partitions rows of a build go that reads `size` bytes, and have SQL use as many.

    What a user set as spark.sql.shuffle.partitions stays.
    """
    given = session.sparkContext.getConf().get(_PARTITIONS)
    cores = max(session.sparkContext.defaultParallelism, _cores(master))
    width = int(given) if given else max(cores, min(size // PARTITION, MOST_PARTITIONS))
    session.conf.set(_PARTITIONS, str(width))
    # of little, compiling a statement, or planning it again half way, takes longer than running it
    for setting in ("spark.sql.codegen.wholeStage", "spark.sql.adaptive.enabled"):
        session.conf.set(setting, str(size >= PARTITION).lower())
    return width


_PARTITIONS = "spark.sql.shuffle.partitions"


def _settings(master: str) -> dict[str, str]:
    logging = f"-Dlog4j2.configurationFile={LOGGING.as_uri()}"
    settings = {
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.driver.extraJavaOptions": logging,
    }
    if master.startswith("local"):
        # executors on this machine import from where this process does, and listen to nobody else
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        settings["spark.ui.enabled"] = "false"
        settings["spark.executorEnv.PYTHONPATH"] = os.pathsep.join(entry or os.getcwd() for entry in sys.path)
        # what is tried out on one machine is over before a second compilation would pay: this halves its time
        settings["spark.driver.extraJavaOptions"] = f"{logging} -XX:TieredStopAtLevel=1"
        settings["spark.driver.bindAddress"] = settings["spark.driver.host"] = "127.0.0.1"
    if master.startswith("local-cluster"):
        _, _, memory = _numbers(master)
        settings["spark.executor.memory"] = f"{memory}m"
        settings["spark.executor.extraJavaOptions"] = settings["spark.driver.extraJavaOptions"]
    return settings


def _numbers(master: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", master))


def _cores(master: str) -> int:
    """Return the cores that a master on this machine gives; of others, Spark knows them once executors came."""
    if master.startswith("local-cluster"):
        workers, cores, _ = _numbers(master)
        return workers * cores
    return 1


def _reach(master: str) -> None:
    """Raise KgraphError unless one of the masters of a standalone cluster accepts a connection."""
    tried = []
    for place in master.removeprefix("spark://").split(","):
        host, _, port = place.rpartition(":")
        try:
            socket.create_connection((host, int(port)), timeout=PATIENCE).close()
        except OSError as error:
            tried.append(f"{place}: {error.strerror or error}")
        else:
            return
    raise KgraphError(
        f"no Spark master answers ({'; '.join(tried)})", where="--master", remedy="is it started, and is this its port?"
    )
