"""The hardware grammar: listed and unlisted members of families, classes, and what must not be taken for hardware."""

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.extract.hardware import hardware
from kgraph.model import Level, Where
from kgraph.vocab import Vocabulary, load

NONE = Vocabulary()


def found(text: str, vocabulary: Vocabulary = NONE) -> dict[str, list[str]]:
    """Return the surfaces of each name that is found in an abstract."""
    names: dict[str, list[str]] = {}
    for mention in hardware("", text, vocabulary):
        assert text[mention.start : mention.end] == mention.surface
        names.setdefault(mention.name, []).append(mention.surface)
    return names


def products(text: str) -> set[str]:
    return {m.name for m in hardware("", text, NONE) if m.level is Level.PRODUCT}


def classes(text: str) -> set[str]:
    return {m.name for m in hardware("", text, NONE) if m.level is Level.CLASS}


@pytest.mark.parametrize(
    "name",
    [
        "NVIDIA A100", "H100", "H200", "B300", "GB300 NVL72", "RTX 5070 Ti", "GTX 1080Ti", "GeForce RTX 4090",
        "Tesla V100", "NVIDIA Titan Xp", "Quadro P5000", "Jetson AGX Orin", "Jetson Nano", "DGX-2", "DGX H100",
        "Grace Hopper", "TPU v4", "TPUv4i", "TPU v7", "Cloud TPU v3", "Edge TPU", "MI250X",
        "AMD Instinct MI400X", "Radeon RX 7900 XTX", "EPYC 7763", "Ryzen 9 7950X", "Intel Xeon Phi",
        "Xeon Gold 6248", "Gaudi 3", "Loihi 2", "Arria 10", "Stratix 10", "Ascend 910D", "Ascend 910B",
        "Kunpeng 920", "CloudMatrix384", "Trainium2", "Inferentia", "Graviton3", "MTIA 2i", "SN40L", "WSE-3",
        "GroqChip", "Alveo U55C", "Alveo U280", "Zynq UltraScale+ MPSoC ZCU102", "VCU129", "ZCU106",
        "Versal ACAP", "Virtex-7", "Kria KV260", "PYNQ-Z2", "Snapdragon 8 Gen 2", "Snapdragon 8 Elite",
        "Adreno 640", "Apple M2 Ultra", "iPhone 15 Pro", "ARM Cortex-M4", "Cortex-A72", "Neoverse V1",
        "STM32F746", "STM32H7", "ESP32-S3", "nRF52840", "GAP8", "MAX78000", "Raspberry Pi 4",
        "Arduino Nano 33 BLE Sense", "POWER9", "A64FX", "ThunderX2",
    ],
)  # fmt: skip
def test_a_product_is_found_whole(name: str) -> None:
    text = f"All experiments ran on the {name}, an accelerator processor with SambaNova, Cerebras or IBM inside."
    (mention,) = [m for m in hardware("", text, NONE) if m.level is Level.PRODUCT and m.start > 20]
    assert mention.surface == name


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("on 8xH100 nodes", {"H100"}),
        ("on 8timesA800 GPUs and 8$\\times$B200", {"A800", "B200"}),
        ("A100/H100s", {"A100", "H100"}),
        ("one A100-80GB and an A100 40GB", {"A100-80GB", "A100 40GB"}),
        ("the A100, later called NVIDIA A100 or A100s", {"NVIDIA A100"}),
        ("Nvidia's V100", {"V100"}),
        ("the HoloLens and iPhones", {"HoloLens", "iPhone"}),
        ("on NVIDIA Blackwell and Hopper-class GPUs", {"NVIDIA Blackwell", "Hopper"}),
        ("a single Nvidia 4090 GPU", {"Nvidia 4090"}),
        ("runs on the Summit supercomputer", {"Summit"}),
        ("the P100 and T4 GPUs", {"P100", "T4"}),
        ("on a 2080Ti GPU", {"2080Ti"}),
        ("an Intel i7 and the IBM z15 processor", {"Intel i7", "IBM z15"}),
        ("the PR2 robot and a Fetch robot fetch it", {"PR2", "Fetch"}),
        ("Spot the Fetch of NAO; in 1080 steps or 4090 images", set()),
        ("GPT-4, T5 and the A3C agent", set()),
        ("T4 phages, L4 vertebrae, A10 highway", set()),
        ("at the Summit on Frontier AI", set()),
        ("an Apple a day, Orin said, in Turing tests by Volta", set()),
        ("Kepler found planets with Pascal and Fermi", set()),
        ("see https://github.com/NVIDIA/A100-tools", set()),
        ("Section M1 of H1N1, ResNet-A100x and XA100", set()),
    ],
)
def test_products(text: str, want: set[str]) -> None:
    assert products(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("GPUs and a CPU", {"GPU", "CPU"}),
        ("graphics processing units (GPUs), field-programmable gate arrays", {"GPU", "FPGA"}),
        ("A100 GPUs", {"GPU"}),
        ("a multi-GPU, GPU-based CPU-GPU system", {"GPU", "CPU"}),
        ("PIM-GPT reduces memory traffic", set()),
        ("SPEC CPU benchmarks", set()),
        ("an NVMe SSD over PCIe 4.0, NVLink, InfiniBand and RDMA", {"SSD", "PCIe", "NVLink", "InfiniBand", "RDMA"}),
        ("HBM3e and CXL 2.0 memory", {"HBM", "CXL"}),
        ("RISC-V, x86-64 and ARM CPUs", {"RISC-V", "x86", "ARM", "CPU"}),
        ("chips by ARM, Intel and AMD", set()),
        ("Tensor Cores of a GPU; tensor cores of a decomposition", {"Tensor Core", "GPU"}),
        ("microcontrollers (MCUs), DSPs, SoCs on a chip, NPUs", {"MCU", "DSP", "SoC", "NPU"}),
        ("processing-in-memory (PIM)", {"PIM"}),
        ("the arm of a robot, soc and asic", set()),
        ("an Attention Refinement Module (ARM) on a CPU; ARM helps", {"CPU"}),
        ("a state space duality (SSD) layer, storage of the SSD", set()),
        ("tensor processing units (TPUs) and solid state drives (SSDs) for storage", {"TPU", "SSD"}),
    ],
)
def test_classes(text: str, want: set[str]) -> None:
    assert classes(text) == want


