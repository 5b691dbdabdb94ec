"""docs/rdf.md: what the named queries answer over each face of the RDF, and the counterparts that the page shows."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad, Store

import kgraph
from kgraph.cli import main
from kgraph.errors import KgraphError
from kgraph.export.nanopublications import write_nanopublications
from kgraph.export.registry import Build
from kgraph.graph.triples import triples
from kgraph.query.engine import run
from kgraph.query.formats import rows
from kgraph.query.named import Query, assignments, named, parse
from kgraph.query.store import open_store
from tests.documents import ROOT
from tests.query.test_named import example
from tests.query.wider import wider
from tests.toy import toy

PAGE = (ROOT / "docs" / "rdf.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Store, Store]]:
    """(name, the graph, its nanopublications as `kgraph query` opens them) of three graphs."""
    made = []
    for name, knowledge in (("toy", toy()), ("wider", wider()), ("sample", kgraph.build().knowledge)):
        graph = Store()
        graph.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in triples(knowledge))
        path = tmp_path_factory.mktemp(name) / "n.trig"
        write_nanopublications(Build(knowledge), path)
        made.append((name, graph, open_store(path)))
    return made


def table() -> Iterator[tuple[str, str]]:
    """(query, what its answer over nanopublications is) by the page's table."""
    section = PAGE[PAGE.index("| named query |") :].split("\n\n")[0]
    for line in section.splitlines()[2:]:
        names, answer, _ = (cell.strip() for cell in line.strip("|").split("|"))
        yield from ((name.strip().strip("`"), answer) for name in names.split(","))


def answers(store: Store, query: Query, values: dict[str, str]) -> list[str]:
    try:
        return sorted(map(str, rows(run(store, query, values)).rows))
    except KgraphError as error:
        if "nothing is called" in str(error):
            return []
        raise


def test_the_table_has_every_named_query_once() -> None:
    assert sorted(name for name, _ in table()) == sorted(named())


@pytest.mark.parametrize(("name", "answer"), list(table()))
def test_the_named_queries_answer_as_the_table_says(
    graphs: list[tuple[str, Store, Store]], name: str, answer: str
) -> None:
    query = named()[name]
    differ = False
    for which, graph, nanopublished in graphs:
        runs = [dict(query.example or {}) if which == "sample" else example(query)]
        runs += [{}] if not any(p.required for p in query.parameters) else []
        for values in runs:
            whole, found = answers(graph, query, values), answers(nanopublished, query, values)
            differ = differ or whole != found
            if answer == "same":
                assert found == whole, which
            elif answer == "fewer":
                assert set(found) <= set(whole), which
            elif answer == "none":
                assert found == [], which
            else:
                assert answer == "other"
    assert differ == (answer != "same") or name == "lineage"  # no variants there but those that are built on, too


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build that the page begins with."""
    folder = tmp_path_factory.mktemp("page") / "faces"
    assert main(["build", "-o", str(folder), "--quiet", "--rdf12", "--nanopubs"]) == 0
    return folder


SHOWN = re.findall(r"```sparql\n# (.*?)\n(.*?)```", PAGE, re.DOTALL)


def test_there_are_counterparts_for_both_faces() -> None:
    heads = [head for head, _ in SHOWN]
    assert sum("graph.rdf12.ttl" in head for head in heads) >= 3
    assert sum("nanopublications.trig" in head for head in heads) >= 3


@pytest.mark.parametrize(("head", "text"), SHOWN, ids=[head for head, _ in SHOWN])
def test_a_counterpart_gives_the_rows_of_its_named_query(built: Path, head: str, text: str) -> None:
    """A head reads `FILE: the rows of NAME KEY=VALUE` or `FILE: some rows of ...`, compared in the columns selected."""
    match = re.fullmatch(r"(\S+): (the|some) rows of (\S+)(.*)", head)
    assert match is not None, head
    query, values = named()[match[3]], assignments(shlex.split(match[4]))
    expected, found = run(open_store(built), query, values), run(open_store(built / match[1]), parse("x", text))
    whole, ours = rows(expected), rows(found)
    places = [whole.columns.index(column) for column in ours.columns]
    wanted = {tuple(str(row[i]) for i in places) for row in whole.rows}
    given = {tuple(map(str, row)) for row in ours.rows}
    assert given == wanted if match[2] == "the" else given <= wanted
    assert given
