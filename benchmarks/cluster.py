"""What a build on a cluster would cost, on paper: figures measured on one machine, times how many works there are.

All works are read and sorted into papers, those with an abstract go through the rest; stages are linear in what they
read, but for two sorts of titles, whose logarithm is left out. Citations cost what they take more. `Measured` holds
what the run of docs/cluster.md gave, `Plan` what a user plans. What works without an abstract add to tables and triples
is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.measure import Row


@dataclass(frozen=True)
class Measured:
    """Per paper, from 10,000 abstracts (12.6 MiB) on `local-cluster[2,1,2048]` of a two-core machine that was shared.

    Milliseconds are those of tasks by Spark's own count, thus from above: other work had the cores half of the time.
    `parse` is reading one work of OpenAlex, 30 KB of JSON. What begins with `cites` is what a second run with 182,323
    citations took more, by citation, the works outside that they name included.
    """

    papers: int = 10_000
    tasks_ms: float = 192_400 / 10_000
    cpu_ms: float = 126_600 / 10_000
    find_papers: float = (1.45 + 10.73) / 103.0  # the share of reading and finding papers in all stages
    shuffle: float = 179_395_884 / 10_000
    tables: float = 13_048_594 / 10_000
    packed_triples: float = 10_923_568 / 10_000
    triples: float = 946_542 / 10_000
    cites_ms: float = (164_700 - 126_600) / 182_323
    cites_shuffle: float = (235_370_183 - 179_395_884) / 182_323
    cites_tables: float = (15_557_420 - 13_048_594) / 182_323
    cites_triples: float = (1_240_579 - 946_542) / 182_323
    cites_packed: float = (16_829_092 - 10_923_568) / 182_323
    nanopublications: float = 5_106_596 / 10_000
    neo4j: float = 7_841_874 / 10_000
    parse_ms: float = 0.216
    parse_bytes: float = 30_452.0


@dataclass(frozen=True)
class Plan:
    """Works to read, their bytes as OpenAlex gives them, how many have an abstract, citations, cores, and bytes a
    second that a core gets from the store."""

    works: int = 250_000_000
    packed: float = 330e9
    unpacked: float = 1.6e12
    with_abstract: float = 0.5
    cites: float = 2.5e9
    cores: int = 256
    bandwidth: float = 25e6


def core_hours(plan: Plan, once: Measured, per_paper_ms: float) -> float:
    """Return the core-hours of a build in which a paper costs `per_paper_ms`.

    parse + works * find_papers * ms + works * with_abstract * (1 - find_papers) * ms
    """
    parse = plan.unpacked / once.parse_bytes * once.parse_ms
    found = plan.works * once.find_papers * per_paper_ms
    rest = plan.works * plan.with_abstract * (1 - once.find_papers) * per_paper_ms
    return (parse + found + rest) / 3.6e6


def model(plan: Plan, once: Measured) -> list[tuple[str, str]]:
    """Return what a build reads, computes, moves and writes."""
    texts = plan.works * plan.with_abstract
    low, high = core_hours(plan, once, once.cpu_ms), core_hours(plan, once, once.tasks_ms)
    reading = plan.packed / plan.bandwidth / 3600
    return [
        ("works, of these with an abstract", f"{plan.works / 1e6:,.0f} M, {texts / 1e6:,.0f} M"),
        ("read", f"{plan.packed / 1e9:,.0f} GB packed, {plan.unpacked / 1e12:.1f} TB unpacked"),
        ("wait for it", f"{reading:,.1f} core-hours at {plan.bandwidth / 1e6:.0f} MB/s a core"),
        ("compute", f"{low:,.0f} to {high:,.0f} core-hours"),
        ("on the cluster", f"{(high + reading) / plan.cores:,.1f} hours on {plan.cores} cores"),
        ("moved between machines", f"{texts * once.shuffle / 1e12:,.1f} TB written and read once"),
        ("tables", f"{texts * once.tables / 1e9:,.0f} GB of Parquet"),
        ("triples", f"{texts * once.triples / 1e9:,.1f} billion, {texts * once.packed_triples / 1e9:,.0f} GB packed"),
        ("with citations", _citations(plan, once)),
        ("with --nanopubs", f"{texts * once.nanopublications / 1e9:,.0f} GB packed"),
        ("with --neo4j", f"{texts * once.neo4j / 1e9:,.0f} GB packed, those of citations included"),
    ]


def _citations(plan: Plan, once: Measured) -> str:
    moved, kept = plan.cites * once.cites_shuffle / 1e12, plan.cites * once.cites_tables / 1e9
    lines, packed = plan.cites * once.cites_triples / 1e9, plan.cites * once.cites_packed / 1e9
    hours = plan.cites * once.cites_ms / 3.6e6
    return (
        f"{plan.cites / 1e9:,.1f} billion: {hours:,.0f} core-hours, {moved:,.1f} TB moved, {kept:,.0f} GB of Parquet, "
        f"{lines:,.1f} billion triples, {packed:,.0f} GB packed"
    )


def rows(plan: Plan | None = None, once: Measured | None = None) -> list[Row]:
    """Return the model of a build of OpenAlex's snapshot as lines of the table."""
    return [Row(f"cluster, on paper: {what}", cost) for what, cost in model(plan or Plan(), once or Measured())]
