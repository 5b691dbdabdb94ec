#!/usr/bin/env python3
"""Fit how often relations of each confidence hold, on names that were read by a recogniser that had not seen the paper.

Usage: fit_confidence.py --gold GOLD.jsonl TEXTS.jsonl --names names.jsonl judged.jsonl --priors PRIORS.pickle
    --unlabelled FILE... --found FOUND.jsonl [--fit]

Without --fit, FOUND is written: the annotated papers in the compact form of annotations/relations.jsonl, their names as
a recogniser trained on the other papers finds them (--priors is what train_names.py --keep wrote). It is the first GOLD
that `python -m kgraph.extract.relations.learn` is given. With --fit, the relations of each paper are found once more,
by scorers learnt from the other papers, and the shift and slope of every type that explain best which of them hold go
into the weights of relations, under "reliability"; the exponent of ends (ENDS in link/relations.py) is printed.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import train_names
from corpus import annotated, annotated_by_digest
from scipy.optimize import minimize

import kgraph.extract.names as recogniser
from kgraph.extract import extract
from kgraph.extract import relations as room
from kgraph.extract.relations import attachments, learn
from kgraph.extract.relations.scoring import WEIGHTS, Scorer, scorer
from kgraph.model import PAPER, Extraction, Mention, RelationMention
from kgraph.score import paired
from kgraph.text import digest, key
from kgraph.vocab.load import load

TYPES = ("compares_against", "runs_on", "builds_on")
CONFIRMED = 0.85
"""What a doubtful name counts for once something confirms it, as in resolve."""
Row = tuple[str, float, float, bool]


def held_out(papers: list[Any], priors: list[Any]) -> Iterator[tuple[Any, Extraction]]:
    """Yield each paper with what is extracted from it when names are learnt from the other half of the papers."""
    vocabulary, parts = load(), train_names.folds(papers, train_names.FOLDS)
    collections: dict[int, Any] = {}
    for part, table in zip(parts, priors, strict=False):
        collections |= dict(zip(part, train_names.gather([papers[k] for k in part], table), strict=True))
    rows = {k: train_names.examples(c, papers[k], h) for k, (c, h) in collections.items()}
    for part, table in zip(parts, priors, strict=False):
        model = train_names.train([e for k in sorted(rows) if k not in set(part) for e in rows[k]])
        learnt = patch.multiple(recogniser, load=partial(same, model), load_knowledge=partial(same, table))
        for k in part:
            with learnt:
                found = extract(papers[k].title, papers[k].abstract, vocabulary)
            yield papers[k], found


def same(value: Any) -> Any:
    """Return what is given."""
    return value


def meaning(mentions: tuple[Mention, ...], entities: list[Any]) -> dict[str, str]:
    """Return the annotated entity that each name found stands for."""
    found: dict[str, dict[str, Any]] = {}
    for m in mentions:
        row = found.setdefault(m.name, {"name": m.name, "type": m.kind.value, "surfaces": []})
        row["surfaces"].append(m.surface)
    names = list(found.values())
    return {names[j]["name"]: entities[i]["name"] for i, j in paired(entities, names).items()}


def compact(paper: Any, mentions: tuple[Mention, ...], gold: dict[str, Any]) -> dict[str, Any]:
    """Return an annotated paper with its names as found, in the compact form."""
    names: dict[str, list[Any]] = {}
    for m in mentions:
        row = names.setdefault(m.name, [m.name, m.kind.value, False, m.level.value if m.level else ""])
        row[2] = row[2] or m.introduced
        if m.surface not in row[4:]:
            row.append(m.surface)
    back = {entity: name for name, entity in meaning(mentions, gold["entities"]).items()}
    stated = []
    for r in gold["relations"]:
        for where, text in enumerate((paper.title, paper.abstract)):
            start = text.find(r["evidence"])
            if start >= 0 and r["object"] in back:
                end = start + len(r["evidence"])
                stated.append([r["type"], back.get(r["subject"], PAPER), back[r["object"]], where, start, end])
                break
    mark = digest(key(paper.title))
    return {"paper": mark, "reader": 0, "names": list(names.values()), "relations": stated, "open": {}}


def scorers(papers: list[learn.Annotated]) -> list[dict[str, Scorer]]:
    """Return, for each fold, the scorers learnt from the papers outside it."""
    out: list[dict[str, Scorer]] = [{} for _ in range(learn.FOLDS)]
    for task in sorted(learn.TASKS):
        rows = [r for r in learn.examples(task, papers) if r.holds is not None]
        names = learn.vocabulary(rows)
        for fold in range(learn.FOLDS):
            weights = learn.fit([r for r in rows if r.fold != fold], names)
            known = {n: float(w) for n, w in zip(names, weights, strict=True) if not n.startswith("reader ")}
            out[fold][task] = Scorer(known, scorer(task).threshold)
    return out


def judged(paper: Any, mentions: tuple[Mention, ...], gold: dict[str, Any]) -> Iterator[Row]:
    """Yield type, confidence, sureness of the ends and truth of each relation found between certain names."""
    sure: dict[str, float] = {}
    for m in mentions:
        sure[m.name] = max(sure.get(m.name, 0.0), m.confidence if m.certain else CONFIRMED)
    own = {m.name for m in mentions if m.introduced}
    new = {e["name"] for e in gold["entities"] if e.get("introduced")}
    means = meaning(mentions, gold["entities"])

    def same(name: str, entity: str) -> bool:
        if entity == PAPER:
            return name == PAPER or name in own
        return means.get(name) == entity or (name == PAPER and entity in new)

    def states(r: RelationMention, subject: str, target: str) -> bool:
        turned = r.type == TYPES[0] and means.get(r.subject) == target and same(r.object, subject)
        return turned or (same(r.subject, subject) and means.get(r.object) == target)

    seen = set()
    for r in room.relations(paper.title, paper.abstract, mentions):
        if (r.type, r.subject, r.object) in seen:
            continue
        seen.add((r.type, r.subject, r.object))
        right = any(states(r, g["subject"], g["object"]) for g in gold["relations"] if g["type"] == r.type)
        yield r.type.value, r.confidence, sure[r.object] * sure.get(r.subject, 1.0), right


def fitted(rows: list[Row]) -> tuple[dict[str, list[float]], float]:
    """Return {type: [shift, slope]} and the exponent of the ends, of maximal likelihood near no change."""
    kind = np.array([TYPES.index(r[0]) for r in rows])
    sure = np.clip([r[1] for r in rows], 0.01, 0.99)
    odds, ends = np.log(sure / (1 - sure)), np.log(np.maximum(0.0004, [r[2] for r in rows]))
    right = np.array([float(r[3]) for r in rows])

    def loss(v: Any) -> float:
        p = np.clip(np.exp(v[6] * ends) / (1 + np.exp(-(v[kind] + v[3 + kind] * odds))), 1e-4, 1 - 1e-4)
        likelihood = (right * np.log(p) + (1 - right) * np.log(1 - p)).sum()
        return float(-likelihood + (v[:3] ** 2).sum() + 4 * ((v[3:6] - 1) ** 2).sum())

    bounds = [(-3, 3)] * 3 + [(0.1, 2)] * 3 + [(0, 1)]
    v = minimize(loss, np.array([0, 0, 0, 1, 1, 1, 0.5]), method="L-BFGS-B", bounds=bounds).x
    return {t: [round(float(v[k]), 2), round(float(v[3 + k]), 2)] for k, t in enumerate(TYPES)}, float(v[6])


def main() -> None:
    """Write the names found, or fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, nargs=2, required=True)
    parser.add_argument("--names", type=Path, nargs="+", required=True, help="annotations as train_names.py had them")
    parser.add_argument("--priors", type=Path, required=True)
    parser.add_argument("--unlabelled", type=Path, nargs="+", required=True)
    parser.add_argument("--relations", type=Path, nargs="*", default=[], help="more annotated relations to learn from")
    parser.add_argument("--found", type=Path, required=True)
    parser.add_argument("--fit", action="store_true")
    args = parser.parse_args()
    gold = {key(r["title"]): r for r in map(json.loads, args.gold[0].open(encoding="utf-8"))}
    papers = [*annotated(*args.gold), *(p for names in args.names for p in annotated_by_digest(names, args.unlabelled))]
    priors = pickle.loads(args.priors.read_bytes())  # noqa: S301 - what our own command wrote
    read = [(p, tuple(m for m in x.mentions if m.certain)) for p, x in held_out(papers, priors) if key(p.title) in gold]
    if not args.fit:
        lines = [json.dumps(compact(p, ms, gold[key(p.title)])) + "\n" for p, ms in read]
        args.found.write_text("".join(sorted(lines)), encoding="utf-8")
        return
    pairs = [(args.gold[1], args.found)] + [(texts, more) for more in args.relations for texts in args.unlabelled]
    learnt = scorers([p for k, (texts, more) in enumerate(pairs) for p in learn.read(texts, more, k)])
    weights = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    rows: list[Row] = []
    for paper, mentions in read:
        fold = learnt[int(digest(key(paper.title)), 16) % learn.FOLDS]
        with (
            patch.object(room, "calibrated", lambda _, sure: sure),
            patch.object(attachments, "scorer", fold.__getitem__),
        ):
            rows += judged(paper, mentions, gold[key(paper.title)])
    weights["reliability"], exponent = fitted(rows)
    WEIGHTS.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(len(rows), "relations,", weights["reliability"], "ends to the power of", round(exponent, 2))


if __name__ == "__main__":
    main()
