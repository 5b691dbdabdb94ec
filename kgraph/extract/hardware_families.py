"""The grammar of hardware product names: a pattern per line of products, so that unlisted members are known."""

from __future__ import annotations

from collections.abc import Sequence

from kgraph.extract.hardware_chips import FPGAS, INTEL, TENSOR
from kgraph.extract.hardware_devices import MOBILE, SERVERS
from kgraph.extract.hardware_gpus import AMD, NVIDIA
from kgraph.extract.hardware_words import Family

FAMILIES: Sequence[Family] = (*NVIDIA, *AMD, *INTEL, *TENSOR, *FPGAS, *MOBILE, *SERVERS)
