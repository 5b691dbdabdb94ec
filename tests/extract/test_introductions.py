"""Plain words of introduction, which count however well known a name is."""

from __future__ import annotations

import pytest

from kgraph.extract import extract
from kgraph.extract.names.introductions import borrowed, called, presented
from kgraph.model import Kind
from kgraph.vocab import load


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("We present Zorb, a compiler.", "Zorb", True),
        ("In this work we therefore also propose the Zorb system.", "Zorb", True),
        ("In this work we also use the Zorb system.", "Zorb", False),
        ("This paper introduces Zorb (Zipped Orbits).", "Zorb", True),
        ("The authors release Zorb and its data.", "Zorb", True),
        (r"We present $\textbf{Zorb}$, a compiler.", "Zorb", True),
        (r"We introduce \textsc{Zorb} (Zipped Orbits).", "Zorb", True),
        ("This paper introduces **Zorb**: a compiler.", "Zorb", True),
        (r"We compare with \textsc{Zorb}, a compiler.", "Zorb", False),
        ("We propose Zorb-based kernels.", "Zorb", False),
        ("We build Zorb models.", "Zorb", False),
        ("We compare with Zorb, a compiler.", "Zorb", False),
        ("Zorb, which we present elsewhere, is old.", "Zorb", False),
        ("We present an analytical tool, Zorb, to find leaks.", "Zorb", True),
        ("We propose a simple caching strategy Zorb (Zipped Orbits).", "Zorb", True),
        ("We present a compiler for the runtime Zorb.", "Zorb", False),
        ("We introduce the Zorb microarchitecture.", "Zorb", True),
        ("We introduce Blick (a cache) and Zorb.", "Zorb", True),
        ("We end by releasing Blick-Mini and Zorb.", "Zorb", True),
        ("We compare Blick and Zorb.", "Zorb", False),
        ("We develop a cache with two parts, termed Zorb.", "Zorb", True),
        ("The target is a machine named Zorb, built by others.", "Zorb", False),
        ("We propose a cache. It beats a system called Zorb.", "Zorb", False),
        ("Results on our in-domain benchmark Zorb, too, are good.", "Zorb", True),
        ("The resulting model, Zorb, is small.", "Zorb", True),
    ],
)
def test_presented(text: str, name: str, expected: bool) -> None:
    start = text.index(name)
    assert presented(text, [(start, start + len(name))]) is expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Zipped Orbits (ZORB) is an old technique.", "Zipped Orbits", True),
        ("Zipped Orbits (ZORB) are a new family of caches.", "Zipped Orbits", False),
        ("Zipped Orbits, a cache, is small.", "Zipped Orbits", False),
        ("The model was tuned via Zipped Orbits (ZORB).", "Zipped Orbits", True),
        ("The model is tuned with our Zipped Orbits (ZORB).", "Zipped Orbits", False),
        ("We propose tuning via Zipped Orbits (ZORB).", "Zipped Orbits", False),
        ("It is three times smaller than Zorb, the best cache so far.", "Zorb", True),
        ("We test on the Zipped Orbits (ZORB) data.", "Zipped Orbits", True),
        ("We test on Zorb data.", "Zorb", False),
        ("We propose Blick. It is tuned via Zorb.", "Zorb", True),
        ("We propose to speed Zorb [12, 13] up.", "Zorb", True),
        (r"We propose to speed Zorb~\cite{zorb} up.", "Zorb", True),
        ("We propose Zorb [a cache] here.", "Zorb", False),
    ],
)
def test_borrowed(text: str, name: str, expected: bool) -> None:
    start = text.index(name)
    assert borrowed(text, [(start, start + len(name))]) is expected


def test_nothing_is_borrowed_that_is_not_there() -> None:
    assert not borrowed("", [])


@pytest.mark.parametrize(
    ("subtitle", "expected"),
    [
        (" A Distributed Serving System for Transformer-Based Generative Models", Kind.SYSTEM),
        (" A Transformer Accelerator", Kind.SYSTEM),
        (" a Large-Scale Dataset and Baseline Models of Sound", Kind.DATASET),
        (" An Open Language Model with 7B Parameters", Kind.MODEL),
        (" A Study of Systems", None),
        (" Systems for the Cloud", None),
        ("", None),
        ("A Tracing and Replay Benchmark for Kernels", Kind.DATASET),
        ("A Study and Some Remarks", None),
    ],
)
def test_called(subtitle: str, expected: Kind | None) -> None:
    assert called(subtitle) is expected


def introduced(title: str, abstract: str) -> set[str]:
    return {m.name for m in extract(title, abstract, load()).mentions if m.introduced}


def test_a_name_that_everybody_knows_was_introduced_once() -> None:
    assert introduced("Paged memory for serving", "We present vLLM, a serving system.") == {"vLLM"}
    assert introduced("PyTorch: A Library", "PyTorch keeps Python semantics. It is faster than TensorFlow.") == {
        "PyTorch"
    }
    assert introduced("Faster serving", "vLLM is slow. TensorFlow is slower.") == set()


def test_hardware_inside_long_texts_is_sorted_out_in_linear_time() -> None:
    import time

    def seconds(repeats: int) -> float:
        start = time.process_time()
        extract("Foo: a thing", "We run Foo on the GPU with GPU-STREAM and vLLM. " * repeats, load())
        return time.process_time() - start

    seconds(200)
    assert seconds(8000) < 12 * seconds(1600)
