"""The plan of a cluster's build, run in one process, against the local engine: every table, every triple."""

from __future__ import annotations

from pathlib import Path

from kgraph.pipeline.cluster.build import build
from kgraph.pipeline.options import Options
from kgraph.pipeline.progress import Silent
from tests.engine.in_process import InProcess
from tests.engine.parity import differences, local


def test_the_sample(tmp_path: Path) -> None:
    build([], Options(), InProcess(), Silent(), tmp_path / "out")
    assert not differences(tmp_path / "out", local([], tmp_path / "here"))
