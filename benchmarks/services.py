"""What talking to services costs: requests, answers from the cache and time, against a local server that plays them.

The server answers at once, so the seconds are kgraph's own and the server's; how long the services would let it take is
told beside them, from the pace that kgraph keeps with each (without keys).
"""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measure import Row
from kgraph.http import SERVICES
from tests.fetch.replay import Asked, Reply, Server, say
from tests.fetch.services import PLAY, Made, play_openalex, play_s2, world

CITED = {"openalex": "OpenAlex", "s2": "Semantic Scholar"}


@dataclass(frozen=True)
class Ran:
    """What a command said of itself, and what it took."""

    said: Mapping[str, Any]
    code: int
    seconds: float
    cpu: float

    def row(self, what: str, pace: str = "") -> Row:
        """Return the line of the table."""
        asked = f"{self.said['requests']:,} requests, {self.said['cache_hits']:,} answers from the cache"
        return Row(what, f"{asked}, {self.seconds:.1f} s ({self.cpu:.1f} s of CPU){pace}")


def _run(environ: Mapping[str, str], *arguments: str) -> Ran:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    command = [sys.executable, "-m", "kgraph", "-q", *arguments]
    done = subprocess.run(command, env=dict(environ), capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = json.loads(done.stdout.splitlines()[-1]) if done.stdout else {}
    return Ran(said, done.returncode, seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _id(name: str, paper: Made) -> str:
    return {"crossref": paper.doi, "openalex": paper.openalex, "s2": paper.s2}.get(name, paper.arxiv)


def measure(count: int, folder: Path) -> list[Row]:
    """Return the cost of fetching `count` papers by id from each service, and of their citations; each once more from
    the cache, and the citations once with a stop on the way.
    """
    # Crossref knows every other paper, so its world is twice as large
    rows: list[Row] = []
    for name in PLAY:
        made = [p for p in world(2 * count) if p.doi] if name == "crossref" else world(count)
        with Server() as server:
            PLAY[name](server, made)
            environ = _environ(server, folder / name)
            ids = folder / name / "ids.txt"
            ids.write_text("".join(f"{_id(name, p)}\n" for p in made), encoding="utf-8")
            command = ("fetch", name, "--ids", str(ids), "-o", str(folder / name / "out.jsonl"), "--json")
            first, again = _run(environ, *command), _run(environ, *command)
            assert first.said["papers"] == again.said["papers"] == len(made)
            assert again.said["requests"] == 0
            paced = first.said["requests"] * SERVICES[name].interval
            rows.append(first.row(f"fetch {name}, {len(made):,} ids", f"; {paced:,.0f} s at the service's pace"))
            rows.append(again.row(f"fetch {name}, {len(made):,} ids, once more"))
    return rows + _citations(count, folder / "cite")


def _citations(count: int, folder: Path) -> list[Row]:
    made = world(count)
    with Server() as server:
        play_openalex(server, made)
        play_s2(server, made)
        environ = _environ(server, folder)
        out = folder / "exports"
        with (folder / "papers.csv").open("w", encoding="utf-8", newline="") as lines:
            table = csv.writer(lines)
            table.writerow(("title", "abstract", "arxiv", "doi", "year"))
            table.writerows((m.title, m.abstract, m.arxiv, m.doi, m.year) for m in made)
        assert _run(environ, "build", str(folder / "papers.csv"), "-o", str(out), "--json").code == 0
        server.asked.clear()
        rows = []
        command = ("cite", "--graph", str(out), "--json")
        first, again = _run(environ, *command), _run(environ, *command)
        paced = sum(SERVICES[name].interval * _asked(server.asked, name) for name in CITED)
        whole = len(server.asked)
        rows.append(first.row(f"cite, {count:,} papers", f"; {paced:,.0f} s at the services' pace"))
        rows.append(again.row(f"cite, {count:,} papers, once more"))
        server.asked.clear()
        server.rules.insert(0, lambda asked: _limit(server, whole // 2))
        environ = {**environ, "KGRAPH_CACHE": str(folder / "other.sqlite")}
        stopped, rest = _run(environ, *command), _run(environ, *command)
        assert (stopped.code, rest.code) == (1, 0)
        rows.append(rest.row(f"cite, {count:,} papers, after a limit stopped it half-way"))
        assert len(server.asked) == whole + 1, "only the refused question is asked again"
    return rows


def _limit(server: Server, at: int) -> Reply | None:
    return say({"error": "Limit"}, 429, Retry_After="99999") if len(server.asked) == at else None


def _asked(asked: list[Asked], name: str) -> int:
    return sum(a.path.startswith("/works") == (name == "openalex") for a in asked)


def _environ(server: Server, folder: Path) -> dict[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    config = "".join(f'[{name}]\nurl = "{server.url}"\ninterval = 0\n' for name in PLAY)
    (folder / "config.toml").write_text(config, encoding="utf-8")
    return {
        **os.environ,
        "KGRAPH_CONFIG": str(folder / "config.toml"),
        "KGRAPH_CACHE": str(folder / "http.sqlite"),
    }
