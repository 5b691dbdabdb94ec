"""The networkx graph holds what is believed, with the documented attributes and no others."""

import pytest

from kgraph.graph.networks import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, to_networkx
from tests.toy import toy


@pytest.mark.parametrize("hostile", [False, True])
def test_attributes_are_the_documented_ones(hostile: bool) -> None:
    graph = to_networkx(toy(hostile=hostile))
    for attributes in [data for _, data in graph.nodes(data=True)]:
        assert {"kind", "label"} <= set(attributes)
        assert all(type(value) is NODE_ATTRIBUTES[name] for name, value in attributes.items())
    for attributes in [data for *_, data in graph.edges(data=True)]:
        assert "type" in attributes
        assert all(type(value) is EDGE_ATTRIBUTES[name] for name, value in attributes.items())


def test_every_belief_is_an_edge() -> None:
    known = toy()
    graph = to_networkx(known)
    assert set(graph) == {p.id for p in known.papers} | {e.id for e in known.entities}
    types = [data["type"] for *_, data in graph.edges(data=True)]
    assert types.count("mentions") == len({(m.paper, m.entity) for m in known.mentions})
    assert types.count("co_mention") == len(known.comentions)
    assert types.count("cites") == len(known.citations)
    assert types.count("broader") == sum(bool(e.broader) for e in known.entities)
    for type_ in ("compares_against", "runs_on", "builds_on", "introduces"):
        assert types.count(type_) == sum(r.type == type_ for r in known.relations)


def test_a_comparison_carries_its_numbers_and_its_sentence() -> None:
    graph = to_networkx(toy())
    (edge,) = [d for d in graph["system/orca"]["system/apex-0a1b2c"].values() if d["type"] == "compares_against"]
    assert edge["quote"] == "Orca outperforms Apex by 36.9x in throughput"
    assert (edge["polarity"], edge["metric"], edge["value"], edge["value_low"]) == (
        "better",
        "throughput",
        "36.9x",
        36.9,
    )


def test_edge_keys_are_unique_in_the_graph() -> None:
    keys = [key for *_, key in to_networkx(toy(hostile=True)).edges(keys=True)]
    assert len(keys) == len(set(keys))
