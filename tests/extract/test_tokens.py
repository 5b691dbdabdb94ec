"""Tokens, abbreviations and candidate spans: what a name can look like, and that no text makes them slow."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.extract.names.abbreviations import definitions
from kgraph.extract.names.candidates import candidates
from kgraph.extract.names.tokens import Class, class_of, tokenize

TEXT = st.text(alphabet=st.sampled_from("aAbB1.-_'’/(){}\\^$ ,:;\n\té–X"), max_size=120)


@given(TEXT)
def test_tokens_are_disjoint_stretches_that_leave_out_only_white_space(text: str) -> None:
    tokens = tokenize(text)
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == tokens.words
    edges = [0, *(x for pair in zip(tokens.starts, tokens.ends, strict=True) for x in pair), len(text)]
    assert edges == sorted(edges)
    assert not "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)).strip()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("with Qwen2.5-VL-7B-Instruct we", "Qwen2.5-VL-7B-Instruct"),
        ("the M\\'elange system", "M\\'elange"),
        ("policy π_{0.5} and", "π_{0.5}"),
        ("on tau^2-Bench, we", "tau^2-Bench"),
        ("in C++ code", "C++"),
        ("use torch.compile for", "torch.compile"),
        ("the end.Our goal", "end"),
        ("GPT-4o's score", "GPT-4o"),
    ],
)
def test_a_name_is_one_token(text: str, word: str) -> None:
    assert word in tokenize(text).words


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("vLLM", Class.NAME),
        ("any4", Class.NAME),
        ("3DGS", Class.NAME),
        ("sched_ext", Class.NAME),
        ("Tangram", Class.CAPITAL),
        ("framework", Class.LOWER),
        ("e.g", Class.LOWER),
        ("7B", Class.NUMBER),
        ("8x7B", Class.NUMBER),
        ("2.4times", Class.NUMBER),
        (",", Class.SIGN),
    ],
)
def test_what_a_word_looks_like(word: str, shape: int) -> None:
    assert class_of(word) == shape


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("We present Ragged Page Sharing (RPS), a method.", "RPS", "Ragged Page Sharing"),
        ("called slow-start elimination (SSE).", "SSE", "slow-start elimination"),
        ("We propose QIX (Quick Index eXchange) here.", "QIX", "Quick Index eXchange"),
        ("many Large Widget Models (LWMs) fail", "LWMs", "Large Widget Models"),
        ("We present Slow sTart Elimination Order (STEO), a", "STEO", "Slow sTart Elimination Order"),
        ("ZipBox-32B (Zippered-Box-32B) is", "ZipBox-32B", "Zippered-Box-32B"),
        ("propose QIX, Quick Index eXchange, a", "QIX", "Quick Index eXchange"),
        ("the Quick Index eXchange, QIX, is fast.", "QIX", "Quick Index eXchange"),
        ("the Quick Index eXchange (QuIX) is fast.", "QuIX", "Quick Index eXchange"),
        ("the Quix Index eXchange (QuIX) is fast.", "QuIX", "Quix Index eXchange"),
        ("propose QIX, a Quick Index eXchange Engine, which", "QIX", "Quick Index eXchange"),
    ],
)
def test_an_abbreviation_is_found_with_its_full_form(text: str, short: str, long: str) -> None:
    assert [(text[slice(*d.short)], text[slice(*d.long)]) for d in definitions(text)] == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "We use it (see Table 2).",
        "It is fast (2x).",
        "a plan (of the old kind) works",
        "on CPU, Xeon Phi and",
        "with QIX, Zap Serve and",
        "with Zap Serve, QIX, and",
        "QIX-4 (text-only) is",
    ],
)
def test_other_brackets_define_nothing(text: str) -> None:
    assert not definitions(text)


@given(TEXT)
def test_candidates_lie_inside_the_text(text: str) -> None:
    for span in candidates(tokenize(text), title=True):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]


def test_common_parts_of_compounds_are_left_off() -> None:
    text = "A ZapServe-based stack with multi-ZapServe mode."
    found = {text[s.start : s.end] for s in candidates(tokenize(text))}
    assert "ZapServe" in found


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("Audio-Driven ZapServe-Style Video", "ZapServe", None),
        ("We introduce ragged learning, a framework for it.", "ragged learning", "ragged"),
        ("We introduce ragged learning for all.", None, "ragged learning"),
        ("Across Zap3 0.6B--14B it wins.", "Zap3", "Zap3 0.6B"),
        ("Across Zap3 14B it wins.", "Zap3 14B", None),
    ],
)
def test_what_is_a_candidate(text: str, wanted: str | None, unwanted: str | None) -> None:
    found = {text[s.start : s.end] for s in candidates(tokenize(text))}
    assert {wanted} - {None} <= found
    assert unwanted not in found


@pytest.mark.parametrize(
    "unit",
    [
        "A",
        "A-",
        "a.",
        "(",
        "((A)",
        "A ",
        "X, ",
        "\\'a",
        "_{",
        "ab^",
        "A of ",
        "(AB) Alpha Beta ",
        "AB, Ab ",
        "Ab ",
        "Abababababababababab, ",
    ],
)
def test_time_grows_with_the_text_and_not_faster(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        candidates(tokenize(text), title=True)
        definitions(text)
        return time.process_time() - start

    seconds(2_000)
    small, large = seconds(20_000), seconds(160_000)
    assert large < 8 * small * 4 + 0.5
