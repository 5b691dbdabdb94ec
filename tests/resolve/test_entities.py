"""Entities decided over a corpus: what merges, what stays apart, what is believed, and that order does not matter."""

import random
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.graph.iris import concept_iri
from kgraph.model import Kind, Level, Mention, Rule, Where
from kgraph.resolve.entities import resolve_entities
from kgraph.resolve.entities.judgements import Judgement, Side, judgements
from kgraph.vocab import Vocabulary, load
from tests.resolve.made import Corpus, D, H, M, S, apexes, corpora, say


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def plain(corpus: Corpus, *names: tuple[str, Kind]) -> dict[str, str]:
    """Add a paper for each name, and return name -> entity id."""
    for name, kind in names:
        corpus.add(f"On things {name}", f"We use {name} here.", say(f"We use {name} here.", name, kind))
    resolved = corpus.resolve()
    return {name: entity for (_, name), entity in resolved.names.items()}


def test_versions_and_family_members_stay_apart_but_linked() -> None:
    corpus = Corpus()
    ids = plain(
        corpus,
        *[(n, S) for n in ("ZeRO", "ZeRO-3", "ZeRO-Infinity")],
        *[(n, M) for n in ("LLaMA", "LLaMA-2", "LLaMA-2-7B")],
    )
    text = "We present ZeRO, a new optimizer."
    corpus.add("ZeRO: Memory", text, say(text, "ZeRO", introduced=True))
    above = {e.label: e.broader for e in corpus.resolve().entities}
    assert len(set(ids.values())) == 6
    assert above == {
        "ZeRO": "", "ZeRO-3": "system/zero", "ZeRO-Infinity": "system/zero",
        "LLaMA": "", "LLaMA-2": "model/llama", "LLaMA-2-7B": "model/llama-2",
    }  # fmt: skip


def test_a_version_is_below_the_homonym_of_which_its_papers_speak() -> None:
    corpus, first, second = apexes()
    lone = "We run APEX-3."
    text = "Unlike APEX, our APEX-2 overlaps scheduling of memory-bound decoding on CPU and attention with GPU compute."
    corpus.add("Of the second", text, say(text, "APEX-2"), say(text, "APEX"), year=2025)
    corpus.add("Of neither", lone, say(lone, "APEX-3"), year=2025)
    resolved = corpus.resolve()
    of = {(paper, name): entity for (paper, name), entity in resolved.names.items()}
    above = {e.label: e.broader for e in resolved.entities}
    assert of[first, "APEX"] != of[second, "APEX"]
    assert above["APEX-2"] == of[second, "APEX"]
    assert above["APEX-3"] == ""


def test_a_variant_of_hardware_is_below_its_product_and_that_below_its_class(vocabulary: Vocabulary) -> None:
    corpus = Corpus()
    for name, level, rule in (
        ("A100-80GB", Level.PRODUCT, "family:nvidia-data"),
        ("NVIDIA A100", Level.PRODUCT, "family:nvidia-data"),
        ("A100", Level.PRODUCT, "family:nvidia-data"),
        ("RTX 5070 Ti", Level.PRODUCT, "family:nvidia-rtx"),
        ("GPU", Level.CLASS, "class"),
    ):
        text = f"It runs on a {name}."
        corpus.add(f"About {name}", text, say(text, name, H, level=level, rule=rule))
    for words in (Vocabulary(), vocabulary):
        entities = {e.id: e for e in corpus.resolve(words).entities}
        assert set(entities) == {"hardware/a100", "hardware/a100-80gb", "hardware/rtx-5070-ti", "hardware/gpu"}
        assert entities["hardware/a100-80gb"].broader == "hardware/a100"
        assert entities["hardware/a100"].broader == "hardware/gpu"
        assert entities["hardware/rtx-5070-ti"].broader == "hardware/gpu"
        assert entities["hardware/a100"].manufacturer == "NVIDIA"
        assert "NVIDIA A100" in {entities["hardware/a100"].label, *entities["hardware/a100"].aliases}


@pytest.mark.parametrize(
    ("names", "kind", "rule"),
    [
        (("FlashAttention", "flash attention"), S, Rule.SPELLING),
        (("H100", "H-100"), H, Rule.SPELLING),
        (("H100", "NVIDIA H100 GPUs"), H, Rule.VENDOR),
    ],
)
def test_why_two_names_are_one_thing(names: tuple[str, str], kind: Kind, rule: Rule) -> None:
    corpus = Corpus()
    ids = plain(corpus, *((name, kind) for name in names))
    assert len(set(ids.values())) == 1
    assert [d.rule for d in corpus.resolve().decisions if "spellings of one name" in d.reason] == [rule]


