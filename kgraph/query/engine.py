"""Running a query: guarded, bound, over a store."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store

from kgraph.errors import QueryError
from kgraph.graph.iris import DATA, PREFIXES
from kgraph.query.bind import bind
from kgraph.query.columns import spelled_out, star
from kgraph.query.faults import not_sparql
from kgraph.query.guard import check
from kgraph.query.named import Query, named, parse
from kgraph.query.names import resolve

Answer = QuerySolutions | QueryTriples | QueryBoolean
REMEDY = "--allow-remote lets it"


def find(what: str) -> Query:
    """Return the query that `what` means: a named query, a .rq file, or - for standard input. Raises QueryError."""
    if what == "-":
        return parse("standard input", sys.stdin.read())
    known = named()
    if what in known:
        return known[what]
    path = Path(what)
    if path.suffix in (".rq", ".sparql") or path.is_file():
        try:
            return parse(what, path.read_text(encoding="utf-8"))
        except OSError as error:
            raise QueryError(f"can't be read: {error.strerror}", where=what) from None
        except UnicodeDecodeError:
            raise QueryError("is not UTF-8", where=what) from None
    near = _nearest(what, list(known))
    raise QueryError(f"no query is named {what!r}", remedy=f"did you mean {near}?" if near else "kgraph query --list")


def _nearest(what: str, names: list[str]) -> str:
    from rapidfuzz.process import extractOne

    best = extractOne(what, names, score_cutoff=60)
    return str(best[0]) if best else ""


def run(
    store: Store,
    query: Query,
    values: Mapping[str, str] | None = None,
    *,
    allow_remote: bool = False,
    names: Path | None = None,
) -> Answer:
    """Return the answer to `query` with its parameters bound, not yet read. Raises QueryError.

    `allow_remote` lets SERVICE ask other machines; nothing else is ever changed or read. The query may use the usual
    prefixes (kg:, skos:, schema:, ...) without declaring them; its own declarations win. `names` is the index of the
    store's names, where it has one.
    """
    try:
        check(query.text, allow_remote=allow_remote, remedy=REMEDY)
        return ask(store, bound(store, query, values or {}, names), PREFIXES, written=query.text)
    except QueryError as error:
        if error.where.startswith("line "):
            error.where = f"{query.name}, {error.where}"
        raise


def bound(store: Store, query: Query, values: Mapping[str, str], names: Path | None = None) -> str:
    """Return the text of `query` with its parameters bound, entities looked up in the graph. Raises QueryError."""
    return bind(query, values, lambda name, classes: resolve(store, name, names, classes))


def ask(store: Store, text: str, prefixes: dict[str, str] | None = None, *, written: str = "") -> Answer:
    """Return the answer to a query that was checked; `prefixes` are those that it need not declare.

    The columns of `SELECT *` come as the query, or what its author has `written`, names them first. Raises QueryError
    with the engine's message and the line that it is about.
    """
    try:
        text.encode("utf-8")
        answer = store.query(text, prefixes=prefixes)
        if isinstance(answer, QuerySolutions) and star(text):  # nothing of it was computed yet
            columns = [variable.value for variable in answer.variables]
            answer = store.query(spelled_out(text, columns, written or text), prefixes=prefixes)
        return answer
    except UnicodeEncodeError:
        raise QueryError("the query holds a lone surrogate, which is no character") from None
    except (SyntaxError, ValueError) as error:
        raise not_sparql(str(error), text, frozenset(prefixes or ())) from None
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from None


def base_of(store: Store) -> str:
    """Return the base of the graph's data IRIs, from its description."""
    found = store.query("SELECT ?b { ?d a <http://rdfs.org/ns/void#Dataset> ; <http://rdfs.org/ns/void#uriSpace> ?b }")
    assert isinstance(found, QuerySolutions)
    first = next(iter(found), None)
    value = first["b"] if first is not None else None
    return str(getattr(value, "value", DATA))
