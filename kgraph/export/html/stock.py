"""Everything that a page may ask for, kept by the server: parcels of it go to pages that carry only a part.

A parcel holds things in the columns of `catalogue.columns` with their numbers beside them, so that a page files them
where a page that carries all would have them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from kgraph.export.html.catalogue import catalogue, columns
from kgraph.export.html.find import Finder, fold
from kgraph.export.html.links import DRAWN, Link, links
from kgraph.export.html.sentences import CLAIM, TYPES, statements
from kgraph.export.html.trails import Filters, Step, shortest
from kgraph.model import Knowledge, RelationType

SUBJECT, OBJECT, PAPER, SENTENCE, SURE = (
    CLAIM.index(name) for name in ("subject", "object", "paper", "sentence", "confidence")
)
NEAR = 2000
"""How many things of the outer ring of a neighbourhood are given, those with most to say first."""
Parcel = dict[str, Any]


def _key(kind: int, a: int, b: int) -> tuple[int, int, int]:
    """Return what a claim is known by; comparisons are the same both ways."""
    return (kind, b, a) if kind == TYPES.index(RelationType.COMPARES_AGAINST) and b < a else (kind, a, b)


class Stock:
    """The things of one knowledge by number, and what is said about each; never changes.

    Of one thing a parcel tells at most `most` papers and as many claims, the weightiest first.
    """

    def __init__(self, knowledge: Knowledge, base_iri: str, drawn_limit: int = DRAWN, most: int = 1 << 60) -> None:
        self.knowledge, self.base_iri = knowledge, base_iri
        self.things = catalogue(knowledge)
        self._most = most
        self.papers, self.total = len(knowledge.papers), self.things.count
        self.drawn = self.things.strongest(drawn_limit)
        self._columns: Any = columns(self.things)
        said: Any = statements(self.things)
        self._claims = said["claims"]
        self._rows = said["mentions"]
        self._texts = said["texts"]
        self._citations = said["citations"]
        self._claims_of: dict[int, list[int]] = defaultdict(list)
        for i, row in enumerate(self._claims):
            for end in sorted({row[SUBJECT], row[OBJECT], row[PAPER]}):
                self._claims_of[end].append(i)
        self._papers_of: dict[int, list[int]] = defaultdict(list)
        for paper, flat in enumerate(self._rows):
            for entity in sorted(set(flat[::4])):
                self._papers_of[entity].append(paper)
        self._cites_of: dict[int, list[int]] = defaultdict(list)
        for i, (citing, cited, _) in enumerate(self._citations):
            self._cites_of[citing].append(i)
            self._cites_of[cited].append(i)

    @cached_property
    def _finder(self) -> Finder:
        papers, entities = self._columns["papers"], self._columns["entities"]
        rows = [(i, self.things.label(i), "name") for i in range(self.total)]
        rows += [(self.papers + e, alias, "name") for e, aliases in enumerate(entities["aliases"]) for alias in aliases]
        rows += [(i, name, "id") for column in ("arxiv", "doi") for i, name in enumerate(papers[column])]
        rows += [(i, author, "author") for i, authors in enumerate(papers["authors"]) for author in authors]
        return Finder(rows, self.things.score, self.papers)

    @cached_property
    def _namesakes(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for i in range(self.papers, self.total):
            found[fold(self.things.label(i))].append(i)
        return found

    @cached_property
    def _variants(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for e, above in enumerate(self._columns["entities"]["broader"]):
            found[above].append(self.papers + e)
        return found

    def find(self, name: str) -> int:
        """Return the number of the thing of this id or name (see `Finder`), the strongest of several; or -1."""
        if name in self.things.index:
            return self.things.index[name]
        called = [(self.things.label(i) != name, fold(self.things.label(i)) != fold(name), -self.things.score[i], i)
                  for i in self._finder.called(name)]  # fmt: skip
        return min(called)[-1] if called else -1

    def search(self, query: str, limit: int) -> Parcel:
        """Return the best `limit` matches as rows (thing, name it matched), whether only `near`, and the things."""
        found, near = self._finder.search(query, limit)
        return {"matches": found, "near": near, "parcel": self.parcel(basics=[i for i, _ in found])}

    def first(self, found: Sequence[Link]) -> Parcel:
        """Return what a page starts with: the drawn things, the claims among them, and which papers name them."""
        drawn = set(self.drawn)
        claims = [i for i, row in enumerate(self._claims) if row[SUBJECT] in drawn and row[OBJECT] in drawn]
        parcel = self.parcel(basics=self.drawn, claims=claims)
        parcel["named"] = [[i, self._papers_of[i]] for i in self.drawn if i >= self.papers]
        parcel["years"] = self._columns["papers"]["year"]
        return parcel

    def whole(self, thing: int) -> Parcel:
        """Return all that is said about a thing."""
        return self.parcel(whole=[thing])

    def around(self, thing: int) -> Parcel:
        """Return what lies within two steps: the edges of all that a thing is linked to, and their other ends."""
        ring = sorted({end for k in self._links_of(thing) for end in (k[1], k[2])} - {thing})
        edges = sorted({k for near in ring for k in self._links_of(near)})
        beyond = {end for k in edges for end in (k[1], k[2])} - {thing, *ring}
        kept = {thing, *ring, *sorted(beyond, key=lambda i: (-self.things.score[i], i))[:NEAR]}
        edges = [k for k in edges if k[1] in kept and k[2] in kept][: 20 * self._most]
        claims = {i for near in ring for i in self._claims_of[near]}
        chosen = [i for i in sorted(claims) if self._claims[i][SUBJECT] in kept and self._claims[i][OBJECT] in kept]
        parcel = self.parcel(whole=[thing], basics=sorted(kept), claims=self._best(chosen), edges=edges)
        return parcel | {"left": len(beyond) - (len(kept) - len(ring) - 1)}

    def _best(self, claims: list[int]) -> list[int]:
        """Return at most four times `most` claims, those between the things of which most is said."""
        score = self.things.score
        rows = self._claims
        return sorted(claims, key=lambda i: (-score[rows[i][SUBJECT]] - score[rows[i][OBJECT]], i))[: 4 * self._most]

    def path(self, start: int, end: int, filters: Filters) -> Parcel:
        """Return the cheapest path between two things as `steps`, with all that is said about what lies on it."""

        def passes(i: int) -> bool:
            return self.things.kind(i) in filters.kinds and i not in filters.hidden

        steps = shortest(self._steps, start, end, passes, lambda step: self._passes(step, filters))
        on_it = sorted({start, end, *(n for step in steps for n in (step.a, step.b))})
        edges = [(step.type, step.a, step.b, step.count) for step in steps]
        return self.parcel(whole=on_it, edges=edges) | {"steps": [list(edge) for edge in edges]}

    def _passes(self, step: Step, filters: Filters) -> bool:
        """Return whether enough statements behind a step pass, counted as the page counts them (select.js)."""
        if step.type not in filters.types:
            return False
        years: list[int] = self._columns["papers"]["year"]
        if step.type < len(RelationType):
            claims = (self._claims[i] for i in self._claims_between[_key(step.type, step.a, step.b)])
            count = sum(filters.within(years[r[PAPER]]) and r[SURE] >= filters.sure for r in claims)
        elif not filters.since and not filters.until:
            count = step.count
        elif step.type == TYPES.index("comention"):
            common = set(self._papers_of[step.a]).intersection(self._papers_of[step.b])
            count = sum(filters.within(years[paper]) for paper in common)
        else:
            count = step.count if filters.within(years[step.a]) else 0
        return bool(count >= filters.least)

    @cached_property
    def _claims_between(self) -> dict[tuple[int, int, int], list[int]]:
        found: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        for i, row in enumerate(self._claims):
            found[_key(row[0], row[SUBJECT], row[OBJECT])].append(i)
        return found

    def _links_of(self, thing: int) -> list[tuple[int, int, int, int]]:
        """Return the edges of a thing, co-mentions aside: (type, from, to, mentions); claims are sent as such."""
        claims = [self._claims[i] for i in self._claims_of[thing]]
        found = [(r[0], r[SUBJECT], r[OBJECT], 1) for r in claims if thing in (r[SUBJECT], r[OBJECT])]
        mentions, cites = TYPES.index("mentions"), TYPES.index("cites")
        if thing < self.papers:
            found += [(mentions, thing, entity, 1) for entity in sorted(set(self._rows[thing][::4]))]
        else:
            found += [(mentions, paper, thing, 1) for paper in self._papers_of[thing]]
        found += [(cites, *self._citations[i][:2], 1) for i in self._cites_of[thing]]
        return [k for k in found if k[1] != k[2]]

    @cached_property
    def _steps(self) -> dict[int, list[Step]]:
        found, _ = links(self.things, set(range(self.total)), all_together=True)
        steps: dict[int, list[Step]] = defaultdict(list)
        for k in found:
            step = Step(k.type, k.a, k.b, k.count)
            steps[k.a].append(step)
            steps[k.b].append(step)
        return steps

    def parcel(
        self,
        *,
        whole: Iterable[int] = (),
        basics: Iterable[int] = (),
        claims: Iterable[int] = (),
        edges: Iterable[tuple[int, int, int, int]] = (),
    ) -> Parcel:
        """Return the `whole` things with all that is said, and of others what they are; what these name comes along."""
        complete, known, said = sorted(set(whole)), set(basics), set(claims)
        papers: set[int] = set()
        sentences: set[tuple[int, int]] = set()
        cut: dict[int, list[int]] = {}
        for thing in complete:
            claimed, naming = self._told(thing)
            cut[thing] = [len(naming), len(self._papers_of[thing]), len(claimed), len(self._claims_of[thing])]
            said.update(claimed)
            papers.update(naming)
            known |= self._kin(thing)
            for paper in naming:
                flat = self._rows[paper]
                known.update(flat[::4])
                at = zip(flat[::4], flat[1::4], strict=True)
                sentences.update((paper, s) for entity, s in at if thing in (paper, entity))
        for i in sorted(said):
            row = self._claims[i]
            known.update((row[SUBJECT], row[OBJECT], row[PAPER]))
            sentences.add((row[PAPER], row[SENTENCE]))
            papers.add(row[PAPER])
        sources = {*complete, *self._origins(complete), *(self._claims[i][PAPER] for i in said)} if complete else set()
        cited = sorted({i for thing in sources for i in self._cites_of.get(thing, ())})
        known.update(papers, *(self._citations[i][:2] for i in cited))
        return {
            **self._described(sorted(known | set(complete))),
            "claims": [[i, self._claims[i]] for i in sorted(said)],
            "mentions": [[p, self._rows[p]] for p in sorted(papers)],
            "texts": [[p, s, self._texts[p][s]] for p, s in sorted(sentences)],
            "citations": [self._citations[i] for i in cited],
            "named": [[i, self._papers_of[i]] for i in complete if i >= self.papers],
            "edges": [list(e) for e in edges if TYPES[e[0]] not in tuple(RelationType)],
            "whole": complete,
            "told": [[i, *cut[i]] for i in complete if i >= self.papers],
        }

    def _told(self, thing: int) -> tuple[list[int], list[int]]:
        """Return the claims and the papers that are told of a thing: those between things of which most is said."""
        if thing < self.papers:
            return self._claims_of[thing], [thing]
        score = self.things.score

        def weight(i: int) -> tuple[int, int]:
            return -score[self._claims[i][SUBJECT]] - score[self._claims[i][OBJECT]], i

        claimed = sorted(sorted(self._claims_of[thing], key=weight)[: self._most])
        given = dict.fromkeys(self._claims[i][PAPER] for i in claimed)
        others = (p for p in sorted(self._papers_of[thing], key=lambda p: (-score[p], p)) if p not in given)
        return claimed, sorted([*given, *others][: self._most])

    def _origins(self, things: Sequence[int]) -> list[int]:
        """Return the papers that introduce things: who cites them cites the things."""
        by = self._columns["entities"]["by"]
        return [paper for thing in things if thing >= self.papers for paper in by[thing - self.papers]]

    def _kin(self, thing: int) -> set[int]:
        """Return what a thing is a variant of, its variants, its makers' papers, and others of its name."""
        if thing < self.papers:
            return {thing}
        column, e = self._columns["entities"], thing - self.papers
        above = {column["broader"][e]} - {-1}
        same = self._namesakes.get(fold(self.things.label(thing)), ())
        return {thing, *above, *self._variants.get(thing, ()), *column["by"][e], *same}

    def _described(self, numbers: Sequence[int]) -> Parcel:
        papers = [n for n in numbers if n < self.papers]
        rest = [n for n in numbers if n >= self.papers]
        c = self._columns
        return {
            "things": {"n": list(numbers)} | {key: [col[n] for n in numbers] for key, col in c["things"].items()},
            "papers": {"n": papers} | {key: [col[n] for n in papers] for key, col in c["papers"].items()},
            "entities": {"n": rest} | {key: [col[n - self.papers] for n in rest] for key, col in c["entities"].items()},
        }
