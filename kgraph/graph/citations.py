"""The citation graph and what can be told from its shape: rank, co-citation, bibliographic coupling.

Its nodes are the papers of the collection, those outside that citations name, and placeholders known by an id alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import combinations

import networkx as nx
import numpy as np

from kgraph.model import Knowledge


def citation_graph(knowledge: Knowledge) -> nx.DiGraph:
    """Return who cites whom, as a networkx graph from citing to cited paper.

    Nodes are paper ids with `label` (the title; the id where it is unknown), `inside` (a paper of the collection) and
    where known `year`. Edges have `contexts` and `intents` (tuples of texts) and `source`.
    """
    graph = nx.DiGraph()
    for paper in knowledge.papers:
        year = {"year": paper.year} if paper.year is not None else {}
        graph.add_node(paper.id, label=paper.title or paper.id, inside=bool(paper.records), **year)
    for c in knowledge.citations:
        for end in (c.citing, c.cited):
            if end not in graph:
                graph.add_node(end, label=end, inside=False)
        graph.add_edge(c.citing, c.cited, contexts=c.contexts, intents=c.intents, source=c.source)
    return graph


def pagerank(
    knowledge: Knowledge, *, damping: float = 0.85, tolerance: float = 1e-10, most: int = 500
) -> dict[str, float]:
    """Return the PageRank of every paper (Page, Brin, Motwani and Winograd 1999), highest first, ties by id.

    The ranks sum to 1; a paper without references passes its rank on to all papers alike. Iterates until the ranks
    change by less than `tolerance` per paper in all, at most `most` times.
    """
    papers = sorted(
        {end for c in knowledge.citations for end in (c.citing, c.cited)} | {p.id for p in knowledge.papers}
    )
    if not papers:
        return {}
    at = {paper: i for i, paper in enumerate(papers)}
    edges = sorted({(at[c.citing], at[c.cited]) for c in knowledge.citations})
    count = len(papers)
    source, target = np.array(edges, dtype=np.int64).reshape(-1, 2).T
    out = np.bincount(source, minlength=count)
    rank = np.full(count, 1 / count)
    for _ in range(most):
        passed = np.bincount(target, weights=rank[source] / out[source], minlength=count)
        new = damping * (passed + rank[out == 0].sum() / count) + (1 - damping) / count
        change = np.abs(new - rank).sum()
        rank = new
        if change < count * tolerance:
            break
    ordered = sorted(range(count), key=lambda i: (-round(float(rank[i]), 12), papers[i]))
    return {papers[i]: float(rank[i]) for i in ordered}


def co_citation(knowledge: Knowledge, *, least: int = 2) -> list[tuple[str, str, int]]:
    """Return the pairs of the collection's papers that are cited together, with by how many papers (Small 1973).

    At least by `least`; most first, then by id; the ids of a pair are in order.
    """
    return _together(knowledge, lambda citing, cited: (citing, cited), least)


def coupling(knowledge: Knowledge, *, least: int = 2) -> list[tuple[str, str, int]]:
    """Return the pairs of the collection's papers that cite the same papers, with how many (Kessler 1963).

    At least `least`; most first, then by id; the ids of a pair are in order.
    """
    return _together(knowledge, lambda citing, cited: (cited, citing), least)


def _together(
    knowledge: Knowledge, ends: Callable[[str, str], tuple[str, str]], least: int
) -> list[tuple[str, str, int]]:
    inside = {paper.id for paper in knowledge.papers if paper.records}
    groups: dict[str, set[str]] = {}
    for c in knowledge.citations:
        hub, member = ends(c.citing, c.cited)
        if member in inside:
            groups.setdefault(hub, set()).add(member)
    count: Counter[tuple[str, str]] = Counter()
    for members in groups.values():
        count.update(combinations(sorted(members), 2))
    return sorted(((a, b, n) for (a, b), n in count.items() if n >= least), key=lambda row: (-row[2], row[0], row[1]))
