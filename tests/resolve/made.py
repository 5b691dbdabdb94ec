"""Small corpora made by hand, and by chance, to resolve names in."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from kgraph.model import Extraction, Kind, Mention, Paper, Where, text_id
from kgraph.resolve.entities import ResolvedEntities, resolve_entities
from kgraph.resolve.entities.judgements import Judgements
from kgraph.vocab import Vocabulary

S, M, D, H = Kind.SYSTEM, Kind.MODEL, Kind.DATASET, Kind.HARDWARE


def say(text: str, name: str, kind: Kind = S, *surfaces: str, **more: object) -> list[Mention]:
    """Return a mention for every place where the name or a surface stands in an abstract."""
    found = []
    for surface in surfaces or (name,):
        start = text.find(surface)
        assert start >= 0, (surface, text)
        found.append(Mention(Where.ABSTRACT, start, start + len(surface), surface, kind, name, 0, len(text), **more))  # type: ignore[arg-type]
    return found


class Corpus:
    """Papers with what they say, made by hand."""

    def __init__(self) -> None:
        self.papers: list[Paper] = []
        self.extractions: dict[str, Extraction] = {}

    def add(
        self,
        title: str,
        abstract: str,
        *mentions: Sequence[Mention],
        year: int | None = None,
        arxiv: str = "",
        authors: tuple[str, ...] = (),
    ) -> str:
        text = text_id(title, abstract)
        paper = f"paper/{text}"
        self.papers.append(Paper(paper, title, abstract, text, year=year, arxiv=arxiv, authors=authors))
        self.extractions[text] = Extraction(text, tuple(m for group in mentions for m in group))
        return paper

    def resolve(self, vocabulary: Vocabulary | None = None, rows: Judgements | None = None) -> ResolvedEntities:
        return resolve_entities(self.papers, self.extractions, vocabulary or Vocabulary(), rows)


def apexes() -> tuple[Corpus, str, str]:
    """Two papers that introduce an APEX each, and three that use the name."""
    corpus = Corpus()
    one = "We present APEX, a simulator for parallel execution plans in LLM serving, batching on clusters of devices."
    two = "We introduce APEX, a scheduling that overlaps CPU attention with GPU compute in memory-bound decoding."
    near = "Unlike APEX, our scheduling overlaps attention of memory-bound decoding on CPU with GPU compute."
    far = "The weather of APEX is nice; birds sing."
    old = "APEX trees grow in forests."
    a = corpus.add(
        "APEX: An Extensible Simulator", one, say(one, "APEX", introduced=True), year=2024, arxiv="2411.17651"
    )
    b = corpus.add("Parallel CPU-GPU Execution", two, say(two, "APEX", introduced=True), year=2025)
    corpus.add("Near", near, say(near, "APEX"), year=2025)
    corpus.add("Far", far, say(far, "APEX"), year=2025)
    corpus.add("Old", old, say(old, "APEX"), year=2015)
    return corpus, a, b


NAMES = [
    "vLLM",
    "VLLM",
    "ZeRO",
    "ZeRO-3",
    "APEX",
    "Apex",
    "GPU",
    "GPUs",
    "LLaMA-2-7B",
    "LLaMA-2",
    "Galaxy",
    "C++",
    "ETS",
    "BERTs",
    "BERT",
]


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    corpus = Corpus()
    for i in range(draw(st.integers(1, 7))):
        names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
        text = f"Paper {i} says " + ", ".join(names) + ", and Efficient Tree Search."
        corpus.add(
            f"T{i}",
            text,
            *[
                say(
                    text,
                    name,
                    H if name.startswith("GPU") else draw(st.sampled_from([S, M, D])),
                    *((name, "Efficient Tree Search") if name == "ETS" else ()),
                    introduced=draw(st.booleans()),
                    certain=draw(st.booleans()),
                )
                for name in names
            ],
            year=draw(st.sampled_from([None, 2018, 2020, 2024])),
            authors=tuple(draw(st.lists(st.sampled_from(["Ada Lin", "Lin, Ada", "B. Ray"]), max_size=2, unique=True))),
        )
    return corpus
