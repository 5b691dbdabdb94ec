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
from kgraph.model import Kind, Level
from kgraph.ontology import KG, VOCAB
from kgraph.text import digest, slug
from kgraph.vocab.concept import Concept
from kgraph.vocab.faults import REMEDY, SKOS, check_hierarchy, error, misspelt

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SCHEME = f"{SKOS}ConceptScheme"

_KINDS: dict[str, tuple[Kind, Level | None]] = {
    f"{KG}System": (Kind.SYSTEM, None),
    f"{KG}Hardware": (Kind.HARDWARE, Level.PRODUCT),
    f"{KG}HardwareClass": (Kind.HARDWARE, Level.CLASS),
    f"{KG}Model": (Kind.MODEL, None),
    f"{KG}Dataset": (Kind.DATASET, None),
}
_ALL = ", ".join(f"kg:{iri.removeprefix(KG)}" for iri in _KINDS)
_TEXTS = {
    f"{SKOS}prefLabel": "label",
    f"{SKOS}altLabel": "alt",
    f"{SKOS}hiddenLabel": "hidden",
    "https://schema.org/manufacturer": "manufacturer",
    "http://schema.org/manufacturer": "manufacturer",
    f"{KG}architecture": "architecture",
    f"{KG}needsContext": "ambiguous",
}
_TRUTHS = {"true", "1", "false", "0"}
_LINKS = {f"{SKOS}broader": "broader", f"{SKOS}exactMatch": "exact_match"}


@dataclass(slots=True)
class _Draft:
    """What the files read so far say of one IRI: values by field, and the file that did so last."""

    path: Path
    values: dict[str, list[str]] = field(default_factory=dict)
    scheme: bool = False

    def add(self, name: str, value: str) -> None:
        values = self.values.setdefault(name, [])
        if value not in values:
            values.append(value)


def read_schemes(paths: Sequence[Path]) -> tuple[Concept, ...]:
    """Return the concepts of all files, sorted by id; a later file wins where two give one concept a preferred label.

    Raises InputError with file and line if a file is no Turtle or names no concept, if a concept lacks kind or label or
    has two kinds, has a broader concept that no file declares, that is of another kind or leads back to itself, or if a
    property is misspelt.
    """
    drafts: dict[str, _Draft] = {}
    speaks: dict[Path, set[str]] = {path: _read(path, drafts) for path in paths}
    ids = _ids(drafts)
    for path, about in speaks.items():
        if not about & ids.keys():
            raise InputError("names no concept", where=str(path), remedy=REMEDY)
    concepts = {ids[iri]: _concept(iri, drafts[iri], ids) for iri in ids}
    check_hierarchy(concepts, {iri: drafts[iri].path for iri in ids})
    return tuple(concepts[id_] for id_ in sorted(concepts))


def _read(path: Path, drafts: dict[str, _Draft]) -> set[str]:
    """Add what a file says to `drafts`; return the IRIs that it speaks of."""
    about: set[str] = set()
    for triple in _triples(path):
        subject, predicate, value = triple.subject, triple.predicate.value, triple.object
        if not isinstance(subject, NamedNode):
            continue
        iri = subject.value
        about.add(iri)
        draft = drafts.setdefault(iri, _Draft(path))
        draft.path = path  # what a user says of a shipped concept is the user's to mend
        if predicate == _TYPE and isinstance(value, NamedNode):
            draft.scheme |= value.value == _SCHEME
            if value.value in _KINDS:
                draft.add("type", value.value)
            elif value.value.startswith(KG):
                draft.add("odd", f"kg:{value.value.removeprefix(KG)}")
        elif predicate == f"{SKOS}narrower" and isinstance(value, NamedNode):
            drafts.setdefault(value.value, _Draft(path)).add("broader", iri)
        elif predicate in _TEXTS and isinstance(value, Literal):
            _add_text(draft, _TEXTS[predicate], value, path, iri)
        elif predicate in _LINKS and isinstance(value, NamedNode):
            draft.add(_LINKS[predicate], value.value)
        elif predicate in _TEXTS or predicate in _LINKS:
            wanted = "a text" if predicate in _TEXTS else "an IRI"
            raise error(path, iri, f"{predicate.rpartition('#')[2]} of <{iri}> must be {wanted}")
        elif what := misspelt(predicate):
            raise error(path, predicate, f"{what} (said of <{iri}>)", "mend the name, or leave the line out")
    return about


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


def _add_text(draft: _Draft, name: str, value: Literal, path: Path, iri: str) -> None:
    text = " ".join(value.value.split())
    if not text:
        raise error(path, iri, f"a label is empty (of <{iri}>)")
    if name == "ambiguous" and text not in _TRUTHS:
        raise error(path, iri, f"kg:needsContext of <{iri}> must be true or false", "without quotation marks")
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
    for iri in sorted(drafts, key=lambda i: (not i.startswith(VOCAB), i)):
        draft = drafts[iri]
        if draft.scheme:
            continue
        if "type" not in draft.values:
            if "label" not in draft.values:
                continue  # a remark about something that is no concept here
            odd = f" ({draft.values['odd'][0]} is none)" if "odd" in draft.values else ""
            raise error(draft.path, iri, f"<{iri}> has no kind{odd}", f"one of {_ALL}; {REMEDY}")
        if "label" not in draft.values:
            raise error(draft.path, iri, f"<{iri}> has no skos:prefLabel")
        kind, _ = _kind(iri, draft)
        own = iri.removeprefix(VOCAB) if iri.startswith(f"{VOCAB}{kind}/") else ""
        name = own or f"{kind}/{slug(draft.values['label'][0]) or digest(iri, size=4)}"
        if name in taken:
            name = f"{name}-{digest(iri, size=4)}"
        taken[name] = ids[iri] = name
    return ids


def _kind(iri: str, draft: _Draft) -> tuple[Kind, Level | None]:
    """Return kind and level; a class of hardware may also be called hardware. InputError if there are two kinds."""
    types = draft.values["type"]
    if len({_KINDS[type_][0] for type_ in types}) > 1:
        names = " and ".join(f"kg:{type_.removeprefix(KG)}" for type_ in sorted(types))
        raise error(draft.path, iri, f"<{iri}> is both {names}", "give it one kind")
    return _KINDS[max(types, key=lambda type_: _KINDS[type_][1] is Level.CLASS)]


def _concept(iri: str, draft: _Draft, ids: dict[str, str]) -> Concept:
    values = draft.values
    for broader in values.get("broader", ()):
        if broader not in ids:
            raise error(draft.path, broader, f"<{iri}> is below <{broader}>, which no file declares")
    kind, level = _kind(iri, draft)
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
