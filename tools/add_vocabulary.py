#!/usr/bin/env python3
"""Write names of a table into the schemes of systems, models and datasets, in their style and order.

Usage: add_vocabulary.py TABLE.tsv [JUDGED.tsv]

TABLE has lines of kind (s, m, d), preferred label, other labels with | between, label of the broader concept, and 1
where a name needs context. JUDGED has lines of surface and kind; only s, m and d are taken. What the vocabulary knows
already by any name stays as it is. Names of at most three signs, of four capitals, and ordinary words need context,
the first two unless JUDGED says that they are names. Deterministic; a second run changes nothing.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NamedTuple

from kgraph.extract.names.lexicon import commonness
from kgraph.ontology import ontology_folder
from kgraph.text import slug
from kgraph.vocab import load, name_key

PARTS = {
    "s": ("system", "sys", "System"),
    "m": ("model", "mod", "Model"),
    "d": ("dataset", "data", "Dataset"),
}
_CONCEPT = re.compile(r"^\w+:(\S+) a skos:Concept")


class Row(NamedTuple):
    """One name to add."""

    kind: str
    label: str
    alt: tuple[str, ...] = ()
    broader: str = ""
    context: bool = False


def table(path: Path) -> list[Row]:
    """Return the rows of a table of names; lines that are no row are left out."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, label, alt, broader, context = line.split("\t")
        if kind in PARTS:
            found.append(Row(kind, label.strip(), tuple(filter(None, alt.split("|"))), broader, context == "1"))
    return found


def judged(path: Path) -> dict[str, str]:
    """Return surface -> kind of the surfaces that were judged to be names."""
    rows = (line.rpartition("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {surface: kind for surface, _, kind in rows if kind in PARTS}


def _short(label: str) -> bool:
    return len(label) <= 3 or (len(label) == 4 and label.isalpha() and label.isupper())


def _ordinary(label: str) -> bool:
    word = commonness(label)
    return label.isalpha() and (label[1:].islower() or label.isupper()) and word.lower >= 3 and word.papers >= 4


def _needs_context(row: Row, sure: dict[str, str]) -> bool:
    return row.context or _ordinary(row.label) or (_short(row.label) and row.label not in sure)


def lines(rows: list[Row], sure: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return for each kind the id and the Turtle line of each new concept."""
    vocabulary = load()
    taken = {name_key(name) for concept in vocabulary.concepts.values() for name in concept.names}
    ids = {concept.id for concept in vocabulary.concepts.values()}
    above = {name_key(c.label): c.id for c in vocabulary.concepts.values()}
    fresh: list[tuple[Row, str, list[str]]] = []
    for row in rows:
        kind = PARTS[row.kind][0]
        key, name = name_key(row.label), f"{kind}/{slug(row.label)}"
        if not key or key in taken or name in ids or not slug(row.label):
            continue
        taken.add(key)
        ids.add(name)
        above.setdefault(key, name)
        alt = []
        for other in row.alt:
            if name_key(other) and (name_key(other) not in taken):
                taken.add(name_key(other))
                alt.append(other)
        fresh.append((row, name, alt))
    found: dict[str, dict[str, str]] = {kind: {} for kind in PARTS}
    for row, name, alt in fresh:
        kind, prefix, type_ = PARTS[row.kind]
        line = f"{prefix}:{name.partition('/')[2]} a skos:Concept , kg:{type_} ; skos:inScheme scheme:{kind}"
        line += f" ; skos:prefLabel {_quoted(row.label)}"
        if alt:
            line += " ; skos:altLabel " + " , ".join(map(_quoted, alt))
        broader = above.get(name_key(row.broader), "")
        if broader.startswith(f"{kind}/") and broader != name:
            line += f" ; skos:broader {prefix}:{broader.partition('/')[2]}"
        if _needs_context(row, sure):
            line += " ; kg:needsContext true"
        found[row.kind][name.partition("/")[2]] = f"{line} ."
    return found


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main() -> None:
    """Add the names to the shipped files."""
    sure = judged(Path(sys.argv[2])) if len(sys.argv) > 2 else {}
    rows = table(Path(sys.argv[1]))
    rows += [Row(kind, surface) for surface, kind in sorted(sure.items()) if len(surface) > 1]
    for kind, fresh in lines(rows, sure).items():
        path = ontology_folder() / "vocab" / f"{PARTS[kind][0]}s.ttl"
        old = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        head = [line for line in old if not _CONCEPT.match(line)]
        body = {match[1]: line for line in old if (match := _CONCEPT.match(line))} | fresh
        while head and not head[-1]:
            head.pop()
        path.write_text("\n".join([*head, "", *(body[name] for name in sorted(body)), ""]), encoding="utf-8")
        print(path.name, len(fresh), "new of", len(body))


if __name__ == "__main__":
    main()
