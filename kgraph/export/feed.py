"""News as a feed: papers that an earlier build did not have, with what they claim to beat.

Atom (RFC 4287) and JSON Feed 1.1. There are no clocks: an entry is dated by its paper, so the same two builds give the
same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from kgraph.graph.iris import data_iri
from kgraph.graph.terms import clean
from kgraph.model import Knowledge, Paper, Polarity, Relation, RelationType

NEVER = "1970-01-01"
"""The date of a paper whose date is unknown."""

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Entry:
    """A new paper: its IRI, link, title and date (YYYY-MM-DD), and its claims as (claim, sentence)."""

    iri: str
    url: str
    title: str
    date: str
    claims: tuple[tuple[str, str], ...]

    @property
    def summary(self) -> str:
        """The claims in one line."""
        return "; ".join(claim for claim, _ in self.claims)


def entries(old: Knowledge, new: Knowledge, base_iri: str, loser: str = "") -> tuple[Entry, ...]:
    """Return the papers of `new` that `old` has not and that claim to beat something, newest first.

    `loser` is the id of the one thing that has to be beaten; empty: anything.
    """
    before = {paper.id for paper in old.papers}
    papers = {paper.id: paper for paper in new.papers if paper.id not in before}
    labels = {paper.id: "the paper's own work" for paper in new.papers} | {e.id: e.label for e in new.entities}
    claims: dict[str, list[tuple[str, str]]] = {}
    for relation in new.relations:
        winner, beaten = _sides(relation)
        if beaten and loser in ("", beaten) and relation.paper in papers:
            claim = f"{labels.get(winner, winner)} beats {labels.get(beaten, beaten)}{_number(relation)}"
            claims.setdefault(relation.paper, []).append((claim, relation.evidence.quote))
    found = [
        Entry(data_iri(base_iri, id_), _url(papers[id_]), papers[id_].title, _date(papers[id_]), tuple(sorted(told)))
        for id_, told in claims.items()
    ]
    return tuple(sorted(sorted(found, key=lambda entry: entry.iri), key=lambda entry: entry.date, reverse=True))


def _sides(relation: Relation) -> tuple[str, str]:
    """Return who beats whom by a relation, or two empty strings."""
    if relation.type is not RelationType.COMPARES_AGAINST:
        return "", ""
    if relation.polarity is Polarity.BETTER:
        return relation.subject, relation.object
    return (relation.object, relation.subject) if relation.polarity is Polarity.WORSE else ("", "")


def _number(relation: Relation) -> str:
    if relation.value is None:
        return f" in {relation.metric}" if relation.metric else ""
    text = relation.value.text
    up_to = "up to " if relation.value.up_to and "up to" not in text.casefold() else ""
    return f" by {up_to}{text}" + (f" in {relation.metric}" if relation.metric else "")


def _date(paper: Paper) -> str:
    known = paper.date if paper.date[:4].isdigit() else str(paper.year or "")
    return (known + NEVER[len(known) :])[:10] if known else NEVER


def _url(paper: Paper) -> str:
    if paper.arxiv:
        return f"https://arxiv.org/abs/{paper.arxiv}"
    return f"https://doi.org/{paper.doi}" if paper.doi else paper.url


def atom(title: str, iri: str, found: Sequence[Entry]) -> str:
    """Return an Atom document."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", iri)
    _add(feed, "title", title)
    _add(feed, "updated", f"{max((entry.date for entry in found), default=NEVER)}T00:00:00Z")
    _add(_add(feed, "author", ""), "name", "kgraph")
    for entry in found:
        node = _add(feed, "entry", "")
        _add(node, "id", entry.iri)
        _add(node, "title", entry.title)
        _add(node, "updated", f"{entry.date}T00:00:00Z")
        if entry.url:
            _add(node, "link", "").set("href", clean(entry.url))
        _add(node, "summary", entry.summary)
        _add(node, "content", _content(entry.claims)).set("type", "text")
    ElementTree.indent(feed)
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=False) + "\n"


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    node = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}")
    node.text = clean(text) or None
    return node


def _content(claims: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{claim}: “{quote}”" for claim, quote in claims)


def json_feed(title: str, found: Sequence[Entry]) -> str:
    """Return a JSON Feed document."""
    items = [
        {
            "id": entry.iri,
            "title": entry.title,
            "date_published": f"{entry.date}T00:00:00Z",
            "summary": entry.summary,
            "content_text": _content(entry.claims),
        }
        | ({"url": entry.url} if entry.url else {})
        for entry in found
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": title, "items": items}
    return json.dumps(feed, ensure_ascii=True, indent=2) + "\n"
