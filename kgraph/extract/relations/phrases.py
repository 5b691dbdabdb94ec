"""Noun phrases that hold names: which names stand to the right of a cue."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from kgraph.extract.relations.clauses import Token
from kgraph.extract.relations.modifiers import explains_product, only_modifies
from kgraph.extract.relations.particles import EXAMPLES, JOIN, OWN_WORDS, STOP, VERBISH
from kgraph.extract.relations.tallies import is_number, past_number
from kgraph.extract.wordlists import alternatives, words
from kgraph.model import Kind, Level, Mention

_VERB = re.compile(
    r"(?:approach|match|exceed|surpass|outperform|beat|reach|achiev|improv|reduc|show|deliver|describ|present|propos|introduc|demonstrat)(?:e|es|s|ed)?$"
)
REACH = 20
"""How many words may stand between a cue and the name it governs."""


@dataclass(frozen=True, slots=True)
class Named:
    """Names of one phrase, as token positions in order, and where the phrase ends (a position after its last token)."""

    at: tuple[int, ...]
    end: int


def is_name(token: Token) -> bool:
    """Return whether the token mentions something that can be an end of a relation between things."""
    return token.thing


def names_after(tokens: tuple[Token, ...], start: int, skip: Collection[str] = ()) -> Named:
    """Return the names of the noun phrase that begins at position `start`: "existing compilers like A and B, or C".

    The phrase ends at a verb, at a preposition other than "of" or "like", or where a list stops. A name in `skip`
    ends it too: "compared to A, ours is faster".
    """
    at: list[int] = []
    i, gap, depth = start, 0, 0
    end = start
    while i < len(tokens) and gap <= REACH:
        token = tokens[i]
        if token.mention is not None:
            if (token.name in skip and not (at and _adjacent(tokens, at[-1], i))) or _leaves_list(tokens, start, at, i):
                break
            if is_name(token):
                at.append(i)
                end, gap = i + 1, 0
        elif not depth and is_number(token):
            beyond = past_number(tokens, i, bool(at))
            if not beyond:
                break
            i = beyond
            continue
        elif token.low == ")" or token.quantity is not None:
            if not depth:
                break
            depth -= token.low == ")"
            end = i + 1 if at and not depth else end
        elif token.low == "(":
            depth += 1
        elif _ends(tokens, i, bool(at)):
            resumed = _resumes(tokens, i, at)
            if not depth and not resumed:
                break
            i = resumed or _closing(tokens, i)
            continue
        gap += token.mention is None
        i += 1
    if not at and i < len(tokens):
        at = _examples_beyond(tokens, i, skip)
        end = at[-1] + 1 if at else end
    kept = [i for i in at if not explains_product(tokens, i) and not only_modifies(tokens, i)]
    return Named(tuple(kept), end)


def _resumes(tokens: tuple[Token, ...], i: int, at: list[int]) -> int:
    """Return where a list goes on behind what its item was met on, or 0: "A on GSM8K, B on MATH, and C on AIME"."""
    if not at or tokens[i].low not in ("on", "in", "for", "at"):
        return 0
    last = tokens[at[-1]].mention
    for j in range(i + 1, min(len(tokens) - 2, i + 7)):
        low = tokens[j].low
        if low in JOIN:
            k = j + 2 if tokens[j + 1].low in ("and", "or") else j + 1
            mention = tokens[k].mention if k < len(tokens) else None
            met = k + 1 < len(tokens) and tokens[k + 1].low == tokens[i].low
            return j if met and mention is not None and last is not None and mention.kind is last.kind else 0
        if low in STOP or low in (".", ";", "(", ")") or tokens[j].quantity is not None:
            return 0
    return 0


def _ends(tokens: tuple[Token, ...], i: int, found: bool) -> bool:
    """Whether a phrase ends at the word or sign at `i`."""
    low = tokens[i].low
    if low in (";", ":", "?", "!", "."):
        return True
    if low == ",":
        return not _comma_goes_on(tokens, i, found)
    if low in ("and", "or"):
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        return (
            after is None
            or (after.low.endswith("ing") and after.mention is None)
            or after.low in OWN_WORDS
            or (after.quantity is not None and not past_number(tokens, i + 1, found))
            or _VERB.match(after.low) is not None
        )
    return low in STOP and not _may_pass(tokens, i, found)


def _leaves_list(tokens: tuple[Token, ...], start: int, at: list[int], i: int) -> bool:
    """Whether the name at `i` no longer belongs to the names at positions `at`."""
    if not at:
        return False
    between = [t.low for t in tokens[at[-1] + 1 : i]]
    if between and not (
        any(w in JOIN or w in ("as", "(") or w in EXAMPLES for w in between)
        or (len(between) <= 2 and not any(w in STOP for w in between))
    ):
        return True
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    return "," in between and bool(after and VERBISH[after])


def _adjacent(tokens: tuple[Token, ...], a: int, b: int) -> bool:
    return all(t.low in JOIN for t in tokens[a + 1 : b])


def _closing(tokens: tuple[Token, ...], i: int) -> int:
    """Return the position of the bracket that closes, or one after where it would be looked for."""
    for j in range(i, min(len(tokens), i + 40)):
        if tokens[j].low == ")":
            return j
    return min(len(tokens), i + 40)


def _comma_goes_on(tokens: tuple[Token, ...], i: int, found: bool) -> bool:
    """Whether what follows a comma still belongs to the phrase: an example, an apposition, the next item of a list."""
    after = tokens[i + 1 : i + 8]
    if not after:
        return False
    first = after[0]
    subject = after[1:] if first.low in ("the", "our") else after
    if not found and len(subject) > 2 and subject[0].mention is not None and _verb_near(subject[1:3]):
        return False  # "compared to prior work, A achieves"
    if first.mention is not None or first.low in EXAMPLES or [t.low for t in after[:3]] == ["in", "addition", "to"]:
        return True
    if first.low in ("such", "as") and len(after) > 1 and after[1].low in ("as", "well"):
        return True
    if first.low in ("and", "or", "&"):
        if len(after) < 2 or after[1].mention is not None:
            return len(after) > 1
        if after[1].quantity is not None or after[1].low.endswith("ing"):
            return False
        return not any(t.low in OWN_WORDS or VERBISH[t.low] for t in after[1:3])
    if any(t.low.endswith("ing") and t.mention is None for t in after[:2]):
        return False
    items = 0
    for t in after:
        if t.mention is not None:
            return True
        if found and t.low in (",", "and", "or") and items < 2:
            items += 1
        elif t.low in STOP or t.low in OWN_WORDS or t.quantity is not None or t.low in (",", ";", "."):
            return False
    return False


def _verb_near(tokens: tuple[Token, ...]) -> bool:
    return VERBISH[tokens[0].low] or (
        tokens[0].low.isalpha() and tokens[0].low not in STOP | JOIN and VERBISH[tokens[1].low]
    )


def _may_pass(tokens: tuple[Token, ...], i: int, found: bool) -> bool:
    """Whether a word that usually ends a phrase doesn't: "such as", "as well as", "used by X", "convolutions in X"."""
    low = tokens[i].low
    before = tokens[i - 1].low if i else ""
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if low == "as":
        return before in ("such", "well") or after == "well"
    if found:
        return (low, after) == ("in", "addition") or (low, before) == ("to", "addition")
    if low == "by":
        return before in _MADE or before == "set"
    if low in _MADE:
        return after == "by"
    if low in ("that", "those"):
        return after in _OF or after in _MADE
    if low in _OF and before in ("that", "those"):
        return True
    if low in ("to", "over"):
        return (low == "over" or before == "up") and i + 1 < len(tokens) and past_number(tokens, i + 1, found) > i + 1
    if low == "even":
        return after not in ("though", "when", "if", "as", "with", "without", "in", "on", "under")
    if low in ("our", "its"):
        return after in _FORMER
    if low in ("using", "with", "in", "on") and before in ("implemented", "written", "programmed", "running"):
        return not (i > 2 and tokens[i - 2].mention is not None)
    if low in ("in", "from") and _PROVIDED.match(before):
        step = 2 if after in ("the", "a", "an") else 1
        target = tokens[i + step].mention if i + step < len(tokens) else None
        return target is not None and target.kind is Kind.SYSTEM
    return False


