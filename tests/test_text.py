"""Where sentences end, and names without their markup."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.text import sentences, unmarked


@pytest.mark.parametrize(
    "source",
    [
        "It was tuned by hand. | For large models it is fast.",
        "It is built on top of TVM. | Zorb is faster.",
        "A robot helps with tasks. | Results are good.",
        "It beats others (by far). | Results are good.",
        "It beats others, e.g. Zorb, by 2.5x. | It is small.",
        "Methods such as Dr. GRPO are new.",
        "Zorb vs. Blick: the approach of Doe et al. Zorb is small.",
    ],
)
def test_sentences(source: str) -> None:
    wanted = source.split(" | ")
    text = " ".join(wanted)
    assert [text[start:end] for start, end in sentences(text)] == wanted


@given(st.text(alphabet="aB. )\n1TVM", max_size=60))
def test_sentences_hold_everything_but_white_space(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (r"$\texttt{SPIN}$", "SPIN"),
        (r"\textsc{GUI-Spotlight}", "GUI-Spotlight"),
        ("E$^2$-RAG", "E^2-RAG"),
        (r"\textbf", r"\textbf"),
        ("V_{0.5}", "V_{0.5}"),
        (r"$\pi_{0.5}$", "π_0.5"),
        (r"$\Delta$-Net", "Δ-Net"),
        ("vLLM", "vLLM"),
    ],
)
def test_unmarked(name: str, wanted: str) -> None:
    assert unmarked(name) == wanted
