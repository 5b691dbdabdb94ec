"""Relations as texts state them: ends, direction, metric, number, and the words that say so."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.extract.relations import relations
from kgraph.extract.relations.scoring import calibrated
from kgraph.model import PAPER, Polarity, RelationMention, RelationType, Where
from tests.extract.marked import marked

COMPARES, RUNS_ON, BUILDS_ON = RelationType.COMPARES_AGAINST, RelationType.RUNS_ON, RelationType.BUILDS_ON


def found(source: str, kind: RelationType = COMPARES) -> list[RelationMention]:
    text, mentions = marked(source)
    return [r for r in relations("", text, mentions) if r.type is kind]


# text, then the expected (subject, object, polarity, value) of each relation
COMPARISONS = [
    (
        "{Swift!} is on par with {vLLM}, although that was tuned by hand. For loads, it is 3.5x faster than {Orca}.",
        [("Swift", "vLLM", "similar", None), ("Swift", "Orca", "better", "3.5x")],
    ),
    ("{Swift!} is new. Its rate is only 18% lower than that of {vLLM}.", [("Swift", "vLLM", "worse", None)]),
    ("{Swift!} is on par with {vLLM} at nearly 100% utilization.", [("Swift", "vLLM", "similar", None)]),
    ("{Swift!} is on par with {vLLM} at nearly 100% accelerator utilization.", [("Swift", "vLLM", "similar", None)]),
    ("{Swift!} is new. Against {vLLM} the average speedup is 1.37x.", [("Swift", "vLLM", "better", "1.37x")]),
    ("{Swift!} has fewer parts yet achieves lower error rates than {vLLM}.", [("Swift", "vLLM", "better", None)]),
    ("{Swift@!} is 8x deeper than {VGG@} nets.", []),
    ("{Swift!} trains a model that is larger than {GPT-2@}.", []),
    ("A 13B model fits {Swift!} without any parallelism, which is larger than {GPT-2@}.", []),
    ("Training on {Swift%!} results in better agents, outperforming {GPT-4@}.", [(PAPER, "GPT-4", "better", None)]),
    ("{Swift%!} achieves better results than {GPT-4@}.", [("Swift", "GPT-4", "better", None)]),
    ("{Swift!} has a throughput that is 2x larger than {vLLM}.", [("Swift", "vLLM", "better", "2x")]),
    ("{Swift@!} outperforms {GPT-3@} although it is 10x smaller.", [("Swift", "GPT-3", "better", None)]),
    ("{Swift!} surpasses {LoRA} - while using only 60% of its budget.", [("Swift", "LoRA", "better", None)]),
    ("{Swift!} matches {vLLM} while being 26x cheaper.", [("Swift", "vLLM", "better", "26x")]),
    (
        "{Swift!} computes with increased accuracy and improved run-time when compared to {vLLM}.",
        [("Swift", "vLLM", "better", None)],
    ),
    (
        "Our method is 10x faster than a solver, and is sure to end faster unlike the previous {Orca} that fails.",
        [(PAPER, "Orca", "better", None)],
    ),
    (
        "{Swift!} achieves a 22.8x speedup over an {ELSA} accelerator+{GPU##} system.",
        [("Swift", "ELSA", "better", "22.8x")],
    ),
    ("{Swift%!} is a benchmark. Our 7B reward model outperforms {GPT-5@}.", [(PAPER, "GPT-5", "better", None)]),
    ("{Swift!} outperforms {vLLM} by 2x.", [("Swift", "vLLM", "better", "2x")]),
    ("We present {Swift!}, a server. It is 1.4-11.2x faster than {vLLM}.", [("Swift", "vLLM", "better", "1.4-11.2x")]),
    (
        "{Swift!} serves models. Our system achieves 1.2x higher throughput over {Orca}.",
        [("Swift", "Orca", "better", "1.2x")],
    ),
    ("Our method is 12.87x slower than {vLLM}.", [(PAPER, "vLLM", "worse", "12.87x")]),
    ("Compared to {vLLM}, {Swift!} reduces latency by 40%.", [("Swift", "vLLM", "better", "40%")]),
    (
        "{Swift!} reduces memory by 3x compared with {ZeRO} and {FSDP}.",
        [("Swift", "ZeRO", "better", "3x"), ("Swift", "FSDP", "better", "3x")],
    ),
    (
        "{Swift!} outperforms {ZeRO} and {FSDP} by 33times and over 200times, respectively.",
        [("Swift", "ZeRO", "better", "33times"), ("Swift", "FSDP", "better", "200times")],
    ),
    (
        "{Swift!} achieves 97x and 46x speedups compared to the {CPU##} and {GPU##} implementations.",
        [("Swift", "CPU", "better", "97x"), ("Swift", "GPU", "better", "46x")],
    ),
    (
        "{Swift!} yields a 37x speedup over {Orca} and 345x over {vLLM}.",
        [("Swift", "Orca", "better", "37x"), ("Swift", "vLLM", "better", "345x")],
    ),
    ("{Swift-2!} is 2x faster than the original {Swift!}.", [("Swift-2", "Swift", "better", "2x")]),
    ("Compared to {Swift!}, {Swift-2!} is 2x faster.", []),
    (
        "{Swift!} is first. {Swift-2!} lowers the bill, while still keeping quality comparable to {vLLM}.",
        [("Swift-2", "vLLM", "similar", None)],
    ),
    ("{Swift!} matches or exceeds {vLLM} in accuracy.", [("Swift", "vLLM", "better", None)]),
    ("{Swift!} performs on par with {vLLM}.", [("Swift", "vLLM", "similar", None)]),
    ("{Swift!} achieves accuracy comparable to {GPT-4@}.", [("Swift", "GPT-4", "similar", None)]),
    ("{Swift!} is on par with {vLLM} while reducing memory by 4x.", [("Swift", "vLLM", "better", "4x")]),
    ("Unlike {Orca}, {Swift!} is faster and needs no tuning.", [("Swift", "Orca", "better", None)]),
    ("{Swift!} has 420x smaller search cost than {MnasNet@}.", [("Swift", "MnasNet", "better", "420x")]),
    ("{Swift!} is an order of magnitude faster than {TVM}.", [("Swift", "TVM", "better", "an order of magnitude")]),
    (
        "{Swift!} outperforms strong baselines, including {Orca}, {vLLM}, and {SGLang}.",
        [("Swift", n, "better", None) for n in ("Orca", "vLLM", "SGLang")],
    ),
    (
        "{Swift!} beats two prefetchers ({MLOP} and {Bingo}) by 3.4% and 3.8%.",
        [("Swift", "MLOP", "better", "3.4%"), ("Swift", "Bingo", "better", "3.8%")],
    ),
    ("{Swift!} still trails {GPT-5@} in accuracy.", [("Swift", "GPT-5", "worse", None)]),
    ("{vLLM} outperforms {HuggingFace Pipelines}.", [("vLLM", "HuggingFace Pipelines", "better", None)]),
    ("{Swift!} achieves 88% of the performance of hand-written {CUDA} programs.", [("Swift", "CUDA", "worse", "88%")]),
    ("{Swift!} reaches 1.39times {FA2} throughput.", [("Swift", "FA2", "better", "1.39times")]),
    (
        r"{Swift!} provides 2.4\texttimes speedup over {V100#} {GPUs##=GPU}.",
        [("Swift", "V100", "better", r"2.4\texttimes")],
    ),
    ("Kernels run more than 3x faster on {FPGAs##=FPGA} than on {GPUs##=GPU}.", [("FPGA", "GPU", "better", "3x")]),
    (
        "{Swift!} cuts query time from 4,200 ms to 494 ms compared to {Orca}.",
        [("Swift", "Orca", "better", "4,200 ms to 494 ms")],
    ),
    ("We compare {Swift!} with {vLLM}. It reaches 2x higher throughput.", [("Swift", "vLLM", "better", "2x")]),
    (
        "{Swift!} matches {vLLM} in speed, and {Muon} beats {AdamW}.",
        [("Swift", "vLLM", "similar", None), ("Muon", "AdamW", "better", None)],
    ),
    ("{Swift!} even surpasses or approaches {GPT-5@}.", [("Swift", "GPT-5", "similar", None)]),
    ("{Swift!} achieves 1.6X-166X throughput when compared to {OpenCL}.", [("Swift", "OpenCL", "better", "1.6X-166X")]),
    ("We show the advantage of {MLA} over {GQA}.", [("MLA", "GQA", "better", None)]),
    (
        "Compared to the simulator {PTB} and the {A100#} {GPU##}, {Swift!} is 7.4x and 1.8x faster, respectively.",
        [("Swift", "PTB", "better", "7.4x"), ("Swift", "A100", "better", "1.8x")],
    ),
    (
        "Finally, {OpenACC} performance is compared against native approaches on each platform, "
        "including {CUDA} and {OpenCL}, in addition to {MPI}.",
        [
            ("OpenACC", "CUDA", "unspecified", None),
            ("OpenACC", "OpenCL", "unspecified", None),
            ("OpenACC", "MPI", "unspecified", None),
        ],
    ),
    ("{Swift!} does not offer better performance than {CUDA}.", [("Swift", "CUDA", "unspecified", None)]),
    (
        "{ResNet50@} classification results demonstrate a 4x improvement compared to {V100#} {GPUs##=GPU}.",
        [(PAPER, "V100", "better", "4x")],
    ),
    ("{Swift!} reaches 10x speedup over the {ASIC##} accelerator {PipeZK}.", [("Swift", "PipeZK", "better", "10x")]),
    (
        "{Swift!} is comparable to {EMU3@} on {GenEval%}, {Cosmos@} on {VBench%}, and {OpenSora@} on {VBench%}.",
        [("Swift", n, "similar", None) for n in ("EMU3", "Cosmos", "OpenSora")],
    ),
    (
        "We evaluate {Swift!} and other baselines such as {ASP} and {SR-STE}.",
        [("Swift", "ASP", "unspecified", None), ("Swift", "SR-STE", "unspecified", None)],
    ),
    ("{Swift!} trains 8x larger models compared with using {PyTorch} alone.", [("Swift", "PyTorch", "better", "8x")]),
    ("Our design achieves speedups of 102x with respect to {HMMer2}.", [(PAPER, "HMMer2", "better", "102x")]),
    ("{Swift!} has only one-third the parameters of {TransReID@}.", [("Swift", "TransReID", "better", "one-third")]),
    (
        "{Swift!} trains in around 480 hours versus {CogVideo@} with 12,480 hours.",
        [("Swift", "CogVideo", "unspecified", None)],
    ),
    (
        "At equal latency, {Swift!} delivers 2-4x higher throughput than {vLLM} and {Orca}.",
        [("Swift", "vLLM", "better", "2-4x"), ("Swift", "Orca", "better", "2-4x")],
    ),
    (
        "Running {OPT@} family models on {A100#}, {Swift!} achieves 2.9x over {cuBLAS}.",
        [("Swift", "cuBLAS", "better", "2.9x")],
    ),
    ("When serving {OPT@} on {A100#}, {Swift} reaches 2x over {Orca}.", [("Swift", "Orca", "better", "2x")]),
    (
        "We give a comparison with the {Cortex-M7#} microcontroller ({MCU##}), a common part, "
        "which is 12x slower than {PULP-9}.",
        [("PULP-9", "Cortex-M7", "better", "12x")],
    ),
    (
        "We compare {Swift!} with {Orca}, a server, which is 3x slower than {Swift}.",
        [("Swift", "Orca", "better", "3x")],
    ),
    ("Training on our {MathSet!%} yields {Dart@}, which even matches {FLUX@}.", [("Dart", "FLUX", "similar", None)]),
    (
        "{Swift!} performs on par with {vLLM}, surpassing its own baseline by 9 points.",
        [("Swift", "vLLM", "similar", None)],
    ),
    (
        "In our study of {NavSet!%}, tools matter as much as scale ({AgentA} matches {AgentB} at 37%).",
        [("AgentA", "AgentB", "similar", None)],
    ),
    ("{Swift!} matches the {LoRA} upper bound.", [("Swift", "LoRA", "similar", None)]),
    ("{Swift!} matches the {PyTorch} reference token for token.", [("Swift", "PyTorch", "similar", None)]),
    (
        "{Swift!} is 3x and 2x faster than the {PagedCache} variants of {Orca} and {vLLM}.",
        [("Swift", "Orca", "better", "3x"), ("Swift", "vLLM", "better", "2x")],
    ),
    (
        "We compare {Swift!} to {vLLM} and {Orca}.",
        [("Swift", "vLLM", "unspecified", None), ("Swift", "Orca", "unspecified", None)],
    ),
]


@pytest.mark.parametrize(("source", "expected"), COMPARISONS, ids=lambda v: v[:50] if isinstance(v, str) else "")
def test_comparisons(source: str, expected: list[tuple[str, str, str, str | None]]) -> None:
    got = [(r.subject, r.object, str(r.polarity), r.value.text if r.value else None) for r in found(source)]
    assert got == expected


@pytest.mark.parametrize(
    "source",
    [
        "{Swift!} outperforms the state of the art by 2x.",
        "{Swift!} improves accuracy over strong baselines on {LLaMA@}.",
        "{Swift!} needs more than 2x memory on {A100#} GPUs.",
        "Requests may exceed the memory capacity of the {GPU##}.",
        "{Swift!} uses {CUDA} rather than {OpenCL}.",
        "{Swift!} runs pattern matching on {FPGA##}.",
        "{Swift!} was trained over 3 days with {vLLM}.",
        "{Swift!} needs 2x less memory than the non-{Hadoop} version.",
        "Learning-based approaches such as {VoxelMorph} have emerged.",
        "The errors of {Swift!} were validated against {TPU-v1#}.",
        "{Swift!} outputs match {PyTorch}.",
        "{Swift!} uses the same architecture as {BERT@}.",
        "In an effort to close the gap with {Orca}, we release {Swift!}.",
        "{Swift!} achieves a 96% attack success rate against {GPT-5@}.",
        "Much was tried. Recent studies have proposed adapters, reporting large gains over {LoRA}. We ask whether so.",
        "Modern servers perform better than {Orca} in all that matters. However, they need more memory than most have.",
        "{Swift!} stores noise and matching encoder features ({Orca}).",
        "{Swift!} achieves 3-25x speedup over prior {FPGA##}-based accelerators.",
        "{Swift!} beats conventional {AAT} methods.",
        "Compared with separate {ASIC##} design optimizations, {Swift!} reduces latency by 2x.",
    ],
)
def test_what_compares_nothing_named_gives_no_edge(source: str) -> None:
    assert found(source) == []


def test_several_metrics_give_several_relations_headline_first() -> None:
    got = found("{Swift!} achieves 2x lower latency, 20x lower TTFT and 2.5x lower TBT than {vLLM}.")
    assert [(r.metric, r.value.text if r.value else "", r.higher_is_better) for r in got] == [
        ("latency", "2x", False),
        ("ttft", "20x", False),
        ("tbt", "2.5x", False),
    ]
    assert {r.polarity for r in got} == {Polarity.BETTER}


@pytest.mark.parametrize(
    ("claim", "polarity"),
    [
        ("2x lower latency", "better"),
        ("2x higher latency", "worse"),
        ("2x higher accuracy", "better"),
        ("5% lower accuracy", "worse"),
        ("5% lower error rates", "better"),
        ("a 2x higher miss rate", "worse"),
    ],
)
def test_direction_depends_on_what_the_metric_wants(claim: str, polarity: str) -> None:
    (relation,) = found(f"{{Swift!}} has {claim} than {{vLLM}}.")
    assert relation.polarity == polarity


def test_a_list_behind_a_colon_gives_each_object_its_number() -> None:
    got = found(
        "{Swift!} outperforms both {PyTorch} eager and {TVM}: 5x over eager, 2.8x over {TVM}, and 3x over {Halide}."
    )
    headlines: dict[str, str] = {}
    for r in got:
        headlines.setdefault(r.object, r.value.text if r.value else "")
    assert headlines == {"PyTorch": "5x", "TVM": "2.8x", "Halide": "3x"}


@pytest.mark.parametrize(
    ("claim", "metric"),
    [
        ("improves energy efficiency by 15x comparing with", "energy efficiency"),
        ("has 2x higher throughput on an 8x{A100-80GB#} setup than", "throughput"),
        ("serves 3x more requests within desired latency limits than", "requests"),
        (
            "improves serving throughput within desired latency limits of models by up to 2.6x over",
            "serving throughput",
        ),
        ("is 28% more accurate than", "accuracy"),
        ("reaches 100x faster convergence than", "convergence"),
        ("writes 36K lines, 4x the strongest baseline, outperforming", ""),
    ],
)
def test_metrics_are_nouns(claim: str, metric: str) -> None:
    (relation,) = found(f"{{Swift!}} {claim} {{vLLM}}.")
    assert (relation.metric, relation.polarity) == (metric, "better")


def test_the_quote_is_the_clause() -> None:
    (relation,) = found("Serving is hard, and many tried; {Swift!} is 2x faster than {vLLM}, as experiments show.")
    assert relation.quote == "Swift is 2x faster than vLLM"


RUNS = [
    ("We implement {Swift!} on an {FPGA##}.", [("Swift", "FPGA")]),
    ("{Swift!} generates video at 30 FPS on a single {NVIDIA H100#} {GPU##}.", [("Swift", "NVIDIA H100")]),
    (
        "{Swift!} is a server. We evaluate it on {A100#} and {H100#} {GPUs##=GPU}.",
        [("Swift", "A100"), ("Swift", "H100")],
    ),
    (
        "{Swift!} enables serving {Qwen2-72B@} on a single {RTX 3090#}.",
        [("Swift", "RTX 3090"), ("Qwen2-72B", "RTX 3090")],
    ),
    (
        "{Swift!} fine-tunes {Qwen2-7B@}, {Qwen2-72B@} and {OPT@} on a single {H100#}.",
        [("Swift", "H100"), ("Qwen2-7B", "H100"), ("Qwen2-72B", "H100"), ("OPT", "H100")],
    ),
    ("{Swift!} reaches 30 tokens/s for {Qwen2-72B@} on {A100#}.", [("Swift", "A100"), ("Qwen2-72B", "A100")]),
    ("{Swift!} outperforms {DETR@}-based methods on {V100#}.", [("Swift", "V100")]),
    (
        "{Swift@!} beats {GNMT@} and {DETR@} at a fraction of their training cost: 3.5 days on eight {P100#} cards.",
        [("Swift", "P100")],
    ),
    ("{Swift!} rivals {ChatGPT@} on {Vicuna@} after a day of training on a single {A100#}.", [("Swift", "A100")]),
    ("{Swift!} is more accurate than {ViT@} and 1.2x faster on a {V100#}.", [("Swift", "V100")]),
    ("{Swift!} trains a model in the style of {GPT-3@} on 2240 {A100#} cards.", [("Swift", "A100")]),
]


@pytest.mark.parametrize(("source", "expected"), RUNS)
def test_placements(source: str, expected: list[tuple[str, str]]) -> None:
    assert [(r.subject, r.object) for r in found(source, RUNS_ON)] == expected


@pytest.mark.parametrize(
    "source",
    [
        "{Swift!} reduces {GPU##} memory by 20%.",
        "{GPUs##=GPU} are popular, but prior work ignores their limits.",
        "{Swift!} runs at 25 FPS without using a {GPU##}.",
        "{Swift!} runs in real time without relying on a {GPU##}.",
        "To our knowledge, existing search frameworks run on a single {GPU##}. {Swift!} does more.",
        "{Swift!} is 3x faster than the best sequential implementation on a {Xeon#}.",
        "{Swift!} is 3x faster than {Orca} running on a {Xeon#}.",
        "{Swift!} achieves 3x speedup over {Orca}, a server for search, running on a {Xeon#}.",
        "{Swift!} outperforms state-of-the-art work on {Fugaku#} by 3x.",
    ],
)
def test_hardware_as_a_topic_is_no_placement(source: str) -> None:
    assert found(source, RUNS_ON) == []


LINEAGE = [
    ("{Swift!} is implemented on top of {vLLM}.", [("Swift", "vLLM")]),
    ("We present {Swift!}, a library built on {PyTorch}.", [("Swift", "PyTorch")]),
    ("We extend {Megatron-LM} with {Swift!}.", [("Swift", "Megatron-LM")]),
    ("With {Swift!} at hand, we train {Swift-7B!@} from {Llama-7B@}.", [("Swift-7B", "Llama-7B")]),
    ("{Swift!} calls {Parrot}, a tool that is based on {vLLM}.", [("Parrot", "vLLM")]),
]


@pytest.mark.parametrize(("source", "expected"), LINEAGE)
def test_lineage(source: str, expected: list[tuple[str, str]]) -> None:
    assert [(r.subject, r.object) for r in found(source, BUILDS_ON)] == expected


@pytest.mark.parametrize("kind", [COMPARES, RUNS_ON, BUILDS_ON])
def test_calibration_keeps_the_order_of_sureness(kind: RelationType) -> None:
    given = [calibrated(kind, sure / 20) for sure in range(21)]
    assert given == sorted(given)
    assert 0 < given[0] < given[10] < given[-1] < 1


@pytest.mark.parametrize(
    "source",
    [
        "Building on {Swift!}, we propose a new metric, Broad Match ({BM}), that tells drift.",
        "In {Swift!} we also introduce an extension called {BM}.",
        "{Swift!} uses a novel recursive network for context, referred to as {BM}.",
        "{Swift!} uses a novel {strided decoding=BM} ({BM}) algorithm.",
        "We build {Swift!} with a new measure – {BM} – of drift.",
        "We present the design and implementation of {BM} logging.",
    ],
)
def test_what_is_presented_is_not_built_on(source: str) -> None:
    assert found(source, BUILDS_ON) == []


@pytest.mark.parametrize(
    "source",
    [
        "{Swift!} trains {GPT-2@} in an hour.",
        "An implementation of {PPO} in {Swift!} is fast.",
        "{Swift!} balances work without breaking {CUDA} graphs.",
        "{Swift!} was evaluated on {PyTorch} programs.",
    ],
)
def test_what_is_run_or_done_without_is_not_built_on(source: str) -> None:
    assert found(source, BUILDS_ON) == []


@pytest.mark.parametrize(
    ("claim", "metric"),
    [
        ("{Swift!} outperforms a {vLLM} machine of similar size by 4.3x.", ""),
        ("With {Swift!} latency falls by 30% compared to {vLLM}.", "latency"),
    ],
)
def test_what_is_alike_or_moves_is_no_metric(claim: str, metric: str) -> None:
    (relation,) = found(claim)
    assert (relation.metric, relation.polarity) == (metric, "better")


def test_a_sort_of_unnamed_work_is_not_compared_with() -> None:
    assert found("{Swift!} is 3x faster than prior digital {PIM##} solutions.") == []
    assert [r.object for r in found("{Swift!} is 3x faster than {GPUs##=GPU}.")] == ["GPU"]


def test_a_class_beside_its_product_is_not_compared_with() -> None:
    source = "{Swift!} is 3x faster than an {Orin Nano#} embedded {GPU##}."
    assert [r.object for r in found(source)] == ["Orin Nano"]


def test_a_baseline_is_not_built_on() -> None:
    assert found("{Swift!} outperforms {vLLM} by 2x.", BUILDS_ON) == []


def test_titles_speak_too() -> None:
    text, mentions = marked("An Evaluation of {vLLM} and {HuggingFace Pipelines}", Where.TITLE)
    (relation,) = relations(text, "", mentions)
    assert (relation.where, relation.subject, relation.object) == (Where.TITLE, "vLLM", "HuggingFace Pipelines")


WORDS = [
    "{Swift!}",
    "{vLLM}",
    "{A100#}",
    "{GPU##}",
    "{BERT@}",
    "{SQuAD%}",
    "we",
    "our",
    "outperforms",
    "than",
    "over",
    "compared to",
    "2x",
    "faster",
    "respectively",
    ",",
    ".",
    ";",
    "(",
    ")",
    "and",
    "on",
    "by",
    "unlike",
    "which is",
    "up to",
    "3%",
    "latency",
    "such as",
    "implemented",
    "-based",
    "while",
    "match",
    "between",
    "evaluation of",
    "1.5-",
    "$",
    "\n",
]


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_any_text_gives_verbatim_quotes_and_known_names(source: str) -> None:
    text, mentions = marked(source)
    names = {m.name for m in mentions}
    for r in relations("", text, mentions):
        assert text[r.start : r.end] == r.quote
        assert r.quote
        assert r.object in names
        assert r.subject in names | {PAPER}
        assert r.subject != r.object
        assert 0 < r.confidence <= 1


@given(st.text(max_size=200))
def test_text_without_names_relates_nothing(text: str) -> None:
    assert relations(text, text, ()) == ()


@pytest.mark.parametrize(
    "unit",
    [
        "{vLLM} outperforms {Swift!} ",
        "2x over ",
        "{A100#} and ",
        "than {vLLM} 3x ",
        "( ",
        "{vLLM}, ",
        "compared to ",
        "1.5, ",
        "which is {vLLM} ",
    ],
)
def test_time_grows_with_length_only(unit: str) -> None:
    def seconds(times: int) -> float:
        text, mentions = marked("Start " + unit * times)
        mentions = tuple(
            type(m)(m.where, m.start, m.end, m.surface, m.kind, m.name, 0, len(text), m.level, m.introduced)
            for m in mentions
        )
        began = time.perf_counter()
        relations("", text, mentions)
        return time.perf_counter() - began

    seconds(10)
    small, large = max(seconds(500), 0.005), seconds(4000)
    assert large < 30 * small
