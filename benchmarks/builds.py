"""What building costs as it grows, and what building again costs."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.measure import Row, kgraph
from kgraph.model import Record


def write_rows(records: list[Record], path: Path) -> None:
    """Write `records` as JSON lines that `kgraph build` reads."""
    with path.open("w", encoding="utf-8") as out:
        for record in records:
            row = {"id": record.source_id, "title": record.title, "abstract": record.abstract, "date": record.date}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def measure(records: list[Record], sizes: list[int], folder: Path) -> list[Row]:
    """Return time and peak memory of builds of each size, and of a rebuild after 1 % new papers and after no change."""
    rows = []
    for size in sizes:
        source, out = folder / f"{size}.jsonl", folder / f"out-{size}"
        start = size - max(1, size // 100)
        write_rows(records[:start], source)
        first = kgraph("build", str(source), "-o", str(out), "--quiet")
        write_rows(records[:size], source)
        again = kgraph("rebuild", "-o", str(out), "--quiet")
        same = kgraph("rebuild", "-o", str(out), "--quiet")
        fresh = kgraph("build", str(source), "-o", str(folder / f"fresh-{size}"), "--quiet")
        rows += [
            Row(
                f"build, {size} papers",
                f"{fresh.seconds:.1f} s ({fresh.cpu:.1f} s of CPU), {fresh.peak:.0f} MiB",
                note=f"first {first.seconds:.1f} s",
            ),
            Row(
                f"rebuild, {size} papers, 1 % of them new",
                f"{again.seconds:.1f} s ({again.cpu:.1f} s of CPU), {again.peak:.0f} MiB",
                f"fresh build: {fresh.seconds:.1f} s",
                fresh.seconds / again.seconds,
            ),
            Row(
                f"rebuild, {size} papers, nothing new",
                f"{same.seconds:.1f} s",
                f"fresh build: {fresh.seconds:.1f} s",
                fresh.seconds / same.seconds,
            ),
        ]
    return rows
