"""Builds that leave out what is not sure enough."""

import shutil
from pathlib import Path

import pytest

import kgraph
from kgraph.cli import main
from kgraph.model import Knowledge, RelationType

LEAST = 0.9


def sureness(known: Knowledge) -> dict[tuple[str, str], float]:
    """How sure each (paper, entity) is: its surest mention."""
    found: dict[tuple[str, str], float] = {}
    for m in known.mentions:
        found[m.paper, m.entity] = max(found.get((m.paper, m.entity), 0.0), m.confidence)
    return found


def test_only_what_is_sure_enough_stays() -> None:
    every = kgraph.build().knowledge
    sure = kgraph.build(min_confidence=LEAST).knowledge
    before, after = sureness(every), sureness(sure)
    assert min(before.values()) < LEAST <= min(after.values())
    # ids may change where homonyms go, papers and surfaces may not
    kept = {(m.paper, m.where, m.start, m.end) for m in sure.mentions}
    assert kept < {(m.paper, m.where, m.start, m.end) for m in every.mentions}
    stated = [r for r in sure.relations if r.type is not RelationType.INTRODUCES]
    assert min(r.confidence for r in stated) >= LEAST > min(r.confidence for r in every.relations)
    assert {r.evidence for r in sure.relations} < {r.evidence for r in every.relations}
    named = {m.entity for m in sure.mentions}
    assert {end for c in sure.comentions for end in (c.a, c.b)} <= named
    assert {r.object for r in sure.relations} <= named


def test_a_rebuild_remembers_and_why_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, again = tmp_path / "out", tmp_path / "again"
    assert main(["-q", "build", "-o", str(out), "--min-confidence", str(LEAST)]) == 0
    shutil.copytree(out, again)
    (again / "graph.ttl").unlink()
    assert main(["-q", "rebuild", "-o", str(again)]) == 0
    for file in ("graph.ttl", "relations.csv", "build.json"):
        assert (again / file).read_bytes() == (out / file).read_bytes()
    assert main(["check", "--graph", str(out)]) == 0
    decisions = kgraph.build(min_confidence=LEAST)._build.decisions
    doubtful = [d for d in decisions if d.rule == "doubtful"]
    assert doubtful
    assert all(d.reason.endswith(f"is below {LEAST}") for d in doubtful)
    capsys.readouterr()


@pytest.mark.parametrize("given", ["1.5", "-0.1", "much"])
def test_what_is_no_confidence_is_refused(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--min-confidence", given]) == 2
    assert "--min-confidence" in capsys.readouterr().err
