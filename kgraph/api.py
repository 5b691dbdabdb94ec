"""kgraph from Python: build a graph, load one, look into it.

import kgraph

graph = kgraph.build("page.txt", "papers.jsonl")
graph.to_networkx()
graph.query("beats", loser="vLLM")
graph.write("exports")
graph = kgraph.load("exports")
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.export.registry import Build
from kgraph.graph.iris import CC0, DATA
from kgraph.model import Citation, CoMention, Entity, Extraction, Knowledge, Paper, Relation, ResolvedMention
from kgraph.words import count

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kgraph.pipeline.progress import Progress
    from kgraph.query.store import Opened

StrPath = str | os.PathLike[str]


class Graph:
    """All that one build believes, and what it was made from. Never changes."""

    def __init__(self, build: Build, folder: Path | None = None) -> None:
        """Hold `build`; `folder` is where it was loaded from, so that a big one is asked in a store that is kept."""
        self._build = build
        self._folder = folder
        self._made = _account(folder)

    @property
    def knowledge(self) -> Knowledge:
        """Everything, as one value."""
        return self._build.knowledge

    @property
    def papers(self) -> tuple[Paper, ...]:
        """Papers, sorted by id."""
        return self.knowledge.papers

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Systems, hardware, models and datasets, sorted by id."""
        return self.knowledge.entities

    @property
    def mentions(self) -> tuple[ResolvedMention, ...]:
        """Where papers name entities, in order of paper and place."""
        return self.knowledge.mentions

    @property
    def relations(self) -> tuple[Relation, ...]:
        """Comparisons, what runs on and builds on what, and introductions, sorted by id."""
        return self.knowledge.relations

    @property
    def comentions(self) -> tuple[CoMention, ...]:
        """Pairs of entities that papers name together, sorted by their ids."""
        return self.knowledge.comentions

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Which paper cites which."""
        return self.knowledge.citations

    @property
    def notes(self) -> tuple[str, ...]:
        """What a user should know about the build, such as dates whose year stayed unknown."""
        return self.knowledge.provenance.notes

    def find(self, name: str) -> tuple[Paper | Entity, ...]:
        """Return what `name` means, as `kgraph show` finds it: a label, alias, title, id, arXiv id, DOI or address.

        Usually one thing, several where a name has several meanings, none where it is unknown.
        """
        from kgraph.graph.lookup import find

        return find(self.knowledge, name)

    def to_networkx(self) -> nx.MultiDiGraph:
        """Return the graph as networkx; `kgraph.graph.networks` says what nodes and edges carry."""
        from kgraph.graph.networks import to_networkx

        return to_networkx(self.knowledge)

    def citation_graph(self) -> nx.DiGraph:
        """Return who cites whom as networkx; ranks, co-citation and coupling are in `kgraph.graph.citations`."""
        from kgraph.graph.citations import citation_graph

        return citation_graph(self.knowledge)

    def pagerank(self) -> dict[str, float]:
        """Return the PageRank of each paper in the citation graph by its id, highest first."""
        from kgraph.graph.citations import pagerank

        return pagerank(self.knowledge)

    def to_rdflib(self) -> rdflib.Graph:
        """Return the triples of graph.ttl as an rdflib graph."""
        from kgraph.graph.rdf import to_rdflib

        return to_rdflib(self.knowledge, self._build.base_iri)

    def query(self, what: str, **values: object) -> list[dict[str, Any]]:
        """Return the rows of a query: a named query ("beats", loser="vLLM"), a .rq file, or SPARQL itself.

        A row is a dict by column: numbers, booleans and text as Python values, IRIs as text, what is unbound as None. A
        yes or no is one row with `answer`, triples are rows of `subject`, `predicate`, `object`. QueryError if the
        query or a parameter is unknown, malformed or refused: the graph is only read, and nothing outside it.
        """
        from kgraph.query.engine import find, run
        from kgraph.query.formats import rows
        from kgraph.query.named import parse

        query = parse("query", what) if "{" in what else find(what)
        opened = self._opened
        given = {name: str(value) for name, value in values.items()}
        table = rows(run(opened.store, query, given, names=opened.names))
        return [dict(zip(table.columns, map(_python, row), strict=True)) for row in table.rows]

    @cached_property
    def _opened(self) -> Opened:
        import pyoxigraph

        from kgraph.graph.triples import triples
        from kgraph.query.store import Opened, graph_file, is_big, open_graph

        if self._folder and _account(self._folder) == self._made and is_big(graph_file(self._folder)):
            return open_graph(self._folder)
        store = pyoxigraph.Store()
        store.bulk_extend(
            pyoxigraph.Quad(t.subject, t.predicate, t.object) for t in triples(self.knowledge, self._build.base_iri)
        )
        return Opened(store, None)

    def write(self, folder: StrPath) -> Path:
        """Write every export into `folder`, all or none, and return it as a path.

        KgraphError if another build is writing there or it can't be written.
        """
        from kgraph.export.publish import opened, publish

        path = Path(folder)
        with opened(path):
            publish(self._build, path)
        return path

    def __repr__(self) -> str:
        numbers = ", ".join(
            (
                count(len(self.papers), "paper"),
                count(len(self.entities), "entity", "entities"),
                count(len(self.relations), "relation"),
            )
        )
        return f"<kgraph.Graph: {numbers}>"


def _account(folder: Path | None) -> bytes:
    """Return what a build in `folder` says of itself, by which another build put there since is noticed."""
    account = folder / "build.json" if folder else None
    return account.read_bytes() if account and account.is_file() else b""


def _python(term: Any) -> Any:
    """Return a term as a Python value."""
    if term is None or not hasattr(term, "datatype"):
        return None if term is None else getattr(term, "value", str(term))
    kind = term.datatype.value.rpartition("#")[2]
    if kind in ("integer", "long", "int", "gYear"):
        return int(term.value)
    if kind in ("decimal", "double", "float"):
        return float(term.value)
    return term.value == "true" if kind == "boolean" else term.value


def build(
    *sources: StrPath,
    saved: str = "",
    base_iri: str = DATA,
    vocab: Sequence[StrPath] = (),
    judgements: Sequence[StrPath] = (),
    strict: bool = False,
    columns: Mapping[str, str] | None = None,
    also: Sequence[str] = (),
    license: str = CC0,
    min_confidence: float = 0.0,
    engine: str = "local",
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Graph:
    """Return the graph of `sources` (files or folders; none: the embedded sample); nothing is written.

    `saved` is the date on which saved pages were saved, `vocab` are further SKOS files of known names, `judgements` CSV
    files that say which names are the same thing, `columns` the columns of tables with names of their own
    ({"title": "Name"}), `also` exports that `Graph.write` makes only when asked for ("neo4j"), `license` the IRI of
    the licence of the facts; what has less confidence than `min_confidence` is left out. InputError where nothing can
    be read, or with `strict` where anything can't.
    """
    from kgraph.engine import open_engine
    from kgraph.pipeline.build import build as run
    from kgraph.pipeline.options import Options
    from kgraph.pipeline.progress import Silent

    files = {"vocab": vocab, "judgements": judgements}
    given = {name: tuple(os.fspath(path) for path in paths) for name, paths in files.items()}
    mapped = tuple(f"{field}={column}" for field, column in (columns or {}).items())
    options = Options(
        saved,
        base_iri,
        strict=strict,
        columns=mapped,
        also=tuple(also),
        license=license,
        min_confidence=min_confidence,
        **given,
    )
    with open_engine(engine, jobs) as runner:
        return Graph(run([os.fspath(source) for source in sources], options, runner, progress or Silent()).build)


def load(folder: StrPath = "exports") -> Graph:
    """Return the graph of the build in `folder`, equal to the one that was written; GraphError if there is none."""
    from kgraph.graph import tables
    from kgraph.pipeline.options import Options

    path = Path(folder)
    knowledge = tables.load(path)
    base_iri = Options.from_pairs(knowledge.provenance.options).base_iri
    return Graph(
        Build(
            knowledge, tables.load_records(path), tables.load_extractions(path), base_iri, tables.load_decisions(path)
        ),
        path,
    )


def extract_text(title: str, abstract: str, vocab: Iterable[StrPath] = ()) -> Extraction:
    """Return what one text says by itself, mentions that other papers would have to confirm included."""
    from kgraph.pipeline.extraction import extract_texts

    (found,) = extract_texts(tuple(sorted(Path(path) for path in vocab)), [(title, abstract)])
    return found
