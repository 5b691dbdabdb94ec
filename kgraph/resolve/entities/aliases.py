"""Which spellings are one name: keys that forget case, spacing, vendors and class words."""

from __future__ import annotations

import re
from functools import lru_cache

from kgraph.model import Kind, Rule
from kgraph.vocab import name_key, plain

_VENDOR = re.compile(
    r"(?:nvidia|nvdia|nvida|amd[-/ ]xilinx|amd|ati|intel(?: habana| altera)?|habana(?: labs)?|google(?: cloud| coral)?|"
    r"cloud(?= tpu)|"
    r"huawei|hisilicon|xilinx|altera|amazon|aws|qualcomm|arm|samsung|meta|microsoft|cerebras|graphcore|sambanova|groq|ibm|"
    r"mediatek|st|stmicroelectronics|fujitsu|cavium|marvell|mellanox|micron|cambricon|tenstorrent|apple)"
    r"(?:\(r\)|®|™)?[- ]+(?=\S)",
    re.IGNORECASE,
)
_LINE = re.compile(r"(?:tesla|geforce|instinct|habana|cloud)[- ]+(?=\S*\d)", re.IGNORECASE)
_CLASS_WORD = re.compile(
    r"[- ]+(?:gpus?|cpus?|npus?|fpgas?|socs?|processors?|chips?|boards?|cards?|accelerators?|microcontrollers?|mcus?|"
    r"devices?|"
    r"supercomputers?|architectures?|superchips?|series)\Z",
    re.IGNORECASE,
)
_SIZE = re.compile(r"(?<=[\s-])(\d{2,3})\s?(?:GiB|G)\Z")
_PLURAL = re.compile(r"(?<=[\w+])'?s\Z")
_PLURAL_WORD = re.compile(r"(?<=[A-Za-z+])'?s\Z")


@lru_cache(maxsize=1 << 18)
def identity(name: str, kind: Kind) -> str:
    """Return the key under which all spellings of a name of that kind meet.

    Hardware has a room of its own ("hardware:a100"), where vendor, product line, class word and plural don't count; the
    other kinds share one, since papers often disagree on them.
    """
    if kind is Kind.HARDWARE:
        return f"hardware:{name_key(bare(name)) or name_key(name) or name}"
    return f"name:{name_key(name) or name}"


def bare(name: str) -> str:
    """Return a hardware name without vendor, line, class word and plural: "Nvidia Tesla V100 GPUs" → "V100"."""
    text = " ".join(plain(name).split())
    for _ in range(2):
        text = _VENDOR.sub("", text) if _VENDOR.match(text) else text
        text = _LINE.sub("", text) if _LINE.match(text) else text
    shorter = _CLASS_WORD.sub("", text)
    text = _SIZE.sub(r"\1GB", shorter or text)
    return _PLURAL.sub("", text) if len(text) > 3 else text


def singular(name: str) -> str:
    """Return `name` without a plural s, or the name itself if it has none ("YOLOv9s" has none)."""
    return _PLURAL_WORD.sub("", name) if len(name) > 3 and not name.endswith("ss") else name


def is_ordinary_word(name: str) -> bool:
    """Return whether `name` has the shape of a word of the language: one word of letters without a capital inside.

    "Galaxy", "FLAT" and "orca" are such; "vLLM", "LLaMA-2" and "DeepSpeed" are not. In another case than its own, such
    a name is taken for the word.
    """
    return name.isalpha() and (name.islower() or name.isupper() or name[1:].islower())


def same_surface(known: str, other: str) -> bool:
    """Return whether `other` is the name `known`: exactly if that has the shape of a word, else but for case."""
    if is_ordinary_word(known):
        return singular(known) == singular(other)
    return name_key(singular(known)) == name_key(singular(other))


def how_alike(one: str, other: str, kind: Kind) -> Rule:
    """Return the rule by which two names with one key meet: spelling, or vendor (and product line, class word)."""
    alike = name_key(singular(one)) == name_key(singular(other))
    return Rule.SPELLING if alike or kind is not Kind.HARDWARE else Rule.VENDOR
