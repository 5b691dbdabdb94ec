#!/usr/bin/env python3
"""Let a first classifier read many papers, and count what it takes each surface for.

Used by train_names.py: a name that the classifier meets in clear contexts elsewhere ("the X dataset", "X, a
compiler") is then known where the context is poor. The counts are by surface and by stem (the letters that a
surface begins with).
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from corpus import Text, texts

from kgraph.extract.names.classifier import Classifier
from kgraph.extract.names.collect import collect, known_names
from kgraph.extract.names.knowledge import PRIOR_FEATURES, Knowledge, stem
from kgraph.text import key
from kgraph.vocab.vocabulary import Vocabulary

Sums = dict[str, np.ndarray]
"""By key: one row per classifier of (papers, system, model, dataset, introduced) as sums of probabilities."""

Reader = tuple[Classifier, Knowledge]
"""A classifier with the priors that it has learnt to use."""

_READERS: list[Reader] = []
_VOCABULARY: list[Vocabulary] = []


def _count(batch: list[Text]) -> Sums:
    sums: Sums = {}
    for text in batch:
        known = known_names(_VOCABULARY[0], text.title, text.abstract) if _VOCABULARY else ()
        candidates = list(
            collect(text.title, text.abstract, known, _READERS[-1][1], everything=True).candidates.values()
        )
        bare = [[f for f in c.features if not f.startswith(PRIOR_FEATURES)] for c in candidates]
        best: Sums = {}
        for number, (classifier, knowledge) in enumerate(_READERS):
            rows = bare
            if knowledge.table:
                rows = [row + knowledge.features(c.surface) for row, c in zip(bare, candidates, strict=True)]
            for c, row in zip(candidates, rows, strict=True):
                kinds, introduced = classifier.score(row)
                believed = 1.0 - kinds[0] - kinds[4]
                counted = (1.0, kinds[1], kinds[2], kinds[3], introduced * believed)
                for name in {"=" + key(c.surface), "^" + stem(c.surface)}:
                    if len(name) < 3:
                        continue
                    have = best.setdefault(name, np.zeros((len(_READERS), 5), np.float32))
                    if believed >= have[number, 1:4].sum():
                        have[number] = counted
        for name, have in best.items():
            total = sums.get(name)
            sums[name] = have if total is None else total + have
    return sums


def count(
    readers: Sequence[Reader], vocabulary: Vocabulary, files: Sequence[Path], without: Sequence[Path], jobs: int = 2
) -> Sums:
    """Return the sums over all papers of `files` that are not in `without`."""
    _READERS[:] = readers
    _VOCABULARY[:] = [vocabulary]
    vocabulary.find("")  # its automaton is built once, before the processes part
    every = list(texts(files, without))
    batches = [every[k : k + 1000] for k in range(0, len(every), 1000)]
    total: Sums = {}
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        for sums in pool.imap(_count, batches):
            for name, row in sums.items():
                have = total.get(name)
                total[name] = row if have is None else have + row
    return {name: row for name, row in total.items() if row[:, 0].max() >= 2}
