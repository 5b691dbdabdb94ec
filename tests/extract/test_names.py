"""Names of systems, models and datasets in texts that were written for these tests."""

import time
from pathlib import Path

import numpy as np
import pytest

from kgraph.extract import extract
from kgraph.extract.names.classifier import load, pack, rounded
from kgraph.extract.names.collect import collect, known_names
from kgraph.extract.names.knowledge import load as load_knowledge
from kgraph.extract.names.knowledge import stem
from kgraph.extract.names.lexicon import commonness
from kgraph.model import Kind, Mention, Where
from kgraph.vocab.load import load as load_vocabulary
from kgraph.vocab.vocabulary import Vocabulary

TITLE = "ZapServe: Serving Language Models on a Budget"
ABSTRACT = (
    "Large language models (LLMs) are costly to serve. We present ZapServe, a serving system that is built on vLLM. "
    "At its core is Ragged Page Sharing (RPS), a technique that shares key-value (KV) cache pages among requests. We "
    "evaluate ZapServe with Llama-3-8B and Mixtral-8x7B on the ShareGPT and LongBench datasets. RPS reduces latency, "
    "and ZapServe outperforms SGLang by 2.3x on A100 GPUs."
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


def named(title: str, abstract: str, vocabulary: Vocabulary) -> dict[str, Mention]:
    return {
        m.name: m for m in extract(title, abstract, vocabulary).mentions if m.certain and m.kind is not Kind.HARDWARE
    }


def test_kinds_and_what_is_introduced(vocabulary: Vocabulary) -> None:
    found = named(TITLE, ABSTRACT, vocabulary)
    kinds = {name: m.kind for name, m in found.items()}
    assert kinds["ZapServe"] is kinds["vLLM"] is kinds["SGLang"] is Kind.SYSTEM
    assert kinds["Llama-3-8B"] is kinds["Mixtral-8x7B"] is Kind.MODEL
    assert kinds["ShareGPT"] is kinds["LongBench"] is Kind.DATASET
    introduced = {name for name, m in found.items() if m.introduced}
    assert "ZapServe" in introduced
    assert not introduced & {"vLLM", "SGLang", "Llama-3-8B", "ShareGPT"}


def test_generic_abbreviations_are_no_names(vocabulary: Vocabulary) -> None:
    surfaces = {m.surface for m in extract(TITLE, ABSTRACT, vocabulary).mentions if m.certain}
    assert not surfaces & {"LLMs", "LLM", "KV", "Large", "We", "RAG"}


def test_a_full_form_belongs_to_its_abbreviation(vocabulary: Vocabulary) -> None:
    mentions = extract(TITLE, ABSTRACT, vocabulary).mentions
    names = {m.surface: m.name for m in mentions}
    assert names["RPS"] == names["Ragged Page Sharing"]


def test_mentions_quote_the_text(vocabulary: Vocabulary) -> None:
    texts = {Where.TITLE: TITLE, Where.ABSTRACT: ABSTRACT}
    mentions = extract(TITLE, ABSTRACT, vocabulary).mentions
    assert mentions
    for m in mentions:
        assert texts[m.where][m.start : m.end] == m.surface
        assert m.sentence_start <= m.start < m.end <= m.sentence_end
        assert 0.0 <= m.confidence <= 1.0
    places = [(m.where, m.start, m.end) for m in mentions]
    assert len(places) == len(set(places))
    assert len([m for m in mentions if m.surface == "ZapServe"]) == 4


def test_one_name_has_one_kind_in_one_text(vocabulary: Vocabulary) -> None:
    by_name: dict[str, set[Kind]] = {}
    for m in extract(TITLE, ABSTRACT, vocabulary).mentions:
        by_name.setdefault(m.name, set()).add(m.kind)
    assert all(len(kinds) == 1 for kinds in by_name.values())


def test_a_dataset_and_a_model_that_are_introduced(vocabulary: Vocabulary) -> None:
    found = named(
        "QuizVault: A Benchmark of Hard Questions",
        "We introduce QuizVault, a benchmark of 4,000 hard questions. We also release Pelago-7B, a language model "
        "that is trained on 100B tokens. Pelago-7B reaches 61% on QuizVault and outperforms GPT-4o.",
        vocabulary,
    )
    assert found["QuizVault"].kind is Kind.DATASET
    assert found["QuizVault"].introduced
    assert found["Pelago-7B"].kind is Kind.MODEL
    assert found["Pelago-7B"].introduced
    assert not found["GPT-4o"].introduced


def test_an_ordinary_word_is_a_name_only_in_context(vocabulary: Vocabulary) -> None:
    as_name = (
        "We present Lantern, a compiler for sparse tensor programs. Lantern generates CUDA code. "
        "Lantern is 2x faster than TVM."
    )
    as_word = (
        "Lantern light is dim. A lantern is a portable light. We study how a lantern spreads its light in the dark."
    )
    assert "Lantern" in named("Lantern: Compiling Sparse Programs", as_name, vocabulary)
    assert "Lantern" not in named("On light", as_word, vocabulary)


def test_a_plus_makes_another_name(vocabulary: Vocabulary) -> None:
    found = extract("", "We introduce LoRA+, an adapter. LoRA+ outperforms LoRA by 2%.", vocabulary)
    assert {(m.name, m.introduced) for m in found.mentions} == {("LoRA+", True), ("LoRA", False)}
    assert ("LoRA+", "LoRA") in {(r.subject, r.object) for r in found.relations}


def test_a_title_with_a_plus_heads_another_name(vocabulary: Vocabulary) -> None:
    found = extract("Zorbix++: Faster Serving", "Against Zorbix the speedup of Zorbix++ is 2x.", vocabulary)
    assert {m.name for m in found.mentions if m.introduced} == {"Zorbix++"}


@pytest.mark.parametrize(
    ("title", "abstract", "name"),
    [
        ("Next Zorbing: Causal Models", "We present Next Zorbing, a framework. Next Zorbing is fast.", "Next Zorbing"),
        ("E$^2$-Zorb: Fast Models", "We present E$^2$-Zorb, a system.", "E^2-Zorb"),
        (r"$\texttt{ZORBR}$: An Implicit Compiler", "We propose ZORBR, a compiler.", "ZORBR"),
        ("A Compiler", r"We propose \textit{Zorbix}, a compiler. \textit{Zorbix} is fast.", "Zorbix"),
    ],
)
def test_markup_and_small_words_belong_to_a_name_or_not(
    title: str, abstract: str, name: str, vocabulary: Vocabulary
) -> None:
    found = extract(title, abstract, vocabulary)
    assert {m.name for m in found.mentions if m.introduced} == {name}


def test_nothing_in_nothing(vocabulary: Vocabulary) -> None:
    assert extract("", "", vocabulary).mentions == ()


def test_the_same_text_gives_the_same_names(vocabulary: Vocabulary) -> None:
    assert extract(TITLE, ABSTRACT, vocabulary) == extract(TITLE, ABSTRACT, vocabulary)


def test_the_tables_that_ship() -> None:
    assert commonness("the").lower >= 8
    assert commonness("ImageNet").lower <= 1
    assert commonness("zzyzxqq").papers == 0
    assert stem("LLaMA-2-7B") == "llama"
    assert len(load().rows) > 1000


def test_weights_survive_a_round_trip(tmp_path: Path) -> None:
    rows = np.array(
        [[1.0, -2.0, 0.5, 0.25, 0.0, 3.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0], [-1.0, 2.0, 0.1, 0.0, 0.3, -3.0]]
    )
    classifier = rounded(["a", "nothing", "b"], rows, np.zeros(6))
    pack(tmp_path / "w.npz", classifier)
    first = (tmp_path / "w.npz").read_bytes()
    assert load(tmp_path / "w.npz") == classifier
    pack(tmp_path / "w.npz", load(tmp_path / "w.npz"))
    assert first == (tmp_path / "w.npz").read_bytes()
    assert list(classifier.rows) == ["a", "b"]
    a, b, none = (classifier.score(features) for features in (["a"], ["b", "unheard of"], []))
    assert sum(a.kinds) == pytest.approx(1.0)
    assert max(range(5), key=lambda k: a.kinds[k]) == 0
    assert max(range(5), key=lambda k: b.kinds[k]) == 1
    assert none.kinds == pytest.approx([0.2] * 5)
    assert a.introduced > 0.9 > 0.1 > b.introduced


def test_sums_of_weights_are_exact_in_any_order_and_any_number() -> None:
    weights = np.array([[12.7, -12.7, 0.1, -0.1, 0.0, 5.0], [-12.7, 12.7, -0.1, 0.1, 12.7, -12.7]])
    classifier = rounded(["a", "b"], weights, np.zeros(6))
    once, many = classifier.score(["a"]), classifier.score(["a"] * 5001 + ["b"] * 5000)
    assert many == classifier.score(["a"] * 5001, classifier.sums(lambda text: [text] * 5000)["b"])
    assert once.kinds[0] > 0.9
    assert many.kinds[4] > 0.9  # what a and b say of the first classes cancels out, and b alone speaks for the last


def test_features_that_are_learnt_from_are_those_that_are_decided_on(vocabulary: Vocabulary) -> None:
    known = known_names(vocabulary, TITLE, ABSTRACT)
    candidates = collect(TITLE, ABSTRACT, known, load_knowledge()).candidates.values()
    assert candidates
    for c in candidates:
        assert sorted(c.features) == sorted([*c.describe(c.surface), *dict.fromkeys(c.here)])  # none is both
        for _ in range(2):  # worked out, and remembered
            assert load().score(dict.fromkeys(c.here), load().sums(c.describe)[c.surface]) == load().score(c.features)


def test_candidates_know_how_often_they_stand() -> None:
    found = collect(TITLE, ABSTRACT).candidates["ZapServe"]
    assert len(found.spans) == 4
    assert {"head", "in-title"} <= set(found.features)


@pytest.mark.parametrize(
    "unit", ["GPT-4 and ", "A-B ", "Deep Net ", "x", "(AB) ", "A, ", "\\tool ", "we propose X, a "]
)
def test_time_grows_with_the_text_and_not_faster(unit: str, vocabulary: Vocabulary) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        extract(TITLE, text, vocabulary)
        return time.process_time() - start

    seconds(1_000)
    small, large = seconds(8_000), seconds(64_000)
    assert large < 8 * small * 4 + 0.5


def test_formats_metrics_and_quantities_are_no_candidates() -> None:
    text = "We train in MXFP4, NVFP4, BF16 and W4A8, reach Pass@8 and nDCG@10 at 900MHz; we call it QuadZip (part III)."
    found = collect("", text).candidates
    assert "QuadZip" in found
    assert not {"MXFP4", "NVFP4", "BF16", "W4A8", "Pass@8", "nDCG@10", "900MHz", "III"} & set(found)
