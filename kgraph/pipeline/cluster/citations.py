"""Citations on many machines: `link.citations`, one work, one group of works and one pair of papers at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgraph.engine.rows import Cluster, Rows
from kgraph.identifiers import SCHEMES
from kgraph.link.citations import citation, identifiers, light_paper, marks, near, placeholder
from kgraph.model import Citation, Paper, Source
from kgraph.pipeline.cluster.components import components
from kgraph.pipeline.sources import sha256_of
from kgraph.references import FILE, Cites, Work, both, parsed, wrong
from kgraph.text import key

PIECE = 32 << 20
"""Bytes of the file that one task reads."""

Line = tuple[str, int, Any]
"""What a line is ("work", "cites", "wrong"), where it begins in the file, and what it says."""

LINKED: dict[str, str] = {
    # a work that everyone cites is one row here and many rows there: no machine needs all of these at once
    "citing_found": """
        SELECT w.id AS citing_id, c.citing, c.cited, c.said FROM cites c LEFT JOIN work_ids w ON w.work = c.citing""",
    "cites_found": """
        SELECT c.citing_id, c.citing, w.id AS cited_id, c.cited, c.said
        FROM citing_found c LEFT JOIN work_ids w ON w.work = c.cited""",
}


@dataclass(frozen=True, slots=True)
class Linked:
    """What `link.citations.Linked` holds, as rows; `own` has (paper id, work) of the collection's papers, and
    `placeholders` are the ids that stand in citations and nowhere else."""

    own: Rows[tuple[str, Work]]
    outside: Rows[Paper]
    citations: Rows[Citation]
    placeholders: Rows[str]
    sources: tuple[Source, ...] = ()


def nothing(cluster: Cluster) -> Linked:
    """Return what there is where no file says who cites whom."""
    return Linked(cluster.rows((), 1), cluster.rows((), 1), cluster.rows((), 1), cluster.rows((), 1))


def link(cluster: Cluster, papers: Rows[Paper], path: Path) -> Linked:
    """Return the citations of the file at `path` between `papers`: those of `link_citations`.

    InputError with file and line where a line can't be read.
    """
    said = _read(cluster, path)
    works = said.each(_works).grouped().each(_one_work).kept()
    owned = works.each(_by_key).joined(_owners(works, papers)).each(_with_owner).kept()
    loose = owned.each(_loose).kept()
    roots = components(cluster, loose.each(_marked))
    groups = loose.each(_by_key).joined(roots).each(_at_root).grouped().each(_group).kept()
    ids = owned.each(_owned).plus(groups.each(_members))
    cluster.table("work_ids", ids, {"work": str, "id": str})
    cluster.table("cites", said.each(_edges), {"citing": str, "cited": str, "said": str})
    for name, statement in LINKED.items():
        cluster.sql(name, statement)
    ends = cluster.selected("cites_found").each(_ends).kept()
    (digest,) = cluster.rows([path], 1).each(lambda file: [sha256_of(file)]).few(1, "digests")
    return Linked(
        owned.each(lambda row: [(row[1], row[0])] if row[1] else []),
        groups.each(lambda row: [row[0]]),
        ends.each(_pair).grouped().each(_citation).kept(),
        ends.each(_placeholders).distinct().kept(),
        (Source(FILE, "citations", digest, 0),),
    )


# ---------------------------------------------------------------- the file, read in pieces


def _read(cluster: Cluster, path: Path) -> Rows[Line]:
    size = path.stat().st_size
    pieces = [(path, start, min(start + PIECE, size)) for start in range(0, size, PIECE)]
    said = cluster.rows(pieces, len(pieces) or 1).each(_lines).kept()
    for _, (start, why) in said.each(_wrong).reduced(min).few(1, "lines"):
        raise wrong(path, _number(path, start), why)
    return said


def _lines(piece: tuple[Path, int, int]) -> Iterator[Line]:
    """Yield what the lines say that begin in a piece of the file."""
    path, start, end = piece
    with path.open("rb") as file:
        if start:
            file.seek(start - 1)
            file.readline()
        at = file.tell()
        while at < end and (line := file.readline()):
            if line.strip():
                try:
                    said = parsed(line.decode())
                    yield "cites" if isinstance(said, Cites) else "work", at, said
                except UnicodeDecodeError:
                    yield "wrong", at, "not text in UTF-8"
                except ValueError as error:
                    yield "wrong", at, str(error)
            at = file.tell()


def _wrong(line: Line) -> list[tuple[int, tuple[int, str]]]:
    return [(0, (line[1], line[2]))] if line[0] == "wrong" else []


def _number(path: Path, start: int) -> int:
    """Return the number of the line that begins at a place of the file."""
    with path.open("rb") as file:
        lines = 1
        while start and (block := file.read(min(1 << 20, start))):
            lines += block.count(b"\n")
            start -= len(block)
    return lines


def _works(line: Line) -> list[tuple[str, tuple[int, Work]]]:
    kind, at, said = line
    return [(said.key, (at, said))] if kind == "work" else []


def _one_work(row: tuple[str, list[tuple[int, Work]]]) -> list[Work]:
    first, *others = [work for _, work in sorted(row[1])]
    for other in others:
        first = both(first, other)
    return [first]


# ---------------------------------------------------------------- which works are papers of the collection


def _owners(works: Rows[Work], papers: Rows[Paper]) -> Rows[tuple[str, tuple[int, str]]]:
    """Return (key of a work, (how well it is known, the paper that it is)) of those that are papers."""
    known = papers.each(lambda paper: [(mark, paper.id) for mark in identifiers(paper)]).reduced(min)
    by_mark = works.each(_asked).joined(known).each(_answered)
    titles = papers.each(_titled).reduced(_two).each(lambda row: [(row[0][0], (row[0][1], row[1]))])
    by_title = works.each(_asked_by_title).joined(titles).each(_answered_by_title)
    return by_mark.plus(by_title).reduced(min)


def _asked(work: Work) -> Iterator[tuple[tuple[str, str], tuple[str, int]]]:
    return ((mark, (work.key, number)) for number, mark in enumerate(identifiers(work)))


def _answered(row: tuple[Any, tuple[list[tuple[str, int]], list[str]]]) -> Iterator[tuple[str, tuple[int, str]]]:
    asked, known = row[1]
    return ((name, (number, known[0])) for name, number in (asked if known else ()))


def _titled(paper: Paper) -> list[tuple[tuple[str, int | None], tuple[str, ...]]]:
    return [((key(paper.title), paper.year), (paper.id,))]


def _two(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Return two ids of all: of one title and year, two say already that it can't be told which is meant."""
    return tuple(sorted({*one, *other})[:2])


