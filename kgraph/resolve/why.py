"""Why names were brought together, kept apart or left out: one short record for each decision."""

from __future__ import annotations

from kgraph.model import Decision

__all__ = ["RULES", "Decision"]

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
