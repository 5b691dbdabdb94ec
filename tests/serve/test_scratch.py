"""The server's temporary folder: gone after an end of any kind, those of living servers left alone."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from kgraph.serve import scratch as module
from kgraph.serve.scratch import PREFIX, scratch

HOLDER = """
import time
from kgraph.serve.scratch import scratch
with scratch() as folder:
    print(folder, flush=True)
    time.sleep(60)
"""


def holder(root: Path) -> tuple["subprocess.Popen[str]", Path]:
    command = [sys.executable, "-c", HOLDER]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"TMPDIR": str(root)})
    assert process.stdout
    with process.stdout as out:
        return process, Path(out.readline().strip())


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_it_goes_when_the_process_is_asked_to_end(tmp_path: Path, sent: signal.Signals) -> None:
    process, folder = holder(tmp_path)
    assert folder.is_dir()
    process.send_signal(sent)
    process.wait(10)
    assert not list(tmp_path.iterdir())


def test_the_next_start_clears_what_killed_ones_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    killed, left = holder(tmp_path)
    living, held = holder(tmp_path)
    killed.kill()
    killed.wait(10)
    young = tmp_path / f"{PREFIX}young"
    young.mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / f"{PREFIX}link").symlink_to(elsewhere)
    long_ago = time.time() - 2 * module.YOUNG
    for folder in (left, held, elsewhere):
        os.utime(folder, (long_ago, long_ago))
    try:
        with scratch() as fresh:
            assert fresh.is_dir()
            assert not left.exists()
            assert held.is_dir()
            assert young.is_dir()
            assert elsewhere.is_dir()
        assert not fresh.exists()
    finally:
        living.terminate()
        living.wait(10)


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_ends_a_server_without_a_traceback(tmp_path: Path, times: int) -> None:
    (tmp_path / "graph.nq").write_text("<x:a> <x:b> <x:c> .\n")
    command = [sys.executable, "-m", "kgraph", "serve", "--graph", str(tmp_path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        while "SPARQL" not in process.stdout.readline():
            pass
        time.sleep(1.0)
        for _ in range(times):
            process.send_signal(signal.SIGINT)
            time.sleep(0.005)
        _, said = process.communicate(timeout=20)
    assert (process.returncode, said.strip()) == (130, "kgraph: interrupted")
