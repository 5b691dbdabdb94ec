"""Which doubtful names are names: those that something else in the corpus, or the vocabulary, confirms."""

from __future__ import annotations

from collections import Counter

from kgraph.resolve.aliases import is_ordinary_word, same_surface
from kgraph.resolve.families import heads
from kgraph.resolve.said import Said
from kgraph.resolve.senses import Sense
from kgraph.vocab import Vocabulary

WITNESSES = 3
"""So many other papers that surely use a name, in the same spelling, confirm a doubtful use of it."""


def witnesses(sense: Sense) -> Counter[str]:
    """Return how many papers surely use each spelling."""
    return Counter(name for name, _ in {(s.name, s.paper.id) for s in sense.members if s.certain})


def confirmation(one: Said, sense: Sense, sure: Counter[str], vocabulary: Vocabulary) -> str:
    """Return why a use of a name is believed, as a sentence; "sure" for one that needs no confirmation, "" for none.

    `sure` are the `witnesses` of the sense.
    """
    if one.certain:
        return "sure"
    if sense.concept and not (sense.concept.ambiguous and " " not in one.name):
        return "the vocabulary knows it"
    for founder in sense.founders:
        if founder.paper.id != one.paper.id and any(
            same_surface(s, one.name) for s in (founder.name, *founder.surfaces)
        ):
            return f"{founder.paper.id} introduces it"
    for head, plain in heads(one.name):
        if plain and any(c.kind is one.kind and not c.ambiguous for c in vocabulary.lookup(head)):
            return f"the vocabulary knows its family {head}"
    if not is_ordinary_word(one.name) and sure[one.name] >= WITNESSES:
        return f"{sure[one.name]} other papers use it"
    return ""
