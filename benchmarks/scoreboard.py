"""The scoreboard of the docs: `python -m benchmarks.scoreboard [--gold FOLDER]`.

Every gold set in the folder whose texts are at hand is extracted and scored; writes docs/scoreboard.md and the table of
the README.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from pathlib import Path

from kgraph.engine import open_engine
from kgraph.pipeline.build import build
from kgraph.pipeline.options import Options
from kgraph.pipeline.progress import Silent
from kgraph.pipeline.said import rows
from kgraph.score import ROWS, Score, read, score, title_key

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT.parent / "shared" / "gold"
LEARNT_FROM = ("train-other",)
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
HEAD = """# Scoreboard

Made by `python -m benchmarks.scoreboard`; scored by the rules of `kgraph score`. A thing counts as found when kind and
name agree, a relation when type and both ends agree. *dev* are papers of saved Hugging Face pages, *dev-other* are of
computer-architecture venues and recent Hugging Face pages. Nothing was learnt from either: names and relations are
learnt from *train-other* and from annotations in [tools/annotations](../tools/annotations/README.md). But the errors on
*dev* were read while the first rules were written, which flatters it; since then both have only been measured.
*train-other* is shown to tell how much is remembered, not how good it is. Numbers in brackets: things in gold.
"""


def texts_of(gold: Path) -> Path | None:
    """Return where the texts of a gold file are: beside it, else the folder of saved pages; None where neither is."""
    beside = gold.with_name(f"{gold.stem}-texts.jsonl")
    pages = gold.parent.parent / "seeds"
    return next((place for place in (beside, pages) if place.exists()), None)


def scored(gold: Path, texts: Path) -> Score:
    """Return how extraction of `texts` agrees with the annotations in `gold`."""
    with open_engine("local", None) as engine:
        result = build([str(texts)], Options(), engine, Silent())
    found = {title_key(row["title"]): row for row in rows(result)}
    with gold.open(encoding="utf-8") as lines:
        return score(read(lines, str(gold)), found)


def table(results: dict[str, Score], names: Iterable[str] = ROWS) -> list[str]:
    """Return precision, recall and F1 of every set as the lines of a Markdown table."""
    lines = ["| | " + " | ".join(f"{name}: P / R / **F1**" for name in results) + " |", "|---|" + "---|" * len(results)]
    for row in names:
        cells = []
        for result in results.values():
            f = result.tallies[row].figures()
            cells.append(f"{f['P']:.2f} / {f['R']:.2f} / **{f['F1']:.2f}** ({f['gold']})")
        lines.append(f"| {row.replace('_', ' ')} | " + " | ".join(cells) + " |")
    for name in ("polarity accuracy", "value accuracy"):
        lines.append(f"| {name} | " + " | ".join(f"**{r.figures()[name]:.2f}**" for r in results.values()) + " |")
    return lines


def reliability(results: Iterable[Score]) -> list[str]:
    """Return how often things of each confidence are right, as the lines of a Markdown table."""
    judged = [item for result in results for item in result.judged]
    groups = {"entities": False, "relations": True}
    lines = [
        "| confidence | " + " | ".join(f"{g}: number, right" for g in groups) + " |",
        "|---|" + "---|" * len(groups),
    ]
    for low, high in zip(BINS, (*BINS[1:], 1.01), strict=True):
        cells = []
        for relation in groups.values():
            right = [r for row, c, r in judged if ("_" in row) == relation and low <= c < high]
            cells.append(f"{len(right)}, {sum(right) / len(right):.2f}" if right else "0")
        name = f"{low:g} to {high:g}" if high <= 1 else f"{low:g}"
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def main() -> None:
    """Write docs/scoreboard.md and the README's table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scoreboard", description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD, help="folder of annotated papers")
    asked = parser.parse_args()
    results = {}
    for gold in sorted(asked.gold.glob("*.jsonl")):
        if not gold.stem.endswith("-texts") and (texts := texts_of(gold)):
            results[gold.stem] = scored(gold, texts)
    if not results:
        parser.error(f"no annotated papers with their texts in {asked.gold}")
    unseen = {name: result for name, result in results.items() if name not in LEARNT_FROM}
    body = [
        HEAD,
        *table(unseen),
        "",
        "## How confident, how often right",
        "",
        "On the papers from which nothing was learnt:",
        "",
        *reliability(unseen.values()),
        "",
        "## What it learnt from",
        "",
        *table({name: result for name, result in results.items() if name in LEARNT_FROM}),
        "",
    ]
    (ROOT / "docs" / "scoreboard.md").write_text("\n".join(body), encoding="utf-8")
    readme = ROOT / "README.md"
    parts = ("<!-- scoreboard -->", "<!-- /scoreboard -->")
    shown = "\n".join([parts[0], *table(unseen), parts[1]])
    text = re.sub(f"{parts[0]}.*{parts[1]}", lambda _: shown, readme.read_text(encoding="utf-8"), flags=re.DOTALL)
    readme.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
