"""The words of the project that are chosen from a few: what things are, how they are related, where a text stands."""

from __future__ import annotations

from enum import StrEnum

PAPER = "PAPER"
"""The subject of a relation that the paper states of its own, unnamed work."""


class Kind(StrEnum):
    """What an entity is."""

    SYSTEM = "system"
    HARDWARE = "hardware"
    MODEL = "model"
    DATASET = "dataset"


class Level(StrEnum):
    """Whether a hardware name means a thing one can buy or a class of such things."""

    PRODUCT = "product"
    CLASS = "class"


class RelationType(StrEnum):
    """How two things are related."""

    COMPARES_AGAINST = "compares_against"
    RUNS_ON = "runs_on"
    BUILDS_ON = "builds_on"
    INTRODUCES = "introduces"


class Polarity(StrEnum):
    """A comparison as seen from its subject."""

    BETTER = "better"
    WORSE = "worse"
    SIMILAR = "similar"
    UNSPECIFIED = "unspecified"


class ValueKind(StrEnum):
    """What sort of number a comparison gives: 2x, 30 %, 3 points, 494 ms."""

    RATIO = "ratio"
    PERCENT = "percent"
    POINTS = "points"
    ABSOLUTE = "absolute"


class Where(StrEnum):
    """The part of a paper's text that an offset counts in."""

    TITLE = "title"
    ABSTRACT = "abstract"
