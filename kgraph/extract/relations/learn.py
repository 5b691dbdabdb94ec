"""Fit the shipped weights from annotated papers: `python -m kgraph.extract.relations.learn (TEXTS GOLD)...`.

TEXTS holds {"title", "abstract"} rows, GOLD annotated papers (the rows of `kgraph extract`), both JSON lines. Logistic
regression with an L2 penalty, fitted by Newton's method (iteratively reweighted least squares), so that the same
input gives the same weights. Only weights are written; no text enters the file.

The first pair sets the standard: the threshold is the best on it, in cross-validation. Further pairs may come from
other readers, whose readiness to assert something is a feature of its own that is left out of the weights. Readings of
one paper share its weight and its fold. A row may list names that its reader left open, {"unjudged": {"runs_on":
[name]}}. GOLD may also be the compact form of tools/annotations/relations.jsonl, and TEXTS a corpus (.jsonl or
.jsonl.gz) that holds its papers among others.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kgraph.extract.relations.actors import spoken_of
from kgraph.extract.relations.clauses import Cast, Sentence, cast_of, sentences_with_names
from kgraph.extract.relations.comparisons import comparisons
from kgraph.extract.relations.contexts import features, scene_of
from kgraph.extract.relations.lineage import candidates as lineage_candidates
from kgraph.extract.relations.placements import candidates as placement_candidates
from kgraph.extract.relations.scoring import WEIGHTS
from kgraph.model import Kind, Level, Mention, Where
from kgraph.text import digest, key, sentences

L2 = 4.0
MIN_COUNT = 3
TOLERANCE = 0.04
"""Thresholds whose F1 is this near to the best are taken for as good; the lowest of them finds most."""
FOLDS = 5
Annotated = tuple[str, str, Mapping[str, Any], int]
"""Title, abstract, annotation and number of the reading, 0 for the one that sets the standard."""
Floats = npt.NDArray[np.float64]
TASKS: dict[str, Callable[[Sentence, Cast], Iterator[int]]] = {
    "runs_on": placement_candidates,
    "builds_on": lineage_candidates,
}


@dataclass(frozen=True, slots=True)
class Example:
    """One mention as training material: `holds` is None where another mention of the name carries the relation.

    `paper` is the digest of its title, `weight` the share of this reading among those of the paper.
    """

    paper: str
    name: str
    features: tuple[str, ...]
    holds: bool | None
    reader: int = 0
    weight: float = 1.0

    @property
    def fold(self) -> int:
        """In which part of the papers it is held out."""
        return int(self.paper, 16) % FOLDS


def annotated(title: str, abstract: str, entities: Iterable[Mapping[str, Any]]) -> tuple[Mention, ...]:
    """Return the mentions of annotated entities in a text, found by their surfaces; of overlapping ones the longest."""
    texts = {Where.TITLE: title, Where.ABSTRACT: abstract}
    spans = {Where.TITLE: [(0, len(title))], Where.ABSTRACT: sentences(abstract)}
    found: list[tuple[int, Where, int, int, Mapping[str, Any]]] = []
    for entity in entities:
        for surface in sorted({*entity["surfaces"], entity["name"]}):
            pattern = re.compile(rf"(?<!\w){re.escape(surface)}(?!\w)")
            for where, text in texts.items():
                found += [(m.start() - m.end(), where, m.start(), m.end(), entity) for m in pattern.finditer(text)]
    out: list[Mention] = []
    for _, where, start, end, entity in sorted(found, key=lambda f: f[:4]):
        if any(m.where is where and start < m.end and m.start < end for m in out):
            continue
        first, last = next(((a, b) for a, b in spans[where] if a <= start < b), (0, len(texts[where])))
        kind = Kind(entity["type"])
        level = Level(entity.get("level") or "product") if kind is Kind.HARDWARE else None
        surface = texts[where][start:end]
        out.append(
            Mention(
                where,
                start,
                end,
                surface,
                kind,
                entity["name"],
                first,
                max(last, end),
                level,
                bool(entity.get("introduced")),
            )
        )
    return tuple(sorted(out, key=lambda m: (m.where is not Where.TITLE, m.start)))


def examples(task: str, papers: Sequence[Annotated]) -> list[Example]:
    """Return one example for each candidate of a task in the annotated papers."""
    out: list[Example] = []
    readings = Counter(key(title) for title, *_ in papers)
    for title, abstract, gold, reader in papers:
        paper, weight = digest(key(title)), 1.0 / readings[key(title)]
        unjudged = set(gold.get("unjudged", {}).get(task, ()))
        mentions = annotated(title, abstract, gold["entities"])
        cast = cast_of(mentions)
        stated = [(r["object"], r["evidence"]) for r in gold["relations"] if r["type"] == task]
        told = list(spoken_of(sentences_with_names(title, abstract, mentions), cast))
        scene = scene_of(cast, mentions, (c.object for s, last in told for c in comparisons(s, cast, last)))
        for sentence, _ in told:
            for i in TASKS[task](sentence, cast):
                name = sentence.tokens[i].name
                evidence = [e for o, e in stated if o == name]
                holds = any(_covers(sentence, e, sentence.tokens[i].start) for e in evidence)
                row = sorted(features(sentence, i, scene))
                known = holds or (not evidence and name not in unjudged)
                row += [f"reader {reader}"] if reader else []
                out.append(Example(paper, name, tuple(row), holds if known else None, reader, weight))
    return out


def _covers(sentence: Sentence, evidence: str, at: int) -> bool:
    start = sentence.text.find(evidence)
    return start >= 0 and start <= at < start + len(evidence)


def fit(rows: Sequence[Example], names: Sequence[str]) -> Floats:
    """Return the weights of the named features that best explain the rows under the penalty; the first is the bias."""
    x, y = matrix(rows, names), np.array([bool(r.holds) for r in rows], dtype=np.float64)
    share = np.array([r.weight for r in rows])
    weights = np.zeros(len(names))
    penalty = np.full(len(names), L2)
    penalty[0] = 0.01
    for _ in range(60):
        p = 1.0 / (1.0 + np.exp(-x @ weights))
        gradient = x.T @ (share * (p - y)) + penalty * weights
        step = _solved(x, share * p * (1.0 - p) + 1e-6, penalty, gradient)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-8:
            break
    return weights


def _solved(x: Floats, spread: Floats, penalty: Floats, target: Floats) -> Floats:
    """Return the solution of (X' diag(spread) X + diag(penalty)) v = target by preconditioned conjugate gradients."""
    scale = (x * x).T @ spread + penalty
    out = np.zeros(len(target))
    rest = target.copy()
    along = near = rest / scale
    now = float(rest @ near)
    for _ in range(400):
        image = x.T @ (spread * (x @ along)) + penalty * along
        length = now / float(along @ image)
        out = out + length * along
        rest = rest - length * image
        if float(np.abs(rest).max()) < 1e-10:
            break
        near = rest / scale
        before, now = now, float(rest @ near)
        along = near + (now / before) * along
    return out


def matrix(rows: Sequence[Example], names: Sequence[str]) -> Floats:
    """Return rows by features: 1 where a row has a feature."""
    columns = {name: i for i, name in enumerate(names)}
    out = np.zeros((len(rows), len(names)))
    for r, row in enumerate(rows):
        out[r, [columns[f] for f in row.features if f in columns]] = 1.0
    return out


def vocabulary(rows: Sequence[Example]) -> list[str]:
    """Return the features that at least `MIN_COUNT` rows have, the bias first."""
    counts = Counter(f for row in rows for f in row.features)
    return ["bias", *sorted(f for f, n in counts.items() if n >= MIN_COUNT and f != "bias")]


def learn(task: str, papers: Sequence[Annotated]) -> dict[str, Any]:
    """Return {"weights": {feature: weight}, "threshold": p} of a task; the threshold is chosen in cross-validation."""
    rows = examples(task, papers)
    known = [r for r in rows if r.holds is not None]
    names = vocabulary(rows)
    total = sum(len({r["object"] for r in p[2]["relations"] if r["type"] == task}) for p in papers if p[3] == 0)
    unseen = np.zeros(len(rows))
    for fold in range(FOLDS):
        weights = fit([r for r in known if r.fold != fold], names)
        held = [i for i, r in enumerate(rows) if r.fold == fold]
        unseen[held] = 1.0 / (1.0 + np.exp(-matrix([rows[i] for i in held], names) @ weights))
    first = [i for i, r in enumerate(rows) if r.reader == 0]
    curve = {n / 100: _f1([rows[i] for i in first], unseen[first], total, n / 100) for n in range(25, 61, 5)}
    f1 = max(curve.values())
    threshold = min(t for t, value in curve.items() if value >= f1 - TOLERANCE)
    sys.stderr.write(
        f"{task}: {len(rows)} candidates, {len(names)} features, cross-validated F1 {f1:.3f} at {threshold}\n"
    )
    fitted = fit(known, names)
    return {
        "threshold": threshold,
        "weights": {n: round(float(w), 3) for n, w in zip(names, fitted, strict=True) if _kept(n, w)},
    }


def _f1(rows: Sequence[Example], scores: Floats, total: int, threshold: float) -> float:
    asserted: dict[tuple[str, str], bool] = {}
    for row, score in zip(rows, scores, strict=True):
        if score >= threshold:
            asserted[row.paper, row.name] = row.holds is not False
    right = sum(asserted.values())
    return 2 * right / max(1, len(asserted) + total)


def _kept(name: str, weight: float) -> bool:
    return abs(weight) >= 0.01 and not name.startswith("reader ")


def read(texts_path: Path, gold_path: Path, reader: int) -> list[Annotated]:
    """Return the annotated papers whose texts are there; of compact annotations each row says who read it.

    The two readers of one compact file count as two readings, and those of another file as others.
    """
    texts: dict[str, tuple[str, str]] = {}
    opened = gzip.open if texts_path.suffix == ".gz" else open
    with opened(texts_path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row.get("abstract"):
                texts.setdefault(digest(key(row["title"])), (row["title"], row["abstract"]))
    out: list[Annotated] = []
    for line in gold_path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = texts.get(row.get("paper") or digest(key(row["title"])))
        if text is not None and "paper" in row:
            out.append((*text, _expanded(row, text), 10 * reader + row["reader"]))
        elif text is not None:
            out.append((*text, row, reader))
    return out


def _expanded(row: Mapping[str, Any], text: tuple[str, str]) -> dict[str, Any]:
    """Return compact annotations, where offsets stand for evidence, as an annotated paper."""
    entities = [
        {"name": name, "type": kind, "introduced": introduced, "level": level, "surfaces": surfaces}
        for name, kind, introduced, level, *surfaces in row["names"]
    ]
    relations = [
        {"type": kind, "subject": subject, "object": target, "evidence": text[where][start:end]}
        for kind, subject, target, where, start, end in row["relations"]
    ]
    return {"entities": entities, "relations": relations, "unjudged": row["open"]}


def main(arguments: Sequence[str]) -> None:
    """Fit all tasks on the pairs of TEXTS and GOLD and write the weights into the package."""
    paths = [Path(a) for a in arguments]
    papers = [p for k in range(0, len(paths), 2) for p in read(paths[k], paths[k + 1], k // 2)]
    fitted = json.loads(WEIGHTS.read_text(encoding="utf-8"))  # with the reliability, which another command fits
    fitted |= {task: learn(task, papers) for task in sorted(TASKS)}
    WEIGHTS.write_text(json.dumps(fitted, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
