"""A cluster of several worker processes, one of them killed in the middle: every table and triple is the same."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from kgraph.engine.spark import SparkEngine
from kgraph.pipeline.cluster.build import build
from kgraph.pipeline.cluster.stages import asked
from kgraph.pipeline.options import Options
from kgraph.pipeline.progress import Advance, Silent
from tests.engine.parity import differences, local

EXECUTOR = "CoarseGrainedExecutorBackend"


class Killer(Silent):
    """Kills one executor when a stage of the build has begun and Spark is at work on it."""

    def __init__(self, engine: SparkEngine, stage: str) -> None:
        self.engine, self.when = engine, stage
        self.killed: list[int] = []
        self.active: list[int] = []
        self.over = threading.Event()

    @contextmanager
    def stage(self, name: str, total: int | None = None, unit: str = "") -> Iterator[Advance]:
        thread = threading.Thread(target=self._kill, daemon=True)
        if name == self.when:
            thread.start()
        try:
            yield lambda count: None
        finally:
            if name == self.when:
                self.over.set()
                thread.join()

    def _kill(self) -> None:
        tracker = self.engine._spark.sparkContext.statusTracker()
        while not self.over.wait(0.02):
            found = [(stage, tracker.getStageInfo(stage)) for stage in tracker.getActiveStageIds()]
            running = [stage for stage, info in found if info and info.numActiveTasks]
            if running and (workers := executors()):
                os.kill(min(workers), signal.SIGKILL)
                self.active, self.killed = running, [min(workers)]
                return


def executors() -> list[int]:
    """The process ids of executors that this process started, through Spark's JVM."""
    parents: dict[int, int] = {}
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # a process that has ended meanwhile
            fields = (place / "stat").read_text().rpartition(")")[2].split()
            parents[int(place.name)] = int(fields[1])
            if fields[0] != "Z" and EXECUTOR in (place / "cmdline").read_text(errors="replace"):
                found.append(int(place.name))
    return [process for process in found if os.getpid() in _ancestors(process, parents)]


def _ancestors(process: int, parents: dict[int, int]) -> Iterator[int]:
    while process in parents:
        process = parents[process]
        yield process


def lost(engine: SparkEngine) -> list[tuple[str, int]]:
    """Return (reason, tasks that it had) of executors that Spark knows to be gone."""
    known: Any = engine._spark.sparkContext._jsc.sc().statusStore().executorList(False)
    every = [known.apply(i) for i in range(known.size())]
    return [(str(e.removeReason()), e.totalTasks()) for e in every if not e.isActive()]


def test_a_killed_worker_changes_nothing(shared: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    if not Path("/proc/self/stat").exists():
        pytest.skip("workers are found by /proc, which this system has not")
    if shutil.which("java") is None:
        pytest.skip("NO JAVA HERE: the Spark engine is not tested (apt-get install openjdk-17-jre-headless)")
    folder = tmp_path / "abstracts"
    folder.mkdir()
    with gzip.open(shared / "corpora" / "abstracts-100k.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number in range(3):  # partitioned input, a plain file among compressed ones
            rows = "".join(next(lines) for _ in range(200))
            if number:
                (folder / f"part_{number:03}.gz").write_bytes(gzip.compress(rows.encode()))
            else:
                (folder / "part_000.jsonl").write_text(rows, encoding="utf-8")
    inputs = [str(folder)]
    with SparkEngine(2, "local-cluster[2,1,1024]") as engine:
        killer = Killer(engine, "find entities")
        build(asked(inputs, Options()), engine, killer, tmp_path / "out")
        gone = lost(engine)
        left = executors()
    assert len(killer.killed) == 1
    assert killer.active, "nothing was running when the worker was killed"
    assert len(gone) == 1, "Spark did not notice that it lost a worker"
    reason, tasks = gone[0]
    assert "137" in reason or "SIGKILL" in reason or "lost" in reason.lower(), reason
    assert tasks, "what was lost with the worker was nothing"
    assert killer.killed[0] not in left
    assert left, "no worker was there at the end"
    assert not differences(tmp_path / "out", local(inputs, tmp_path / "here"))
