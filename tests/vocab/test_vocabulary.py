"""Names found in texts and looked up, on a small scheme and on the one that is shipped."""

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store, parse

from kgraph.errors import InputError
from kgraph.model import Kind, Level
from kgraph.ontology import ontology_folder
from kgraph.vocab import Vocabulary, folded, load, name_key

HEAD = """@prefix kg: <https://w3id.org/kgraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix x: <https://example.org/> .
"""


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def scheme(folder: Path, body: str) -> Path:
    path = folder / "mine.ttl"
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def names(vocabulary: Vocabulary, text: str) -> list[tuple[str, str]]:
    return [(text[h.start : h.end], h.concept.id) for h in vocabulary.find(text)]


def test_every_kind_is_there_and_each_broader_concept_exists(vocabulary: Vocabulary) -> None:
    count = {kind: sum(c.kind is kind for c in vocabulary.concepts.values()) for kind in Kind}
    assert count[Kind.HARDWARE] >= 400
    assert count[Kind.SYSTEM] >= 3500
    assert count[Kind.MODEL] >= 2500
    assert count[Kind.DATASET] >= 2500
    for concept in vocabulary.concepts.values():
        assert concept.iri == f"https://w3id.org/kgraph/vocab/{concept.id}"
        assert all(b in vocabulary.concepts and b != concept.id for b in concept.broader)


def test_hierarchy_has_no_circle(vocabulary: Vocabulary) -> None:
    for start in vocabulary.concepts:
        seen, todo = set(), [start]
        while todo:
            for above in vocabulary.concepts[todo.pop()].broader:
                assert above != start
                if above not in seen:
                    seen.add(above)
                    todo.append(above)


def test_longest_name_wins_and_words_stay_whole(vocabulary: Vocabulary) -> None:
    assert names(vocabulary, "We beat vLLM, VLLM and DeepSpeed-Inference.") == [
        ("vLLM", "system/vllm"),
        ("VLLM", "system/vllm"),
        ("DeepSpeed-Inference", "system/deepspeed-inference"),
    ]
    assert names(vocabulary, "MyvLLMish, vLLM2, xBERT") == []


def test_hyphens_spaces_and_typography_do_not_matter(vocabulary: Vocabulary) -> None:
    forms = ["FlashAttention", "flash attention", "Flash-Attention", "Flash\u00a0Attention", "Flash\u2011Attention"]
    for form in forms:
        assert [c.id for c in vocabulary.lookup(form)] == ["system/flashattention"], form
        assert names(vocabulary, f"with {form}.") == [(form, "system/flashattention")]


def test_ordinary_words_need_their_case_and_are_flagged(vocabulary: Vocabulary) -> None:
    assert names(vocabulary, "an orca and a ray in a galaxy, opt to clip") == []
    (hit,) = vocabulary.find("than Orca does")
    assert hit.ambiguous
    assert vocabulary.lookup("orca") == ()
    assert names(vocabulary, "On OPT-13B and OPT we") == [("OPT-13B", "model/opt-13b"), ("OPT", "model/opt")]


def test_a_number_is_not_cut(vocabulary: Vocabulary) -> None:
    assert names(vocabulary, "Phi-3.7") == [("Phi", "model/phi")]  # the family, not Phi-3
    assert names(vocabulary, "Phi-3.") == [("Phi-3", "model/phi-3")]


