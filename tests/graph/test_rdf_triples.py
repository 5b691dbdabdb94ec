"""Knowledge as triples: order, uniqueness, names and literals."""

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, parse

from kgraph.graph.iris import DATA, PREFIXES, concept_iri, data_iri, is_base, is_iri, web_iri
from kgraph.graph.rdf import to_rdflib
from kgraph.graph.terms import TYPE, clean, decimal, term, when
from kgraph.graph.triples import blocks, triples
from kgraph.model import Knowledge
from kgraph.ontology import KG, ontology_folder
from tests.toy import NASTY, toy

T = TypeVar("T")


def shuffled(items: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(Random(7).sample(items, len(items)))


@pytest.fixture(scope="module")
def hostile() -> Knowledge:
    return toy(hostile=True)


def test_subjects_come_in_order_and_once(hostile: Knowledge) -> None:
    subjects = [f"<{subject.value}>" for subject, _ in blocks(hostile)]
    assert subjects == sorted(set(subjects))


def test_no_triple_twice_and_no_blank_node(hostile: Knowledge) -> None:
    found = list(triples(hostile))
    assert len(found) == len(set(found))
    assert not [t for t in found if isinstance(t.subject, BlankNode) or isinstance(t.object, BlankNode)]


def test_ids_that_begin_alike_stay_in_order() -> None:
    plain = toy()
    first = plain.papers[0]
    names = {first.id: "paper/a", plain.papers[1].id: "paper/a0", plain.papers[2].id: "paper/a-b"}
    knowledge = replace(
        plain,
        papers=tuple(replace(p, id=names.get(p.id, p.id)) for p in plain.papers),
        mentions=tuple(replace(m, paper=names.get(m.paper, m.paper)) for m in plain.mentions),
        relations=(),
        citations=(),
    )
    subjects = [f"<{subject.value}>" for subject, _ in blocks(knowledge)]
    assert subjects == sorted(set(subjects))


def test_order_of_knowledge_does_not_matter(hostile: Knowledge) -> None:
    mixed = replace(
        hostile,
        papers=shuffled(hostile.papers),
        entities=shuffled(hostile.entities),
        mentions=shuffled(hostile.mentions),
        relations=shuffled(hostile.relations),
        comentions=shuffled(hostile.comentions),
    )
    assert set(triples(mixed)) == set(triples(hostile))
    assert [s for s, _ in blocks(mixed)] == [s for s, _ in blocks(hostile)]


def test_the_description_counts_every_triple(hostile: Knowledge) -> None:
    found = [(s, p, o) for s, pairs in blocks(hostile) for p, o in pairs]
    [said] = [o.value for s, p, o in found if p == term("void:triples") and s.value == DATA + "void"]
    assert int(said) == len(found)


def test_every_term_used_is_declared(hostile: Knowledge) -> None:
    declared = {
        q.subject.value for q in parse(path=str(ontology_folder() / "kgraph.ttl")) if isinstance(q.subject, NamedNode)
    }
    found = [pair for _, pairs in blocks(hostile, abstracts=True) for pair in pairs]
    used = {p.value for p, _ in found}
    used |= {o.value for p, o in found if p == TYPE or (isinstance(o, NamedNode) and o.value.startswith(KG))}
    used.discard(KG)  # the namespace, as a vocabulary of the description
    assert used - {TYPE.value} <= declared


def test_rdflib_gets_the_same_triples(hostile: Knowledge) -> None:
    graph = to_rdflib(hostile)
    assert len(graph) == len(list(triples(hostile)))
    assert dict(graph.namespaces()).keys() >= PREFIXES.keys() - {"xml"}


@given(st.sampled_from(NASTY) | st.text())
def test_cleaning_keeps_offsets_and_what_xml_can_hold(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    cleaned.encode("utf-8")
    assert all(a == b or b == "\ufffd" for a, b in zip(text, cleaned, strict=True))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_decimals_keep_their_value_without_exponent(number: Decimal) -> None:
    text = decimal(number).value
    assert Decimal(text) == number
    assert "E" not in text.upper()


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2025-08-18", "date"),
        ("2025-02-30", "string"),
        ("2025-08", "gYearMonth"),
        ("2025", "gYear"),
        ("--08-18", "gMonthDay"),
        ("next week", "string"),
    ],
)
def test_dates_are_typed_as_far_as_known(text: str, datatype: str) -> None:
    assert when(text).datatype == term(f"xsd:{datatype}")
    assert when(text).value == text


@given(st.text() | st.sampled_from(NASTY))
def test_every_id_and_address_makes_a_valid_iri(text: str) -> None:
    NamedNode(data_iri(DATA, f"system/{text}"))
    NamedNode(concept_iri(text))
    for address in (web_iri(text), web_iri(f"https://example.org/{text}")):
        assert not address or NamedNode(address).value.startswith("http")


def test_only_web_addresses_become_links() -> None:
    assert web_iri("javascript:alert(1)") == ""
    assert web_iri("https://example.org/a b") == "https://example.org/a%20b"
    assert web_iri("https://user@[bad/") == ""


@pytest.mark.parametrize(
    ("iri", "good"),
    [
        (DATA, True),
        ("https://x.org/#", True),
        ("x/", False),
        ("https://x.org/a", False),
        ("http://x/#/#", False),
        ("urn:x:", False),
        ("urn:x:y#", True),
        ("https://x.org/\x7f/", False),
    ],
)
def test_bases(iri: str, good: bool) -> None:
    assert is_base(iri) is good


@given(st.text())
def test_what_is_an_iri_is_one_to_the_parser(text: str) -> None:
    for iri in (text, f"https://example.org/{text}", f"urn:{text}"):
        if is_iri(iri):
            assert NamedNode(iri).value == iri
