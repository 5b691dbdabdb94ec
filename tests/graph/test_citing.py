"""What text and citations tell together about one thing."""

from dataclasses import replace

from kgraph.graph.view import Views
from kgraph.model import Citation, Knowledge, RelationType
from tests.toy import toy


def comparing(known: Knowledge, thing: str) -> set[str]:
    return {r.paper for r in known.relations if r.type is RelationType.COMPARES_AGAINST and r.object == thing}


def test_who_compares_with_a_thing_without_citing_its_paper() -> None:
    known = toy()
    by = {entity.id: entity for entity in known.entities}
    claim = next(
        r
        for r in known.relations
        if r.type is RelationType.COMPARES_AGAINST
        and r.object in by
        and by[r.object].introduced_by
        and r.paper not in by[r.object].introduced_by
    )
    thing = by[claim.object]
    origin = thing.introduced_by[0]
    elsewhere = next(p.id for p in known.papers if p.id not in (origin, claim.paper))
    year = next(p.year for p in known.papers if p.id == claim.paper)
    for cited, missing, years in ((elsewhere, [claim.paper], ()), (origin, [], ((year or 0, 1),))):
        view = Views(replace(known, citations=(Citation(claim.paper, cited),))).of(thing)
        assert [named.id for named in view.not_cited] == missing
        assert view.citing_years == years
        assert view.not_compared == ()
    other = next(p.id for p in known.papers if p.records and p.id not in (origin, *comparing(known, thing.id)))
    outside = replace(known.papers[0], id="paper/zz-outside", records=())
    cites = (Citation(other, origin), Citation(outside.id, origin), Citation(claim.paper, origin))
    view = Views(replace(known, citations=cites, papers=(*known.papers, outside))).of(thing)
    assert [named.id for named in view.not_compared] == [other]
    assert Views(replace(known, citations=())).of(thing).not_cited == ()  # nothing is known, so nothing is said
