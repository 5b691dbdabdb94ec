"""Which number of a sentence belongs to which comparison, and what it measures."""

import pytest

from kgraph.extract.relations import relations
from kgraph.model import RelationMention, RelationType
from tests.extract.marked import marked


def found(source: str) -> list[RelationMention]:
    text, mentions = marked(source)
    return [r for r in relations("", text, mentions) if r.type is RelationType.COMPARES_AGAINST]


# text, then object, polarity, metric and number of each comparison
MEASURED = [
    (
        "{Swift!} has 4x, 3x and 2x better throughput, energy efficiency and area efficiency than {Orca}.",
        [
            ("Orca", "better", "throughput", "4x"),
            ("Orca", "better", "energy efficiency", "3x"),
            ("Orca", "better", "area efficiency", "2x"),
        ],
    ),
    (
        "{Swift!} reduces job latency and energy consumption by 20% and 30%, respectively, compared to {Orca}.",
        [("Orca", "better", "job latency", "20%"), ("Orca", "better", "energy consumption", "30%")],
    ),
    (
        "{Swift!} achieves page faults fewer by 28%, 2x speedup, and energy reduction by 17% over {Orca}.",
        [("Orca", "better", "speedup", "2x"), ("Orca", "better", "", "28%"), ("Orca", "better", "", "17%")],
    ),
    (
        "We propose {Swift!}, reducing startup time by 25% and swap memory by 33% compared to {Orca}.",
        [("Orca", "better", "startup time", "25%"), ("Orca", "better", "swap memory", "33%")],
    ),
    ("{Swift!} surpasses {Orca} in accuracy by 3%.", [("Orca", "better", "accuracy", "3%")]),
    ("{Swift!} achieves 2x improvement in terms of latency over {Orca}.", [("Orca", "better", "latency", "2x")]),
    (
        "Compared to {Orca}, {Swift!} lowers the average number of cache lookups by 20%.",
        [("Orca", "better", "", "20%")],
    ),
    (
        "Compared to {Orca}, {Swift!} shows 2x improved energy efficiency.",
        [("Orca", "better", "energy efficiency", "2x")],
    ),
    ("{Swift!} outperforms {Orca} by 1.5 BLEU points.", [("Orca", "better", "BLEU", "1.5 BLEU points")]),
    ("{Swift!} outperforms {Orca} by 1.5 percentage points.", [("Orca", "better", "", "1.5 percentage points")]),
    ("{Swift!} reduces model serving latency by 2x over {Orca}.", [("Orca", "better", "model serving latency", "2x")]),
    (
        "{Swift!} halves model loading time and is 2x faster than {Orca}.",
        [("Orca", "better", "speed", "2x")],
    ),
    ("{Swift!} needs only 40% of the inference time of {Orca}.", [("Orca", "better", "inference time", "40%")]),
    ("{Swift!} supports 8x the context size of {Orca}.", [("Orca", "better", "context size", "8x")]),
    (
        "{Swift!} runs 2x faster with only a 1% accuracy drop compared to {Orca}.",
        [("Orca", "better", "speed", "2x"), ("Orca", "worse", "accuracy drop", "1%")],
    ),
    ("{Swift!} incurs a 2% area overhead compared to {Orca}.", [("Orca", "worse", "area overhead", "2%")]),
    (
        "{Swift!} outperforms {Orca} [3] and {vLLM} [4], which reduce misses by 5% and 7%.",
        [("Orca", "better", "", None), ("vLLM", "better", "", None)],
    ),
    (
        "{Swift!} surpasses {Orca}, while reducing latency by 10x compared to unbatched sampling.",
        [("Orca", "better", "", None)],
    ),
    (
        "Compared with {Orca}, {Swift!} achieves a speedup of 2x over four real workloads.",
        [("Orca", "better", "", "2x")],
    ),
    (
        "Compared with {Orca}, {Swift!} is faster and performs well (within a factor of 2) elsewhere.",
        [("Orca", "better", "", None)],
    ),
]


@pytest.mark.parametrize(("source", "expected"), MEASURED, ids=lambda v: v[:50] if isinstance(v, str) else "")
def test_numbers_and_metrics(source: str, expected: list[tuple[str, str, str, str | None]]) -> None:
    got = [(r.object, str(r.polarity), r.metric, r.value.text if r.value else None) for r in found(source)]
    assert got == expected
