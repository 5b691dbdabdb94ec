"""JSON-LD that reads as plain JSON: short keys, ids relative to the base, one object per thing.

The context is ontology/context.jsonld, written into the file, so that nothing has to be fetched to read it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from json.encoder import encode_basestring
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
        self._by_predicate: dict[NamedNode, _Key] = {}
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
        name = self._names.get(iri)
        if name is None:
            found = (f"{p}:{iri.removeprefix(n)}" for p, n in self._prefixes.items() if iri.startswith(n))
            name = self._names[iri] = next(found, iri)
        return name

    def reference(self, iri: str) -> str:
        """Return an IRI as the value of an id: relative to the base if it can be."""
        relative = iri.removeprefix(self._base)
        return relative if relative and relative != iri and self._base.endswith("/") else iri

    def node(self, block: Block) -> dict[str, Any]:
        """Return one subject as a JSON object."""
        subject, pairs = block
        keys = self._by_predicate
        out: dict[str, Any] = {"id": self.reference(subject.value)}
        for predicate, target in pairs:
            if predicate is TYPE or predicate == TYPE:
                out.setdefault("type", []).append(self.compact(target.value))
                continue
            key = keys.get(predicate) or keys.setdefault(predicate, self._keys[predicate.value])
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


def pretty(value: Any, margin: str = "\n") -> str:
    """Return what `json.dumps(value, ensure_ascii=False, indent=1)` does, in a third of its time: with an indent the
    standard library leaves its fast encoder. `margin` is a line feed and the indent of the line that `value` is on."""
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict) and value:
        inner = f"{margin} "
        parts = [
            f"{encode_basestring(key)}: {encode_basestring(v) if isinstance(v, str) else pretty(v, inner)}"
            for key, v in value.items()
        ]
        return "{" + inner + f",{inner}".join(parts) + margin + "}"
    if isinstance(value, list) and value:
        inner = f"{margin} "
        return "[" + inner + f",{inner}".join([pretty(v, inner) for v in value]) + margin + "]"
    return json.dumps(value)


class JsonLd:
    """The pieces of a JSON-LD document, in the order head, one piece per block, tail."""

    def __init__(self, base: str) -> None:
        entries = json.loads((ontology_folder() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
        self._context = Context(entries, base)
        self._separator = "\n"
        self.head = f'{{"@context": {json.dumps({"@base": base, **entries}, indent=1)},\n"@graph": ['
        self.tail = "\n]}\n"

    def piece(self, block: Block) -> str:
        """Return one subject as an object of the document's list."""
        separator, self._separator = self._separator, ",\n"
        return separator + pretty(self._context.node(block))


def write_jsonld(build: Build, path: Path) -> None:
    """Write graph.jsonld."""
    document = JsonLd(build.base_iri)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(document.head)
        out.writelines(map(document.piece, blocks(build.knowledge, build.base_iri)))
        out.write(document.tail)
