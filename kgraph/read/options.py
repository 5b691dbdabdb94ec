"""What a caller may say about how to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kgraph.read.limits import Limits


@dataclass(frozen=True, slots=True)
class Options:
    """`columns` maps a field of `Record` ("title", "abstract", ...) to the column or key that holds it in rows."""

    columns: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
