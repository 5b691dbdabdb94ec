"""What can be wrong with a vocabulary file, said with file, line and remedy."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kgraph.errors import InputError
from kgraph.ontology import KG
from kgraph.vocab.concept import Concept

SKOS = "http://www.w3.org/2004/02/skos/core#"
REMEDY = 'a concept looks like: <IRI> a kg:System ; skos:prefLabel "Name" .'

OURS = {"needsContext", "architecture"}
"""What of our own a vocabulary may say of a concept."""
OF_SKOS = {
    "altLabel", "broadMatch", "broader", "broaderTransitive", "changeNote", "closeMatch", "definition", "editorialNote",
    "exactMatch", "example", "hasTopConcept", "hiddenLabel", "historyNote", "inScheme", "mappingRelation", "member",
    "memberList", "narrowMatch", "narrower", "narrowerTransitive", "notation", "note", "prefLabel", "related",
    "relatedMatch", "scopeNote", "semanticRelation", "topConceptOf",
}  # fmt: skip
"""All properties of SKOS; others in its namespace are slips of the pen."""


def misspelt(predicate: str) -> str:
    """Return what is wrong with a predicate that looks like ours or SKOS's and is none, or ""."""
    for prefix, namespace, known in (("kg", KG, OURS), ("skos", SKOS, OF_SKOS)):
        name = predicate.removeprefix(namespace)
        if name != predicate and name not in known:
            near = next((k for k in sorted(known) if k.lower() == name.lower()), "") or _nearest(name, known)
            return f"there is no {prefix}:{name} for a concept" + (f"; {prefix}:{near} is meant?" if near else "")
    return ""


def _nearest(name: str, known: set[str]) -> str:
    from rapidfuzz.process import extractOne

    best = extractOne(name, sorted(known), score_cutoff=75)
    return str(best[0]) if best else ""


def error(path: Path, iri: str, what: str, remedy: str = REMEDY) -> InputError:
    """Return the error with the first line of the file that speaks of `iri`, in full or by its last part."""
    needles = (f"<{iri}>", iri, f":{iri.rstrip('/').rpartition('/')[2].rpartition('#')[2]}")
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    for needle in needles:
        for number, line in enumerate(lines, 1):
            if needle in line and not line.lstrip().lower().startswith(("@prefix", "prefix")):
                return InputError(what, where=f"{path}, line {number}", remedy=remedy)
    return InputError(what, where=str(path), remedy=remedy)


def check_hierarchy(concepts: Mapping[str, Concept], files: Mapping[str, Path]) -> None:
    """Raise InputError for a concept that is above itself or below a thing of another kind.

    `files` gives the file that named a concept, by its IRI; `concepts` are by id.
    """
    for concept in concepts.values():
        for above in (concepts[id_] for id_ in concept.broader):
            if above.kind is not concept.kind:
                what = f"<{concept.iri}>, a {concept.kind}, is below <{above.iri}>, a {above.kind}"
                raise error(files[concept.iri], concept.iri, what, "skos:broader joins things of one kind")
    sound: set[str] = set()
    for start in concepts:
        _climb(start, concepts, files, sound)


def _climb(start: str, concepts: Mapping[str, Concept], files: Mapping[str, Path], sound: set[str]) -> None:
    """Walk all ways up from `start`; what is above nothing of its own way is `sound`."""
    way: list[str] = []
    todo: list[tuple[str, bool]] = [(start, False)]
    while todo:
        id_, done = todo.pop()
        if done:
            sound.add(way.pop())
        elif id_ in way:
            iri = concepts[id_].iri
            circle = " > ".join(concepts[i].label for i in (*way[way.index(id_) :], id_))
            raise error(files[iri], iri, f"<{iri}> is above itself: {circle}", "take one skos:broader out")
        elif id_ not in sound:
            way.append(id_)
            todo.append((id_, True))
            todo += [(above, False) for above in concepts[id_].broader]
