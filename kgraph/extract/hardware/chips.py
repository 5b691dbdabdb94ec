"""Names of server and desktop processors, tensor processors and FPGAs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kgraph.extract.hardware.words import CHIP, CPU, FPGA, Family, family

INTEL: Sequence[Family] = (
    family(
        "intel-xeon",
        "xeon|knights|4th-gen|3rd-gen|5th-gen|4th gen|3rd gen|5th gen|2nd-gen|2nd gen",
        (
            r"(?:[2-9](?:nd|rd|th)[- ][Gg]en(?:eration)? (?:Intel )?)?(?P<core>(?:Xeon|XEON)(?:\(R\)|®"
            r"|™)?(?:[- ](?:Phi(?:[- ]\d{4}[A-Z]?)?|CPU Max|Max|MAX|Scalable|Gold|GOLD|Silver|Bronze"
            r"|Platinum|PLATINUM|E[357]|D|W|\d(?=\s)))*(?:[- ]?[EWD]?[0-9]?(?:-|-?[0-9]-"
            r"|w\d-)?\d{4}[A-Z+]{0,3}(?: ?[vV]\d)?)?)"
        ),
    ),
    family(
        "intel-core",
        "core i|core-i|core ultra|i5|i7|i9|i3",
        (
            r"Core[- ](?:i[3579](?:[- ]\d{3,5}[A-Z]{0,3}\d?)?|[Uu]ltra(?: [579])?(?: \d{3}[A-Z]*)?"
            r"|2 (?:Duo|Quad))|i[3579]-\d{3,5}[A-Z]{0,3}|(?<=Intel )i[3579]"
        ),
    ),
    family(
        "intel-gaudi", "gaudi|habana", r"(?:Habana )?(?P<core>Gaudi(?:[- ]?[2-9])?)(?:[- ]HL-\d{1,6})?", evidence=CHIP
    ),
    family(
        "intel-gpu",
        ("ponte vecchio|data center gpu|arc a|arc b|arc™|iris xe|iris pro|iris plus|hd graphics|uhd graphics"),
        (
            r"Ponte Vecchio|Data Center GPU Max(?: \d{4})?|Arc(?:™)? [AB]\d{3}M?|Iris (?:Xe|Pro"
            r"|Plus)(?: Graphics)?|HD Graphics \d{1,6}|UHD Graphics(?: \d{1,6})?"
        ),
    ),
    family("intel-neuromorphic", "loihi", r"Loihi(?:[- ]?[2-9])?"),
    family(
        "intel-vpu",
        "movidius|myriad|neural compute|ncs",
        (
            r"Movidius(?:[- ](?:Myriad[- ]?[X2]|NCS2?|Neural Compute Stick(?: 2)?))?|Myriad[- ]?[X2]"
            r"|Neural Compute Stick(?: 2)?|NCS2"
        ),
    ),
    family(
        "intel-fpga",
        "arria|stratix|cyclone|agilex|de1-soc|de10|de5",
        (
            r"(?:Arria|Stratix)(?:[- ](?:10|[IVX]{1,3}))?(?:[- ](?:GX|NX|MX|SX|TX|DX"
            r"|FPGA(?=s)))?(?:[- ]?\d{3,4})?|Cyclone[- ](?:10(?: [GL][XP])?|[IVX]{1,3})(?: (?:GX|SoC|SE))?"
            r"|Agilex(?:[- ]?[3579])?|DE(?:1-SoC|10-(?:Nano|Standard|Pro)|5a?-Net)"
        ),
    ),
    family(
        "intel-optane",
        "optane",
        r"Optane(?: (?:DC )?(?:[Pp]ersistent [Mm]emory(?: [Mm]odules?)?|PMEM|PMem|PMM|DCPMM|SSDs?))?",
    ),
    family(
        "intel-architecture",
        (
            "skylake|haswell|broadwell|ice lake|icelake|cascade lake|sapphire rap|emerald rap|granite rap"
            "|sandy bridge|ivy bridge|nehalem|westmere|knights|knl|alder lake|raptor lake|coffee lake"
            "|kaby lake|meteor lake|lunar lake|tiger lake|cooper lake|sierra forest"
        ),
        (
            r"Skylake(?:-(?:SP|X))?|Haswell(?:-E[PX])?|Broadwell(?:-E[PX])?|(?:Ice|Cascade|Alder|Raptor"
            r"|Coffee|Kaby|Meteor|Lunar|Tiger|Cooper)[- ]?Lake(?:-(?:SP|X))?|(?:Sapphire|Emerald"
            r"|Granite) Rapids|(?:Sandy|Ivy)[- ]?Bridge|Nehalem|Westmere|Knights (?:Landing|Corner|Mill"
            r"|Ferry)|KNL(?=s?\b)|Sierra Forest"
        ),
        evidence=CPU,
    ),
    family(
        "intel-old",
        "pentium|itanium|celeron|intel atom|atom",
        r"Pentium(?:[- ](?:4|III|II|Pro|M|D))?|Itanium(?:[- ]2)?|Celeron|(?<=Intel )Atom",
    ),
)

TENSOR: Sequence[Family] = (
    family(
        "tpu",
        "tpu|cloud tpu",
        (
            r"(?:Cloud )?TPU(?:[- ]?[vV][1-9]\d?(?:[eEpPi](?:\b|(?=s\b|-)))?"
            r"|-\d)(?:[- ]\d{1,4}(?! ?[x×]))?(?: [Pp]od(?:s)?)?"
        ),
    ),
    family(
        "tpu-edge",
        "edge tpu|edgetpu|coral",
        (r"(?:Coral )?Edge[- ]?TPU|Coral(?= (?:Dev|USB|accelerator|Edge|board))(?: Dev Board| USB Accelerator)?"),
    ),
    family("tpu-name", "ironwood|trillium", r"Ironwood|Trillium", evidence=re.compile(r"TPU")),
    family(
        "ascend",
        "ascend|atlas",
        (
            r"(?P<core>Ascend(?:[- ]?(?:\d{3}[A-Z]{0,2}\d?(?:[- ]?(?:Pro|B\d|A\d))?|A[23]\b|Max"
            r"|Lite))?)(?: (?:AI )?(?:NPU )?Super[Pp][Oo][Dd]| NPU)?|Atlas (?:[38]00\w{0,12}|900)(?: A\d)?"
        ),
        evidence=re.compile(r"Ascend (?:AI|NPU|\d|[A-Z]|cluster|chip|hard|proc|plat|acc)|Huawei|NPU|CANN|MindSpore"),
    ),
    family(
        "huawei",
        "kunpeng|kirin|cloudmatrix|da vinci",
        r"Kunpeng(?:[- ]?\d{3})?|Kirin(?:[- ]?\d{3,4}\w?)?|CloudMatrix[- ]?\d{0,4}",
    ),
    family(
        "aws",
        "trainium|inferentia|graviton|trn1|trn2|inf2|inf1",
        r"(?:Trainium|Inferentia|Graviton)(?:[- ]?[1-9](?![\d.]))?|(?:Trn|Inf)[1-9](?:n)?(?=[\s.,;)])",
        evidence=re.compile(r"AWS|Amazon|Trainium|Inferentia|Graviton"),
    ),
    family("mtia", "mtia", r"MTIA(?:[- ](?:v?[1-9]i?|next))?"),
    family("maia", "maia|cobalt", r"(?:Maia|Cobalt)[- ]\d{3}"),
    family(
        "cerebras",
        "cerebras|wse|cs-|wafer-scale engine|wafer scale engine",
        r"(?:WSE|CS)-[1-9](?!\d)|Wafer[- ]Scale Engine(?:[- ][1-9])?(?: \(WSE(?:-\d)?\))?",
        evidence=re.compile(r"[Ww]afer|Cerebras"),
    ),
    family(
        "graphcore",
        "ipu|gc200|gc2|bow|intelligence processing",
        (
            r"(?:Bow )?IPU(?:-(?:POD|M)\w{0,12}|[- ]?(?:Mk[- ]?\d|v\d))?|GC2(?:00)?"
            r"|(?i:intelligence processing unit)"
        ),
        evidence=re.compile(r"Graphcore|Intelligence Processing|IPUs\b.*(?:GPU|accelerator)"),
    ),
    family(
        "sambanova",
        "sn10|sn30|sn40|sn50|datascale",
        r"SN[1-9]0L?(?!\w)|DataScale",
        evidence=re.compile(r"SambaNova|[Dd]ataflow"),
    ),
    family(
        "groq",
        "groq|lpu|tsp|tensor streaming",
        r"GroqChip(?:[- ]?\d)?|Groq(?:Card|Node|Rack)|LPU(?=s?\b)|(?i:language processing unit)",
        evidence=re.compile(r"Groq|Language Processing Unit|Tensor Streaming"),
    ),
    family(
        "tenstorrent",
        "wormhole|grayskull|blackhole|tenstorrent",
        r"Wormhole(?: n\d{1,6}[ds]?)?|Grayskull(?: e\d{1,6})?|Blackhole",
        evidence=re.compile(r"Tenstorrent"),
    ),
    family(
        "neuromorphic",
        "truenorth|spinnaker|akida|northpole|tianjic|dynap|brainscales|speck",
        r"TrueNorth|SpiNNaker(?:[- ]?2)?|Akida|NorthPole|Tianjic|DYNAP-?\w{0,12}|BrainScaleS(?:-2)?",
    ),
    family(
        "china",
        "mlu|kunlun|mxc|mxn|mt-|speedai|bm16|br10|mtt s|hanguang",
        (
            r"MLU-?\d{3}(?:-\w{1,12})?|Kunlun(?:xin)?(?:[- ]?(?:[1-3]|I{1,3}|[PKR]G?\d00|XPU))?(?=\b)|MXC5\d\d"
            r"|MXN1\d\d|MT-[23]000|speedAI\d*|BM168\dX?|BR10[04]|MTT S\d{2,4}|Hanguang 800"
        ),
        evidence=CHIP,
    ),
    family(
        "startups",
        (
            "hailo|kalray|mppa|upmem|automata proc|micron's automata|cloud ai 100|hbm-pim|axdimm|nvdla"
            "|cva6|piton|openpiton|aicore|mn-core|pezy|sx-aurora|anton"
        ),
        (
            r"Hailo(?:-\d\w{0,12})?|MPPA-?\d*|UPMEM(?: PIM| DPUs?)?|(?:Micron's )?Automata Processor"
            r"|Cloud AI 100(?: Ultra)?|HBM-PIM|AxDIMM|NVDLA|CVA6|OpenPiton|Piton|AICore|MN-Core(?: \d)?"
            r"|PEZY-SC\d?|SX-Aurora(?: TSUBASA)?|Anton(?: [23])(?!\w)"
        ),
    ),
    family("tesla-dojo", "dojo", r"Dojo(?: D1)?(?= (?:chip|training|super|D1|system|microarch))"),
)

FPGAS: Sequence[Family] = (
    family("alveo", "alveo", r"Alveo(?:[- ](?:U|u|V|MA|SN)\d{1,4}[A-Z]{0,2})?(?:[- ]?(?:ES))?"),
    family(
        "alveo-bare",
        "u20|u25|u28|u50|u55|u30|u26|u45|v80",
        r"U(?:2[058]0|50|55C|55N|30|26|45N|250)|(?<=AMD )V80",
        evidence=FPGA,
        near=False,
    ),
    family(
        "zynq",
        "zynq",
        (
            r"Zynq(?:[- ]?(?:UltraScale\+?|Ultrascale\+?|US\+|MPSoC|RFSoC|SoC|7000|70\d\d|Z-?70\d\d|XC\w{1,12}"
            r"|ZU\d{1,6}\w{0,12}|ZCU\d{1,6}|EG|EV))*"
        ),
    ),
    family(
        "xilinx-board",
        (
            "zcu|vcu|vck|vhk|vek|vmk|vpk|zc7|kc7|vc7|ml6|zedboard|pynq|ultra96|kria|kv260|kr260|zybo"
            "|nexys|basys|arty|kcu|sume|netfpga|aws f1"
        ),
        (
            r"(?:ZCU|VCU|VCK|VHK|VEK|VMK|VPK|KCU|AC|KC|VC|ZC|ML)\d{3,4}|ZedBoard|Zedboard"
            r"|PYNQ(?:[- ]?Z[12U])?|Pynq(?:[- ]?Z[12])?|Ultra96(?:-?[vV][12])?|Kria(?: K[RVD]\d{2,3}"
            r"| SOM)?|K[VR]260|Zybo(?: Z7)?|Nexys ?\w{0,12}|Basys ?3|Arty(?: [A-Z]7\S{0,12})|NetFPGA(?:[- ]SUME)?"
        ),
    ),
    family(
        "versal",
        "versal",
        r"Versal(?:[- ](?:ACAP|AI(?: Core| Edge| Engine)?|Premium|Prime|HBM|V[CHEMP]K?\d{1,6}|VCK\d{1,6}))*",
    ),
    family(
        "virtex",
        "ultrascale|virtex|kintex|artix|spartan",
        (
            r"(?:Virtex|Kintex|Artix|Spartan|(?<=Xilinx )Ultra[Ss]cale\+?(?: MPSoC)?)(?:[- ]?[2-7](?:E|LX"
            r"|A)?(?![\d.]))?(?:[- ]?(?:UltraScale\+?|Ultrascale\+?|US\+))?(?:[- ](?:XC\w{1,12}|[VK]U\w{1,12}|HBM"
            r"|\d{3}T|VC\d{1,6}|VCU\d{1,6}|KC\d{1,6}))?"
        ),
    ),
    family(
        "xilinx-part",
        "xc7|xcv|xcz|xck|vu1|vu2|vu3|vu4|vu5|vu9|zu1|zu2|zu3|zu4|zu5|zu7|zu9|ku0|ku1|ku3|ku5",
        r"XC[7ZVK][A-Z0-9]{2,12}(?:-[A-Z0-9]{1,6}){0,3}|[VZK]U\d{1,3}(?:P|EG|EV|DR|CG)\b",
        evidence=FPGA,
    ),
    family(
        "other-fpga",
        "ice40|ecp5|polarfire|igloo|gowin|crosslink",
        r"iCE40(?: ?\w{0,12})?|ECP5|PolarFire(?: SoC)?|IGLOO2?|CrossLink(?:-NX)?",
    ),
)