def test_a_user_adds_a_name(tmp_path: Path, vocabulary: Vocabulary) -> None:
    mine = scheme(
        tmp_path,
        """x:zork a kg:System ; skos:prefLabel "ZorkServe"@en ;
  skos:altLabel "Zork Server" ; skos:prefLabel "ZorkDienst"@de .
<https://w3id.org/kgraph/vocab/system/vllm> skos:altLabel "VirtualLLM" .
x:chip a kg:HardwareClass ; skos:prefLabel "QPU" ; schema:manufacturer "Q" .""",
    )
    taught = load([mine])
    assert taught.digest != vocabulary.digest
    assert names(taught, "ZorkServe, zork-server, ZorkDienst and VirtualLLM") == [
        ("ZorkServe", "system/zorkserve"),
        ("zork-server", "system/zorkserve"),
        ("ZorkDienst", "system/zorkserve"),
        ("VirtualLLM", "system/vllm"),
    ]
    chip = taught.concepts["hardware/qpu"]
    assert (chip.level, chip.manufacturer, chip.iri) == (Level.CLASS, "Q", "https://example.org/chip")


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("x:a a kg:System ; skos:prefLabel .", 5, "no valid Turtle"),
        ("\nx:a skos:prefLabel 'A' .", 6, "has no kind"),
        ("x:b a kg:Model .", 5, "has no skos:prefLabel"),
        ("x:a a kg:Model ; skos:prefLabel 'A' ;\n skos:broader x:none .", 6, "no file declares"),
        ("x:a a kg:Model ; skos:prefLabel ' ' .", 5, "label is empty"),
        ("x:a a kg:Model ; skos:prefLabel x:a .", 5, "must be a text"),
        ("\nx:a a kg:Modell ; skos:prefLabel 'A' .", 6, "has no kind (kg:Modell is none) (one of kg:System, "),
        ("x:a a kg:Model , kg:System ; skos:prefLabel 'A' .", 5, "is both kg:Model and kg:System"),
        ("<https://w3id.org/kgraph/vocab/system/vllm> a kg:Model .", 5, "is both kg:Model and kg:System"),
        (
            "x:a a kg:Model ; skos:prefLabel 'A' ;\n skos:altlabel 'B' .",
            6,
            "no skos:altlabel for a concept; skos:altLabel",
        ),
        (
            "x:a a kg:Model ; skos:prefLabel 'A' ; kg:needContext true .",
            5,
            "kg:needsContext is meant? (said of <https:",
        ),
        ("x:a a kg:Model ; skos:prefLabel 'A' ; kg:needsContext 'yes' .", 5, "must be true or false"),
        ("x:a a kg:Model ; skos:prefLabel 'A' ; skos:broader x:a .", 5, "is above itself: A > A"),
        (
            "x:a a kg:Model ; skos:prefLabel 'A' ; skos:broader x:b .\n"
            "x:b a kg:Model ; skos:prefLabel 'B' ; skos:broader x:c .\n"
            "x:c a kg:Model ; skos:prefLabel 'C' ; skos:narrower x:b ; skos:broader x:a .",
            5,
            "is above itself: A > B > C > A",
        ),
        (
            "x:a a kg:Model ; skos:prefLabel 'A' ;\n skos:broader <https://w3id.org/kgraph/vocab/hardware/gpu> .",
            5,
            "a model, is below <https://w3id.org/kgraph/vocab/hardware/gpu>, a hardware",
        ),
        ("", 0, "names no concept"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, body: str, line: int, what: str) -> None:
    path = scheme(tmp_path, body)
    with pytest.raises(InputError) as caught:
        load([path])
    message = str(caught.value)
    assert what in message
    assert str(path) in message
    assert not line or f"line {line}" in message


def test_a_scheme_may_say_narrower_for_broader(tmp_path: Path) -> None:
    body = """x:low a kg:Hardware ; skos:prefLabel "Low-1" .
x:high a kg:HardwareClass , kg:Hardware ; skos:prefLabel "High" ; skos:narrower x:low ; skos:definition "d" ."""
    taught = load([scheme(tmp_path, body)])
    assert taught.concepts["hardware/low-1"].broader == ("hardware/high",)
    assert taught.concepts["hardware/high"].level is Level.CLASS


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.ttl"):
        load([tmp_path / "none.ttl"])


def test_loading_costs_little_more_than_parsing() -> None:
    def seconds(work: Callable[[], object]) -> float:
        start = process_time()
        work()
        return process_time() - start

    def parsed() -> list[object]:
        files = sorted((ontology_folder() / "vocab").glob("*.ttl"))
        return [triple for file in files for triple in parse(path=str(file))]

    # taken in turns, so that a busy machine slows both
    times = [(seconds(lambda: load().find("vLLM")), seconds(parsed)) for _ in range(3)]
    assert min(loading for loading, _ in times) < 12 * min(parsing for _, parsing in times)


@given(st.text(max_size=200))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(text)


