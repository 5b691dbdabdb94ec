"""The same numbers everywhere: RDF, tables, CSV and build.json; and the same triples in every syntax."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import QuerySolutions, RdfFormat, Store, parse

from kgraph.check.outcome import Finding, Outcome
from kgraph.model import Kind, Knowledge, RelationType
from kgraph.ontology import KG

CLASS = {
    RelationType.COMPARES_AGAINST: "Comparison",
    RelationType.RUNS_ON: "RunsOn",
    RelationType.BUILDS_ON: "BuildsOn",
    RelationType.INTRODUCES: "Introduction",
}
SYNTAXES = ("graph.ttl", "graph.jsonld")


def check_counts(folder: Path, knowledge: Knowledge, store: Store, records: int) -> Outcome:
    """Return every number on which the files of an export disagree."""
    expected = of_tables(knowledge, records)
    seen = {"RDF": of_rdf(store), "build.json": of_build_json(folder), **of_csv(folder)}
    findings = [
        Finding(name, f"{what}: {numbers[what]:,}, but the tables hold {expected[what]:,}")
        for name, numbers in seen.items()
        for what in expected
        if what in numbers and numbers[what] != expected[what]
    ]
    for name, count in (("build.json", seen["build.json"].get("triples")), ("void:triples", described(store))):
        if count is not None and count != len(store):
            findings.append(Finding(name, f"triples: {count:,}, but graph.nq holds {len(store):,}"))
    return Outcome(
        "counts", f"{len(expected)} numbers in the tables and {len(seen)} other places", tuple(sorted(findings))
    )


def of_tables(knowledge: Knowledge, records: int) -> dict[str, int]:
    """Return the numbers of the tables."""
    kinds = Counter(entity.kind for entity in knowledge.entities)
    types = Counter(relation.type for relation in knowledge.relations)
    return {
        "records": records,
        "papers": len(knowledge.papers),
        **{f"{kind} entities": kinds[kind] for kind in Kind},
        **{f"{type_} relations": types[type_] for type_ in RelationType},
        "mentions": len({(m.paper, m.where, m.start, m.end, m.entity) for m in knowledge.mentions}),
        "comentions": len(knowledge.comentions),
        "cites": len({(c.citing, c.cited) for c in knowledge.citations}),
    }


def _count(store: Store, pattern: str) -> int:
    found = store.query(f"PREFIX kg: <{KG}> SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    assert isinstance(found, QuerySolutions)
    return int(next(iter(found))["n"].value)


def of_rdf(store: Store) -> dict[str, int]:
    """Return the numbers of the triples."""
    return {
        "papers": _count(store, "?x a kg:Paper"),
        **{f"{kind} entities": _count(store, f"?x a kg:{kind.value.title()}") for kind in Kind},
        **{f"{type_} relations": _count(store, f"?x a kg:{name}") for type_, name in CLASS.items()},
        "mentions": _count(store, "?x a kg:Mention"),
        "comentions": _count(store, "?x a kg:CoMention"),
        "cites": _count(store, "?x <http://purl.org/spar/cito/cites> ?y"),
    }


def described(store: Store) -> int:
    """Return void:triples of the graph as a whole."""
    found = store.query(
        "PREFIX void: <http://rdfs.org/ns/void#> SELECT ?n { ?d a void:Dataset ; void:triples ?n } LIMIT 1"
    )
    assert isinstance(found, QuerySolutions)
    return next((int(row["n"].value) for row in found), -1)


def of_build_json(folder: Path) -> dict[str, int]:
    """Return the numbers of build.json."""
    data: dict[str, Any] = json.loads((folder / "build.json").read_text(encoding="utf-8"))["counts"]
    flat = {f"{kind} entities": n for kind, n in data["entities"].items()}
    flat |= {f"{type_} relations": n for type_, n in data["relations"].items() if type_ != "cites"}
    return flat | {name: n for name, n in data.items() if isinstance(n, int)}


def of_csv(folder: Path) -> dict[str, dict[str, int]]:
    """Return the numbers of rows of the CSV files that are there, by the name of the file."""
    count: dict[str, Callable[[Path], dict[str, int]]] = {
        "papers.csv": lambda path: {"papers": sum(1 for _ in _rows(path))},
        "entities.csv": lambda path: _of_each(path, "kind", {kind: f"{kind} entities" for kind in Kind}),
        "relations.csv": lambda path: _of_each(path, "type", {type_: f"{type_} relations" for type_ in RelationType}),
        "comentions.csv": lambda path: {"comentions": sum(1 for _ in _rows(path))},
    }
    return {name: of(folder / name) for name, of in count.items() if (folder / name).is_file()}


def _of_each(path: Path, column: str, names: Mapping[str, str]) -> dict[str, int]:
    values = Counter(row.get(column, "") for row in _rows(path))
    return {name: values[value] for value, name in names.items()}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(max(csv.field_size_limit(), path.stat().st_size))  # a title may be as long as the file
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def check_syntaxes(folder: Path, store: Store) -> Outcome:
    """Return every RDF file of the export that does not hold the same triples as graph.nq."""
    findings: list[Finding] = []
    names = [name for name in SYNTAXES if (folder / name).is_file()]
    whole = len(store)
    for name in names:
        syntax = RdfFormat.from_extension(Path(name).suffix[1:])
        try:
            missing = sum(1 for quad in parse(path=str(folder / name), format=syntax) if quad not in store)
            count = sum(1 for _ in parse(path=str(folder / name), format=syntax))
        except (SyntaxError, ValueError) as error:
            findings.append(Finding(name, f"can't be read: {error}"))
            continue
        if missing:
            findings.append(Finding(name, f"{missing:,} triples that graph.nq does not hold"))
        if count != whole:
            findings.append(Finding(name, f"{count:,} triples, but graph.nq holds {whole:,}"))
    return Outcome("syntaxes", ", ".join(["graph.nq", *names]), tuple(findings))
