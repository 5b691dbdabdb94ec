"""graph.html: everything in one file, under a policy that forbids everything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from markupsafe import Markup

from kgraph.export.html.bundle import script, style
from kgraph.export.html.catalogue import Catalogue, catalogue, clean, columns
from kgraph.export.html.links import DRAWN, Link, comention_places, comparison_places, links
from kgraph.export.html.network import drawing_library, network, page
from kgraph.export.html.part import CARRIED, important
from kgraph.export.html.sentences import TYPES, statements
from kgraph.export.html.stock import Stock
from kgraph.export.html.text import source
from kgraph.model import Knowledge


class Known(Protocol):
    """What the page needs of a build."""

    @property
    def knowledge(self) -> Knowledge:
        """Return what is believed."""

    @property
    def base_iri(self) -> str:
        """Return the prefix of the IRIs of things."""


def write_html(build: Known, path: Path) -> None:
    """Write the explorer of `build` to `path`: UTF-8, the same bytes for the same knowledge."""
    path.write_bytes(render(build.knowledge, build.base_iri).encode("utf-8"))


def render(knowledge: Knowledge, base_iri: str, *, drawn_limit: int = DRAWN, paper_limit: int = CARRIED) -> str:
    """Return the page: it carries at most `paper_limit` papers, and places at most `drawn_limit` things on its map."""
    part = important(knowledge, paper_limit)
    things = catalogue(part)
    drawn = things.strongest(drawn_limit)

    def carried(_: list[Link]) -> dict[str, object]:
        whole = {"papers": len(knowledge.papers), "claims": len(knowledge.relations)} if part is not knowledge else None
        return {**columns(things), **statements(things), "whole": whole}

    return _page(things, drawn, base_iri, carried, "'none'")


def render_served(stock: Stock) -> tuple[str, str]:
    """Return the page that asks its server for what it does not carry, and its policy: it may connect to no other."""

    def carried(found: list[Link]) -> dict[str, object]:
        return {"served": {"papers": stock.papers, "total": stock.total, "parcel": stock.first(found)}}

    html = _page(stock.things, stock.drawn, stock.base_iri, carried, "'self'")
    return html, _policy([drawing_library(), script(served=True)], [style()], "'self'")


def _page(
    things: Catalogue, drawn: list[int], base_iri: str, carried: Callable[[list[Link]], dict[str, object]], connect: str
) -> str:
    knowledge = things.knowledge
    found, weak = links(things, set(drawn))
    together, groups = comention_places(found)
    data = {
        **carried(found),
        "about": _about(knowledge, base_iri, things.count - len(drawn), weak),
        "comention_places": [n for i, spot in sorted(together.items()) for n in (i, *spot)],
        "communities": groups,
    }
    served = connect != "'none'"
    code, look, library = script(served=served), style(), drawing_library()
    return page(
        network(things, drawn, comparison_places(found), found),
        data=data,
        library=Markup(library),  # noqa: S704 - our own files and pyvis's, not user text
        script=Markup(code),  # noqa: S704
        style=Markup(look),  # noqa: S704
        policy=_policy([library, code], [look], connect),
        counts={"papers": len(knowledge.papers), "entities": len(knowledge.entities)},
    )


def _policy(scripts: list[str], styles: list[str], connect: str) -> str:
    """Return the Content-Security-Policy: these scripts and styles, pictures made by the page, `connect`, no more."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src " + " ".join(source(s) for s in scripts),
            "style-src " + " ".join(source(s) for s in styles),
            "img-src data: blob:",
            f"connect-src {connect}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _said(knowledge: Knowledge) -> list[int]:
    """Return how often each relation of `TYPES` is said: claims, then mentions by paper, co-mentions, citations."""
    said = Counter(r.type.value for r in knowledge.relations)
    said["mentions"] = len({(m.paper, m.entity) for m in knowledge.mentions})
    said["comention"] = len(knowledge.comentions)
    said["cites"] = len(knowledge.citations)
    return [said[name] for name in TYPES]


def _about(knowledge: Knowledge, base_iri: str, undrawn: int, weak: int) -> dict[str, object]:
    made = knowledge.provenance
    return {
        "version": made.version,
        "base_iri": base_iri,
        "undrawn": undrawn,
        "weak_comentions": weak,
        "comentions": len(knowledge.comentions),
        "said": _said(knowledge),
        "sources": [[clean(s.path), s.records, len(s.skipped)] for s in made.sources],
        "notes": [clean(n) for n in made.notes],
    }