@given(
    st.lists(
        st.sampled_from(["vLLM", "ZeRO-3", " ", "-", "s", "\u2011", "\u0130", "A", "BERT", ".5", "\n", "ZeRO"]),
        max_size=20,
    )
)
def test_hits_are_ordered_names_of_their_concept(parts: list[str]) -> None:
    vocabulary, text = load_once(), "".join(parts)
    last = 0
    for hit in vocabulary.find(text):
        assert hit.start >= last or hit.start == last
        assert hit.end > hit.start
        assert hit.concept in vocabulary.lookup(text[hit.start : hit.end])
        last = hit.start


@given(st.text(max_size=30))
def test_keys_forget_case(name: str) -> None:
    assert name_key(name.lower()) == name_key(folded(name.lower()))


_LOADED: list[Vocabulary] = []


def load_once() -> Vocabulary:
    if not _LOADED:
        _LOADED.append(load())
    return _LOADED[0]


@pytest.mark.parametrize(
    "text", ["multiple things", "once for all", "a docker", "the pile of wood", "cutlass", "opt", "Clip"]
)
def test_words_of_the_language_are_no_names(vocabulary: Vocabulary, text: str) -> None:
    assert vocabulary.find(text) == []


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("MultiPLE", "dataset/multipl-e"),
        ("Imagenet", "dataset/imagenet"),
        ("pytorch", "system/pytorch"),
        ("proximal policy optimization", "system/ppo"),
        ("TPU v5e", "hardware/tpu-v5e"),
        ("NVIDIA GeForce RTX 4090", "hardware/rtx-4090"),
        ("Xilinx Alveo U55C", "hardware/alveo-u55c"),
    ],
)
def test_well_known_spellings(vocabulary: Vocabulary, text: str, concept: str) -> None:
    assert names(vocabulary, text) == [(text, concept)]


def test_hardware_has_maker_architecture_and_class(vocabulary: Vocabulary) -> None:
    products = [c for c in vocabulary.concepts.values() if c.level is Level.PRODUCT]
    assert len(products) >= 400
    assert sum(bool(c.manufacturer) for c in products) > 0.9 * len(products)
    a100 = vocabulary.concepts["hardware/a100"]
    assert (a100.manufacturer, a100.architecture, a100.broader) == ("NVIDIA", "Ampere", ("hardware/gpu",))
    assert {c.manufacturer for c in products} >= {
        "NVIDIA",
        "AMD",
        "Intel",
        "Google",
        "Huawei",
        "Apple",
        "Arm",
        "Qualcomm",
    }


def test_the_shipped_files_are_sound_concept_schemes() -> None:
    skos = "http://www.w3.org/2004/02/skos/core#"
    store = Store()
    for path in sorted((ontology_folder() / "vocab").glob("*.ttl")):
        store.load(path=str(path))
    for what, pattern in {
        "no scheme": "?c a skos:Concept FILTER NOT EXISTS { ?c skos:inScheme/a skos:ConceptScheme }",
        "two preferred labels": "?c skos:prefLabel ?a , ?b FILTER(?a != ?b)",
        "one label twice": "?c skos:prefLabel ?a ; skos:altLabel ?a",
        "above itself": "?c skos:broader+ ?c",
        "a broader concept of another kind": "?c skos:inScheme ?s ; skos:broader/skos:inScheme ?t FILTER(?s != ?t)",
    }.items():
        rows = [str(row[0]) for row in store.query(f"PREFIX skos: <{skos}> SELECT ?c WHERE {{ {pattern} }}")]  # type: ignore[union-attr]
        assert not rows, (what, rows)


@pytest.mark.parametrize(
    ("concept", "short", "form", "expected"),
    [
        ("system/mpi", "MPI", "multi-plane image", True),
        ("system/mpi", "MPI", "Message-Passing Interface", False),
        ("system/grpo", "GRPO", "Group Relative Preference Optimization", False),
        ("model/sam-2", "SAM2", "Segment Anything Model 2", False),
        ("dataset/coco", "MS-COCO", "Microsoft Common Objects in Context", False),
        ("system/mpi", "MPI", "Open MPI", False),
    ],
)
def test_a_full_form_tells_a_namesake(
    vocabulary: Vocabulary, concept: str, short: str, form: str, expected: bool
) -> None:
    assert vocabulary.concepts[concept].means_otherwise(short, (short, form)) is expected
