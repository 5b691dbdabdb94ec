"""Many clients at once, some hostile and some endless: the server stays responsive and its memory bounded."""

import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kgraph.query.engine import bound
from kgraph.query.named import named
from kgraph.query.store import open_store
from tests.query.test_named import example
from tests.serve.conftest import Server, started
from tests.serve.test_protocol import ENDLESS, GREEDY

CLIENTS = 8
REQUESTS = 320
SECONDS = 1.5
MEGABYTES = 256
WORKERS = 2


@pytest.fixture(scope="module")
def loaded(export: Path) -> Iterator[Server]:
    options = (
        "--timeout",
        str(SECONDS),
        "--max-memory",
        str(MEGABYTES),
        "--workers",
        str(WORKERS),
        "--max-rows",
        "1000",
    )
    with started(export, *options) as running:
        yield running


def mix(export: Path) -> list[tuple[str, str]]:
    """The queries of all clients: mostly named ones, some hostile, a few endless or greedy."""
    store = open_store(export)
    good = [bound(store, query, example(query)) for query in named().values()]
    hostile = ["SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "DROP ALL", "SELECT * {", "ASK { " * 500]
    kinds = [("good", good)] * 40 + [("hostile", hostile)] * 6 + [("endless", [ENDLESS])] + [("greedy", [GREEDY])]
    choice = random.Random(5)
    picked = (choice.choice(kinds) for _ in range(REQUESTS))
    return [(kind, choice.choice(queries)) for kind, queries in picked]


def test_under_load(loaded: Server, export: Path, record_property: Callable[[str, object], None]) -> None:
    before = loaded.memory()
    most = [before]

    def one(job: tuple[str, str]) -> tuple[str, int, float]:
        kind, query = job
        began = time.perf_counter()
        status = loaded.ask(query, "application/sparql-results+json, text/turtle").status
        if random.random() < 0.1:
            most[0] = max(most[0], loaded.memory())
        return kind, status, time.perf_counter() - began

    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        done = list(clients.map(one, mix(export)))
    took = time.perf_counter() - began
    statuses = Counter((kind, status) for kind, status, _ in done)
    good = sorted(seconds for kind, status, seconds in done if kind == "good" and status == 200)
    figures = {
        "requests": REQUESTS,
        "seconds": round(took, 1),
        "good median ms": round(statistics.median(good) * 1000, 1),
        "good 95 % ms": round(good[int(len(good) * 0.95)] * 1000),
        "MB before": before,
        "MB at most": most[0],
        "MB after": loaded.memory(),
        "answers": {f"{kind} {status}": n for (kind, status), n in sorted(statuses.items())},
    }
    record_property("figures", json.dumps(figures))
    print(json.dumps(figures))
    # nearly every good query is answered; the others are told why, because the endless ones hold all workers
    assert {status for kind, status, _ in done if kind == "good"} <= {200, 503, 504}
    assert len(good) >= 0.95 * sum(kind == "good" for kind, _, _ in done)
    assert {status for kind, status, _ in done if kind == "hostile"} <= {400, 403, 503}
    assert {status for kind, status, _ in done if kind in ("endless", "greedy")} <= {500, 503, 504}
    # no worker ever holds more than it may, and what they held is given back
    assert most[0] <= before + WORKERS * MEGABYTES + 100
    assert loaded.ask("ASK {}").status == 200
    assert loaded.memory() <= before + 150


def test_the_pages_answer_while_all_workers_are_busy(loaded: Server) -> None:
    with ThreadPoolExecutor(WORKERS) as clients:
        endless = [clients.submit(loaded.ask, ENDLESS) for _ in range(WORKERS)]
        time.sleep(0.2)
        began = time.perf_counter()
        assert loaded.get("query").status == 200
        assert loaded.get("").status == 200
        assert time.perf_counter() - began < SECONDS / 2
        assert [job.result().status for job in endless] == [504] * WORKERS
    assert loaded.ask("ASK {}").status == 200
