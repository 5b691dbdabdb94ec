"""Citations: works that services know, attached to the papers of the collection.

A work is a paper of the collection if an identifier says so, else if its title does and its year doesn't object. Works
outside become light papers, which have a title but neither text nor records; works known by an id alone become
placeholders, ids of a type that stand in citations and nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_

from kgraph.identifiers import SCHEMES
from kgraph.model import Citation, Paper, text_id
from kgraph.references import YEARS, Cites, References, Work
from kgraph.text import digest, key, slug


@dataclass(frozen=True, slots=True)
class Linked:
    """Citations between papers and what had to be added for them.

    `papers` are those of the collection, with OpenAlex and Semantic Scholar ids filled in where they had none;
    `outside` are light papers; `dangling` counts the placeholders by type ("openalex", "s2", "title"). All is sorted.
    """

    papers: tuple[Paper, ...]
    citations: tuple[Citation, ...] = ()
    outside: tuple[Paper, ...] = ()
    dangling: Mapping[str, int] = field(default_factory=dict)


def link_citations(papers: Sequence[Paper], references: References) -> Linked:
    """Return the citations of `references` between papers, light papers and placeholders.

    Works of two services that share an identifier, or title and year, are one. What several sources say of a citation
    is one citation with all contexts and intents. A paper does not cite itself.
    """
    index = _Index(papers)
    owner = {key_: id_ for key_, work in sorted(references.works.items()) if (id_ := index.find(work))}
    own: dict[str, list[Work]] = {}
    for key_, id_ in owner.items():
        own.setdefault(id_, []).append(references.works[key_])
    groups = _groups([w for key_, w in sorted(references.works.items()) if key_ not in owner])
    light: dict[str, str] = {}
    outside: list[Paper] = []
    for group in groups:
        outside.append(light_paper(group))
        light |= {work.key: outside[-1].id for work in group}
    placeholders: Counter[str] = Counter()
    ids = owner | light
    for name in sorted({end for edge in references.edges for end in (edge.citing, edge.cited)} - ids.keys()):
        ids[name] = placeholder(name)
        placeholders[name.partition(":")[0]] += 1
    found: dict[tuple[str, str], list[Cites]] = {}
    for edge in references.edges:
        pair = (ids[edge.citing], ids[edge.cited])
        if pair[0] != pair[1]:
            found.setdefault(pair, []).append(edge)
    return Linked(
        tuple(identified(paper, own.get(paper.id, ())) for paper in papers),
        tuple(citation(pair, found[pair]) for pair in sorted(found)),
        tuple(sorted(outside, key=lambda p: p.id)),
        dict(sorted(placeholders.items())),
    )


class _Index:
    """Papers by what they are known by."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self._by: dict[tuple[str, str], str] = {}
        self._titles: dict[str, list[Paper]] = {}
        for paper in papers:
            for mark in identifiers(paper):
                self._by.setdefault(mark, paper.id)
            self._titles.setdefault(key(paper.title), []).append(paper)

    def find(self, work: Work) -> str:
        """Return the id of the paper that a work is, or ""."""
        for mark in identifiers(work):
            if hit := self._by.get(mark):
                return hit
        same = [p for p in self._titles.get(key(work.title), ()) if work.title and near(p.year, work.year)]
        return same[0].id if len(same) == 1 else ""


def identifiers(one: Paper | Work) -> list[tuple[str, str]]:
    """Return (scheme, identifier in lower case) of all that a paper or work has, those that are asked first first."""
    return [(scheme, value.lower()) for scheme in SCHEMES if (value := getattr(one, scheme))]


def near(one: int | None, other: int | None) -> bool:
    """Return whether the years of a paper and a work let them be one."""
    return one is None or other is None or abs(one - other) <= YEARS


def _groups(works: Sequence[Work]) -> list[list[Work]]:
    """Return the works that are one, by a shared identifier or by title and year."""
    leader = list(range(len(works)))

    def top(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    first: dict[tuple[str, str], int] = {}
    for i, work in enumerate(works):
        for mark in marks(work):
            a, b = sorted((top(i), top(first.setdefault(mark, i))))
            leader[b] = a
    found: dict[int, list[Work]] = {}
    for i, work in enumerate(works):
        found.setdefault(top(i), []).append(work)
    return list(found.values())


def marks(work: Work) -> list[tuple[str, str]]:
    """Return what works share that are one, though no paper of the collection: identifiers, title and year."""
    found = identifiers(work)
    if work.year is not None and key(work.title):
        found.append(("title", f"{key(work.title)} {work.year}"))
    return found


def placeholder(name: str) -> str:
    """Return the id under which a work stands in citations that is known by its key alone."""
    scheme, _, value = name.partition(":")
    return f"paper/{scheme}-{slug(value, limit=80)}"


def light_paper(group: Sequence[Work]) -> Paper:
    """Return the paper outside that works, in order of their keys, are: each field from the first that has it."""
    best = reduce(or_, group)
    title = best.title
    names = sorted(work.key for work in group)
    return Paper(
        id=f"paper/{slug(title, limit=48) or 'untitled'}-{digest(*names, size=5)}",
        title=title,
        abstract="",
        text=text_id(title, ""),
        year=best.year,
        date=str(best.year or ""),
        arxiv=best.arxiv,
        doi=best.doi,
        openalex=best.openalex,
        s2=best.s2,
    )


def identified(paper: Paper, works: Sequence[Work]) -> Paper:
    """Return the paper with the ids that its works, in order of their keys, have at the services, where it had none."""
    openalex = paper.openalex or next((work.openalex for work in works if work.openalex), "")
    s2 = paper.s2 or next((work.s2 for work in works if work.s2), "")
    return replace(paper, openalex=openalex, s2=s2)


def citation(pair: tuple[str, str], edges: Sequence[Cites]) -> Citation:
    """Return what all sources say of one paper citing another."""
    contexts = sorted({c for e in edges for c in e.contexts})
    intents = sorted({i for e in edges for i in e.intents})
    sources = sorted({e.source for e in edges if e.source})
    return Citation(*pair, tuple(contexts), tuple(intents), ", ".join(sources))
