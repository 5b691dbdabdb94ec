"""JSON-LD that reads as plain JSON: short keys, ids relative to the base, one object per thing.

The context is ontology/context.jsonld, written into the file, so that nothing has to be fetched to read it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from kgraph.export.registry import Build
from kgraph.graph.iris import PREFIXES
from kgraph.graph.terms import TYPE, Block, Term
from kgraph.graph.triples import blocks
from kgraph.ontology import ontology_folder

XSD = PREFIXES["xsd"]


@dataclass(frozen=True)
class _Key:
    """How the context writes one predicate."""

    name: str
    coerced: str  # "@id", "@vocab", a datatype's IRI, or ""
    many: bool


class Context:
    """ontology/context.jsonld, read backwards: from IRIs to keys."""

    def __init__(self, entries: dict[str, Any], base: str) -> None:
        self._base = base
        self._prefixes = {k: v for k, v in entries.items() if isinstance(v, str) and v[-1] in "#/"}
        self._names: dict[str, str] = {}
        self._keys: dict[str, _Key] = {}
        for name, definition in entries.items():
            if name in self._prefixes or definition in ("@id", "@type"):
                continue
            parts = definition if isinstance(definition, dict) else {"@id": definition}
            iri = self._expand(parts["@id"])
            coerced = self._expand(parts.get("@type", ""))
            self._names.setdefault(iri, name)
            self._keys.setdefault(iri, _Key(name, coerced, parts.get("@container") == "@set"))

    def _expand(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self._prefixes[prefix] + local if prefix in self._prefixes else name

    def compact(self, iri: str) -> str:
        """Return the name or prefixed name of a term."""
        if iri in self._names:
            return self._names[iri]
        for prefix, namespace in self._prefixes.items():
            if iri.startswith(namespace):
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return iri

    def reference(self, iri: str) -> str:
        """Return an IRI as the value of an id: relative to the base if it can be."""
        relative = iri.removeprefix(self._base)
        return relative if relative and relative != iri and self._base.endswith("/") else iri

    def node(self, block: Block) -> dict[str, Any]:
        """Return one subject as a JSON object."""
        subject, pairs = block
        out: dict[str, Any] = {"id": self.reference(subject.value)}
        for predicate, target in pairs:
            if predicate == TYPE:
                out.setdefault("type", []).append(self.compact(target.value))
                continue
            key = self._keys[predicate.value]
            value = self._value(target, key)
            if key.many or key.name in out:
                held = out.setdefault(key.name, [])
                out[key.name] = [*held, value] if isinstance(held, list) else [held, value]
            else:
                out[key.name] = value
        return out

    def _value(self, target: Term, key: _Key) -> Any:
        if isinstance(target, NamedNode):
            if key.coerced == "@vocab":
                return self.compact(target.value)
            return self.reference(target.value) if key.coerced == "@id" else {"@id": target.value}
        return _literal(target, key.coerced)


def _literal(target: Literal, coerced: str) -> Any:
    """Return a literal as JSON: decimals stay text, for a JSON number would lose their exact form."""
    datatype = target.datatype.value
    if datatype == coerced:
        return target.value
    if not coerced and datatype == XSD + "string":
        return target.value
    if not coerced and datatype == XSD + "integer":
        return int(target.value)
    if not coerced and datatype == XSD + "boolean":
        return target.value == "true"
    return {"@value": target.value} | ({} if datatype == XSD + "string" else {"@type": datatype})


def jsonld(parts: Iterable[Block], base: str) -> Iterator[str]:
    """Yield the pieces of a JSON-LD document: our context, then one object per subject."""
    entries = json.loads((ontology_folder() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    context = Context(entries, base)
    yield f'{{"@context": {json.dumps({"@base": base, **entries}, indent=1)},\n"@graph": ['
    separator = "\n"
    for block in parts:
        yield separator + json.dumps(context.node(block), ensure_ascii=False, indent=1)
        separator = ",\n"
    yield "\n]}\n"


def write_jsonld(build: Build, path: Path) -> None:
    """Write graph.jsonld."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(jsonld(blocks(build.knowledge, build.base_iri), build.base_iri))
