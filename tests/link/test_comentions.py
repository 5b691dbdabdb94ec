"""Co-mentions as SQL gives them, against the plainest count in Python."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.engine import open_engine
from kgraph.link.comentions import LIMITS, MOST_NAMED, comentions
from kgraph.model import CoMention, ResolvedMention, Where
from tests.toy import comentions as counted
from tests.toy import toy


def run(papers: int, mentions: list[ResolvedMention], **limits: int) -> list[CoMention]:
    with open_engine("local", 1) as engine:
        return list(comentions(engine, papers, mentions, LIMITS | limits))


def test_the_toy() -> None:
    known = toy()
    assert run(len(known.papers), list(known.mentions)) == list(known.comentions)


mention = st.builds(
    ResolvedMention,
    paper=st.sampled_from(["paper/a", "paper/b", "paper/c"]),
    entity=st.sampled_from(["system/A", "system/a", "system/é", "hardware/z"]),
    where=st.sampled_from(Where),
    start=st.just(0),
    end=st.just(1),
    surface=st.just("x"),
    sentence_start=st.integers(0, 2),
    sentence_end=st.just(9),
)


@settings(max_examples=40)
@given(st.lists(mention, max_size=12))
def test_against_a_plain_count(mentions: list[ResolvedMention]) -> None:
    # with a fourth paper, no pair is in all of them, where the measure has no value but a limit
    assert run(4, mentions) == sorted(counted(mentions, 4), key=lambda c: (c.a, c.b))


def test_a_pair_in_every_paper_is_certain() -> None:
    both = [ResolvedMention("paper/a", f"system/{name}", Where.TITLE, 0, 1, name, 0, 9) for name in "xy"]
    assert run(1, both) == [CoMention("system/x", "system/y", 1, 1, 1.0)]


def test_nothing_gives_nothing() -> None:
    assert run(0, []) == []


def named(paper: str, *entities: str, sentence: int = 0) -> list[ResolvedMention]:
    return [ResolvedMention(paper, e, Where.ABSTRACT, 0, 1, "x", sentence, sentence + 9) for e in entities]


def test_of_a_paper_that_names_thousands_of_things_the_foremost_take_part() -> None:
    often = [f"system/often-{n:03}" for n in range(MOST_NAMED)]
    seldom = [f"dataset/seldom-{n:05}" for n in range(5000)]
    survey = named("paper/survey", *often, *seldom) + named("paper/survey", *often, sentence=10)
    found = run(3, survey + named("paper/other", seldom[0], seldom[1]))
    assert len(found) == MOST_NAMED * (MOST_NAMED - 1) // 2 + 1
    assert {c.a for c in found} | {c.b for c in found} == {*often, seldom[0], seldom[1]}
    # two papers name each of the two: ln(1 * 3 / (2 * 2)) / -ln(1 / 3)
    assert CoMention(seldom[0], seldom[1], 1, 1, -0.26186) in found


def test_a_hub_keeps_its_foremost_pairs() -> None:
    papers = 400
    mentions = [m for n in range(papers) for m in named(f"paper/{n:03}", "hardware/gpu", f"system/{n:03}")]
    mentions += named("paper/007", "system/008")  # two papers name 008 with the hub
    mentions += [m for n in range(0, papers, 2) for m in named(f"paper/{n:03}", "hardware/cpu")]
    whole = run(papers, mentions)
    assert len(whole) == papers + 1 + papers // 2 + 1  # the hub with each, 007 with 008, and what the CPU stands beside
    bounded = run(papers, mentions, large=papers, hub_pairs=10)
    kept = {(c.a, c.b) for c in bounded}
    assert kept < {(c.a, c.b) for c in whole}
    assert {("hardware/cpu", "hardware/gpu"), ("hardware/gpu", "system/008"), ("system/007", "system/008")} <= kept
    for hub in ("hardware/gpu", "hardware/cpu"):
        assert sum(hub in pair for pair in kept) <= 10
    assert [c for c in whole if (c.a, c.b) in kept] == bounded  # what stays is measured as before
    assert run(papers, mentions, large=papers + 1, hub_pairs=10) == whole
