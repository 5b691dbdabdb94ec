"""A build that dies at any moment leaves the old export or nothing, and the next run ends as if it had not died."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kgraph.cli import main
from kgraph.export import publish
from kgraph.graph.provenance import COMMIT, STAGING
from tests.pipeline.test_build import contents, page

KGRAPH = """
import sys
from kgraph.cli import main
from kgraph.export import publish
publish.LARGE = 0
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("command", ["build", "rebuild"])
def test_killed_at_random_moments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """Two processes write, as they do for a large build."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(publish, "LARGE", 0)
    monkeypatch.setenv("KGRAPH_JOBS", "2")
    page(Path("in.jsonl"), 0, 1)
    assert main(["build", "in.jsonl", "-o", "out", "-q"]) == 0
    old = contents(Path("out"))
    page(Path("in.jsonl"), 0, 1, 2, 3)
    arguments = ["build", "in.jsonl"] if command == "build" else ["rebuild"]
    run = [sys.executable, "-c", KGRAPH, *arguments, "-q", "-o", "out"]
    start = time.perf_counter()
    subprocess.run(run, check=True)
    whole = time.perf_counter() - start
    new = contents(Path("out"))
    assert new != old
    chance = random.Random(command)
    for _ in range(2):
        page(Path("in.jsonl"), 0, 1)
        assert main(["build", "in.jsonl", "-o", "out", "-q"]) == 0
        page(Path("in.jsonl"), 0, 1, 2, 3)
        with subprocess.Popen(run, stderr=subprocess.DEVNULL) as process:
            time.sleep(chance.uniform(0.2, 1) * whole)
            process.kill()
        left = {name: data for name, data in contents(Path("out")).items() if not name.startswith(STAGING)}
        assert left in (old, new) or (Path("out") / STAGING / COMMIT).exists()
        assert main([*arguments, "-q", "-o", "out"]) == 0
        assert contents(Path("out")) == new
