"""The things of the page are numbered, and a number tells what a thing is and what it is called."""

from kgraph.export.html.catalogue import KINDS, catalogue
from kgraph.graph.lookup import label
from kgraph.model import Entity, Paper
from tests.toy import toy


def test_a_number_tells_the_kind_and_the_label_of_a_thing() -> None:
    known = toy()
    things = catalogue(known)
    every: tuple[Paper | Entity, ...] = (*known.papers, *known.entities)
    assert [things.index[thing.id] for thing in every] == list(range(things.count))
    for number, thing in enumerate(every):
        assert KINDS[things.kind(number)] == ("paper" if isinstance(thing, Paper) else thing.kind)
        assert things.label(number) == label(thing)