_MADE = words(
    """
    used provided proposed offered achieved obtained generated exhibited reported learned learnt identified produced
    attained reached found given delivered
    """
)
_OF = words("of on by for from with")
_FORMER = words("previous prior earlier former previous-generation predecessor baseline host hosting own original")


_PROVIDED = alternatives(
    "implementations? convolutions? kernels? versions? routines? operators? functions? solvers? primitives? baselines?"
)


def _examples_beyond(tokens: tuple[Token, ...], i: int, skip: Collection[str]) -> list[int]:
    """Return the names that illustrate a phrase that had none: "methods that need data (e.g., A and B)".

    Where another noun stands between ("approaches on each platform, including A"), only systems after a comma count.
    """
    stop = tokens[i].low
    near = stop in ("that", "which", "based", "with", "of", "from") or (
        stop == "on" and tokens[i - 1].low in ("based", "built")
    )
    if not near and stop not in ("on", "in", "for", "across"):
        return []
    for j in range(i + 1, min(len(tokens) - 1, i + 13)):
        token, after = tokens[j], tokens[j + 1]
        opens = token.low == "(" or (token.low == "," and after.low in EXAMPLES)
        if not opens and (token.low in (",", ";", ".", ")") or token.low in OWN_WORDS):
            return []
        if token.quantity is not None or (token.mention is not None and not _is_setting(token.mention)):
            return []
        if opens or token.low in ("like", "including", "namely") or (token.low, tokens[j - 1].low) == ("as", "such"):
            k = j + 1
            while k < len(tokens) - 1 and (tokens[k].low in EXAMPLES or tokens[k].low == ","):
                k += 1
            mention = tokens[k].mention
            if mention is None or not is_name(tokens[k]) or mention.name in skip:
                if token.low == "(":
                    continue
                return []
            fits = near or (mention.kind is Kind.SYSTEM and (opens or stop == "for"))
            fits = fits or (mention.kind is Kind.MODEL and opens and _MODELS.match(tokens[i - 1].low) is not None)
            return list(names_after(tokens, k, skip).at) if fits else []
    return []


_MODELS = alternatives(r"models llms mllms vlms lms lmms networks")


def _is_setting(mention: Mention) -> bool:
    """Whether what is named is where others' work is met, and not that work: a data set, a class of hardware."""
    return mention.kind is Kind.DATASET or mention.level is Level.CLASS
