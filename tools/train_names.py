#!/usr/bin/env python3
"""Learn to tell names from annotated papers, and measure by cross-validation.

Usage: train_names.py --gold GOLD.jsonl TEXTS.jsonl [--gold ...] [--annotations FILE.jsonl...]
    --unlabelled FILE.jsonl.gz... --without FILE.jsonl... --out DIR

Every candidate of every paper is an example: its features, and what the annotation says of its surface. Two
regressions are learnt with L2 penalty by L-BFGS: which of none, system, model, dataset, hardware; and whether the
paper introduces it.

This is done in rounds. In each, classifiers (one for each fold of the papers, learnt from the other papers, and
one learnt from all) read the unlabelled papers and count what each surface is taken for (build_names_table.py).
What the classifier of a paper's fold found is then added to that paper's features for the next round and for the
final classifier: so none ever sees counts that its own paper's annotation has influenced. Papers in --without are
left out of the counts. Writes DIR/names.npz and DIR/known.tsv.gz. Needs scipy. Deterministic.
"""

from __future__ import annotations

import argparse
import gzip
import math
import pickle
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from build_names_table import Sums, count
from corpus import Annotated, annotated, annotated_by_digest
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kgraph.extract.hardware import hardware
from kgraph.extract.names.classifier import CLASSES, Classifier, pack, rounded
from kgraph.extract.names.collect import Collection, Known, collect, known_names
from kgraph.extract.names.knowledge import EMPTY, Knowledge, encode
from kgraph.vocab.load import load as load_vocabulary

FOLDS = 2
ROUNDS = 2
ITERATIONS = 60
JUDGED = "judged alone"
"""Stands with candidates that were judged singly, because a classifier doubted them: they are names more often than
what looks like them, and what that adds must not be learnt of names."""
KIND_ONLY = ("hD", "hSt", "iD", "iSt", "hB=")  # features that tell kinds but not whether something is introduced

Example = tuple[list[str], int, bool]


def label(surface: str, paper: Annotated) -> tuple[int, bool]:
    """Return the class of a surface by the annotation of its paper, and whether it is introduced."""
    for entity in paper.entities:
        forms = set(entity["surfaces"]) | {entity["name"]}
        if surface in forms:
            return CLASSES.index(entity["type"]), bool(entity.get("introduced"))
    return 0, False


def examples(collection: Collection, paper: Annotated, hardware: Sequence[Known] = ()) -> list[Example]:
    """Return the examples of one paper; `hardware` counts where the annotation leaves hardware out."""
    devices = set()
    if paper.without_hardware:
        devices = {collection.tokens[k.text].text[k.start : k.end] for k in hardware}
    found: list[Example] = []
    for surface, candidate in collection.candidates.items():
        if paper.judged is not None and surface not in paper.judged:
            continue
        kind, introduced = label(surface, paper)
        if not kind and surface in devices:
            kind = CLASSES.index("hardware")
        found.append((candidate.features + [JUDGED] * (paper.judged is not None), kind, introduced))
    return found


def matrix(rows: list[list[str]], index: dict[str, int]) -> csr_matrix:
    """Return the rows as a sparse 0/1 matrix; features not in `index` are left out."""
    indices: list[int] = []
    begins = [0]
    for row in rows:
        indices += sorted({index[f] for f in row if f in index})
        begins.append(len(indices))
    return csr_matrix((np.ones(len(indices)), indices, begins), shape=(len(rows), len(index)))


def softmax_regression(x: csr_matrix, y: np.ndarray, classes: int, penalty: float, weight: np.ndarray) -> np.ndarray:
    """Return the weights ((features + 1) x classes, intercept last) of maximal penalised likelihood."""
    n, d = x.shape
    target = np.zeros((n, classes))
    target[np.arange(n), y] = 1.0
    transposed = x.T.tocsr()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(d + 1, classes)
        z = x @ w[:d] + w[d]
        z -= z.max(axis=1, keepdims=True)
        p = np.exp(z)
        total = p.sum(axis=1, keepdims=True)
        value = -(weight * ((z * target).sum(axis=1) - np.log(total[:, 0]))).sum() + 0.5 * penalty * (w[:d] ** 2).sum()
        delta = weight[:, None] * (p / total - target)
        gradient = np.vstack([transposed @ delta + penalty * w[:d], delta.sum(axis=0)])
        return float(value), gradient.ravel()

    result = minimize(loss, np.zeros((d + 1) * classes), jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS})
    return np.asarray(result.x).reshape(d + 1, classes)


