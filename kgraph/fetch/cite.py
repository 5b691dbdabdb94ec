"""The citations of a collection: its papers found at the services, what they cite and what cites them.

All answers are kept in the cache for a month, so a run that was stopped goes on where it was without asking again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from kgraph.errors import SourceStateError
from kgraph.fetch import cite_openalex, cite_s2
from kgraph.http import Client
from kgraph.model import Paper
from kgraph.references import Cites, Work

Progress = Callable[[str, int, int], None]
PART = 50


@dataclass(frozen=True, slots=True)
class Account:
    """What one service gave: papers found, those not found (ids), edges, works outside with and without a title."""

    source: str
    found: int
    missing: tuple[str, ...]
    edges: int
    described: int
    dangling: int


@dataclass(frozen=True, slots=True)
class Cited:
    """Works and edges for the citations file, and what each service gave."""

    works: tuple[Work, ...]
    edges: tuple[Cites, ...]
    accounts: tuple[Account, ...]


class StoppedError(SourceStateError):
    """A service stopped us; what it said so far is in the cache, and the same command goes on from there."""

    def __init__(self, stage: str, done: int, total: int, error: SourceStateError, resume: str) -> None:
        said = f"{error.where}: {error.what}" if error.where else error.what
        hints = "; ".join(filter(None, (error.remedy, f"resume with: {resume}" if resume else "")))
        super().__init__(f"{stage}: {done} of {total} papers; {said}", remedy=hints)
        self.done, self.total = done, total


def cite(
    papers: Sequence[Paper],
    clients: Mapping[str, Client],
    *,
    citing: int,
    outside: int,
    resume: str = "",
    progress: Progress = lambda stage, done, total: None,
) -> Cited:
    """Return the citations of `papers` as the services of `clients` ("openalex", "s2") know them.

    Up to `citing` works that cite are taken for each paper, and for each service up to `outside` works that are no
    papers of the collection are described with title and year: those with most links to it, ties by key. The others
    stay as ids. Raises StoppedError where a service stops us.
    """
    works: list[Work] = []
    edges: list[Cites] = []
    accounts: list[Account] = []
    for name, client in clients.items():
        gather = _openalex if name == "openalex" else _s2
        step = _Step(client.service.title, len(papers), resume, progress)
        with step.told():
            found, links, described = gather(papers, client, citing, step)
        inside = {work.key for own in found.values() for work in own}
        chosen = _nearest(links, inside, outside)
        if name == "openalex":
            unknown = [key.partition(":")[2] for key in chosen if key not in described]
            with step.told():
                described |= {w.key: w for w in cite_openalex.describe(client, unknown)}
        kept = [described[key] for key in chosen if key in described and described[key].title]
        works += [work for own in found.values() for work in own] + kept
        edges += links
        others = {key for edge in links for key in (edge.citing, edge.cited)} - inside
        missing = tuple(sorted(p.id for p in papers if p.id not in found))
        accounts.append(Account(name, len(found), missing, len(links), len(kept), len(others) - len(kept)))
    return Cited(tuple(works), tuple(edges), tuple(accounts))


@dataclass(slots=True)
class _Step:
    """Where a service is, to be told at any point."""

    title: str
    total: int
    resume: str
    progress: Progress
    stage: str = "citations"
    done: int = 0

    def at(self, stage: str, done: int) -> None:
        """Say how many papers are done."""
        self.stage, self.done = stage, done
        self.progress(f"{self.title}: {stage}", done, self.total)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tell where we were if the service stops us."""
        try:
            yield
        except SourceStateError as error:
            raise StoppedError(self.stage, self.done, self.total, error, self.resume) from None


Gathered = tuple[dict[str, list[Work]], list[Cites], dict[str, Work]]


def _openalex(papers: Sequence[Paper], client: Client, citing: int, step: _Step) -> Gathered:
    found: dict[str, list[Work]] = {}
    links: list[Cites] = []
    described: dict[str, Work] = {}
    items: dict[str, list[cite_openalex.Item]] = {}
    for start in range(0, len(papers), PART):
        step.at("papers found", start)
        part = papers[start : start + PART]
        items |= cite_openalex.find(client, part)
    by_id = {paper.id: paper for paper in papers}
    for done, (paper, own) in enumerate(sorted(items.items())):
        step.at("citations", done)
        for item in own:
            work = cite_openalex.work(item)
            if work is None:
                continue
            found.setdefault(paper, []).append(_known(work, by_id[paper]))
            links += cite_openalex.references(item)
            if citing:
                more, cites = cite_openalex.citing(client, item, citing)
                described |= {w.key: w for w in more}
                links += cites
    step.at("citations", len(items))
    return found, links, described


def _s2(papers: Sequence[Paper], client: Client, citing: int, step: _Step) -> Gathered:
    found: dict[str, list[Work]] = {}
    links: list[Cites] = []
    described: dict[str, Work] = {}
    step.at("papers found", 0)
    items = cite_s2.find(client, papers)
    by_id = {paper.id: paper for paper in papers}
    for done, (paper, item) in enumerate(sorted(items.items())):
        step.at("citations", done)
        work = cite_s2.work(item)
        if work is None:
            continue
        found[paper] = [_known(work, by_id[paper])]
        for side, most in (("references", 10_000), ("citations", citing)):
            if most:
                more, cites = cite_s2.edges(client, item, side, most)
                described |= {w.key: w for w in more}
                links += cites
    step.at("citations", len(items))
    return found, links, described


def _known(work: Work, paper: Paper) -> Work:
    """Return the work with what the collection knows of it, so that it is found again there."""
    return replace(
        work,
        title=paper.title,
        year=paper.year or work.year,
        arxiv=paper.arxiv or work.arxiv,
        doi=paper.doi or work.doi,
    )


def _nearest(links: Iterable[Cites], inside: set[str], most: int) -> list[str]:
    """Return the keys outside that have most links to papers inside."""
    count: Counter[str] = Counter()
    for key, other in {(e.citing, e.cited) for e in links} | {(e.cited, e.citing) for e in links}:
        if key not in inside and other in inside:
            count[key] += 1
    return sorted(count, key=lambda key: (-count[key], key))[:most]
