"""Which doubtful names are names: those that something else in the corpus, or the vocabulary, confirms."""

from __future__ import annotations

from collections.abc import Sequence

from kgraph.model import Mention
from kgraph.resolve.entities.aliases import is_ordinary_word, same_surface
from kgraph.resolve.entities.families import heads
from kgraph.resolve.entities.said import Said
from kgraph.vocab import Concept, Vocabulary

WITNESSES = 3
"""So many other papers that surely use a name, in the same spelling, confirm a doubtful use of it."""

CONFIRMED = 0.85
"""How often a doubtful name that the corpus or the vocabulary confirms is one (14 of 16 in annotated abstracts)."""

SURE = "sure"
"""Why a use is believed that needs no confirmation."""


def confirmation(one: Said, concept: Concept | None, founders: Sequence[Said], vocabulary: Vocabulary) -> str:
    """Return why a use of a name is believed, as a sentence; SURE for one that needs no confirmation, "" for none.

    `concept` and `founders` are those of what it means. Where there is none, `witnesses` may still confirm it.
    """
    if one.certain:
        return SURE
    if concept and not (concept.ambiguous and " " not in one.name):
        return "the vocabulary knows it"
    for founder in founders:
        if founder.paper.id != one.paper.id and any(
            same_surface(s, one.name) for s in (founder.name, *founder.surfaces)
        ):
            return f"{founder.paper.id} introduces it"
    for head, plain in heads(one.name):
        if plain and any(c.kind is one.kind and not c.ambiguous for c in vocabulary.lookup(head)):
            return f"the vocabulary knows its family {head}"
    return ""


def may_be_witnessed(name: str) -> bool:
    """Return whether other papers that use a name confirm that it is one."""
    return not is_ordinary_word(name)


def witnessed(papers: int) -> str:
    """Return why a name is believed that so many papers surely use, "" where these are too few."""
    return f"{papers} other papers use it" if papers >= WITNESSES else ""


def sureness(mention: Mention) -> float:
    """Return the confidence of a mention that is believed, which a doubtful one gains by being confirmed."""
    return mention.confidence if mention.certain else max(mention.confidence, CONFIRMED)
