"""Opening the explorer, against a plain pyvis page of the same graph, both in real Chromium."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any, cast

from benchmarks.measure import Row
from kgraph.api import Graph
from kgraph.export.registry import Build, writer

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def plain_pyvis(graph: Graph, path: Path) -> None:
    """Write what the first answer on the web gives: every node and edge, physics on."""
    from pyvis.network import Network

    page: Any = cast(Any, Network)(directed=True, cdn_resources="in_line")
    for paper in graph.papers:
        page.add_node(paper.id, label=paper.title[:40], group="paper")
    for entity in graph.entities:
        page.add_node(entity.id, label=entity.label, group=str(entity.kind))
    for paper_id, entity_id in sorted({(m.paper, m.entity) for m in graph.mentions}):
        page.add_edge(paper_id, entity_id, title="mentions")
    for relation in graph.relations:
        page.add_edge(relation.subject, relation.object, title=str(relation.type))
    for pair in graph.comentions:
        page.add_edge(pair.a, pair.b, title="co-mention")
    path.write_text(page.generate_html(), encoding="utf-8")


def measure(graph: Graph, folder: Path, runs: int) -> list[Row]:
    """Return time until the page answers input, and its size; the plain page is waited for 60 s at most to settle."""
    from playwright.sync_api import sync_playwright

    browser_path = next((path for path in CHROMIUM if Path(path).exists()), None)
    if browser_path is None:
        return [Row("opening the page", "not measured: no Chromium on this machine")]
    ours, peer = folder / "ours.html", folder / "pyvis.html"
    writer("graph.html")(Build(graph.knowledge), ours)
    plain_pyvis(graph, peer)
    times: dict[Path, list[float]] = {ours: [], peer: []}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        for _ in range(runs):
            for path in (ours, peer):
                page = browser.new_page(viewport={"width": 1400, "height": 900})
                page.set_default_timeout(60_000)
                page.route("http*://**", lambda route: route.abort())
                page.goto(path.as_uri(), wait_until="load")
                # a frame drawn after the load event: scripts have run, input is answered
                page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))")
                times[path].append(page.evaluate("() => performance.now()") / 1000)
                page.close()
        settled = _settled(browser, peer)
        browser.close()
    mine, theirs = median(times[ours]), median(times[peer])
    nodes = len(graph.papers) + len(graph.entities)
    size, peer_size = ours.stat().st_size / 2**20, peer.stat().st_size / 2**20
    what = f"page of {nodes} nodes"
    return [
        Row(f"{what}: open", f"{mine:.2f} s", f"plain pyvis: {theirs:.2f} s", theirs / mine),
        Row(f"{what}: layout at rest", "at once, computed by the build", f"plain pyvis: {settled}"),
        Row(f"{what}: size", f"{size:.2f} MiB", f"plain pyvis: {peer_size:.2f} MiB", peer_size / size),
    ]


def _settled(browser: object, path: Path) -> str:
    """Return how long the physics of a plain page runs; the page's global is called network."""
    page = browser.new_page()  # type: ignore[attr-defined]
    page.route("http*://**", lambda route: route.abort())
    page.goto(path.as_uri(), wait_until="load")
    script = """() => new Promise(done => {
        const start = performance.now();
        network.once('stabilizationIterationsDone', () => done((performance.now()) / 1000));
        setTimeout(() => done(-1), 60000 - start);
    })"""
    seconds = page.evaluate(script)
    page.close()
    return f"{seconds:.1f} s" if seconds >= 0 else "not within 60 s"
