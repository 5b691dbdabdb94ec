"""The local engine: the same results in the same order, however many processes there are."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.engine import chunks, default_jobs, open_engine
from kgraph.engine.worker import Workers
from kgraph.errors import KgraphError


def double(rows: Sequence[str]) -> list[str]:
    return [row * 2 for row in rows]


def process_ids(rows: Sequence[str]) -> list[int]:
    return [os.getpid() for _ in rows]


def fail(rows: Sequence[str]) -> list[str]:
    raise KgraphError(f"no good: {rows[0]}")


def sleep(rows: Sequence[str]) -> list[str]:
    time.sleep(float(rows[0]))
    return []


def say_and_sleep(rows: Sequence[str]) -> list[str]:
    print(os.getpid(), flush=True)
    return sleep(rows)


def die(rows: Sequence[str]) -> list[str]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


ROWS = [f"{i} " * 500 for i in range(2000)]


def flat(parts: object) -> list[object]:
    return [x for part in parts for x in part]  # type: ignore[attr-defined]


@pytest.mark.parametrize("jobs", [1, 3])
def test_map_keeps_the_order(jobs: int) -> None:
    with open_engine("local", jobs) as engine:
        assert flat(engine.map(double, ROWS, cost=len)) == [row * 2 for row in ROWS]


def test_workers_import_from_where_their_parent_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "of_a_user.py").write_text("def tripled(number):\n    return 3 * number\n")
    (tmp_path / "here.py").write_text("def halved(number):\n    return number / 2\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path / "scripts"))
    monkeypatch.syspath_prepend("")  # as in a notebook
    with Workers(1) as workers:
        assert workers.call(import_module("of_a_user").tripled, 4) == 12
        assert workers.call(import_module("here").halved, 4) == 2


def test_large_work_is_shared_and_small_work_is_not() -> None:
    with open_engine("local", 2) as engine:
        large = set(flat(engine.map(process_ids, ROWS, cost=len)))
        small = set(flat(engine.map(process_ids, ROWS[:5], cost=len)))
    assert len(large) == 2
    assert os.getpid() not in large
    assert small == {os.getpid()}


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_in_a_row_function_is_raised_here(jobs: int) -> None:
    with open_engine("local", jobs) as engine, pytest.raises(KgraphError, match="no good: 0"):
        flat(engine.map(fail, ROWS, cost=len))


def test_a_killed_worker_is_a_clear_error() -> None:
    with open_engine("local", 2) as engine, pytest.raises(KgraphError, match="fewer --jobs"):
        flat(engine.map(die, ROWS, cost=len))


def test_a_caller_that_stops_early_leaves_no_process() -> None:
    with open_engine("local", 2) as engine:
        parts = engine.map(process_ids, ROWS, cost=len)
        first = next(parts)
        parts.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(first[0], 0)


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_runs_beside_gives_its_result(jobs: int) -> None:
    with open_engine("local", jobs) as engine, engine.beside(process_ids, ["a"]) as result:
        assert (result() == [os.getpid()]) is (jobs == 1)


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_runs_beside_raises_where_it_is_waited_for(jobs: int) -> None:
    match = "no good: a"
    with (
        open_engine("local", jobs) as engine,
        engine.beside(fail, ["a"]) as wait,
        pytest.raises(KgraphError, match=match),
    ):
        wait()


def test_what_runs_beside_ends_with_an_error_here() -> None:
    begun = time.monotonic()
    with open_engine("local", 2) as engine, pytest.raises(KgraphError, match="here"), engine.beside(sleep, ["60"]):
        raise KgraphError("here")
    assert time.monotonic() - begun < 30


BUSY = """
from kgraph.engine import open_engine
from tests.engine.test_local import say_and_sleep
with open_engine("local", 2) as engine, engine.beside(say_and_sleep, ["60"]) as result:
    result()
"""


def test_a_busy_worker_ends_with_its_killed_parent() -> None:
    with subprocess.Popen([sys.executable, "-c", BUSY], stderr=subprocess.PIPE, text=True) as parent:
        assert parent.stderr is not None
        assert int(parent.stderr.readline())
        begun = time.monotonic()
        parent.kill()
        parent.stderr.read()  # ends when the worker, which holds the other end, has ended
    assert time.monotonic() - begun < 30


@given(st.lists(st.integers(0, 9)), st.integers(1, 12))
def test_chunks_lose_nothing(rows: list[int], size: int) -> None:
    cut = list(chunks(rows, lambda row: row, size))
    assert [row for chunk in cut for row in chunk] == rows
    assert all(cut)
    assert all(sum(chunk[:-1]) < size for chunk in cut)


def test_sql_sees_loaded_tables_and_keeps_order() -> None:
    with open_engine("local", 1) as engine:
        engine.load("numbers", pa.table({"n": [3, 1, 2]}))
        engine.sql("squares", "SELECT n, n * n AS square FROM numbers ORDER BY n DESC")
        assert engine.fetch("squares").to_pylist() == [
            {"n": 3, "square": 9},
            {"n": 2, "square": 4},
            {"n": 1, "square": 1},
        ]


def test_unknown_engine_names_the_known_ones() -> None:
    with pytest.raises(KgraphError, match="local"):
        open_engine("abacus")


def test_jobs_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGRAPH_JOBS", "7")
    assert default_jobs() == 7
    monkeypatch.setenv("KGRAPH_JOBS", "many")
    with pytest.raises(KgraphError, match="whole number"):
        default_jobs()
