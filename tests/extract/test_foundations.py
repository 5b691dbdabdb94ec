"""What a sentence says outright is built on what, and what it only speaks of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kgraph.extract.relations import relations
from kgraph.extract.relations.clauses import cast_of, sentences_with_names
from kgraph.extract.relations.foundations import is_spoken_of, says_outright
from kgraph.model import PAPER, RelationType
from tests.extract.marked import marked


def at(source: str, name: str, where: int = -1) -> tuple[bool, bool]:
    """Return whether it is said outright that something is built on `name`, and whether it is only spoken of."""
    text, mentions = marked(source)
    sentence = sentences_with_names("", text, mentions)[where]
    i = next(i for i, t in enumerate(sentence.tokens) if t.name == name)
    return says_outright(sentence.tokens, i, cast_of(mentions)), is_spoken_of(sentence.tokens, i)


@pytest.mark.parametrize(
    "source",
    [
        "{Swift!} is built on top of {Orca}.",
        "Building upon the recent {Orca}, we propose a faster server.",
        "Our server builds on {Orca} and adds a cache.",
        "Built upon the state-of-the-art unified server {Orca}, our cache is small.",
        "The proposed approach builds upon {Orca}, a server.",
        "We extend the original {Orca} with a second queue.",
        "Written in {Orca}, {Swift!} runs everywhere.",
        "We have implemented {Swift!} in {Orca}.",
        "Our cache can be integrated seamlessly into existing {Orca} deployments.",
        "Starting from {Orca@}, we train {Swift@!} for two days.",
        "{Swift@!} was fine-tuned from {Orca@} in a day.",
        "We propose a variant of {Orca} for small machines.",
        "{Swift!}, powered by {Orca}, needs one GPU.",
    ],
)
def test_said_outright(source: str) -> None:
    assert at(source, "Orca") == (True, False)


@pytest.mark.parametrize(
    "source",
    [
        "Caches of today are usually built on {Orca}.",
        "{Swift!} outperforms servers built on {Orca}.",
        "{Swift!} is 2x faster than {vLLM} (which builds on {Orca}).",
        "We find that agents that rely on tools built on {Orca} fail.",
        "In our experiments with variants of {Orca} the gain is small.",
        "{Swift!} needs no {Orca}.",
        "Our work is based on data of the server {Orca}.",
        "Most servers extend {Orca}, but ours does not.",
    ],
)
def test_not_said_outright(source: str) -> None:
    assert not at(source, "Orca")[0]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("We train on the {Orca} replay dataset.", True),
        ("We train on {Orca} data, which is cheap.", True),
        ("We train with {Orca} data parallelism.", False),
        ("We extend {Orca} for data augmentation.", False),
        ("It runs on {Orca} phones.", True),
        ("It explains any {Orca} model.", True),
        ("It explains an {Orca} model.", False),
        ("We give an analysis of the {Orca} algorithm.", True),
        ("We extend our results to the {Orca} method.", True),
        ("Our kernel is faster than {Orca}'s.", True),
        ("Rather than rewriting servers, we use {Orca}.", False),
        ("We study {Orca} under load.", True),
    ],
)
def test_spoken_of(source: str, expected: bool) -> None:
    assert at(source, "Orca")[1] is expected


@pytest.mark.parametrize("name", ["Orca", "vLLM", "Blick"])
def test_what_holds_of_the_first_of_a_list_holds_of_all(name: str) -> None:
    assert at("{Swift!} was integrated into {Orca}, {vLLM} (a server), and {Blick}.", "Orca")[0]
    assert at("{Swift!} was integrated into {Orca}, {vLLM} and {Blick}.", name)[0]


def test_what_is_spoken_of_is_not_built_on() -> None:
    for source in (
        "{Swift!} is trained on the {Orca} replay dataset.",
        "{Swift!} is an extension for any {Orca} model.",
    ):
        text, mentions = marked(source)
        assert not [r for r in relations("", text, mentions) if r.type is RelationType.BUILDS_ON]


def test_what_is_said_outright_is_surer_than_what_is_not() -> None:
    text, mentions = marked("We build {Swift!} on top of {Orca}. {Swift!} uses {vLLM}.")
    said = {r.object: r.confidence for r in relations("", text, mentions) if r.type is RelationType.BUILDS_ON}
    assert said["Orca"] > 0.7


def test_what_the_vocabulary_knows_is_surer_built_on() -> None:
    text, mentions = marked("We use {Orca} for our server.")
    known = tuple(replace(m, concept="system/orca") for m in mentions)
    (unsure,) = relations("", text, mentions) or (None,)
    (sure,) = relations("", text, known)
    assert sure.subject == PAPER
    assert unsure is None or unsure.confidence < sure.confidence