def test_homonyms_are_told_apart_and_later_mentions_go_to_the_right_one_or_none() -> None:
    corpus, first, second = apexes()
    resolved = corpus.resolve()
    by_paper = {paper: entity for (paper, _), entity in resolved.names.items()}
    titles = {p.title: p.id for p in corpus.papers}
    assert by_paper[first] != by_paper[second]
    assert by_paper[titles["Near"]] == by_paper[second]
    assert titles["Far"] not in by_paper
    assert by_paper[titles["Old"]] not in (by_paper[first], by_paper[second])
    labels = {e.id: (e.label, e.qualifier) for e in resolved.entities}
    assert labels[by_paper[first]] == ("APEX", "2411.17651")
    assert labels[by_paper[second]] == ("APEX", "Parallel CPU-GPU Execution, 2025")
    assert {d.rule for d in resolved.decisions} >= {"homonym", "evidence", "neither"}


@pytest.mark.parametrize(
    ("first", "second", "things"),
    [
        (("Ann Qi", "Bo Ray"), ("Čapek, Jan", "Qi, Ann"), 1),
        (("Jan Čapek",), ("jan capek",), 1),
        (("A. Qi", "Plato"), ("A. Qi", "Plato"), 2),  # may be anybody
        (("Ann Qi",), ("Ann Qin",), 2),
        ((), (), 2),
    ],
)
def test_what_a_thesis_presents_again_is_the_thing_of_its_author_s_paper(
    first: tuple[str, ...], second: tuple[str, ...], things: int
) -> None:
    corpus = Corpus()
    one = "We present DiskFlow, which moves activations to disks while training language models."
    two = "This thesis studies compilers. We develop DiskFlow and four other ways to run code on devices."
    corpus.add("DiskFlow: Offloading", one, say(one, "DiskFlow", introduced=True), year=2023, authors=first)
    corpus.add("Code and Devices", two, say(two, "DiskFlow", introduced=True), year=2024, authors=second)
    assert len(corpus.resolve().entities) == things


def test_ids_of_homonyms_do_not_depend_on_other_papers() -> None:
    corpus, first, second = apexes()
    before = {p: e for (p, _), e in corpus.resolve().names.items() if p in (first, second)}
    corpus.add("More", "APEX again and again.", say("APEX again and again.", "APEX"))
    assert {p: e for (p, _), e in corpus.resolve().names.items() if p in (first, second)} == before


def test_judgements_overrule() -> None:
    corpus, first, second = apexes()
    far = next(p.id for p in corpus.papers if p.title == "Far")

    def entities(*rows: Judgement) -> dict[str, str]:
        return {p: e for (p, _), e in corpus.resolve(rows=judgements(*rows)).names.items()}

    both = entities(
        Judgement(True, Side("APEX", first), Side("APEX", "Parallel CPU-GPU execution"), where="j.csv, line 2")
    )
    assert both[first] == both[second]
    placed = entities(Judgement(True, Side("APEX", far), Side("APEX", "2411.17651")))
    assert placed[far] == placed[first] != placed[second]
    corpus = Corpus()
    ids = plain(corpus, ("Flat", S), ("FLAT", S), ("Accelerate", S), ("HF Accelerate", S))
    assert ids["Flat"] == ids["FLAT"]
    assert ids["Accelerate"] != ids["HF Accelerate"]
    rows = judgements(
        Judgement(False, Side("Flat"), Side("FLAT"), where="j.csv, line 2"),
        Judgement(True, Side("Accelerate"), Side("HF Accelerate"), where="j.csv, line 3"),
        Judgement(True, Side("Nothing"), Side("HF Accelerate"), where="j.csv, line 4"),
    )
    resolved = corpus.resolve(rows=rows)
    names = {name: entity for (_, name), entity in resolved.names.items()}
    assert names["Flat"] != names["FLAT"]
    assert names["Accelerate"] == names["HF Accelerate"]
    assert resolved.notes == ("j.csv, line 4: no paper speaks of Nothing",)
    assert any(d.rule == "judgement" and "j.csv, line 3" in d.reason for d in resolved.decisions)


@pytest.mark.parametrize(
    ("known", "doubtful", "believed"),
    [
        ("Galaxy", "Galaxy", True),
        ("Galaxy", "galaxy", False),
        ("FLAT", "Flat", False),
        ("PowerInfer", "powerinfer", True),
        ("Mooncake", "Splitwise", False),
    ],
)
def test_a_doubtful_name_counts_only_where_another_paper_introduces_it(
    known: str, doubtful: str, believed: bool
) -> None:
    corpus = Corpus()
    text = f"We present {known}, a system."
    corpus.add(f"{known}: A System", text, say(text, known, introduced=True))
    other = f"We use {doubtful} for it."
    paper = corpus.add("Another", other, say(other, doubtful, certain=False, confidence=0.3))
    resolved = corpus.resolve()
    assert ((paper, doubtful) in resolved.names) is believed
    rules = {d.rule for d in resolved.decisions if d.paper == paper}
    assert ("confirmed" in rules) is believed
    assert ("unconfirmed" in rules) is not believed


