"""The page: rendered by a template that escapes, styled inline, without scripts or requests."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from kgraph.export.html.text import source
from kgraph.export.ontology.terms import Term, anchor, read_ontology, read_scheme
from kgraph.graph.iris import NANOPUBLICATION_PREFIXES, PREFIXES
from kgraph.ontology import ontology_folder

SECTIONS = (
    ("classes", "Classes", "What there is.", {"class"}),
    ("links", "Links", "Properties between things.", {"link"}),
    ("values", "Values", "Properties with a number, a date or a text.", {"value", "annotation"}),
    ("individuals", "Named values", "What kg:polarity and kg:valueKind choose from.", {"individual"}),
)
_NAME = re.compile(r"\b([a-z]+):([A-Za-z][A-Za-z0-9]*)")
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,)]")


@cache
def render() -> str:
    """Return the page as HTML: the same bytes for the same ontology and vocabularies."""
    folder = ontology_folder()
    ontology = read_ontology(folder / "kgraph.ttl")
    known = {term.name: term for term in ontology.terms}
    environment = Environment(
        loader=PackageLoader("kgraph.export.ontology", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["linked"] = lambda text: _linked(text, known)
    return (
        environment.get_template("page.html").render(
            ontology=ontology,
            sections=[
                (*section[:3], [t for t in ontology.terms if t.own and t.kind in section[3]]) for section in SECTIONS
            ],
            others=[
                (title, [t for t in ontology.terms if not t.own and (t.kind == "class") is classes])
                for title, classes in (("Classes of others", True), ("Properties of others", False))
            ],
            schemes=[read_scheme(path) for path in sorted((folder / "vocab").glob("*.ttl"))],
            prefixes=PREFIXES | NANOPUBLICATION_PREFIXES,
            inside=_inside(ontology.terms),
            below=_below(ontology.terms),
            style=Markup(_style()),  # noqa: S704 - our own file
            policy=policy(),
        )
        + "\n"
    )


def policy() -> str:
    """Return the Content-Security-Policy of the page: its own style and nothing else."""
    return f"default-src 'none'; style-src {source(_style())}; base-uri 'none'; form-action 'none'"


def _style() -> str:
    return files(__package__).joinpath("page.css").read_text(encoding="utf-8")


def _linked(text: str, known: dict[str, Term]) -> Markup:
    """Return `text` escaped, with terms that the page explains and web addresses as links."""
    pieces: list[str] = []
    at = 0
    for match in re.finditer(f"{_ADDRESS.pattern}|{_NAME.pattern}", text):
        if match.start() < at:
            continue
        found = match[0]
        if found.startswith("http"):
            address = found
        elif found in known:
            address = f"#{anchor(found)}"
        else:
            continue
        pieces += [escape(text[at : match.start()]), Markup('<a href="{}">{}</a>').format(address, found)]
        at = match.end()
    return Markup("").join([*pieces, escape(text[at:])])


def _inside(terms: tuple[Term, ...]) -> dict[str, list[str]]:
    """Return the properties of each class, by the class's name."""
    found: dict[str, list[str]] = {}
    for term in terms:
        for owner in term.domain:
            found.setdefault(owner, []).append(term.name)
    return found


def _below(terms: tuple[Term, ...]) -> dict[str, list[str]]:
    """Return the classes or properties directly below each term."""
    found: dict[str, list[str]] = {}
    for term in terms:
        for above in term.above:
            if term.kind != "individual":
                found.setdefault(above, []).append(term.name)
    return found
