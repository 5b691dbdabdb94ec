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


class Rule(StrEnum):
    """By what it was decided which names are one thing, what that is, and whether a name is one at all."""

    SPELLING = "spelling"
    """The names are equal but for case, spaces, hyphens or a plural."""
    VENDOR = "vendor"
    """The names are equal but for vendor, product line or a class word."""
    FULL_FORM = "full-form"
    """A text gives one name as the full form of the other."""
    VOCABULARY = "vocabulary"
    """The vocabulary lists the name."""
    HOMONYM = "homonym"
    """Papers introduce different things under one name."""
    SAME_WORK = "same-work"
    """Papers that introduce the name speak of the same thing."""
    EVIDENCE = "evidence"
    """Among homonyms, the words of the paper point to this one."""
    NEITHER = "neither"
    """Among homonyms, nothing points clearly to one."""
    KIND = "kind"
    """Papers disagree on what it is."""
    CONFIRMED = "confirmed"
    """A doubtful name is known from elsewhere."""
    UNCONFIRMED = "unconfirmed"
    """A doubtful name is not known from elsewhere."""
    DOUBTFUL = "doubtful"
    """It is less sure than the build asks for."""
    BROADER = "broader"
    """The name says that it is a variant, version or product."""
    JUDGEMENT = "judgement"
    """A judgements file says so."""
