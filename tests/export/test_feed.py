"""The feed of new papers: those an old build lacks, with what they claim to beat."""

import json
from dataclasses import replace
from xml.etree import ElementTree

from kgraph.export.feed import NEVER, atom, entries, json_feed, last_day
from kgraph.model import Knowledge, Polarity, RelationType
from tests.toy import toy

BASE = "https://example.org/id/"
SPACE = "{http://www.w3.org/2005/Atom}"
OLD = replace(toy(), papers=toy().papers[:2], relations=())


def test_only_new_papers_and_only_those_that_beat_the_thing() -> None:
    found = entries(OLD, toy(), BASE, "system/tidal")
    titles = ["Tidal-2", "Apex: Training at the Peak", "Faster Decoding Without a Name"]
    assert [entry.title for entry in found] == titles
    assert found[0].summary == "Tidal-2 beats Tidal by up to 30% in latency"
    assert found[2].claims[0][0] == "the paper's own work beats Tidal by 1.5x in speed"
    assert (found[0].date, found[2].date) == ("2025", "")
    assert not entries(toy(), toy(), BASE)


def test_a_claim_told_from_the_losing_side_counts() -> None:
    told = [r for r in toy().relations if r.polarity is Polarity.WORSE]
    assert told
    known = replace(toy(), relations=tuple(told))
    found = entries(Knowledge(), known, BASE)
    assert [entry.summary for entry in found] == ["Orca beats Tidal by 1.2x in throughput"]


def test_atom_is_well_formed_whatever_the_texts() -> None:
    nasty = toy(hostile=True)
    label = {entity.id: entity.label for entity in nasty.entities}
    losers = sorted(id_ for id_ in label if id_.startswith("system/nasty"))
    (paper,) = [paper for paper in nasty.papers if paper.id.startswith("paper/nasty")]
    model = next(r for r in nasty.relations if r.type is RelationType.COMPARES_AGAINST)
    claims = [
        replace(model, id=id_, object=id_, polarity=Polarity.BETTER, evidence=replace(model.evidence, paper=paper.id))
        for id_ in losers
    ]
    found = entries(Knowledge(), replace(nasty, relations=tuple(claims)), BASE)
    root = ElementTree.fromstring(atom("News", BASE, found, "2025-01-02"))
    (entry,) = root.findall(f"{SPACE}entry")
    assert entry.findtext(f"{SPACE}title") == paper.title
    assert "alert(1)" in str(entry.findtext(f"{SPACE}summary"))
    assert json.loads(json_feed("News", found))["items"][0]["title"] == paper.title


def test_json_feed() -> None:
    feed = json.loads(json_feed("News", entries(OLD, toy(), BASE)))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert all({"id", "title", "content_text"} <= set(item) for item in feed["items"])


def test_no_day_is_made_up() -> None:
    """Of two papers the one has a day; the other says its year, and was news by the last known day."""
    known = toy()
    found = entries(OLD, known, BASE, "system/tidal")
    assert {entry.date for entry in found} == {"2025", "2024-11-20", ""}
    assert last_day(known) == "2024-11-20"
    assert last_day(Knowledge()) == NEVER
    root = ElementTree.fromstring(atom("News", BASE, found, last_day(known)))
    nodes = {node.findtext(f"{SPACE}title"): node for node in root.findall(f"{SPACE}entry")}
    items = {item["title"]: item for item in json.loads(json_feed("News", found))["items"]}
    for entry in found:
        node, item = nodes[entry.title], items[entry.title]
        assert node.findtext(f"{SPACE}updated") == "2024-11-20T00:00:00Z"
        assert node.findtext(f"{SPACE}published") == (f"{entry.day}T00:00:00Z" if entry.day else None)
        assert item.get("date_published") == (f"{entry.day}T00:00:00Z" if entry.day else None)
        vague = bool(entry.date) and not entry.day
        assert (f"Published {entry.date}." in item["content_text"]) == vague
