"""SKOS schemes in Turtle, read into concepts.

A concept needs a type that gives its kind (kg:System, kg:Hardware, kg:HardwareClass, kg:Model, kg:Dataset) and one
skos:prefLabel. Files add to each other: a second file may give more labels to a concept of the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kgraph.errors import InputError
from kgraph.model import Kind, Level, digest
from kgraph.text import slug
from kgraph.vocab.concept import VOCABULARY, Concept

_KG = "https://w3id.org/kgraph/ns#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SCHEME = f"{_SKOS}ConceptScheme"

_KINDS: dict[str, tuple[Kind, Level | None]] = {
    f"{_KG}System": (Kind.SYSTEM, None),
    f"{_KG}Hardware": (Kind.HARDWARE, Level.PRODUCT),
    f"{_KG}HardwareClass": (Kind.HARDWARE, Level.CLASS),
    f"{_KG}Model": (Kind.MODEL, None),
    f"{_KG}Dataset": (Kind.DATASET, None),
}
_TEXTS = {
    f"{_SKOS}prefLabel": "label",
    f"{_SKOS}altLabel": "alt",
    f"{_SKOS}hiddenLabel": "hidden",
    "https://schema.org/manufacturer": "manufacturer",
    "http://schema.org/manufacturer": "manufacturer",
    f"{_KG}architecture": "architecture",
    f"{_KG}needsContext": "ambiguous",
}
_LINKS = {f"{_SKOS}broader": "broader", f"{_SKOS}exactMatch": "exact_match"}
_REMEDY = 'a concept looks like: <IRI> a kg:System ; skos:prefLabel "Name" .'


@dataclass(slots=True)
class _Draft:
    """What the files read so far say of one IRI: values by field, and the file that named it first."""

    path: Path
    values: dict[str, list[str]] = field(default_factory=dict)
    scheme: bool = False

    def add(self, name: str, value: str) -> None:
        values = self.values.setdefault(name, [])
        if value not in values:
            values.append(value)


def read_schemes(paths: Sequence[Path]) -> tuple[Concept, ...]:
    """Return the concepts of all files, sorted by id; a later file wins where two give one concept a preferred label.

    Raises InputError with file and line if a file is no Turtle or a concept lacks kind or label, or has a broader
    concept that no file declares.
    """
    drafts: dict[str, _Draft] = {}
    for path in paths:
        _read(path, drafts)
    ids = _ids(drafts)
    return tuple(sorted((_concept(iri, drafts[iri], ids) for iri in ids), key=lambda c: c.id))


def _read(path: Path, drafts: dict[str, _Draft]) -> None:
    for triple in _triples(path):
        subject, predicate, value = triple.subject, triple.predicate.value, triple.object
        if not isinstance(subject, NamedNode):
            continue
        iri = subject.value
        if iri not in drafts:
            drafts[iri] = _Draft(path)
        draft = drafts[iri]
        if predicate == _TYPE and isinstance(value, NamedNode):
            draft.scheme |= value.value == _SCHEME
            if value.value in _KINDS:
                draft.values["type"] = [value.value]
        elif predicate in _TEXTS and isinstance(value, Literal):
            _add_text(draft, _TEXTS[predicate], value, path)
        elif predicate in _LINKS and isinstance(value, NamedNode):
            draft.add(_LINKS[predicate], value.value)
        elif predicate in _TEXTS or predicate in _LINKS:
            wanted = "a text" if predicate in _TEXTS else "an IRI"
            raise _error(path, iri, f"{predicate.rpartition('#')[2]} of <{iri}> must be {wanted}")


def _triples(path: Path) -> Iterable[Triple]:
    try:
        with path.open("rb") as source:
            for quad in parse(source, format=RdfFormat.TURTLE):
                yield quad.triple
    except SyntaxError as error:
        where = f"{path}, line {error.lineno}" if error.lineno else str(path)
        raise InputError(
            f"no valid Turtle: {error.msg}", where=where, remedy="mend the line, or leave the file out"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"can't read the vocabulary: {reason}", where=str(path), remedy="give a Turtle file") from None


def _add_text(draft: _Draft, name: str, value: Literal, path: Path) -> None:
    text = " ".join(value.value.split())
    if not text:
        raise _error(path, '""', "a label is empty")
    if name == "label":
        if value.language and not value.language.startswith("en"):
            draft.add("hidden", text)
        else:
            _replace_label(draft, text)
    else:
        draft.add(name, text)


def _replace_label(draft: _Draft, text: str) -> None:
    for old in draft.values.get("label", ()):
        if old != text:
            draft.add("alt", old)
    draft.values["label"] = [text]


def _ids(drafts: dict[str, _Draft]) -> dict[str, str]:
    """Return the id of each concept by its IRI: the rest of our own IRIs, kind and name for those of others."""
    ids: dict[str, str] = {}
    taken: dict[str, str] = {}
    for iri in sorted(drafts, key=lambda i: (not i.startswith(VOCABULARY), i)):
        draft = drafts[iri]
        if draft.scheme:
            continue
        if "type" not in draft.values:
            if "label" not in draft.values:
                continue  # a remark about something that is no concept here
            raise _error(draft.path, iri, f"<{iri}> has no kind")
        if "label" not in draft.values:
            raise _error(draft.path, iri, f"<{iri}> has no skos:prefLabel")
        kind, _ = _KINDS[draft.values["type"][0]]
        own = iri.removeprefix(VOCABULARY) if iri.startswith(f"{VOCABULARY}{kind}/") else ""
        name = own or f"{kind}/{slug(draft.values['label'][0]) or digest(iri, size=4)}"
        if name in taken:
            name = f"{name}-{digest(iri, size=4)}"
        taken[name] = ids[iri] = name
    return ids


def _concept(iri: str, draft: _Draft, ids: dict[str, str]) -> Concept:
    values = draft.values
    for broader in values.get("broader", ()):
        if broader not in ids:
            raise _error(draft.path, broader, f"<{iri}> is below <{broader}>, which no file declares")
    kind, level = _KINDS[values["type"][0]]
    label = values["label"][0]
    alt = tuple(sorted(set(values.get("alt", ())) - {label}))
    return Concept(
        id=ids[iri],
        iri=iri,
        kind=kind,
        label=label,
        alt=alt,
        hidden=tuple(sorted(set(values.get("hidden", ())) - {label, *alt})),
        broader=tuple(sorted(ids[b] for b in values.get("broader", ()))),
        level=level,
        manufacturer=(values.get("manufacturer") or [""])[-1],
        architecture=(values.get("architecture") or [""])[-1],
        exact_match=tuple(sorted(values.get("exact_match", ()))),
        ambiguous=(values.get("ambiguous") or ["false"])[-1] in ("true", "1"),
    )


def _error(path: Path, iri: str, what: str) -> InputError:
    """Return the error with the first line of the file that speaks of `iri`, in full or by its last part."""
    needles = (f"<{iri}>", iri, f":{iri.rstrip('/').rpartition('/')[2].rpartition('#')[2]}")
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    for needle in needles:
        for number, line in enumerate(lines, 1):
            if needle in line:
                return InputError(what, where=f"{path}, line {number}", remedy=_REMEDY)
    return InputError(what, where=str(path), remedy=_REMEDY)
