"""From said to believed: ends, ids, own claims, introductions."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import permutations

import pytest

from kgraph.link.relations import ENDS, link_relations
from kgraph.model import (
    PAPER,
    Entity,
    Extraction,
    Kind,
    Paper,
    Polarity,
    Quantity,
    Relation,
    RelationMention,
    RelationType,
    ResolvedMention,
    ValueKind,
    Where,
    text_id,
)

TITLE = "Swift: a fast server"
ABSTRACT = "We present Swift, a server. Swift is 2x faster than vLLM on A100. It beats Orca."
P = Paper("paper/swift-1", TITLE, ABSTRACT, text_id(TITLE, ABSTRACT))
TWICE = Quantity("2x", Decimal(2), Decimal(2), ValueKind.RATIO)


@dataclass(frozen=True)
class Believed:
    entities: tuple[Entity, ...] = ()
    mentions: tuple[ResolvedMention, ...] = ()
    names: dict[tuple[str, str], str] = field(default_factory=dict)


def mention(
    entity: str, surface: str, *, introduced: bool = False, confidence: float = 1.0, nth: int = 0
) -> ResolvedMention:
    start = -1
    for _ in range(nth + 1):
        start = ABSTRACT.index(surface, start + 1)
    first = ABSTRACT.rfind(". ", 0, start) + 2 if ". " in ABSTRACT[:start] else 0
    last = ABSTRACT.index(".", start) + 1
    return ResolvedMention(
        P.id, entity, Where.ABSTRACT, start, start + len(surface), surface, first, last, introduced, confidence
    )


def said(
    subject: str, target: str, quote: str, kind: RelationType = RelationType.COMPARES_AGAINST, *,
    polarity: Polarity | None = None,
    metric: str = "", value: Quantity | None = None, confidence: float = 0.8,
) -> RelationMention:  # fmt: skip
    start = ABSTRACT.index(quote)
    return RelationMention(
        kind,
        subject,
        target,
        Where.ABSTRACT,
        start,
        start + len(quote),
        quote,
        polarity,
        metric,
        value,
        None,
        confidence,
    )


BELIEVED = Believed(
    (
        Entity("system/swift", Kind.SYSTEM, "Swift", introduced_by=(P.id,)),
        Entity("system/vllm", Kind.SYSTEM, "vLLM"),
        Entity("hardware/a100", Kind.HARDWARE, "A100"),
    ),
    (
        mention("system/swift", "Swift", introduced=True),
        mention("system/swift", "Swift", introduced=True, nth=1),
        mention("system/vllm", "vLLM", confidence=0.5),
        mention("hardware/a100", "A100"),
    ),
    {(P.id, "Swift"): "system/swift", (P.id, "vLLM"): "system/vllm", (P.id, "A100"): "hardware/a100"},
)
FAST = said("Swift", "vLLM", "2x faster than vLLM", polarity=Polarity.BETTER, metric="speed", value=TWICE)


def link(*mentions: RelationMention, believed: Believed = BELIEVED) -> tuple[Relation, ...]:
    return link_relations((P,), {P.text: Extraction(P.text, (), mentions)}, believed)


def of(relations: tuple[Relation, ...], kind: RelationType) -> list[Relation]:
    return [r for r in relations if r.type is kind]


def test_names_become_entities_and_evidence_stays_verbatim() -> None:
    (relation,) = of(link(FAST), RelationType.COMPARES_AGAINST)
    assert (relation.subject, relation.object) == ("system/swift", "system/vllm")
    assert relation.paper == P.id
    assert ABSTRACT[relation.evidence.start : relation.evidence.end] == relation.evidence.quote == "2x faster than vLLM"
    assert relation.own_claim
    assert (relation.polarity, relation.metric, relation.value) == (Polarity.BETTER, "speed", TWICE)


def test_a_relation_is_as_sure_as_its_words_and_both_its_ends() -> None:
    (relation,) = of(link(FAST), RelationType.COMPARES_AGAINST)
    assert relation.confidence == round(0.8 * 0.5**ENDS, 4)
    assert 0.4 < relation.confidence < 0.8


def test_an_end_that_is_not_believed_drops_the_relation() -> None:
    assert not of(link(said("Swift", "Orca", "It beats Orca")), RelationType.COMPARES_AGAINST)
    assert not of(link(said("Orca", "vLLM", "It beats Orca")), RelationType.COMPARES_AGAINST)


def test_two_names_of_one_entity_are_not_related() -> None:
    names = {**BELIEVED.names, (P.id, "Orca"): "system/vllm"}
    relations = link(said("Orca", "vLLM", "It beats Orca"), believed=replace(BELIEVED, names=names))
    assert not of(relations, RelationType.COMPARES_AGAINST)


def test_the_paper_itself_is_a_subject_and_its_claim_is_its_own() -> None:
    (relation,) = of(link(said(PAPER, "A100", "on A100", RelationType.RUNS_ON)), RelationType.RUNS_ON)
    assert relation.subject == P.id
    assert relation.own_claim


def test_a_claim_about_others_is_not_own() -> None:
    relations = link(said("vLLM", "A100", "on A100", RelationType.RUNS_ON))
    assert not of(relations, RelationType.RUNS_ON)[0].own_claim


def test_one_relation_for_each_metric_and_the_telling_one_wins() -> None:
    bare = said("Swift", "vLLM", "than vLLM", polarity=Polarity.UNSPECIFIED)
    again = said("Swift", "vLLM", "faster than vLLM", polarity=Polarity.BETTER, metric="Speed")
    memory = said("Swift", "vLLM", "than vLLM", polarity=Polarity.BETTER, metric="memory", value=TWICE)
    relations = of(link(bare, again, FAST, memory), RelationType.COMPARES_AGAINST)
    assert sorted(r.metric for r in relations) == ["memory", "speed"]
    assert len({r.id for r in relations}) == 2


@pytest.mark.parametrize(("confidence", "number"), [(0.34, 0), (0.36, 1)])
def test_lineage_is_believed_from_some_confidence_on(confidence: float, number: int) -> None:
    on = said("Swift", "A100", "on A100", RelationType.BUILDS_ON, confidence=confidence)
    assert len(of(link(on), RelationType.BUILDS_ON)) == number
    assert len(of(link(replace(on, type=RelationType.RUNS_ON)), RelationType.RUNS_ON)) == 1


def test_likeness_beside_an_advantage_is_kept() -> None:
    alike = said("Swift", "vLLM", "than vLLM", polarity=Polarity.SIMILAR)
    assert len(of(link(alike, FAST), RelationType.COMPARES_AGAINST)) == 2


def test_introduces_quotes_the_sentence_that_presents() -> None:
    (relation,) = of(link(), RelationType.INTRODUCES)
    assert (relation.subject, relation.object) == (P.id, "system/swift")
    assert relation.evidence.quote == "We present Swift, a server."


@pytest.mark.parametrize(
    ("title", "abstract", "quote"),
    [
        ("Swift: a server", "Swift is fast. We train Crow on Swift.", "Swift: a server"),
        ("Swift: a server", "We propose Crow that is trained on Swift. Swift is fast.", "Swift: a server"),
        ("Swift: a server", "Swift is fast. We present the server Swift.", "We present the server Swift."),
        ("A server", "Crow is slow. We propose Crow on Swift. Swift is fast.", "We propose Crow on Swift."),
    ],
)
def test_the_quote_of_an_introduction_presents_just_this(title: str, abstract: str, quote: str) -> None:
    paper = Paper("paper/swift-2", title, abstract, text_id(title, abstract))
    mentions = []
    for where, text in ((Where.TITLE, title), (Where.ABSTRACT, abstract)):
        for found in re.finditer("Swift", text):
            first = text.rfind(". ", 0, found.start()) + 2 if ". " in text[: found.start()] else 0
            last = text.find(".", found.start()) + 1 or len(text)
            mentions.append(
                ResolvedMention(paper.id, "system/swift", where, *found.span(), "Swift", first, last, True, 1.0)
            )
    swift = Entity("system/swift", Kind.SYSTEM, "Swift", introduced_by=(paper.id,))
    believed = Believed((swift,), tuple(mentions), {(paper.id, "Swift"): "system/swift"})
    (relation,) = link_relations((paper,), {paper.text: Extraction(paper.text)}, believed)
    assert relation.evidence.quote == quote


def test_ids_and_order_do_not_depend_on_the_order_of_what_is_said() -> None:
    memory = said("Swift", "vLLM", "than vLLM", polarity=Polarity.BETTER, metric="memory", value=TWICE)
    runs = said("Swift", "A100", "on A100", RelationType.RUNS_ON)
    results = {link(*order) for order in permutations([FAST, memory, runs])}
    assert len(results) == 1
    (relations,) = results
    assert list(relations) == sorted(relations, key=lambda r: r.id)
