"""Noun phrases that hold names: which names stand to the right of a cue."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from kgraph.extract.relations.clauses import Token
from kgraph.extract.wordlists import alternatives, words
from kgraph.model import Kind, Level

_STOP = words(
    """
    on in for by at under while when where whereas without during via through using across which that who because
    since if after before until but yet then thus so within between among respectively is are was were be been has
    have had can could may might will would does do did show shows showed achieve achieves achieved reach reaches
    deliver delivers provide provides reduce reduces improve improves demonstrate demonstrates obtain obtains
    outperform outperforms need needs require requires suffer suffers we our ours it this these with from to as than
    over against into upon enable enables offer offers yield yields gain gains exhibit exhibits consume consumes use
    uses given thanks due along despite even though although while-preserving attains attain gets makes allows
    """
)
_EXAMPLES = words(
    """
    like including e.g i.e eg ie namely include includes especially particularly specifically
    """
)
JOIN = words(", and or & / + nor")
OWN_WORDS = words("we our ours it its")
VERBISH = re.compile(
    r"(?:is|are|was|were|has|have|had|can|could|may|will|does|do|did|also|even|still|not|all|both|then|further|often|now)$"
    r"|[a-z-]+ly$|(?:achiev|reach|obtain|attain|show|deliver|provid|improv|reduc|outperform|surpass|exceed|beat|match|rival|"
    r"demonstrat|exhibit|offer|yield|gain|run|execut|train|requir|need|us|consum|cut|lower|increas|decreas|boost|speed|"
    r"accelerat|sav|perform|scal|bring|enabl|allow|support|maintain|preserv|retain|remain|set|lead|trail|lag|score|produc|"
    r"generat|complet|finish|solv|process|serv|sustain|hit|get|make|leverag|introduc|replac|combin|extend|build|keep|take|employ|adopt|propos|present|utiliz|integrat|incorporat|appl|featur|includ|describ|develop|implement|"
    r"significantly|emerg|dominat|win|incur|suffer|fall|fail|struggl|underperform|excel|consist|operat|handl|target|outpac)"
    r"(?:e|es|ed|s|d|t|ing)?$"
)
PREPOSITIONS = words(
    """
    on in for by at under with within without via through using across of from to as than over against into upon
    between among like including during after before per compared unlike versus vs such e.g i.e atop
    """
)
_VERB = re.compile(
    r"(?:approach|match|exceed|surpass|outperform|beat|reach|achiev|improv|reduc|show|deliver|describ|present|propos|introduc|demonstrat)(?:e|es|s|ed)?$"
)
REACH = 14
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
    kept = [i for i in at if not explains_product(tokens, i) and not _only_modifies(tokens, i)]
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
        if low in _STOP or low in (".", ";", "(", ")") or tokens[j].quantity is not None:
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
            or after.low.endswith("ing")
            or after.low in OWN_WORDS
            or after.quantity is not None
            or _VERB.match(after.low) is not None
        )
    return low in _STOP and not _may_pass(tokens, i, found)


def _leaves_list(tokens: tuple[Token, ...], start: int, at: list[int], i: int) -> bool:
    """Whether the name at `i` no longer belongs to the names at positions `at`."""
    if not at:
        return False
    between = [t.low for t in tokens[at[-1] + 1 : i]]
    if between and not (
        any(w in JOIN or w in ("as", "(") or w in _EXAMPLES for w in between)
        or (len(between) <= 2 and not any(w in _STOP for w in between))
    ):
        return True
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    return "," in between and bool(after and VERBISH.match(after))


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
    if first.mention is not None or first.low in _EXAMPLES or [t.low for t in after[:3]] == ["in", "addition", "to"]:
        return True
    if first.low in ("such", "as") and len(after) > 1 and after[1].low in ("as", "well"):
        return True
    if first.low in ("and", "or", "&"):
        if len(after) < 2 or after[1].quantity is not None or after[1].low.endswith("ing"):
            return False
        return after[1].mention is not None or not any(t.low in OWN_WORDS or VERBISH.match(t.low) for t in after[1:3])
    if any(t.low.endswith("ing") and t.mention is None for t in after[:2]):
        return False
    items = 0
    for t in after:
        if t.mention is not None:
            return True
        if found and t.low in (",", "and", "or") and items < 2:
            items += 1
        elif t.low in _STOP or t.low in OWN_WORDS or t.quantity is not None or t.low in (",", ";", "."):
            return False
    return False


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
        return before in (
            "used",
            "provided",
            "proposed",
            "offered",
            "achieved",
            "obtained",
            "generated",
            "set",
            "exhibited",
            "reported",
        )
    if low in ("in", "from") and _PROVIDED.match(before):
        step = 2 if after in ("the", "a", "an") else 1
        target = tokens[i + step].mention if i + step < len(tokens) else None
        return target is not None and target.kind is Kind.SYSTEM
    return False


_PROVIDED = alternatives(
    "implementations? convolutions? kernels? versions? routines? operators? functions? solvers? primitives? baselines?"
)


def _examples_beyond(tokens: tuple[Token, ...], i: int, skip: Collection[str]) -> list[int]:
    """Return the names that illustrate a phrase that had none: "methods that need data (e.g., A and B)".

    Where another noun stands between ("approaches on each platform, including A"), only systems after a comma count.
    """
    stop = tokens[i].low
    near = stop in ("that", "which", "based", "with", "of") or (
        stop == "on" and tokens[i - 1].low in ("based", "built")
    )
    if not near and stop not in ("on", "in", "for", "across"):
        return []
    for j in range(i + 1, min(len(tokens) - 1, i + 13)):
        token, after = tokens[j], tokens[j + 1]
        opens = token.low == "(" or (token.low == "," and after.low in _EXAMPLES)
        if not opens and (token.low in (",", ";", ".", ")") or token.low in OWN_WORDS):
            return []
        if token.quantity is not None or token.mention is not None:
            return []
        if opens or token.low in ("like", "including", "namely") or (token.low, tokens[j - 1].low) == ("as", "such"):
            k = j + 1
            while k < len(tokens) - 1 and (tokens[k].low in _EXAMPLES or tokens[k].low == ","):
                k += 1
            mention = tokens[k].mention
            if mention is None or not is_name(tokens[k]) or mention.name in skip:
                if token.low == "(":
                    continue
                return []
            fits = near or (mention.kind is Kind.SYSTEM and (opens or stop == "for"))
            return list(names_after(tokens, k, skip).at) if fits else []
    return []


_CARRIERS = alternatives(
    r"""
    baselines? implementations? versions? systems? platforms? counterparts? solutions? designs? cores? clusters?
    servers? processors? programs? codes? execution deployments? infrastructure accelerators? machines? devices?
    setups? kernels? libraries library performance throughput speed latency approach(?:es)? boards? chips? nodes?
    only alone gpus? backend frameworks? engines? compilers? algorithms? runs? inference training
    """
)


_WHOLES = alternatives("implementations? baselines? versions? systems? counterparts? platforms?")


_METHODS = alternatives("methods approaches techniques algorithms strategies schemes")
_UNNAMED = words("prior existing previous conventional traditional other current recent earlier")


def _is_manner(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the name at `i` says of what sort unnamed things are: "prior X-based designs", "the X variants of Y"."""
    after = [t.low for t in tokens[i + 1 : i + 3]] + ["", ""]
    if _VARIANTS.match(after[0]) and after[1] == "of":
        return i + 3 < len(tokens) and any(t.mention is not None for t in tokens[i + 3 : i + 5])
    unnamed = any(t.low in _UNNAMED for t in tokens[max(0, i - 3) : i])
    sort = after[0].startswith("-based") and after[1].endswith("s")
    return unnamed and (sort or _METHODS.match(after[0]) is not None)


