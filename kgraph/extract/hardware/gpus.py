"""Names of graphics processors and of the machines built around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kgraph.extract.hardware.words import GPU, Family, family

_SIZE = r"(?:[- ]?(?:PCIe|SXM-?\d?|NVL|OAM))?(?:[- ]?\d{1,3}[- ]?(?:GB|GiB|G|MB)(?![A-Za-z/]))?"

NVIDIA: Sequence[Family] = (
    family(
        "nvidia-data",
        "",
        rf"(?:A100|A800|H100|H200|H800|H20|V100S?|B[23]00|G[BH][23]00|GB10){_SIZE}(?:[- ]NVL\d{{1,3}})?",
    ),
    family("nvidia-data-new", "", rf"(?:[ABHPRVX][1-9]00|G[A-Z][1-9]00){_SIZE}(?:[- ]NVL\d{{1,3}})?", evidence=GPU),
    family(
        "nvidia-data-weak",
        "",
        (
            rf"(?:T4G?|P[46]|P40|P100|L40S?|L4|L20|A2|A10G?|A16|A30|A40|K[248]0[Xxmc]?|K80|M40|M60"
            rf"|A[4-6]000|[PK][1-6]000|B40){_SIZE}"
        ),
        evidence=re.compile(r"GPU|NVIDIA|Nvidia|CUDA|\b[AHV]100\b|RTX"),
    ),
    family("nvidia-nvl", "nvl", r"NVL\d{1,3}(?!\w)"),
    family(
        "nvidia-rtx",
        "rtx|gtx|geforce|rtxa",
        r"(?:GeForce[- ])?(?P<core>(?:RTX|GTX)(?:[- ]?(?:PRO|Pro))?[- ]?(?:TITAN[- ]?\w{0,12}|Titan[- ]?\w{0,12}"
        r"|[A-Z]?\d{3,4}(?:[- ]?(?:Ti(?:tan)?|TI|ti|SUPER|Super|super|D|M|Ada(?: Generation)?))*)"
        rf"{_SIZE}(?:[- ](?:Laptop|Mobile|Max-Q))*)",
    ),
    family(
        "nvidia-geforce",
        "geforce",
        (
            r"GeForce(?:[- ](?:GT|GTS|MX|FX|PCX)?[- ]?\d{2,4}[A-Z]{0,2}(?:[- ]?(?:GTX?|GS|Ti|Ultra|XT|LE"
            r"|SE))?(?:[- ](?:Mobile|Max-Q))?|4 MX \d{1,6})?"
        ),
    ),
    family(
        "nvidia-number",
        "nvidia 1|nvidia 2|nvidia 3|nvidia 4|nvidia 5|nvidia-",
        r"(?i:nvidia)[- ](?P<core>[1-5]0[5-9]0(?:[- ]?(?:Ti|TI|SUPER|Super|D))*)",
    ),
    family(
        "nvidia-number-bare",
        "1060|1070|1080|2060|2070|2080|3060|3070|3080|3090|4060|4070|4080|4090|5060|5070|5080|5090",
        r"[1-5]0[6-9]0(?:[- ]?(?:Ti|TI|SUPER|Super))?",
        evidence=GPU,
        near=False,
        after=r"[- ](?:GPU|[Gg]raphics [Cc]ard)",
    ),
    family(
        "nvidia-quadro",
        "quadro",
        (
            r"Quadro(?:[- ](?:RTX[- ]?\d{4}|[A-Z]{1,2}\d{3,4}M?|\d{2,4}\w?|FX ?(?:Go)?\d{3,4}M?"
            r"|NVS ?\d{2,3}M?|K\d{3}\w?)(?:[- ](?:Mobile|Max-Q))*)?"
        ),
    ),
    family(
        "nvidia-tesla",
        "tesla",
        r"(?:Tesla|TESLA)[- ](?P<core>[A-Z]\d{1,4}(?:[A-Z]?[a-z]{0,2}(?<!s)|[A-Z])(?:-[A-Z]+\d?)?" + _SIZE + ")",
    ),
    family("nvidia-tesla-bare", "tesla", r"(?:(?<=NVIDIA )|(?<=Nvidia ))Tesla(?= (?:GPU|card|architecture))"),
    family("nvidia-titan", "titan", r"(?:TITAN|Titan)[- ](?:RTX|Xp|XP|X|V|Z|Black)(?: Pascal)?"),
    family(
        "nvidia-other",
        "nvs |grid k|grid m|grid t|grid a|grid v|grid r",
        r"NVS \d{3,4}M?|GRID [A-Z]\d{1,3}(?:-\w{1,12})?",
        evidence=GPU,
    ),
    family(
        "nvidia-jetson",
        "jetson",
        (
            r"Jetson(?:[- ](?:AGX|Orin|Xavier|Nano|NX|TX1|TX2i?|TK1|Thor|T\d{4}|Super|Industrial"
            r"|T4000)){0,3}(?:[- ]\d{1,2} ?GB)?"
        ),
    ),
    family(
        "nvidia-orin",
        "orin|xavier|thor|agx|drive agx|drive orin|drive thor|drive xavier",
        r"(?:DRIVE |Drive )?(?:AGX[- ])?(?:Orin|Xavier|Thor)(?:[- ](?:NX|Nano|AGX))?",
        evidence=re.compile(r"Jetson|NVIDIA|Nvidia|AGX|Orin NX|Xavier NX|\b[AH][12]00\b"),
    ),
    family(
        "nvidia-tegra",
        "tegra|tx1|tx2|tk1",
        r"Tegra(?:[- ](?:[XK]\d|\d))?|T[XK][12]",
        evidence=re.compile(r"Jetson|Tegra|NVIDIA|Nvidia|embedded"),
    ),
    family(
        "nvidia-system",
        "dgx|hgx|igx|egx",
        (
            r"(?:DGX|HGX|IGX|EGX)(?:[- ]?(?:-?[12]H?|A100|H[128]00|B[23]00|GB[23]00|Station|SuperPOD"
            r"|SuperPod|Spark|Cloud|Orin|Thor))*"
        ),
    ),
    family(
        "nvidia-grace",
        "grace",
        (
            r"Grace(?:[- ]Hopper|[- ]Blackwell)(?:[- ][Ss]uper[Cc]hip)?|Grace(?= CPU"
            r"| [Ss]uper[Cc]hip)(?: [Ss]uper[Cc]hip)?"
        ),
    ),
    family(
        "nvidia-architecture-sure",
        "ampere|hopper|blackwell",
        r"(?:Ampere|Hopper|Blackwell)(?: Ultra)?(?! et al| \(?\d{4}|[- ]v\d|-?One)",
        evidence=re.compile(r"GPU|NVIDIA|Nvidia|CUDA|\b[AHB][128]00\b"),
    ),
    family(
        "nvidia-architecture",
        ("volta|turing|pascal|kepler|fermi|maxwell|rubin|vera rubin|ada lovelace|ada |ada-|ada,|lovelace"),
        r"(?:Volta|Turing|Pascal|Kepler|Fermi|Maxwell|(?:Vera )?Rubin|Ada[- ]Lovelace|Ada|Lovelace)",
        evidence=GPU,
        after=r"(?:[-,/ ]|, ?)+(?:(?:and|or|to|on) )?(?:GPU|[Aa]rchitectur|[Gg]eneration|based|only|class"
        r"|[Tt]ensor|NVIDIA|Nvidia|[Mm]icroarch|GeForce"
        r"|Ampere|Hopper|Blackwell|Volta|Turing|Pascal|Kepler|Maxwell|Ada\b|[Hh]ardware|chips?"
        r"|[Ss]eries|data ?center|CPU|SM\b|hierarch)",
    ),
    family("nvidia-network", "bluefield|connectx", r"BlueField(?:-?\d)?|ConnectX(?:-?\d)?"),
)

AMD: Sequence[Family] = (
    family(
        "amd-instinct",
        "instinct|mi1|mi2|mi3|mi4|mi5|mi6|mi8|mi-|mi 2|mi 3",
        rf"(?:Instinct )?(?P<core>MI[- ]?\d{{1,3}}0?[A-Z]?{_SIZE})(?:-series)?(?= |[^\w.]|s\b|$)",
        evidence=re.compile(r"AMD|Instinct|GPU|ROCm|HIP|accelerator"),
        near=False,
    ),
    family(
        "amd-radeon",
        "radeon|rx 5|rx 6|rx 7|rx 9|rx5|rx6|rx7|rx9|rx-",
        (
            r"Radeon(?:[- ](?:Pro|PRO|Instinct|HD|R[579X]|RX|Vega|VII|Fury"
            r"|AI))*(?:[- ][A-Z]{0,3}\d{2,4}[A-Z]*(?:[- ](?:XTX?|X2|GRE|M))?)?|RX[- ]?\d{4}(?:[- ]?XTX?)?"
        ),
    ),
    family("amd-firepro", "firepro|firestream|firegl", r"Fire(?:Pro|Stream|GL)(?: [A-Z]?\d{2,5}[A-Z]{0,2})?"),
    family(
        "amd-epyc",
        "epyc",
        (
            r"EPYC(?:[- ](?:\d[A-Z0-9]{3}[A-Z]{0,2}|Milan(?:-X)?|Turin|TURIN|Rome|Genoa(?:-X)?|Bergamo"
            r"|Turin|Naples))?"
        ),
    ),
    family(
        "amd-ryzen",
        "ryzen|threadripper",
        (
            r"Ryzen(?:[- ](?:AI|Threadripper|PRO|Pro|Max\+?"
            r"|[3579]))*(?:[- ](?:HX ?)?\d{3,4}[A-Z0-9]{0,3}\+?)?|Threadripper(?:[- ](?:PRO"
            r"|Pro))?(?:[- ]\d{4}[A-Z]*)?"
        ),
    ),
    family("amd-opteron", "opteron|athlon|phenom", r"(?:Opteron|Athlon|Phenom)(?:[- ]\w{0,6}\d\w{0,6})?"),
    family("amd-architecture", "cdna|rdna|zen", r"[CR]DNA(?:[- ]?\d)?|Zen[- ]?[1-9]\+?", evidence=re.compile(r"AMD")),
    family("amd-xdna", "xdna|strix|ryzen ai", r"XDNA(?:[- ]?\d)?|Strix (?:Halo|Point)"),
)
