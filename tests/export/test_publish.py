"""An export appears whole or not at all, whatever happens on the way."""

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kgraph.engine import open_engine
from kgraph.errors import GraphError, KgraphError
from kgraph.export import registry
from kgraph.export.publish import opened, publish, recover
from kgraph.export.registry import EXPORTS, Build, writer
from kgraph.graph import provenance
from kgraph.graph.provenance import COMMIT, STAGING
from kgraph.model import Provenance
from tests.toy import toy


def small(text: str) -> Build:
    return Build(replace(toy(), provenance=Provenance(text)))


def put(text: str, folder: Path) -> None:
    with opened(folder):
        publish(small(text), folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(autouse=True)
def only_some_exports(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep to three exports, a folder among them: these tests are about how files appear, not what is in them."""
    kept = {name: EXPORTS[name] for name in ("papers.csv", "tables", "build.json")}
    monkeypatch.setattr(registry, "EXPORTS", kept)


def test_publishing_again_replaces_all_and_keeps_what_is_not_ours(tmp_path: Path) -> None:
    put("one", tmp_path / "out")
    (tmp_path / "out" / "README.md").write_text("mine")
    (tmp_path / "out" / "tables" / "old.parquet").write_text("of an earlier version")
    put("two", tmp_path / "out")
    put("two", tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh") | {"README.md": b"mine"}


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_failing_export_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    put("one", tmp_path)
    before = contents(tmp_path)
    calls = iter(range(3))

    def failing(name: str) -> Callable[[Build, Path], None]:
        if next(calls) == number:

            def full(build: Build, path: Path) -> None:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

            return full
        return writer(name)

    monkeypatch.setattr(registry, "writer", failing)
    with pytest.raises(KgraphError, match="free some space") as caught:
        put("two", tmp_path)
    assert STAGING not in str(caught.value)
    assert contents(tmp_path) == before


def test_a_build_that_fails_leaves_no_new_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="oops"), opened(tmp_path / "a" / "out"):
        raise ValueError("oops")
    assert not (tmp_path / "a" / "out").exists()


def test_killed_before_the_decision_the_old_export_stays(tmp_path: Path) -> None:
    put("one", tmp_path)
    before = contents(tmp_path)
    (tmp_path / STAGING / "tables").mkdir(parents=True)
    (tmp_path / STAGING / "papers.csv").write_text("half a fi")
    with opened(tmp_path):
        pass
    assert contents(tmp_path) == before


@pytest.mark.parametrize("moved", range(6))
def test_killed_while_moving_the_next_run_finishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: int) -> None:
    put("two", tmp_path / "fresh")
    out = tmp_path / "out"
    put("one", out)
    left = iter(range(moved))
    real = os.replace

    def replace_some(old: Path, new: Path) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        real(old, new)

    monkeypatch.setattr(os, "replace", replace_some)
    with pytest.raises(KeyboardInterrupt):
        put("two", out)
    with pytest.raises(GraphError, match="kgraph rebuild -o"):
        provenance.read(out)
    monkeypatch.setattr(os, "replace", real)
    with opened(out):
        pass
    assert contents(out) == contents(tmp_path / "fresh")


def test_build_json_moves_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[str] = []
    real = os.replace

    def note(old: Path, new: Path) -> None:
        moved.append(Path(new).name)
        real(old, new)

    monkeypatch.setattr(os, "replace", note)
    put("one", tmp_path)
    assert moved[-1] == "build.json"


HOLD = "import sys, time; from pathlib import Path; from kgraph.export.publish import opened\n" + (
    "with opened(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
)


def failing_aside(build: Build, folder: Path) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder / "graph.nq"))


def test_two_processes_write_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "EXPORTS", EXPORTS)
    monkeypatch.setattr("kgraph.export.publish.LARGE", 0)
    told: list[str] = []
    with opened(tmp_path / "two"), open_engine("local", 2) as engine:
        publish(small("two"), tmp_path / "two", lambda names, _: told.extend(names), engine.beside)
    put("two", tmp_path / "one")
    assert contents(tmp_path / "two") == contents(tmp_path / "one")
    assert sorted(told) == sorted(EXPORTS)
    assert told[-1] == "build.json"


def test_what_fails_in_the_other_process_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "EXPORTS", EXPORTS)
    monkeypatch.setattr("kgraph.export.publish.LARGE", 0)
    put("one", tmp_path)
    before = contents(tmp_path)
    together = {"tests.export.test_publish:failing_aside": next(iter(registry.TOGETHER.values()))}
    monkeypatch.setattr(registry, "TOGETHER", together)
    with (
        opened(tmp_path),
        open_engine("local", 2) as engine,
        pytest.raises(KgraphError, match="free some space") as caught,
    ):
        publish(small("two"), tmp_path, beside=engine.beside)
    assert STAGING not in str(caught.value)
    assert contents(tmp_path) == before


def test_two_builds_at_once(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(KgraphError, match="another build is writing here"), opened(tmp_path):
            pass
        other.kill()
        other.wait()
    with opened(tmp_path):  # the lock went with its holder
        pass


def test_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(KgraphError, match="-o"), opened(tmp_path / "out"):
        pass


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    put("one", tmp_path)
    before = contents(tmp_path)
    tmp_path.chmod(0o500)
    with pytest.raises(KgraphError, match="choose another folder"):
        put("two", tmp_path)
    tmp_path.chmod(0o700)
    assert contents(tmp_path) == before


KILLED = """
import sys
from pathlib import Path
from tests.export.test_publish import small
from kgraph.export import publish as p, registry
registry.EXPORTS = {name: registry.EXPORTS[name] for name in ("papers.csv", "tables", "build.json")}
with p.opened(Path(sys.argv[1])):
    print("go", flush=True)
    p.publish(small("two"), Path(sys.argv[1]))
"""


def test_sigkill_at_many_moments(tmp_path: Path) -> None:
    """However a run dies, the folder then holds the old export or, once the next run has looked, the new one."""
    put("one", tmp_path / "old")
    put("two", tmp_path / "new")
    old, new = contents(tmp_path / "old"), contents(tmp_path / "new")
    out = tmp_path / "out"
    for moment in range(8):
        put("one", out)
        with subprocess.Popen([sys.executable, "-c", KILLED, str(out)], stdout=subprocess.PIPE) as run:
            assert run.stdout is not None
            run.stdout.readline()
            time.sleep(moment * 0.006)
            run.kill()
        recover(out)
        assert not (out / STAGING).exists()
        assert not list(out.rglob(COMMIT))
        assert contents(out) in (old, new)
