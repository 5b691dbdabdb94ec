"""What a build was made from, and what of it could not be used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skip:
    """Something that couldn't be used: where it stood, why, and what to do about it."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read."""

    path: str
    format: str
    sha256: str
    records: int
    skipped: tuple[Skip, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a build was made from and by what: enough to do it again.

    `inputs` and `options` are the arguments as given (sorted); `notes` are things a user should know, such as
    dates whose year stayed unknown. `extractor` is the digest of vocabulary and extraction code, `program` that of
    all code and data by which a graph is made.
    """

    version: str = ""
    inputs: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    sources: tuple[Source, ...] = ()
    extractor: str = ""
    notes: tuple[str, ...] = ()
    program: str = ""
