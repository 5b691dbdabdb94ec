"""Co-mentions as SQL gives them, against the plainest count in Python."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.engine import open_engine
from kgraph.link.comentions import comentions
from kgraph.model import CoMention, ResolvedMention, Where
from tests.toy import comentions as counted
from tests.toy import toy


def run(papers: int, mentions: list[ResolvedMention]) -> list[CoMention]:
    with open_engine("local", 1) as engine:
        return list(comentions(engine, papers, mentions))


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


@settings(max_examples=40, deadline=None)
@given(st.lists(mention, max_size=12))
def test_against_a_plain_count(mentions: list[ResolvedMention]) -> None:
    # with a fourth paper, no pair is in all of them, where the measure has no value but a limit
    assert run(4, mentions) == sorted(counted(mentions, 4), key=lambda c: (c.a, c.b))


def test_a_pair_in_every_paper_is_certain() -> None:
    both = [ResolvedMention("paper/a", f"system/{name}", Where.TITLE, 0, 1, name, 0, 9) for name in "xy"]
    assert run(1, both) == [CoMention("system/x", "system/y", 1, 1, 1.0)]


def test_nothing_gives_nothing() -> None:
    assert run(0, []) == []
