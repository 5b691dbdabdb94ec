"""The words that stand around hardware names: vendors, product lines, evidence, and the device classes.

A *family* is a pattern for the names of one line of products, tried only where one of its triggers (a literal in lower
case) begins. The group `core` is what tells the product from its siblings; vendor and product line may stand before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kgraph.model import Level

VENDORS = (
    "NVIDIA|Nvidia|nVidia|NVidia|nVIDIA|NVDIA|NVIDA|AMD[-/ ]Xilinx|AMD|ATI|Intel(?: Habana"
    "| Altera)?|Habana(?: Labs)?|"
    "Google(?: Cloud| Coral)?|Apple|Huawei|HiSilicon|Xilinx|Amazon|AWS|Qualcomm|ARM|Arm|Samsung"
    "|Meta|Facebook|Microsoft(?: Azure)?|"
    "Cerebras|Graphcore|SambaNova|Groq|Altera|IBM|MediaTek|Rockchip|Texas Instruments|TI|NXP"
    "|STMicroelectronics|STM|ST|"
    "Espressif|Nordic|GreenWaves(?: Technologies)?|Fujitsu|Cavium|Marvell|Broadcom|Mellanox|Maxim"
    "|Kalray|Hailo|Tenstorrent|"
    "Moore Threads|Biren|Cambricon|Enflame|Iluvatar|Kunlunxin|Baidu|Alibaba|T-Head|SiFive"
    "|Loongson|Phytium|Hygon|MetaX|"
    "FuriosaAI|Furiosa|Rebellions|Mythic|UPMEM|SK [Hh]ynix|Micron|Lattice|Microchip|Microsemi"
    "|Avnet|Digilent|Asus|ASUS|HPE?|"
    "Dell|Lenovo|Sony|Oculus|Cray|Sun|Oracle|DEC|Unitree|Bitmain|Sophgo|Kneron|Ambarella|Tesla"
    "|BrainChip|SpiNNcloud"
)
_VENDOR_BEFORE = re.compile(
    rf"(?<![\w-])(?:{VENDORS})(?:\(R\)|®|™)?(?: (?:Tesla|GeForce|Quadro|Instinct|Radeon|Alveo))?[-\s]\Z"
)

# Evidence, anywhere in title or abstract, for names that are also other things.
GPU = re.compile(r"GPU|NVIDIA|Nvidia|CUDA|[Gg]raphics processing|FLOPS|TensorRT|vLLM|accelerator|\b[AHV]100\b|RTX")
FPGA = re.compile(r"FPGA|Xilinx|Altera|Vivado|HLS\b|[Rr]econfigurable|[Ff]ield[- ][Pp]rogrammable")
HPC = re.compile(
    r"[Ss]upercomput|HPC|[Ee]xascale|[Pp]etascale|[Ee]xaflop|[Pp]etaflop|PFLOP|EFLOP|Top ?500"
    r"|TOP ?500|Oak Ridge|ORNL|Argonne|"
    r"Livermore|NERSC|OLCF|ALCF|leadership[- ]class|\bMPI\b"
)
CPU = re.compile(r"CPU|[Pp]rocessor|[Mm]icroarchitect|[Cc]ore|server|Xeon|Intel|AMD|SIMD|AVX|superscalar|multicore")
PHONE = re.compile(r"[Ss]martphone|[Mm]obile|[Pp]hone|on-device|[Ee]dge|Android|iOS|laptop|MacBook|Apple|NPU")
CHIP = re.compile(r"\b[Cc]hips?\b|[Aa]ccelerator|[Hh]ardware|[Pp]rocessor|GPU|TPU|wafer|TFLOPS|inference")
ROBOT = re.compile(r"[Rr]obot|humanoid|quadruped|manipulat")
ARM = re.compile(
    r"\bARM\b|Cortex|Neoverse|x86|RISC-V|CPU|SIMD|NEON|\bSVE\b|[Pp]rocessor|server|instruction|SoC|GPU|mobile"
)
MEMORY = re.compile(r"[Mm]emor|[Bb]andwidth|[Ss]torage|DRAM|[Cc]ache|accelerator|GPU")


@dataclass(frozen=True, slots=True)
class Family:
    """The names of one line of products, or the forms of one class word.

    `evidence` must be found in the text unless a vendor stands before the name or a class word after it (`near` turns
    that exception off). `after`, if given, must follow a name that has no vendor. `label` is the name of a class in all
    its forms; products are named as the text names them.
    """

    rule: str
    triggers: tuple[str, ...]
    pattern: re.Pattern[str]
    level: Level = Level.PRODUCT
    evidence: re.Pattern[str] | None = None
    label: str = ""
    near: bool = True
    after: re.Pattern[str] | None = None


def family(
    rule: str,
    triggers: str,
    pattern: str,
    *,
    evidence: re.Pattern[str] | None = None,
    near: bool = True,
    after: str = "",
) -> Family:
    """Return a family of products; `triggers` are separated by "|", `pattern` is a regular expression."""
    return Family(
        rule,
        tuple(triggers.split("|")),
        _compiled(pattern),
        evidence=evidence,
        near=near,
        after=re.compile(after) if after else None,
    )


def device_class(label: str, triggers: str, pattern: str, evidence: re.Pattern[str] | None = None) -> Family:
    """Return the family of the forms of one class word."""
    return Family("class", tuple(triggers.split("|")), _compiled(pattern), Level.CLASS, evidence, label, near=False)


def _compiled(pattern: str) -> re.Pattern[str]:
    if "(?P<core>" not in pattern:
        pattern = f"(?P<core>{pattern})"
    return re.compile(rf"(?:{pattern})(?P<plural>(?-i:s))?(?![A-Za-z0-9_])(?!\.\d)")


def vendor_before(text: str, start: int) -> int:
    """Return where the vendor (and product line) right before `start` begins, or `start` if there is none."""
    left = max(0, start - 40)
    found = _VENDOR_BEFORE.search(text[left:start])
    return left + found.start() if found else start


CLASSES: Sequence[Family] = (
    device_class(
        "GPU",
        "gpu|gpgpu|igpu|egpu|dgpu|vgpu|graphics proc|graphic proc|graphical proc",
        r"(?:GP|[iedv])?GPU|(?i:graphic(?:s|al)?[- ]processing[- ]unit|graphics processor)",
    ),
    device_class(
        "CPU", "cpu|central proc", r"(?<!SPEC )(?<!2006 )(?<!2017 )[v]?CPU|(?i:central[- ]processing[- ]unit)"
    ),
    device_class("TPU", "tpu|tensor proc", r"TPU|(?i:tensor[- ]processing[- ]unit)"),
    device_class(
        "FPGA",
        "fpga|efpga|field-prog|field prog",
        r"e?FPGA|(?i:field[- ]programmable[- ]gate[- ]array)",
    ),
    device_class(
        "ASIC",
        "asic|application-spec|application spec",
        r"(?-i:ASIC)|(?i:application[- ]specific[- ]integrated[- ]circuit)",
    ),
    device_class("NPU", "npu|neural proc", r"NPU|(?i:neural[- ]processing[- ]unit)"),
    device_class("MCU", "mcu|microcontroller|micro-controller", r"MCU|(?i:micro-?controller(?:[- ]unit)?)"),
    device_class("DSP", "dsp|digital signal processor", r"DSP|(?i:digital signal processor)"),
    device_class(
        "SoC",
        "soc|mpsoc|rfsoc|system-on|system on|systems-on|systems on",
        r"(?:MP|RF)?SoC|SOC(?=s?[\s,.;)-])|(?i:(?:multi-?processor )?systems?[- ]on[- ](?:a[- ])?chip)",
        re.compile(r"SoC|[Cc]hip|CPU|GPU|[Pp]rocessor|FPGA|[Hh]ardware"),
    ),
    device_class(
        "PIM",
        "pim|processing-in|processing in|processingin|process-in|processor-in|processor in",
        r"PIM|(?i:process(?:ing|or)?[- ]?in[- ]memor(?:y|ies))",
        re.compile(r"[Mm]emor"),
    ),
    device_class(
        "SSD",
        "ssd|nvme|solid-state d|solid state d",
        r"(?:NVMe[- ])?SSD|NVMe|(?i:solid[- ]state[- ](?:drive|disk))",
        re.compile(r"[Ss]torage|[Ff]lash|NVMe|SSDs|[Dd]isk|[Dd]rive|I/O|offload|[Mm]emory"),
    ),
    device_class(
        "HBM", "hbm|high-bandwidth mem|high bandwidth mem", r"HBM-?[2-9]?[eE]?|(?i:high[- ]bandwidth[- ]memory)", MEMORY
    ),
    device_class("CXL", "cxl|compute express", r"CXL(?:[- ]?\d(?:\.\d)?)?|(?i:compute express link)"),
    device_class("RDMA", "rdma|remote direct", r"RDMA|(?i:remote direct memory access)"),
    device_class(
        "Tensor Core",
        "tensor core|tensor-core|tensorcore",
        r"[Tt]ensor[- ][Cc]ore|TensorCore",
        re.compile(r"GPU|NVIDIA|Nvidia|Tensor Core|CUDA|systolic"),
    ),
    device_class("CUDA Core", "cuda core|cuda-core", r"CUDA[- ][Cc]ore"),
    device_class("RISC-V", "risc-v|riscv|risc v", r"RISC[- ]?V|RiscV|Risc-V"),
    device_class("RISC", "risc", r"RISC(?!-?V)"),
    device_class("x86", "x86|x 86", r"[xX] ?86(?:[-_]64)?"),
    device_class(
        "ARM",
        "arm|aarch64|armv",
        r"ARM(?:v[5-9](?:[-.]\w{1,8})?|64)?(?!,? (?:and |or )?(?:Intel|AMD|N[Vv][Ii][Dd][Ii][Aa]|Qualcomm"
        r"|Apple)\b(?! [A-Z]?[A-Z]?PU))|Arm(?:v[5-9](?:[-.]\w{1,8})?)?(?=[- ](?:CPU|[Pp]rocessor"
        r"|architecture|server|core|SoC|-based|and x86|SVE|Scalable))"
        r"|AArch64|aarch64",
        ARM,
    ),
    device_class(
        "PCIe", "pcie|pci-e|pci express", r"PCIe(?:[- ]?(?:[Gg]en ?)?\d(?:\.\d)?)?|(?i:PCI[- ]?Express|PCI-E)"
    ),
    device_class("NVLink", "nvlink|nv-link", r"NV-?L(?:ink|INK)(?:[- ]C2C)?(?:[- ]?\d(?:\.\d)?)?"),
    device_class("NVSwitch", "nvswitch", r"NVSwitch(?:es)?"),
    device_class("InfiniBand", "infiniband|infini-band", r"(?i:infini-?band)"),
    device_class("RoCE", "roce", r"RoCE(?:v2)?"),
    device_class("Ethernet", "ethernet|gigabit eth", r"(?<!Ultra )(?:[Gg]igabit |Gb )?[Ee]thernet"),
    device_class("DDR", "ddr|lpddr|gddr", r"(?:LP|G)?DDR\d?[xX]?(?: SDRAM)?", MEMORY),
    device_class("Slingshot", "slingshot", r"Slingshot(?:-?11)?", HPC),
    device_class("Omni-Path", "omni-path|omnipath", r"Omni-?Path"),
    device_class("Infinity Fabric", "infinity fabric", r"Infinity Fabric"),
    device_class("FireWire", "firewire|ieee 1394|ieee-1394", r"(?i:firewire)|IEEE[- ]1394"),
    device_class("Thunderbolt", "thunderbolt", r"Thunderbolt(?: \d)?", CPU),
    device_class("UCIe", "ucie", r"UCIe"),
    device_class("UALink", "ualink", r"UALink"),
)
