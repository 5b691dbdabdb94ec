"""Trusty URIs: IRIs that hold a digest of what they name, so that anyone can see whether it was changed.

Kuhn and Dumontier, "Trusty URIs: Verifiable, Immutable, and Permanent Digital Artifacts for Linked Data" (ESWC 2014),
module RA: a digest over RDF with named graphs that does not depend on order or syntax. Only what occurs here is
covered: IRIs and literals without a language, no blank nodes.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256

from pyoxigraph import Literal, NamedNode

from kgraph.graph.terms import Term

Statement = tuple[NamedNode, NamedNode, NamedNode, Term]
"""Graph, subject, predicate, object."""

MODULE = "RA"


def artifact_code(statements: Iterable[Statement], own: Mapping[NamedNode, str]) -> str:
    """Return the artifact code (45 characters, the first two "RA") of `statements`, each counted once.

    `own` gives, for each IRI that will hold the code, its text with a space in the code's place.
    """

    def text(node: NamedNode) -> str:
        return own.get(node) or node.value

    def key(statement: Statement) -> tuple[str, str, str, bool, str, str]:
        graph, subject, predicate, target = statement
        front = text(graph), text(subject), text(predicate)
        if isinstance(target, Literal):
            return *front, True, target.value, target.datatype.value
        return *front, False, text(target), ""

    # code points sort as UTF-8 does, which the algorithm asks for
    lines = [line for statement in sorted(map(key, set(statements))) for line in _lines(*statement)]
    return MODULE + urlsafe_b64encode(sha256("".join(lines).encode()).digest()).decode().rstrip("=")


def _lines(graph: str, subject: str, predicate: str, literal: bool, value: str, datatype: str) -> tuple[str, ...]:
    escaped = value.replace("\\", "\\\\").replace("\n", "\\n")
    last = f"^{datatype} {escaped}\n" if literal else f"{value}\n"
    return f"{graph}\n", f"{subject}\n", f"{predicate}\n", last
