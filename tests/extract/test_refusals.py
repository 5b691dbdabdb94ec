"""Authors, openings of titles and addresses are no names; what a sentence calls a thing decides its kind."""

from __future__ import annotations

import pytest

from kgraph.extract import extract
from kgraph.extract.addresses import addresses
from kgraph.extract.names.introductions import named_as
from kgraph.extract.names.refusals import is_author, only_opens
from kgraph.model import Kind
from kgraph.vocab import load


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("We extend the test of Zorb and Blick (2005).", "Zorb", True),
        ("We extend the test of Zorb and Blick (2005).", "Blick", True),
        ("The code is of joint work (Zorb [1], 1995).", "Zorb", True),
        ("The bound of Quandt, Zorb, and Blick [2, 3] is tight.", "Blick", True),
        ("Zorb et al. show the converse.", "Zorb", True),
        ("A rule of the sort proposed by Zorb [15] converges.", "Zorb", True),
        ("Our filter uses the method of Zorb (1999).", "Zorb", True),
        ("It holds on SCAN (Zorb & Blick, 2018).", "Zorb", True),
        ("We extend prefetchers such as Zorb [9].", "Zorb", False),
        ("We run Zorb and Blick on 8 GPUs.", "Zorb", False),
        ("We compare with Zorb [9] and Blick [10].", "Blick", False),
        ("The framework of ZorbNet [3] is fast.", "ZorbNet", False),
        ("Zorb, released in 2021, is a compiler.", "Zorb", False),
    ],
)
def test_authors(text: str, name: str, expected: bool) -> None:
    start = text.index(name)
    assert is_author(text, start, start + len(name)) is expected


@pytest.mark.parametrize(
    ("head", "surfaces", "abstract", "expected"),
    [
        ("When Caches Lie", ["When Caches Lie"], "We present Zorb.", True),
        ("When Caches Lie", ["When Caches Lie"], "That is when caches lie.", False),
        ("Zorb Caches", ["Zorb Caches", "ZC"], "We present ZC.", False),
        ("ZorbCache", ["ZorbCache"], "We present a cache.", False),
        ("Lying", ["Lying"], "We present a cache.", False),
    ],
)
def test_openings(head: str, surfaces: list[str], abstract: str, expected: bool) -> None:
    assert only_opens(head, surfaces, abstract) is expected


def test_an_opening_is_no_name_beside_the_name_of_the_paper() -> None:
    title = "Seeing Caches Differently: Learned Replacement for Shared Memory"
    abstract = "We propose ZorbCache, a learned cache replacement policy. ZorbCache outperforms LRU by 12%."
    found = {m.name for m in extract(title, abstract, load()).mentions if m.certain}
    assert "ZorbCache" in found
    assert "Seeing Caches Differently" not in found


def test_a_name_inside_an_address_is_no_mention() -> None:
    abstract = "We present ZorbCache, a cache. Code: https://github.com/acme/ZorbCache and www.zorb.org/ZorbCache."
    mentions = [m for m in extract("ZorbCache: A Cache", abstract, load()).mentions if m.name == "ZorbCache"]
    assert len(mentions) == 2
    start = abstract.index("https")
    assert all(m.end <= start for m in mentions if m.where.value == "abstract")


def test_addresses_end_with_white_space() -> None:
    text = "See https://a.org/x, www.b.org/y or github.com/z now and/or later."
    assert [text[a:b] for a, b in addresses(text)] == ["https://a.org/x,", "www.b.org/y", "github.com/z"]
    assert addresses("no address") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We build a new dataset called Zorb.", Kind.DATASET),
        ("We craft a code generation benchmark, named Zorb.", Kind.DATASET),
        ("We design a twofold Siamese network, named Zorb.", Kind.MODEL),
        ("A new model dubbed as Zorb is trained.", Kind.MODEL),
        ("We introduce Zorb, a large-scale, curated corpus of reports.", Kind.DATASET),
        ("We release Zorb (Zipped Orbits), the first open dataset for racing.", Kind.DATASET),
        ("Zorb is a novel benchmark that tests memory.", Kind.DATASET),
        ("We propose Zorb, a graph neural network that embeds orbits.", Kind.MODEL),
        ("We propose Zorb, a world model for planning.", Kind.MODEL),
        ("Zorb, a programming model for accelerators, is new.", None),
        ("We propose Zorb, an interconnection network for memory banks.", None),
        ("When trained with Zorb, an 8B model can reach that.", None),
        ("In Zorb, a server and its clients train a model on features.", None),
        ("The core of Zorb is a language model that was trained before.", None),
        ("Zorb, an integrated solution spanning model, dataset, and tests, is new.", None),
        ("Zorb, a model stitching framework, is new.", None),
        ("We present a system called Zorb.", None),
        ("On the GLUE benchmark, Zorb is best.", None),
        ("We use a dataset. A system called Zorb is better.", None),
    ],
)
def test_what_a_sentence_calls_a_thing(text: str, expected: Kind | None) -> None:
    start = text.index("Zorb")
    assert named_as(text, [(start, start + 4)]) is expected
