"""graph.html: everything in one file, under a policy that forbids everything else."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from markupsafe import Markup

from kgraph.export.html.bundle import script, style
from kgraph.export.html.catalogue import Catalogue, catalogue, clean, columns
from kgraph.export.html.links import DRAWN, comention_places, comparison_places, links
from kgraph.export.html.network import drawing_library, network, page
from kgraph.export.html.sentences import Sentences
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


def render(knowledge: Knowledge, base_iri: str, *, drawn_limit: int = DRAWN) -> str:
    """Return the page; at most `drawn_limit` things are placed on its map, all can be found in it."""
    things = catalogue(knowledge)
    drawn = things.strongest(drawn_limit)
    found, weak = links(things, set(drawn))
    main = comparison_places(found)
    together, groups = comention_places(found)
    net = network(things, drawn, main, found)
    data = {
        **columns(things),
        **_texts(things),
        "about": _about(knowledge, base_iri, things.count - len(drawn), weak),
        "comention_places": [n for i, spot in sorted(together.items()) for n in (i, *spot)],
        "communities": groups,
    }
    code, look, library = script(), style(), drawing_library()
    return page(
        net,
        data=data,
        library=Markup(library),  # noqa: S704 - our own files and pyvis's, not user text
        script=Markup(code),  # noqa: S704
        style=Markup(look),  # noqa: S704
        policy=_policy([library, code], [look]),
        counts={"papers": len(knowledge.papers), "entities": len(knowledge.entities)},
    )


def _policy(scripts: list[str], styles: list[str]) -> str:
    """Return the Content-Security-Policy: these scripts and styles, pictures made by the page, nothing else."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src " + " ".join(source(s) for s in scripts),
            "style-src " + " ".join(source(s) for s in styles),
            "img-src data: blob:",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _texts(things: Catalogue) -> dict[str, object]:
    knowledge = things.knowledge
    pool = Sentences(knowledge)
    mentions = pool.mentions(things)
    claims = [pool.claim(r, things) for r in knowledge.relations]
    citations = [
        [things.index[c.citing], things.index[c.cited], [clean(t) for t in c.contexts]]
        for c in knowledge.citations
        if c.citing in things.index and c.cited in things.index
    ]
    return {"mentions": mentions, "claims": claims, "texts": pool.texts, "citations": citations}


def _about(knowledge: Knowledge, base_iri: str, undrawn: int, weak: int) -> dict[str, object]:
    made = knowledge.provenance
    return {
        "version": made.version,
        "base_iri": base_iri,
        "undrawn": undrawn,
        "weak_comentions": weak,
        "comentions": len(knowledge.comentions),
        "sources": [[clean(s.path), s.records, len(s.skipped)] for s in made.sources],
        "notes": [clean(n) for n in made.notes],
    }
