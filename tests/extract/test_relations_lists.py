"""Comparisons with numbers inside: sizes of models, what each thing reaches, lists that go on."""

import pytest

from kgraph.extract.relations import relations
from kgraph.model import PAPER, RelationType
from tests.extract.marked import marked

# text, then the expected (subject, object, polarity, value) of each relation
LISTS = [
    ("{Swift!} outperforms the 671B {R1@} model.", [("Swift", "R1", "better", None)]),
    (
        "{Swift!} surpasses 72B models ({Qwen@} and {Llama@}) in quality.",
        [("Swift", "Qwen", "better", None), ("Swift", "Llama", "better", None)],
    ),
    (
        "{Swift!} exceeds {R1@} and the 2.8T {K3@}.",
        [("Swift", "R1", "better", None), ("Swift", "K3", "better", None)],
    ),
    ("{Swift!} outperforms models up to 70B scale, such as {R1@}.", [("Swift", "R1", "better", None)]),
    ("{Swift!} outperforms models over 200 times larger, including {R1@}.", [("Swift", "R1", "better", None)]),
    (
        "{Swift!} reaches 30 tokens, far surpassing the 10 tokens achieved by {Eagle}.",
        [("Swift", "Eagle", "better", None)],
    ),
    (
        "{Swift!} improves hits by 22%, compared to 10% for {STMS} and 4% for a real {ISB}.",
        [("Swift", "STMS", "better", "22%"), ("Swift", "ISB", "better", "22%")],
    ),
    ("{Swift!} achieves a recall of 0.966 (vs. 0.475 for {CLIP@}).", [("Swift", "CLIP", "unspecified", None)]),
    (
        "{Swift!} outperforms {Orca} by 3.2 points and {vLLM} by 7.7 points.",
        [("Swift", "Orca", "better", "3.2 points"), ("Swift", "vLLM", "better", "7.7 points")],
    ),
    (
        "{Swift!} is 7.9x faster over {MKL} on a machine, 13x against {cuSPARSE}.",
        [("Swift", "MKL", "better", "7.9x"), ("Swift", "cuSPARSE", "better", "13x")],
    ),
    (
        "{Swift!} achieves 74% higher throughput while keeping accuracy within 0.2% compared to {Orca}.",
        [("Swift", "Orca", "better", "74%")],
    ),
    (
        "{Swift!} surpasses servers such as {Orca} by up to 11%, and schedulers such as {Sarathi} by 5%.",
        [("Swift", "Orca", "better", "11%"), ("Swift", "Sarathi", "better", "5%")],
    ),
]

# phrases that lead to a name past a word that mostly ends them
PHRASES = [
    "{Swift!} outperforms even {vLLM}.",
    "{Swift!} is faster than our previous generation {vLLM}.",
    "{Swift!} is 3x faster than the schedules produced by {vLLM}.",
    "Performance of {Swift!} matches that of hand-written {vLLM} code.",
    "{Swift!} performs comparably to {vLLM}.",
    "{Swift!} reduces latency by 3x compared to the version implemented using {vLLM}.",
    "{Swift!} outperforms techniques from operating systems such as {vLLM}.",
    "{Swift!} outperforms all methods implemented on {ImageNet%}, including {vLLM}.",
    "{Swift!} is better than commercial models on these benchmarks, including {vLLM@}.",
    "Comparison of {Swift!} made in 40 nm with {vLLM} shows a 3x advantage.",
    "{Swift!} achieves a 3x speedup compared to a {CPU##} bringing down the time to 1 s.",
    "{Swift!} reveals 3x speed compared to that on {CPU##}.",
    "In comparison to {GPU##} backends, {Swift!} is faster.",
]


@pytest.mark.parametrize(("source", "expected"), LISTS, ids=lambda v: v[:50] if isinstance(v, str) else "")
def test_numbers_within_the_phrase(source: str, expected: list[tuple[str, str, str, str | None]]) -> None:
    text, mentions = marked(source)
    got = [r for r in relations("", text, mentions) if r.type is RelationType.COMPARES_AGAINST]
    assert [(r.subject, r.object, str(r.polarity), r.value.text if r.value else None) for r in got] == expected


@pytest.mark.parametrize("source", PHRASES)
def test_phrases_that_go_on(source: str) -> None:
    text, mentions = marked(source)
    got = [r for r in relations("", text, mentions) if r.type is RelationType.COMPARES_AGAINST]
    assert [r.subject for r in got] == ["Swift"]
    assert got[0].object in ("vLLM", "CPU", "GPU")


@pytest.mark.parametrize(
    "source",
    [
        "{Swift!} is faster on {ImageNet%} and uses 30% less memory for {ResNet@}.",
        "We use 2 times fewer tokens than before, and train a 7B {Llama@}.",
        "{Swift!} is faster than our system on {GPUs##=GPU}.",
        "{Swift!} offers a library similar to {NumPy}.",
        "{Swift!} runs fast on more than one {GPU##}.",
        "{Swift!} outperforms state-of-the-art {BTB} replacement techniques by 5x.",
    ],
)
def test_what_is_no_object(source: str) -> None:
    text, mentions = marked(source)
    assert not [r for r in relations("", text, mentions) if r.type is RelationType.COMPARES_AGAINST]


def test_others_work_in_the_object_hides_no_subject() -> None:
    text, mentions = marked("These results outperform conventional baselines, and are competitive with {XGBoost}.")
    assert [(r.subject, r.object) for r in relations("", text, mentions)] == [(PAPER, "XGBoost")]


def test_of_several_numbers_the_speed_is_the_headline() -> None:
    text, mentions = marked("{Swift!} achieves a 16% gain in accuracy and a 4x inference speedup compared to {Orca}.")
    assert [(r.metric, r.value.text if r.value else "") for r in relations("", text, mentions)] == [
        ("inference speedup", "4x"),
        ("accuracy", "16%"),
    ]


def test_of_a_thing_and_its_owner_the_thing_is_compared_with() -> None:
    text, mentions = marked("{Swift!} is faster than {RedHat}'s {KSM} and the {TPFTL} and {LeaFTL} schemes.")
    assert [r.object for r in relations("", text, mentions)] == ["KSM", "TPFTL", "LeaFTL"]
