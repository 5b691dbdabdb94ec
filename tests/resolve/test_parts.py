"""The uses of a name judged in parts: what they say together adds up, however they are divided and in any order."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from time import process_time

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.model import Kind, Paper, Rule
from kgraph.resolve.entities.drafts import Draft, drafts_of
from kgraph.resolve.entities.explain import explain
from kgraph.resolve.entities.gist import Gist, gist, plus
from kgraph.resolve.entities.grouping import Parts, gathered, group
from kgraph.resolve.entities.judgements import Judgement, Judgements, Side, judgements
from kgraph.resolve.entities.judging import Tallies, Verdict, added, judged, settled, told
from kgraph.resolve.entities.said import Said, collect
from kgraph.resolve.entities.senses import SAME_WORK, founded, works
from kgraph.resolve.entities.similarity import Similarity
from kgraph.resolve.entities.tally import BELIEVED, Tally, Voice
from kgraph.vocab import Vocabulary
from tests.resolve.made import NAMES, Corpus, M, S, apexes, corpora, say

WORDS = Vocabulary()


@st.composite
def rows(draw: st.DrawFn, corpus: Corpus) -> Judgements:
    """Draw judgements about names of a corpus, in single papers and in all."""
    papers = st.sampled_from(["", *(paper.id for paper in corpus.papers)])
    sides = st.builds(Side, st.sampled_from(NAMES), papers)
    drawn = draw(st.lists(st.tuples(st.booleans(), sides, sides), max_size=3))
    return judgements(*(Judgement(same, a, b, "", f"line {i}") for i, (same, a, b) in enumerate(drawn) if a != b))


def made(uses: Sequence[list[Said]], parts: Parts, rules: Judgements, least: float) -> tuple[list[Draft], list[object]]:
    """Return the drafts of a group whose uses come in these parts, and all that is told of it."""
    root, members = parts
    keys = {use.place: key for key, said in members for use in said}
    gists: dict[str, Gist] = {}
    for part in uses:
        for key in {keys[use.place] for use in part}:
            one = gist([use for use in part if keys[use.place] == key], rules)
            gists[key] = plus(gists[key], one) if key in gists else one
    links = {key: (root, Rule.SPELLING, "made up") for key, _ in members if key != root}
    found_group = gathered(root, sorted(gists.items()), links, WORDS)
    papers = {use.paper.id: use.paper for part in uses for use in part}
    alike = Similarity.among(sorted(papers.values(), key=lambda paper: paper.id))
    found = founded(found_group, rules, alike)
    tallies: Tallies = {}
    verdicts: list[tuple[Said, Verdict]] = []
    for part in uses:
        here, tally = judged(part, found, WORDS, alike, least)
        verdicts += zip(part, here, strict=True)
        tallies = added(tallies, tally)
    after = settled(found, tallies)
    drafts = drafts_of(found_group, found, tallies, after)
    ids = {one.tag: f"{number}" for number, one in enumerate(drafts)}
    rest = sorted((u.place, *told(u.paper.id, u.name, verdict, after, ids)) for u, verdict in verdicts)
    return drafts, [*rest, *([*explain(one, "x", 2)] for one in drafts)]


def essence(one: Draft) -> tuple[object, ...]:
    return (
        one.tag, one.names, one.joined, one.kind, one.label, one.aliases, one.level, one.maker, one.dissent, one.title,
        [s.place for s in one.founders], one.sense.alone,
    )  # fmt: skip


@settings(max_examples=150)
@given(st.data(), corpora(), st.sampled_from([0.0, 0.9]), st.integers(1, 5))
def test_uses_in_any_parts_make_the_same_things(data: st.DataObject, corpus: Corpus, least: float, count: int) -> None:
    rules = data.draw(rows(corpus))
    dice = data.draw(st.randoms(use_true_random=False))
    groups, _ = group(collect(corpus.papers, corpus.extractions), WORDS, rules)
    for parts in groups:
        uses = [use for _, said in parts[1] for use in said]
        dice.shuffle(uses)
        pieces = [piece for i in range(count) if (piece := uses[i::count])]
        drafts, said = made(pieces, parts, rules, least)
        expected, whole = made([sorted(uses, key=lambda use: use.place)], parts, rules, least)
        assert [essence(one) for one in drafts] == [essence(one) for one in expected]
        assert said == whole


voices = st.builds(
    Voice,
    st.sampled_from(["A", "a"]),
    st.sampled_from([S, M]),
    st.none(),
    st.just("rule"),
    st.floats(0, 1),
    st.booleans(),
    st.just(BELIEVED),
    st.just(""),
)


@given(st.lists(voices, max_size=12), st.randoms(use_true_random=False))
def test_sums_are_exact_and_do_not_depend_on_order(said: list[Voice], dice: random.Random) -> None:
    def total(rows: list[Voice], cut: int) -> Tally:
        parts = Tally(), Tally()
        for i, voice in enumerate(rows):
            parts[i < cut].add(voice, (voice.name, "x"))
        return parts[0].plus(parts[1])

    expected = total(said, 0)
    mixed = [*said]
    dice.shuffle(mixed)
    found = total(mixed, dice.randint(0, len(said)))
    assert found == expected
    assert found.weights() == expected.weights()
    assert list(found.kinds()) == sorted(found.kinds())
    assert found.uses == len(said)


@st.composite
def founders(draw: st.DrawFn) -> tuple[list[Said], dict[frozenset[str], float]]:
    """Draw papers that introduce a name, some twice, and how alike each two are."""
    count = draw(st.integers(1, 9))
    papers = [Paper(f"paper/{i}", "", "", "") for i in range(draw(st.integers(1, count)))]
    said = [
        Said(
            paper=draw(st.sampled_from(papers)),
            name=draw(st.sampled_from(["ABC", "ABCs", "XYZ"])),
            kind=Kind.SYSTEM,
            surfaces=("ABC",),
            full=draw(st.frozensets(st.sampled_from("pqr"), max_size=2)),
            introduced=True,
            certain=True,
            confidence=1.0,
            concept="",
            rule="",
            level=None,
            mentions=(),
        )
        for _ in range(count)
    ]
    pairs = [frozenset((a.id, b.id)) for a in papers for b in papers]
    return said, {pair: draw(st.sampled_from([0.0, SAME_WORK, 0.1])) for pair in dict.fromkeys(pairs)}


@settings(max_examples=200)
@given(founders(), st.booleans())
def test_works_are_the_components_of_what_is_one(
    drawn: tuple[list[Said], dict[frozenset[str], float]], likened: bool
) -> None:
    order, numbers = drawn
    asked: list[frozenset[int]] = []
    at = {id(one): i for i, one in enumerate(order)}

    def alike(one: Paper, other: Paper, name: str) -> float:
        asked.append(frozenset((id(one), id(other))))
        return numbers[frozenset((one.id, other.id))]

    def is_one(one: Said, other: Said) -> bool:
        if one.paper.id == other.paper.id or one.full & other.full:
            return True
        same_name = one.name.rstrip("s") == other.name.rstrip("s")
        near = numbers[frozenset((one.paper.id, other.paper.id))] >= SAME_WORK
        return likened and same_name and near and not (one.full and other.full)

    graph = nx.Graph([(i, j) for i, a in enumerate(order) for j, b in enumerate(order) if is_one(a, b)])
    expected = sorted(sorted(part) for part in nx.connected_components(graph))
    assert [[at[id(one)] for one in work] for work in works(order, alike if likened else None)] == expected
    assert likened or not asked


def test_a_name_that_thousands_introduce_takes_time_for_each_once() -> None:
    def seconds(size: int) -> float:
        corpus = Corpus()
        for i in range(size):
            text = f"We present SAGE, number {i} of many systems for things."
            corpus.add(f"SAGE: {i}", text, say(text, "SAGE", introduced=i % 2 == 0), year=2015 + i % 9)
        start = process_time()
        corpus.resolve()
        return process_time() - start

    seconds(50)
    assert seconds(4800) < 32 * max(seconds(600), 0.05)  # if each were compared with each, 64 times


def test_things_that_only_judgements_make_have_ids_of_their_own() -> None:
    corpus, *_ = apexes()
    more = [
        corpus.add(f"U{i}", f"Number {i} says APEX.", say(f"Number {i} says APEX.", "APEX"), year=2026)
        for i in range(4)
    ]
    pairs = [Judgement(True, Side("APEX", more[i]), Side("APEX", more[i + 1])) for i in (0, 2)]
    resolved = corpus.resolve(rows=judgements(*pairs))
    names = {paper: entity for (paper, _), entity in resolved.names.items()}
    assert names[more[0]] == names[more[1]] != names[more[2]] == names[more[3]]
    ids = [entity.id for entity in resolved.entities]
    assert len(set(ids)) == len(ids)


def test_a_doubtful_use_hears_of_witnesses_in_other_parts() -> None:
    corpus = Corpus()
    for i in range(4):
        text = f"Number {i} says vLLM."
        corpus.add(f"U{i}", text, say(text, "vLLM", certain=i != 0))
    ((root, members),), _ = group(collect(corpus.papers, corpus.extractions), WORDS, judgements())
    uses = members[0][1]
    assert believed(uses, (root, members)) == [use.place for use in uses]
    fewer = [replace(use, certain=use.certain and i > 1) for i, use in enumerate(uses)]
    assert believed(fewer, (root, members)) == [use.place for use in fewer if use.certain]


def believed(uses: Sequence[Said], parts: Parts) -> list[tuple[str, str]]:
    """Return the places of uses that mean something, each judged alone."""
    _, verdicts = made([[use] for use in uses], parts, judgements(), 0.0)
    return [row[0] for row in verdicts if isinstance(row, tuple) and row[1]]
