"""Why a query may find less than its author thinks: terms that nobody has, and what the graph was not given."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pyoxigraph import NamedNode, RdfFormat, Store, parse

from kgraph.graph.iris import PREFIXES
from kgraph.ontology import KG, ontology_folder
from kgraph.query.tokens import tokens

CITES = NamedNode(PREFIXES["cito"] + "cites")


def hints(store: Store, text: str, *, empty: bool) -> Iterator[str]:
    """Yield what the author of a query should know of its answer, which may be `empty`.

    Names under kg: that the ontology does not define are mistakes whatever the answer; that no citations are known is
    said only where there is none.
    """
    for name in sorted(_own_names(text) - terms()):
        near = _near(name)
        yield f"kg:{name} is no term of kgraph" + (f" (did you mean kg:{near}?)" if near else "")
    if empty and _asks_for_citations(text) and not any(store.quads_for_pattern(None, CITES, None, None)):
        yield "no citations are known in this graph (kgraph cite && kgraph rebuild)"


@cache
def terms() -> frozenset[str]:
    """Return the names of the ontology's terms, without their namespace."""
    path = ontology_folder() / "kgraph.ttl"
    subjects = (quad.subject for quad in parse(path=str(path), format=RdfFormat.TURTLE))
    return frozenset(
        node.value.removeprefix(KG) for node in subjects if isinstance(node, NamedNode) and node.value.startswith(KG)
    )


def _own_names(text: str) -> set[str]:
    """Return the names in kgraph's namespace that a query uses; kg: is its prefix unless declared as another's."""
    found = list(tokens(text))
    prefixes = {"kg": KG}
    for word, name, iri in zip(found, found[1:], found[2:], strict=False):
        if word.text.upper() == "PREFIX" and name.kind == "name" and iri.kind == "iri":
            prefixes[name.text.removesuffix(":")] = iri.text[1:-1]
    named = (token.text.partition(":") for token in found if token.kind == "name")
    own = {local for prefix, _, local in named if local and prefixes.get(prefix) == KG}
    full = {token.text[1:-1] for token in found if token.kind == "iri"}
    return own | {iri.removeprefix(KG) for iri in full if iri.startswith(KG) and iri != KG}


def _asks_for_citations(text: str) -> bool:
    return any(token.text in ("cito:cites", f"<{CITES.value}>") for token in tokens(text))


def _near(name: str) -> str:
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne

    best = extractOne(name, sorted(terms()), scorer=ratio, processor=str.lower, score_cutoff=70)
    return str(best[0]) if best else ""