def train(
    rows: list[Example],
    *,
    penalty: float = 2.0,
    intro_penalty: float = 3.0,
    fewest: int = 3,
    weight: np.ndarray | None = None,
) -> Classifier:
    """Return the classifier learnt from examples."""
    counts = Counter(f for features, _, _ in rows for f in set(features))
    names = sorted(f for f, c in counts.items() if c >= fewest)
    index = {f: k for k, f in enumerate(names)}
    x = matrix([r[0] for r in rows], index)
    y = np.array([r[1] for r in rows])
    weight = np.ones(len(rows)) if weight is None else weight
    kinds = softmax_regression(x, y, len(CLASSES), penalty, weight)
    entity = np.flatnonzero((y > 0) & (y < 4))
    kind_only = np.array([f.startswith(KIND_ONLY) for f in names])
    about = x[entity].copy()
    about.data[kind_only[about.indices]] = 0.0
    introduced = softmax_regression(
        about, np.array([int(rows[k][2]) for k in entity]), 2, intro_penalty, weight[entity]
    )
    weights = np.hstack([kinds[:-1], introduced[:-1, 1:] - introduced[:-1, :1]])
    bias = np.hstack([kinds[-1], introduced[-1, 1:] - introduced[-1, :1]])
    kept = [k for k, f in enumerate(names) if f != JUDGED]
    return rounded([names[k] for k in kept], weights[kept], bias)


def folds(papers: list[Annotated], count: int) -> list[list[int]]:
    """Return the papers' numbers dealt out to `count` folds."""
    return [list(range(k, len(papers), count)) for k in range(count)]


def gather(papers: list[Annotated], knowledge: Knowledge = EMPTY) -> list[tuple[Collection, list[Known]]]:
    """Return the candidates of each paper, and the hardware in it."""
    vocabulary = load_vocabulary()
    found = []
    for p in papers:
        known = known_names(vocabulary, p.title, p.abstract, hardware(p.title, p.abstract, vocabulary))
        found.append((collect(p.title, p.abstract, known, knowledge), [k for k in known if k.hardware]))
    return found


def priors(sums: Sums, number: int) -> Knowledge:
    """Return the counts of classifier `number` as they ship: logarithms and tenths."""
    table: dict[str, str] = {}
    for name, rows in sums.items():
        papers, system, model, dataset, introduced = (float(v) for v in rows[number])
        if papers >= 2:
            a, b, c = (min(9, round(10 * v / papers)) for v in (system, model, dataset))
            table[name] = encode((int(math.log2(papers)), a, b, c, min(9, int(math.log2(1 + introduced) + 0.3))))
    return Knowledge(table)


def write_priors(path: Path, knowledge: Knowledge) -> None:
    """Write the table; lines of a name and five digits."""
    lines = [f"{name}\t{code}\n" for name, code in sorted(knowledge.table.items())]
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write("".join(lines).encode())


def main() -> None:
    """Train on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, nargs=2, action="append", required=True)
    parser.add_argument(
        "--annotations", type=Path, nargs="*", default=[], help="more annotations, by digest; texts in --unlabelled"
    )
    parser.add_argument("--unlabelled", type=Path, nargs="+", required=True)
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--keep", type=Path, help="also write the priors of all folds there (pickle), for measuring")
    args = parser.parse_args()
    papers = [p for gold, source in args.gold for p in annotated(gold, source)]
    for file in args.annotations:
        papers += annotated_by_digest(file, args.unlabelled)
    collections = gather(papers)
    parts = folds(papers, FOLDS)
    unlabelled = (args.unlabelled, [*args.without, *(gold for gold, _ in args.gold)])
    tables = [EMPTY] * (FOLDS + 1)
    for _ in range(ROUNDS):
        rows = [examples(c, p, h) for (c, h), p in zip(collections, papers, strict=True)]
        models = [train([e for k, r in enumerate(rows) if k not in set(part) for e in r]) for part in parts]
        models.append(train([e for r in rows for e in r]))
        sums = count(list(zip(models, tables, strict=True)), load_vocabulary(), *unlabelled)
        tables = [priors(sums, number) for number in range(FOLDS + 1)]
        if args.keep:
            args.keep.write_bytes(pickle.dumps(tables))
        for part, table in zip(parts, tables[:-1], strict=True):
            fresh = gather([papers[k] for k in part], table)
            for k, collection in zip(part, fresh, strict=True):
                collections[k] = collection
    final = train([e for (c, h), p in zip(collections, papers, strict=True) for e in examples(c, p, h)])
    pack(args.out / "names.npz", final)
    write_priors(args.out / "known.tsv.gz", tables[-1])
    print(
        len(papers),
        "papers,",
        sum(map(len, rows)),
        "candidates,",
        len(final.rows),
        "features,",
        len(tables[-1].table),
        "known names",
    )


if __name__ == "__main__":
    main()