def test_the_vocabulary_confirms_what_is_no_ordinary_word(vocabulary: Vocabulary) -> None:
    corpus = Corpus()
    text = "We use vLLM, Qwen3-77B and Nexus here."
    paper = corpus.add(
        "T", text, *[say(text, n, k, certain=False) for n, k in (("vLLM", S), ("Qwen3-77B", M), ("Nexus", S))]
    )
    assert {name for p, name in corpus.resolve(vocabulary).names if p == paper} == {"vLLM", "Qwen3-77B"}


def test_the_introducing_paper_decides_the_kind() -> None:
    corpus = Corpus()
    for i in range(3):
        text = f"Paper {i} uses Zork."
        corpus.add(f"P{i}", text, say(text, "Zork", D))
    text = "We present Zork, a system."
    corpus.add("Zork: A System", text, say(text, "Zork", S, introduced=True))
    resolved = corpus.resolve()
    (entity,) = resolved.entities
    assert (entity.kind, len(resolved.names)) == (S, 4)
    assert [d.reason for d in resolved.decisions if d.rule == "kind"] == [
        "3 say dataset, 1 say system; the introducing paper decides for system"
    ]


def test_hardware_inside_a_longer_name_is_no_mention_of_its_own() -> None:
    corpus = Corpus()
    text = "GPU-STREAM measures each GPU."
    inside = Mention(Where.ABSTRACT, 0, 3, "GPU", H, "GPU", 0, len(text), level=Level.CLASS)
    outside = Mention(Where.ABSTRACT, 25, 28, "GPU", H, "GPU", 0, len(text), level=Level.CLASS)
    corpus.add("T", text, say(text, "GPU-STREAM", D), [inside, outside])
    assert [m.surface for m in corpus.resolve().mentions] == ["GPU-STREAM", "GPU"]


@pytest.mark.parametrize("name", ["C++", "C", "C#", "ZeRO++", "ZeRO", "LoRA+", "π0", "深度", "a/b?c#d", "<script>"])
def test_ids_are_clean_and_tell_signs_apart(name: str) -> None:
    corpus = Corpus()
    ids = plain(corpus, *[(n, S) for n in ("C++", "C", "C#", "ZeRO++", "ZeRO", "LoRA+", "LoRA", name)])
    assert len(set(ids.values())) == len(ids)
    assert all(
        i.startswith("system/") and i.removeprefix("system/").replace("-", "").isalnum() and i.isascii()
        for i in ids.values()
    )


