"""What every text says: the row function, run over all texts that were not read before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path

from kgraph.engine import Engine
from kgraph.extract import extract
from kgraph.model import Extraction, Paper
from kgraph.pipeline.progress import Progress
from kgraph.vocab import Vocabulary, load

Text = tuple[str, str]
"""Title and abstract."""


@lru_cache(maxsize=1)
def vocabulary(extra: tuple[Path, ...]) -> Vocabulary:
    """Return the shipped vocabulary with `extra` files, loaded once a process."""
    return load(extra)


def extract_texts(extra: tuple[Path, ...], texts: Sequence[Text]) -> list[Extraction]:
    """Return what each text says: the row function that engines map over texts."""
    words = vocabulary(extra)
    return [extract(title, abstract, words) for title, abstract in texts]


def _cost(text: Text) -> int:
    return len(text[0]) + len(text[1])


def extractions(
    papers: Iterable[Paper],
    extra: tuple[Path, ...],
    engine: Engine,
    progress: Progress,
    known: Mapping[str, Extraction],
) -> dict[str, Extraction]:
    """Return what the texts of `papers` say, by the digest of the text; `known` ones are not read again."""
    texts = {paper.text: (paper.title, paper.abstract) for paper in papers}
    found = {text: known[text] for text in texts if text in known}
    left = [text for text in sorted(texts) if text not in found]
    with progress.stage("extract", len(left), "texts") as advance:
        for part in engine.map(partial(extract_texts, extra), [texts[text] for text in left], cost=_cost):
            found.update((extraction.text, extraction) for extraction in part)
            advance(len(part))
    return {text: found[text] for text in sorted(found)}