_SORTS = alternatives("solutions designs accelerators architectures approaches works proposals schemes")


def _is_sort(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the class of hardware at `i` says of what sort others' unnamed work is: "prior digital PIM solutions"."""
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    before = {t.low for t in tokens[max(0, i - 3) : i]}
    return _SORTS.match(after) is not None and bool(before & _UNNAMED or "state-of-the-art" in before)


_VARIANTS = alternatives("variants? versions? ports?")


def _only_modifies(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether hardware named at `i` only says what kind of thing is meant: "GPU memory", "the GPU-based system X"."""
    mention = tokens[i].mention
    if mention is None:
        return False
    if i > 1 and tokens[i - 1].low == "-" and tokens[i - 2].low == "non":
        return True
    if _is_manner(tokens, i):
        return True
    if mention.kind is not Kind.HARDWARE:
        return False
    after = tokens[i + 1 : i + 5]
    if after and after[0].low in ("hours", "days", "hour", "-only"):
        return True
    if mention.level is not Level.CLASS:
        return False
    if _is_sort(tokens, i):
        return True
    beside = after[0].mention if after else None
    inside = after[1].mention if len(after) > 1 and after[0].low == "(" else None
    if (beside is not None and beside.kind is not Kind.HARDWARE) or (
        inside is not None and inside.level is Level.PRODUCT
    ):
        return True
    before = tokens[i - 1].mention if i else None
    if before is not None and before.kind is Kind.SYSTEM:
        return True
    for t in after:
        if t.low in JOIN or t.low in _STOP or t.low == "(":
            break
        if is_name(t) and mention.level is Level.CLASS and t is not after[0]:
            return True
    nxt = next((t for t in after if not t.low.startswith("-") and t.low != "/"), None)
    if nxt is None or nxt.mention is not None or not nxt.low[:1].isalpha() or nxt.low in _STOP or nxt.low in JOIN:
        return False
    second = after[1].low if len(after) > 1 else ""
    if nxt.low in ("design", "accelerator", "kernel") and second.endswith("s") and not VERBISH.match(second):
        return True  # "ASIC design optimizations"
    return not (_CARRIERS.match(nxt.low) or _WHOLES.match(second))


def explains_product(tokens: tuple[Token, ...], i: int) -> bool:
    """Return whether the hardware class named at `i` merely stands beside the product before it."""
    here = tokens[i].mention
    if here is None or here.level is not Level.CLASS or i == 0:
        return False
    for j in (i - 1, i - 2, i - 3):
        if j < 0:
            break
        before = tokens[j].mention
        if before is not None:
            return before.kind is Kind.HARDWARE and before.level is not Level.CLASS and before.end + 20 >= here.start
        if tokens[j].low not in (
            "(",
            "microcontroller",
            "processor",
            "based",
            "-based",
            "-class",
            "mobile",
            "edge",
            "embedded",
            "desktop",
            "server",
            "40gb",
            "80gb",
            "datacenter",
            "humanoid",
        ):
            break
    return False
