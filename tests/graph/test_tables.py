"""Tables hold a build without loss, and the same build gives the same bytes."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgraph.errors import GraphError
from kgraph.export.build_json import write_build_json
from kgraph.export.parquet import write_tables
from kgraph.export.registry import Build
from kgraph.graph import rows, tables
from kgraph.model import (
    Citation,
    CoMention,
    Entity,
    Extraction,
    Knowledge,
    Mention,
    Paper,
    Provenance,
    Record,
    Relation,
    RelationMention,
    ResolvedMention,
)
from tests.toy import toy

GOLDEN = Path(__file__).parent / "tables.schema.txt"


def wide(build: Build, folder: Path) -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    write_tables(build, folder / "tables")
    write_build_json(build, folder / "build.json")
    return folder


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
st.register_type_strategy(str, texts)
st.register_type_strategy(int, st.integers(-(2**63), 2**63 - 1))
st.register_type_strategy(float, st.floats(allow_nan=False))
st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False))


@pytest.mark.parametrize(
    "row", [Record, Paper, Entity, Mention, RelationMention, ResolvedMention, Relation, CoMention, Citation]
)
def test_every_row_type_comes_back(row: type) -> None:
    @settings(max_examples=30)
    @given(st.lists(st.from_type(row), max_size=4))
    def comes_back(values: list[Any]) -> None:
        table = rows.to_table(row, values)
        assert table.schema == rows.schema(row)
        assert list(rows.from_table(row, table)) == values

    comes_back()


def extraction(text: str) -> st.SearchStrategy[Extraction]:
    return st.builds(
        Extraction,
        text=st.just(text),
        mentions=st.lists(st.from_type(Mention), max_size=2).map(tuple),
        relations=st.lists(st.from_type(RelationMention), max_size=2).map(tuple),
    )


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_a_build_comes_back(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    ids = data.draw(st.sets(texts, max_size=3))
    said = {text: data.draw(extraction(text)) for text in ids}
    records = tuple(data.draw(st.lists(st.from_type(Record), max_size=2)))
    known = data.draw(
        st.builds(
            Knowledge,
            papers=st.lists(st.from_type(Paper), max_size=2).map(tuple),
            relations=st.lists(st.from_type(Relation), max_size=2).map(tuple),
        )
    )
    folder = wide(Build(known, records, said), tmp_path_factory.mktemp("build") / "out")
    assert tables.load(folder) == known
    assert tables.load_extractions(folder) == said
    assert tables.load_records(folder) == records


def test_the_toy_comes_back(tmp_path: Path) -> None:
    assert tables.load(wide(Build(toy()), tmp_path / "out")) == toy()


def test_lone_surrogates_become_replacement_characters(tmp_path: Path) -> None:
    labels = {e.label for e in tables.load(wide(Build(toy(hostile=True)), tmp_path / "out")).entities}
    assert "lone \ufffd surrogate \ufffd" in labels


def test_repeated_options_come_back(tmp_path: Path) -> None:
    options = (("base-iri", "https://e.org/"), ("vocab", "a.ttl"), ("vocab", "b.ttl"))
    known = replace(toy(), provenance=Provenance("1", (), options))
    assert tables.load(wide(Build(known), tmp_path / "out")).provenance.options == options


def test_same_build_same_bytes(tmp_path: Path) -> None:
    first, second = (wide(Build(toy(hostile=True)), tmp_path / name) for name in "ab")
    for path in sorted(first.rglob("*.*")):
        assert path.read_bytes() == (second / path.relative_to(first)).read_bytes(), path


def test_schema_is_the_documented_one() -> None:
    """The columns that users rely on; a change here is a change of the format."""
    shown = []
    for name, table in tables.tables(Knowledge(), (), {}):
        shown.append(name)
        shown += [f"  {f.name}: {f.type}{'' if f.nullable else ' not null'}" for f in table.schema]
    assert GOLDEN.read_text(encoding="utf-8").splitlines() == shown


def damage_nothing(folder: Path) -> None:
    (folder / "build.json").unlink()


def damage_json(folder: Path) -> None:
    (folder / "build.json").write_text("{", encoding="utf-8")


def damage_keys(folder: Path) -> None:
    (folder / "build.json").write_text("[]", encoding="utf-8")


def lose_table(folder: Path) -> None:
    (folder / "tables" / "papers.parquet").unlink()


def damage_table(folder: Path) -> None:
    (folder / "tables" / "papers.parquet").write_bytes(b"PAR1 no more PAR1")


def change_table(folder: Path) -> None:
    (folder / "tables" / "papers.parquet").write_bytes((folder / "tables" / "entities.parquet").read_bytes())


@pytest.mark.parametrize("damage", [damage_nothing, damage_json, damage_keys, lose_table, damage_table, change_table])
def test_a_damaged_export_says_what_to_do(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    folder = wide(Build(toy()), tmp_path / "out")
    damage(folder)
    with pytest.raises(GraphError) as caught:
        tables.load(folder)
    assert str(folder) in str(caught.value)
    assert "build" in caught.value.remedy
