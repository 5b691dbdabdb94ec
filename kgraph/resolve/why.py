"""Why names were brought together, kept apart or left out: one short record for each decision."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """A decision of resolution.

    `entity` is the id of the entity it is about (empty where a mention was given to none), `subject` the name
    decided on, `rule` one of RULES, `reason` a sentence for people, `paper` the paper it concerns, if only one.
    """

    entity: str
    subject: str
    rule: str
    reason: str
    paper: str = ""


RULES = {
    "spelling": "the names are equal but for case, spaces, hyphens or a plural",
    "vendor": "the names are equal but for vendor, product line or a class word",
    "full-form": "a text gives one name as the full form of the other",
    "vocabulary": "the vocabulary lists the name",
    "homonym": "papers introduce different things under one name",
    "same-work": "papers that introduce the name speak of the same thing",
    "evidence": "among homonyms, the words of the paper point to this one",
    "neither": "among homonyms, nothing points clearly to one",
    "kind": "papers disagree on what it is",
    "confirmed": "a doubtful name is known from elsewhere",
    "unconfirmed": "a doubtful name is not known from elsewhere",
    "broader": "the name says that it is a variant, version or product",
    "judgement": "a judgements file says so",
}
