"""How things are timed: in turn, several times, the median told."""

from __future__ import annotations

import gc
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, ours, the peer's, and how many times better ours is.

    `ratio` is above 1 where kgraph is better; None where there is no peer.
    """

    what: str
    ours: str
    peer: str = ""
    ratio: float | None = None
    note: str = ""


def in_turn(ours: Callable[[], object], peer: Callable[[], object], runs: int = 5) -> tuple[float, float]:
    """Return the median seconds of both, run A B A B after one warm-up each, so that a drifting machine hurts both."""
    for function in (ours, peer):
        function()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for function, kept in zip((ours, peer), times, strict=True):
            gc.collect()
            start = time.perf_counter()
            function()
            kept.append(time.perf_counter() - start)
    return median(times[0]), median(times[1])


@dataclass(frozen=True)
class Process:
    """What a whole process took: wall seconds and the peak memory of the largest process in it, in MiB."""

    seconds: float
    peak: float


def process(arguments: Sequence[str]) -> Process:
    """Run a command of this environment to its end; CalledProcessError if it fails."""
    code = (
        "import resource, subprocess, sys;"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE);"
        "sys.stderr.buffer.write(done.stderr) if done.returncode else None;"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(done.returncode)"
    )
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    return Process(seconds, int(done.stdout.split()[-1]) / 1024)


def kgraph(*arguments: str) -> Process:
    """Run a kgraph command as a user does."""
    return process([sys.executable, "-m", "kgraph", *arguments])


def machine() -> str:
    """Return one line about this machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    version = ".".join(map(str, sys.version_info[:3]))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {version}, {sys.platform}; this process {own:.0f} MiB"