def _asked_by_title(work: Work) -> list[tuple[str, tuple[str, int | None]]]:
    return [(key(work.title), (work.key, work.year))] if work.title else []


def _answered_by_title(row: tuple[str, tuple[list[Any], list[Any]]]) -> Iterator[tuple[str, tuple[int, str]]]:
    asked, known = row[1]
    for name, year in asked if known else ():
        same = [id_ for other, ids in known if near(other, year) for id_ in ids]
        if len(same) == 1:
            yield name, (len(SCHEMES), same[0])


def _by_key(value: Work | tuple[Work, str]) -> list[tuple[str, Work]]:
    return [(value.key, value)] if isinstance(value, Work) else [(value[0].key, value[0])]


def _with_owner(row: tuple[str, tuple[list[Work], list[tuple[int, str]]]]) -> list[tuple[Work, str]]:
    (work,), found = row[1]
    return [(work, found[0][1] if found else "")]


def _owned(row: tuple[Work, str]) -> list[tuple[str, str]]:
    return [(_text(row[0].key), row[1])] if row[1] else []


# ---------------------------------------------------------------- which other works are one


def _loose(row: tuple[Work, str]) -> list[Work]:
    return [] if row[1] else [row[0]]


def _marked(work: Work) -> Iterator[tuple[str, str]]:
    """Yield edges from a work to its marks: works with a mark in common are one component. No key begins so."""
    return ((work.key, f"={scheme}:{value}") for scheme, value in marks(work))


def _at_root(row: tuple[str, tuple[list[Work], list[str]]]) -> list[tuple[str, Work]]:
    name, (works, roots) = row
    return [(roots[0] if roots else name, work) for work in works]


def _group(row: tuple[str, list[Work]]) -> list[tuple[Paper, list[str]]]:
    works = sorted(row[1], key=lambda work: work.key)
    return [(light_paper(works), [work.key for work in works])]


def _members(row: tuple[Paper, list[str]]) -> Iterator[tuple[str, str]]:
    return ((_text(name), row[0].id) for name in row[1])


# ---------------------------------------------------------------- who cites whom


def _text(name: str) -> str:
    """Return a key as text that every engine can hold, also where it has half of a character."""
    return json.dumps(name)


def _edges(line: Line) -> list[tuple[str, str, str]]:
    kind, _, edge = line
    if kind != "cites":
        return []
    return [(_text(edge.citing), _text(edge.cited), json.dumps([edge.source, edge.contexts, edge.intents]))]


Ends = tuple[str, str, Cites, tuple[str, ...]]
"""The papers that cite and are cited, what is said of it, and which of them are placeholders."""


def _ends(row: tuple[Any, ...]) -> list[Ends]:
    """Yield a citation between papers; a paper does not cite itself."""
    citing, citing_key, cited, cited_key, said = row
    source, contexts, intents = json.loads(said)
    edge = Cites(json.loads(citing_key), json.loads(cited_key), source, tuple(contexts), tuple(intents))
    ends = citing or placeholder(edge.citing), cited or placeholder(edge.cited)
    unknown = tuple(end for end, known in zip(ends, (citing, cited), strict=True) if not known)
    return [(*ends, edge, unknown)] if ends[0] != ends[1] else []


def _pair(ends: Ends) -> list[tuple[tuple[str, str], Cites]]:
    return [((ends[0], ends[1]), ends[2])]


def _citation(row: tuple[tuple[str, str], list[Cites]]) -> list[Citation]:
    return [citation(row[0], row[1])]


def _placeholders(ends: Ends) -> tuple[str, ...]:
    return ends[3]
