"""The grammar of hardware product names: a pattern per line of products, so that unlisted members are known."""

from __future__ import annotations

from collections.abc import Sequence

from kgraph.extract.hardware.chips import FPGAS, INTEL, TENSOR
from kgraph.extract.hardware.devices import MOBILE, SERVERS
from kgraph.extract.hardware.gpus import AMD, NVIDIA
from kgraph.extract.hardware.words import Family

FAMILIES: Sequence[Family] = (*NVIDIA, *AMD, *INTEL, *TENSOR, *FPGAS, *MOBILE, *SERVERS)