@settings(max_examples=80)
@given(corpora(), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_nothing_dangles(corpus: Corpus, dice: random.Random) -> None:
    resolved = corpus.resolve()
    dice.shuffle(corpus.papers)
    shuffled = resolve_entities(corpus.papers, dict(reversed(corpus.extractions.items())), Vocabulary())
    assert shuffled == resolved
    ids = [e.id for e in resolved.entities]
    assert ids == sorted(set(ids))
    for entity in resolved.entities:
        assert entity.id.startswith(f"{entity.kind}/")
        above, steps = entity, 0
        while above.broader:
            above = next(e for e in resolved.entities if e.id == above.broader)
            steps += 1
            assert steps < 20, "a circle"
    assert {m.entity for m in resolved.mentions} <= set(ids)
    assert set(resolved.names.values()) == set(ids)
    said = {(p.id, m.name) for p in corpus.papers for m in corpus.extractions[p.text].mentions}
    left_out = {(d.paper, d.subject) for d in resolved.decisions if d.rule in ("neither", "unconfirmed")}
    assert said == set(resolved.names) | left_out, "every name is believed or has a decision that says why not"


def test_many_papers_take_little_time() -> None:
    def seconds(size: int) -> float:
        corpus = Corpus()
        for i in range(size):
            text = f"We present System{i // 2}, faster than vLLM and APEX on GPUs."
            corpus.add(
                f"System{i // 2}: {i}", text, say(text, f"System{i // 2}", introduced=True), say(text, "vLLM"),
                say(text, "APEX", introduced=i < 8), say(text, "GPUs", H),
            )  # fmt: skip
        start = process_time()
        corpus.resolve()
        return process_time() - start

    seconds(50)
    assert seconds(1600) < 12 * max(seconds(400), 0.05)


def test_what_all_know_is_no_homonym_of_two_papers_that_introduce_it() -> None:
    corpus, first, second = apexes()
    uses = [
        corpus.add(f"U{i}", f"Number {i} says APEX.", say(f"Number {i} says APEX.", "APEX"), year=2026)
        for i in range(6)
    ]
    names = {p: e for (p, _), e in corpus.resolve().names.items()}
    assert len({names[p] for p in uses}) == 1
    assert len({names[uses[0]], names[first], names[second]}) == 3


def test_a_method_of_a_known_data_set_s_name_is_a_homonym(vocabulary: Vocabulary) -> None:
    corpus = Corpus()
    text = "We propose COCO, a planner for robots that grasp bottles on moving belts."
    own = corpus.add("COCO: Conveyor Control", text, say(text, "COCO", S, introduced=True))
    uses = [corpus.add(f"U{i}", f"{i} images of COCO.", say(f"{i} images of COCO.", "COCO", D)) for i in range(3)]
    names = {p: e for (p, _), e in corpus.resolve(vocabulary).names.items()}
    assert {names[p] for p in uses} == {"dataset/coco"}
    assert names[own].startswith("system/coco")


def test_a_name_that_very_many_papers_introduce_takes_little_time() -> None:
    corpus = Corpus()
    for i in range(1200):
        text = f"We present SAGE, number {i} of many systems for things."
        corpus.add(f"SAGE: {i}", text, say(text, "SAGE", introduced=i % 2 == 0))
    start = process_time()
    resolved = corpus.resolve()
    assert process_time() - start < 10
    assert len({e.id for e in resolved.entities}) == len(resolved.entities)


def test_a_judgement_places_one_use_of_a_name() -> None:
    corpus = Corpus()
    ids = plain(corpus, ("Accelerate", S), ("HF Accelerate", S))
    text = "We use Accelerate too."
    other = corpus.add("Other", text, say(text, "Accelerate"))

    def placed(row: Judgement) -> str:
        return corpus.resolve(rows=judgements(row)).names[other, "Accelerate"]

    assert placed(Judgement(True, Side("Accelerate", other), Side("HF Accelerate"))) == ids["HF Accelerate"]
    alone = placed(Judgement(False, Side("Accelerate", other), Side("Accelerate")))
    assert alone not in ids.values()
    assert alone.startswith("system/accelerate-")


def test_a_side_without_paper_means_the_known_or_earliest_sense() -> None:
    corpus, first, second = apexes()
    far = next(p.id for p in corpus.papers if p.title == "Far")
    resolved = corpus.resolve(rows=judgements(Judgement(True, Side("APEX", far), Side("APEX"), where="j.csv, line 2")))
    names = {p: e for (p, _), e in resolved.names.items()}
    assert names[far] == names[first] != names[second]
    assert [d.paper for d in resolved.decisions if d.rule == "judgement"] == [far]


def test_a_card_s_number_is_the_card(vocabulary: Vocabulary) -> None:
    corpus = Corpus()
    for name in ("Nvidia 4090", "RTX 4090", "2080Ti"):
        text = f"It runs on a {name} GPU."
        corpus.add(f"About {name}", text, say(text, name, H, level=Level.PRODUCT))
    assert {e.id for e in corpus.resolve(vocabulary).entities} == {"hardware/rtx-4090", "hardware/rtx-2080-ti"}


def test_a_short_name_in_another_case_is_not_the_one_that_a_paper_introduces() -> None:
    corpus = Corpus()
    text = "We present ICon, which selects instruction data by in-context contribution of samples."
    own = corpus.add("ICon: Data Selection", text, say(text, "ICon", introduced=True))
    text = "Inverse consistency of deformable medical image registration follows ICON."
    other = corpus.add("Registration", text, say(text, "ICON"))
    text = "Unlike ICON, our in-context contribution selects instruction data with fewer samples."
    same = corpus.add("Selection", text, say(text, "ICON"))
    text = "We present PowerInfer, an engine."
    long = corpus.add("PowerInfer", text, say(text, "PowerInfer", introduced=True))
    text = "Nothing like POWERINFER."
    shout = corpus.add("Loud", text, say(text, "POWERINFER"))
    names = {p: e for (p, _), e in corpus.resolve().names.items()}
    assert names[own] == names[same] != names[other]
    assert names[long] == names[shout]


def test_a_concept_is_known_by_its_id_or_by_the_iri_that_a_user_gave(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        "@prefix kg: <https://w3id.org/kgraph/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<https://example.org/terms#ZX90> a kg:Hardware ; skos:prefLabel "ZX90" .\n',
        encoding="utf-8",
    )
    words = load([mine])
    references = {c.label: c.reference for c in words.concepts.values()}
    assert references["ZX90"] == "https://example.org/terms#ZX90"
    assert references["A100"] == "hardware/a100"
    assert {concept_iri(c.reference) for c in words.concepts.values()} == {c.iri for c in words.concepts.values()}
