"""Spark against the local engine: the same functions and the same SQL give the same tables."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pytest

from kgraph.engine import open_engine
from kgraph.engine.local import LocalEngine
from kgraph.engine.spark import SparkEngine
from kgraph.link.comentions import comentions
from kgraph.model import ResolvedMention, Where
from kgraph.pipeline.build import build
from kgraph.pipeline.options import Options
from kgraph.pipeline.progress import Silent
from tests import toy


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkEngine]:
    if shutil.which("java") is None:
        if os.environ.get("CI"):
            pytest.fail("no Java on this machine; Spark can't be tested")
        pytest.skip("NO JAVA HERE: the Spark engine is not tested (apt-get install openjdk-17-jre-headless)")
    pytest.importorskip("pyspark")
    with SparkEngine(2) as engine:
        yield engine


def lengths(rows: Sequence[str]) -> list[tuple[str, int]]:
    return [(row, len(row)) for row in rows]


def test_rows_come_back_in_order(spark: SparkEngine) -> None:
    rows = ["x" * n for n in random.Random(3).sample(range(2000), 300)]
    with LocalEngine(1) as local:
        expected = [row for part in local.map(lengths, rows, cost=len) for row in part]
    assert [row for part in spark.map(lengths, rows, cost=len) for row in part] == expected
    assert not list(spark.map(lengths, [], cost=len))


def test_comentions_are_the_same_to_the_last_digit(spark: SparkEngine) -> None:
    chance = random.Random(7)
    mentions = [
        ResolvedMention(f"paper/{p}", f"system/{e}é", Where.ABSTRACT, 0, 1, "x", chance.randrange(4), 9)
        for p in range(120)
        for e in chance.sample(range(40), chance.randrange(8))
    ]
    with LocalEngine(2) as local:
        expected = comentions(local, 120, mentions)
    assert len(expected) > 200
    assert comentions(spark, 120, mentions) == expected


def test_toy_comentions(spark: SparkEngine) -> None:
    knowledge = toy.toy()
    with LocalEngine(2) as local:
        expected = comentions(local, len(knowledge.papers), knowledge.mentions)
    assert comentions(spark, len(knowledge.papers), knowledge.mentions) == expected


def test_a_build_is_the_same(spark: SparkEngine) -> None:
    on_spark = build([], Options(), spark, Silent()).build
    with LocalEngine(1) as local:
        here = build([], Options(), local, Silent()).build
    assert on_spark.knowledge == here.knowledge
    assert on_spark.extractions == here.extractions


def test_tables_go_there_and_back(spark: SparkEngine) -> None:
    table = pa.table({"name": ["b", "a", "ü"], "n": [2, 1, 3]})
    spark.load("things", table)
    spark.sql("sorted_things", "SELECT name, n FROM things ORDER BY n")
    assert spark.fetch("sorted_things").to_pylist() == table.sort_by("n").to_pylist()


def test_engines_open_by_name() -> None:
    assert isinstance(open_engine("spark", 1), SparkEngine)


def test_rows_pass_one_task_in_order_and_know_what_follows(spark: SparkEngine) -> None:
    values = [str(value) for value in random.Random(5).sample(range(5000), 900)]
    spark.spread(80 << 20)  # five partitions
    rows = spark.rows(values, 7).sorted_by(str)
    assert rows.in_turn(lambda found: [list(found)]).few(1, "lists") == [sorted(values)]
    ahead = rows.ahead(3).few(10, "partitions")
    assert len(ahead) == 5
    assert [value for here, _ in ahead for value in here] == sorted(values)
    assert [following for _, following in ahead] == [here[:3] for here, _ in [*ahead[1:], ([], [])]]
