"""How things are timed: in turn, several times, the median told."""

from __future__ import annotations

import gc
import os
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


def seconds(function: Callable[[], object], runs: int = 5) -> float:
    """Return the median seconds of `function` after one warm-up."""
    return in_turn(function, lambda: None, runs)[0]


@dataclass(frozen=True)
class Process:
    """What a whole process took: wall seconds, CPU seconds of all its processes, and the peak memory of the
    largest of them, in MiB."""

    seconds: float
    cpu: float
    peak: float


def process(arguments: Sequence[str]) -> Process:
    """Run a command of this environment to its end; CalledProcessError if it fails."""
    code = (
        "import resource, subprocess, sys;"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE);"
        "sys.stderr.buffer.write(done.stderr) if done.returncode else None;"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss); sys.exit(done.returncode)"
    )
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True)
    wall = time.perf_counter() - start
    cpu, peak = done.stdout.split()[-2:]
    return Process(wall, float(cpu), int(peak) / 1024)


def kgraph(*arguments: str) -> Process:
    """Run a kgraph command as a user does."""
    return process([sys.executable, "-m", "kgraph", *arguments])


def machine() -> str:
    """Return one line about this machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    version = ".".join(map(str, sys.version_info[:3]))
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {version}, {sys.platform}"


def load() -> str:
    """Return how busy the machine is, as one phrase: on a quiet one nothing but the benchmark itself runs."""
    busy = os.getloadavg()[2]
    return f"{busy:.1f} processes running on average over the last 15 minutes, the benchmark's included"
