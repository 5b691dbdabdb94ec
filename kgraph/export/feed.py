"""News as a feed: papers that an earlier build did not have, with what they claim to beat.

Atom (RFC 4287) and JSON Feed 1.1. There are no clocks, so the same two builds give the same bytes, and no day is made
up: an entry is published on the day of its paper where that is known, and else says no more than its year or month.
Atom wants a time of every entry's last change; without a day of its own that is the last known day of the whole build.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from kgraph.graph.iris import data_iri
from kgraph.graph.terms import clean
from kgraph.model import Knowledge, Paper, Polarity, Relation, RelationType

NEVER = "1970-01-01"
"""When all was last changed, in a build of which no paper's day is known."""
DAY = 10
"""The length of a date that is known to the day."""

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Entry:
    """A new paper: its IRI, link, title, its date as far as it is known (2024-05-17, 2024-05, 2024 or nothing), and its
    claims as (claim, sentence)."""

    iri: str
    url: str
    title: str
    date: str
    claims: tuple[tuple[str, str], ...]

    @property
    def day(self) -> str:
        """The day of the paper, or nothing where it is not known."""
        return self.date if len(self.date) == DAY else ""

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
    return paper.date if paper.date[:4].isdigit() else str(paper.year or "")


def last_day(knowledge: Knowledge) -> str:
    """Return the last day on which a paper of a build was published, of those that are known."""
    return max((day for paper in knowledge.papers if len(day := _date(paper)) == DAY), default=NEVER)


def _url(paper: Paper) -> str:
    if paper.arxiv:
        return f"https://arxiv.org/abs/{paper.arxiv}"
    return f"https://doi.org/{paper.doi}" if paper.doi else paper.url


def atom(title: str, iri: str, found: Sequence[Entry], last: str) -> str:
    """Return an Atom document; `last` is the last known day of the build."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", iri)
    _add(feed, "title", title)
    _add(feed, "updated", _midnight(last))
    _add(_add(feed, "author", ""), "name", "kgraph")
    for entry in found:
        node = _add(feed, "entry", "")
        _add(node, "id", entry.iri)
        _add(node, "title", entry.title)
        if entry.day:
            _add(node, "published", _midnight(entry.day))
        _add(node, "updated", _midnight(entry.day or last))
        if entry.url:
            _add(node, "link", "").set("href", clean(entry.url))
        _add(node, "summary", entry.summary)
        _add(node, "content", _content(entry)).set("type", "text")
    ElementTree.indent(feed)
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=False) + "\n"


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    node = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}")
    node.text = clean(text) or None
    return node


def _midnight(day: str) -> str:
    return f"{day}T00:00:00Z"


def _content(entry: Entry) -> str:
    told = [f"{claim}: “{quote}”" for claim, quote in entry.claims]
    return "\n".join([*told, *([f"Published {entry.date}."] if entry.date and not entry.day else [])])


def json_feed(title: str, found: Sequence[Entry]) -> str:
    """Return a JSON Feed document."""
    items = [
        {
            "id": entry.iri,
            "title": entry.title,
            "summary": entry.summary,
            "content_text": _content(entry),
        }
        | ({"date_published": _midnight(entry.day)} if entry.day else {})
        | ({"url": entry.url} if entry.url else {})
        for entry in found
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": title, "items": items}
    return json.dumps(feed, ensure_ascii=True, indent=2) + "\n"
