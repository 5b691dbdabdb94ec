"""Views made from a part of an export are those made from the whole."""

from dataclasses import replace
from pathlib import Path

import pytest

from kgraph.export.build_json import write_build_json
from kgraph.export.parquet import write_tables
from kgraph.export.registry import Build
from kgraph.graph.around import load_around
from kgraph.graph.lookup import find, label, nearest
from kgraph.graph.view import Views
from kgraph.model import Citation
from tests.toy import toy

KNOWN = replace(toy(), citations=(*toy().citations, Citation("paper/tidal-333333", "paper/s2-beyond")))
LABELS = {label(e) for e in KNOWN.entities} | {label(p) for p in KNOWN.papers}
NAMES = [*sorted(LABELS), "tidal", "NVIDIA A100", "2309.00002", "TIDAL 2"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("around")
    write_tables(Build(KNOWN), folder / "tables")
    write_build_json(Build(KNOWN), folder / "build.json")
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_same_views(folder: Path, name: str) -> None:
    things, part = load_around(folder, name)
    assert things == find(KNOWN, name)
    assert things
    for thing in things:
        assert Views(part).of(thing) == Views(KNOWN).of(thing)


def test_an_unknown_name_leaves_all_names_to_look_near(folder: Path) -> None:
    things, part = load_around(folder, "Tydal")
    assert things == ()
    assert nearest(part, "Tydal") == nearest(KNOWN, "Tydal")
    assert "Tidal" in nearest(part, "Tydal")


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("system/tidal", ["system/tidal"]),
        ("Apex", ["system/apex-0a1b2c", "system/apex-3d4e5f"]),
        ("a100 80gb", ["hardware/a100-80gb"]),
        ("Tidal-2", ["system/tidal-2"]),
        ("arXiv:2309.00002", ["paper/tidal-333333"]),
        ("tidal paging the cache of attention", ["paper/tidal-333333"]),
        ("", []),
        ("---", []),
    ],
)
def test_what_a_name_means(name: str, ids: list[str]) -> None:
    assert [thing.id for thing in find(KNOWN, name)] == ids
