"""What a rule of the hardware grammar tells of its finds: the class of device, and who makes it."""

from __future__ import annotations

DEVICES: tuple[tuple[str, str, str], ...] = (
    ("nvidia-jetson", "SoC", "NVIDIA"),
    ("nvidia-orin", "SoC", "NVIDIA"),
    ("nvidia-tegra", "SoC", "NVIDIA"),
    ("nvidia-system", "", "NVIDIA"),
    ("nvidia-network", "", "NVIDIA"),
    ("nvidia-grace", "", "NVIDIA"),
    ("nvidia-nvl", "", "NVIDIA"),
    ("nvidia", "GPU", "NVIDIA"),
    ("amd-instinct", "GPU", "AMD"),
    ("amd-radeon", "GPU", "AMD"),
    ("amd-firepro", "GPU", "AMD"),
    ("amd-xdna", "NPU", "AMD"),
    ("amd-architecture", "", "AMD"),
    ("amd", "CPU", "AMD"),
    ("intel-fpga", "FPGA", "Intel"),
    ("intel-gpu", "GPU", "Intel"),
    ("intel-xeon", "CPU", "Intel"),
    ("intel-core", "CPU", "Intel"),
    ("intel-old", "CPU", "Intel"),
    ("intel-architecture", "CPU", "Intel"),
    ("intel", "", "Intel"),
    ("tpu", "TPU", "Google"),
    ("ascend", "NPU", "Huawei"),
    ("huawei", "", "Huawei"),
    ("aws", "", "Amazon"),
    ("mtia", "ASIC", "Meta"),
    ("maia", "ASIC", "Microsoft"),
    ("cerebras", "ASIC", "Cerebras"),
    ("graphcore", "", "Graphcore"),
    ("sambanova", "", "SambaNova"),
    ("groq", "ASIC", "Groq"),
    ("alveo", "FPGA", "AMD"),
    ("zynq", "FPGA", "AMD"),
    ("versal", "FPGA", "AMD"),
    ("virtex", "FPGA", "AMD"),
    ("xilinx", "FPGA", "AMD"),
    ("other-fpga", "FPGA", ""),
    ("snapdragon", "SoC", "Qualcomm"),
    ("qualcomm", "", "Qualcomm"),
    ("apple", "SoC", "Apple"),
    ("cortex", "CPU", "Arm"),
    ("arm-cores", "", "Arm"),
    ("stm32", "MCU", ""),
    ("power", "CPU", "IBM"),
)
"""The start of a family rule of the extractor, the class of device it names, and its maker."""


def device(rule: str) -> tuple[str, str]:
    """Return the class and the maker of what a rule of the hardware grammar finds, each empty if not known."""
    family = rule.removeprefix("family:")
    if family != rule:
        for start, device_class, maker in DEVICES:
            if family.startswith(start):
                return device_class, maker
    return "", ""
