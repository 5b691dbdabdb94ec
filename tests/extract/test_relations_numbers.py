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
        "{Swift!} raises the hit rate by 1.2x on {A100#} and 1.4x on {H100#} compared to {Orca}.",
        [("Orca", "better", "hit rate", "1.2x"), ("Orca", "better", "hit rate", "1.4x")],
    ),
    ("{Swift!} has much lower tail latency than {Orca}.", [("Orca", "better", "tail latency", None)]),
    ("{Swift!} is faster than {Orca}.", [("Orca", "better", "speed", None)]),
    ("{Swift!} is more robust than {Orca}.", [("Orca", "better", "robustness", None)]),
    ("{Swift!} has higher memory consumption than {Orca}.", [("Orca", "worse", "memory consumption", None)]),
    ("{Swift!} further improves hit rate over {Orca}.", [("Orca", "better", "hit rate", None)]),
    ("{Swift!} gives more accurate results than {Orca}.", [("Orca", "better", "", None)]),
    ("{Swift!} outperforms {Orca}.", [("Orca", "better", "", None)]),
    ("{Swift!} renders scenes twice as fast as {Orca}.", [("Orca", "better", "speed", "twice")]),
    ("{Swift!} is 1.7x as compute-efficient as {Orca}.", [("Orca", "better", "", "1.7x")]),
    ("{Swift!} surpasses the leading {Orca} in hit rate by 3%.", [("Orca", "better", "hit rate", "3%")]),
    (
        "{Swift!} has 9x (4x) higher area (power) efficiency than {Orca}.",
        [("Orca", "better", "", "9x"), ("Orca", "better", "", "4x")],
    ),
    (
        "{Swift!} shortens the completion length by 90% compared to {Orca}.",
        [("Orca", "better", "completion length", "90%")],
    ),
    (
        "{Swift!} reduces the completion length by 90% compared to {Orca}.",
        [("Orca", "better", "completion length", "90%")],
    ),
    (
        "On a degradation benchmark, {Swift!} reduces misses by 18% over others and 38% over {Orca}.",
        [("Orca", "better", "", "38%")],
    ),
    (
        "Compared to {Orca}, {Swift!} cuts stalls by up to 3x, and network round-trip latency by 30%.",
        [("Orca", "better", "network round-trip latency", "30%"), ("Orca", "better", "stalls", "3x")],
    ),
    (
        "{Swift!} brings a 50x decrease in memory compared to full tuning and a 9x reduction relative to {Orca}.",
        [("Orca", "better", "", "9x")],
    ),
    ("{Swift!} outperforms {Orca} by gmean 40x and the best earlier server by 11x.", [("Orca", "better", "", "40x")]),
    (
        "{Swift!} beats {Orca} and {vLLM}: 85% vs. 77%/78% here.",
        [("Orca", "better", "", "85%"), ("vLLM", "better", "", "85%")],
    ),
    ("{Swift!} reaches 79% success, outperforming {Orca} at 39%.", [("Orca", "better", "", None)]),
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


# text, then the kind and unit of the first number
REACHED = [
    ("{Swift!} reaches 91% retrieval accuracy versus 54% for {Orca}.", ("absolute", "%")),
    ("{Swift!} improves over {Orca} from 20% to 70% on hard tasks.", ("absolute", "%")),
    ("{Swift!} surpasses {Orca} on deep tasks (89% vs. 43%).", ("absolute", "%")),
    ("Compared to {Orca}, {Swift!} shows gains from 20% to 70%.", ("percent", "")),
    ("Compared to {Orca}, {Swift!} brings a speedup of 13%.", ("percent", "")),
    ("Compared to {Orca}, {Swift!} needs only 9% of the time.", ("percent", "")),
    ("{Swift!} gives 51% over {Orca}.", ("percent", "")),
]


@pytest.mark.parametrize(("source", "expected"), REACHED)
def test_what_is_reached_is_no_difference(source: str, expected: tuple[str, str]) -> None:
    value = found(source)[0].value
    assert value is not None
    assert (value.kind.value, value.unit) == expected


# text, then object and polarity of each comparison
DIRECTIONS = [
    ("{Swift!} compares favorably with {Orca}.", [("Orca", "better")]),
    ("{Swift!} never performs worse than {Orca}.", [("Orca", "unspecified")]),
    ("{Swift!} achieves a significant speed up compared to {Orca}.", [("Orca", "better")]),
    ("{Swift!} mitigates the slowdown compared to {Orca}.", [("Orca", "better")]),
    ("{Swift!} yields larger effective sample sizes than {Orca}.", [("Orca", "better")]),
    ("{Swift!} has a smaller generalization gap than {Orca}.", [("Orca", "better")]),
    ("{Swift!} needs fewer assumptions for accurate estimates than {Orca}.", [("Orca", "better")]),
    ("{Swift!} achieves quality comparable to baselines such as {Orca}, while improving speed.", [("Orca", "similar")]),
    ("{Swift!} scores 0.9--surpassing strong baselines such as {Orca}.", [("Orca", "better")]),
    ("{Swift!} handles partial parity updates due to the writes of {Orca}.", []),
    ("{Swift!} describes designs as complicated as {Orca}.", []),
    ("{Swift!} narrows the performance gap between {Orca} and {vLLM}.", []),
    ("{Swift!} closes the gap between {Orca} and our server.", [("Orca", "similar")]),
    ("Recently, accelerators for index search have emerged that outperform {Orca}. {Swift!} is one.", []),
    ("In practice, existing systems for search are slower than {Orca}. {Swift!} is not.", []),
    ("Compared to earlier work, {Orca} reduces latency by 2x. {Swift!} goes on.", []),
    ("Compared to earlier work, the {Orca} system reduces latency by 2x. {Swift!} goes on.", []),
    ("{Swift!} is 2x faster than state-of-the-art {Orca}-based servers.", []),
    ("{Swift!} is 2x faster than SOTA {FPGA##} accelerators.", []),
]


@pytest.mark.parametrize(("source", "expected"), DIRECTIONS, ids=lambda v: v[:50] if isinstance(v, str) else "")
def test_directions(source: str, expected: list[tuple[str, str]]) -> None:
    assert [(r.object, str(r.polarity)) for r in found(source)] == expected
