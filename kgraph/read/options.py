"""What a caller may say about how to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kgraph.errors import InputError
from kgraph.read.limits import Limits

FIELDS = (
    "title", "abstract", "source_id", "date", "year", "authors", "author_count", "doi", "arxiv", "openalex", "s2",
    "venue", "url",
)  # fmt: skip
"""What of a record a column can be mapped to."""


@dataclass(frozen=True, slots=True)
class Options:
    """`columns` maps a field of `Record` ("title", "abstract", ...) to the column or key that holds it in rows."""

    columns: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        """Refuse a mapping of something that records don't have (InputError)."""
        if unknown := sorted(set(self.columns) - set(FIELDS)):
            raise InputError(f"no field {unknown[0]!r} to map", where="--map", remedy=f"fields are {', '.join(FIELDS)}")