def test_a_product_and_the_class_word_beside_it_are_both_named() -> None:
    assert found("on 64 NVIDIA A100 GPUs, each A100 GPU") == {
        "NVIDIA A100": ["NVIDIA A100", "A100"],
        "GPU": ["GPUs", "GPU"],
    }


def test_evidence_in_the_title_counts_for_the_abstract() -> None:
    (mention,) = [m for m in hardware("CUDA kernels", "On a T4 it is faster.", NONE) if m.level is Level.PRODUCT]
    assert (mention.where, mention.surface) == (Where.ABSTRACT, "T4")


def test_sentences_are_kept() -> None:
    text = "We go first. On an A100 it is slow. It ends."
    (mention,) = hardware("", text, NONE)
    assert text[mention.sentence_start : mention.sentence_end] == "On an A100 it is slow."


def test_the_vocabulary_adds_what_no_family_knows(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        "@prefix kg: <https://w3id.org/kgraph/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<urn:zork> a kg:Hardware ; skos:prefLabel 'Zork Engine' ; skos:altLabel 'ZE-1' .",
        encoding="utf-8",
    )
    names = {m.surface: m.concept for m in hardware("", "The ZE-1, i.e. Zork Engine", load([path]))}
    assert names == {"ZE-1": "hardware/zork-engine", "Zork Engine": "hardware/zork-engine"}


PIECES = [
    "A100",
    " ",
    "GPU",
    "-",
    "s",
    "/",
    "NVIDIA ",
    "80GB",
    "STM32F4",
    "https://",
    "\u0130",
    "TPU v4",
    "8x",
    ".5",
    "Jetson Orin",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.lists(st.sampled_from(PIECES), max_size=25))
def test_mentions_are_substrings_in_order_without_overlap(title: list[str], abstract: list[str]) -> None:
    texts = {Where.TITLE: "".join(title), Where.ABSTRACT: "".join(abstract)}
    last = {Where.TITLE: 0, Where.ABSTRACT: 0}
    for mention in hardware(texts[Where.TITLE], texts[Where.ABSTRACT], NONE):
        assert texts[mention.where][mention.start : mention.end] == mention.surface
        assert last[mention.where] <= mention.start < mention.end
        assert mention.sentence_start <= mention.start < mention.end <= mention.sentence_end
        last[mention.where] = mention.end


@pytest.mark.parametrize("unit", ["STM32F4-", "A100 ", "https://a/A100 ", "x" * 50, "(((", "NVIDIA ", "Jetson-AGX-"])
def test_time_grows_linearly(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        start = process_time()
        hardware("", text, NONE)
        return process_time() - start

    seconds(1000)
    assert seconds(80_000) < 24 * max(seconds(10_000), 0.002)
