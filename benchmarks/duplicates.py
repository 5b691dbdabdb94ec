"""How well records of one paper come together: `python -m benchmarks.duplicates [--labelled FILE] [--among FILE]`.

The labelled file has groups of records that are one paper, one JSON object per line: {"records": [{"id", "title",
"abstract", "year", "venue"}, ...]}. Prints pairwise precision and recall of the groups by themselves and among other
papers, and every pair that went wrong.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from kgraph.identifiers import arxiv_id, doi
from kgraph.model import Record
from kgraph.resolve.papers.same_paper import clusters
from kgraph.resolve.papers.titles import title_key

CORPORA = Path(__file__).resolve().parent.parent.parent / "shared" / "corpora"
SIZES = (0, 10_000, 100_000)


@dataclass(frozen=True)
class Outcome:
    """Pairs of records: `wanted` are labelled as one paper, `found` were brought together with a labelled record, of
    which `right` are wanted; `wrong` and `missed` are the titles of the others. `seconds` are of CPU.
    """

    wanted: int
    found: int
    right: int
    wrong: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]
    seconds: float

    @property
    def precision(self) -> float:
        """The part of the pairs found that is right; 1 where none was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The part of the wanted pairs that was found; 1 where none was wanted."""
        return self.right / self.wanted if self.wanted else 1.0


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def record(row: dict[str, Any], number: int) -> Record:
    """Return the record of a row; an id counts as what it is, an arXiv id or a DOI."""
    given = str(row.get("id") or "")
    return Record(
        row["title"],
        row.get("abstract") or "",
        source=str(number),
        source_id=given,
        arxiv=arxiv_id(given),
        doi=doi(given),
        date=str(row.get("year") or ""),
        venue=row.get("venue") or "",
    )


def measure(groups: Sequence[Sequence[dict[str, Any]]], others: Sequence[dict[str, Any]]) -> Outcome:
    """Return how the records of `groups` are brought together in one pool with `others`, which are papers of their own
    (those with a title of the groups are left out, for nobody has labelled them).
    """
    known = {title_key(row["title"]) for group in groups for row in group}
    pool = [(row, n) for n, group in enumerate(groups) for row in group]
    pool += [(row, -n) for n, row in enumerate(others, 1) if title_key(row["title"]) not in known]
    labelled = sorted(
        ((record(row, n), group) for n, (row, group) in enumerate(pool)), key=lambda item: (item[0].id, item[0].source)
    )
    records, group = [r for r, _ in labelled], [g for _, g in labelled]
    began = time.process_time()
    together = clusters(records)
    seconds = time.process_time() - began
    pairs = [(a, b) for cluster in together for a, b in combinations(cluster, 2) if group[a] >= 0 or group[b] >= 0]
    right = {(a, b) for a, b in pairs if group[a] == group[b]}
    members: dict[int, list[int]] = {}
    for i, g in enumerate(group):
        if g >= 0:
            members.setdefault(g, []).append(i)
    wanted = [pair for own in members.values() for pair in combinations(own, 2)]
    return Outcome(
        sum(n * (n - 1) // 2 for n in Counter(g for g in group if g >= 0).values()),
        len(pairs),
        len(right),
        tuple((records[a].title, records[b].title) for a, b in pairs if (a, b) not in right),
        tuple((records[a].title, records[b].title) for a, b in wanted if (a, b) not in right),
        seconds,
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.duplicates", description=__doc__)
    parser.add_argument("--labelled", type=Path, default=CORPORA / "duplicates-dev.jsonl.gz", help="labelled groups")
    parser.add_argument("--among", type=Path, default=CORPORA / "abstracts-100k.jsonl.gz", help="other papers")
    asked = parser.parse_args()
    for path in (asked.labelled, asked.among):
        if not path.exists():
            parser.error(f"there is no {path}")
    groups = [row["records"] for row in rows(asked.labelled)]
    others = list(rows(asked.among))
    print("| among | wanted pairs | found | right | precision | recall | CPU |\n|---|---|---|---|---|---|---|")
    outcomes = []
    for size in SIZES:
        step = max(1, len(others) // size) if size else 0
        found = measure(groups, others[::step][:size] if step else [])
        outcomes.append(found)
        print(
            f"| {size:,} others | {found.wanted:,} | {found.found:,} | {found.right:,} | {found.precision:.4f}"
            f" | {found.recall:.4f} | {found.seconds:.1f} s |"
        )
    for word in ("wrong", "missed"):
        for a, b in sorted({pair for outcome in outcomes for pair in getattr(outcome, word)}):
            print(f"{word}: {a!r} and {b!r}")


if __name__ == "__main__":
    main()
