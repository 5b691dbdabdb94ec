"""Names that only say of what sort something else is: "GPU memory", "prior X-based designs", "A100 GPUs"."""

from __future__ import annotations

from kgraph.extract.relations.clauses import Token
from kgraph.extract.relations.particles import JOIN, STOP, VERBISH
from kgraph.extract.wordlists import alternatives, words
from kgraph.model import Kind, Level

_CARRIERS = alternatives(
    r"""
    baselines? implementations? versions? systems? platforms? counterparts? solutions? designs? cores? clusters?
    servers? processors? programs? codes? execution deployments? infrastructure accelerators? machines? devices?
    setups? kernels? libraries library performance throughput speed latency approach(?:es)? boards? chips? nodes?
    only alone gpus? backends? frameworks? engines? compilers? algorithms? runs? inference training
    """
)


_GOES_ON = alternatives(
    "(?:bring|achiev|provid|reduc|deliver|improv|enabl|us|runn|consum|requir|mak|yield|show|hav|giv)ing"
)


_WHOLES = alternatives("implementations? baselines? versions? systems? counterparts? platforms?")


_METHODS = alternatives("methods approaches techniques algorithms strategies schemes")
_UNNAMED = words("prior existing previous conventional traditional other current recent earlier")
_BEST = words("state-of-the-art sota")


def _is_manner(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the name at `i` says of what sort unnamed things are: "prior X-based designs", "the X variants of Y"."""
    after = [t.low for t in tokens[i + 1 : i + 3]] + ["", ""]
    if _VARIANTS.match(after[0]) and after[1] == "of":
        return i + 3 < len(tokens) and any(t.mention is not None for t in tokens[i + 3 : i + 5])
    before = {t.low for t in tokens[max(0, i - 3) : i]}
    unnamed = bool(before & _UNNAMED)
    sort = after[0].startswith("-") and (after[1].endswith("s") or after[1] in ("approach", "method", "design"))
    kinds = after[0].isalpha() and after[0] not in JOIN and _METHODS.match(after[1]) is not None
    direct = sort or _METHODS.match(after[0]) is not None
    best = bool(before & _BEST)
    return (unnamed and direct) or ((unnamed or best) and (kinds or sort))


def _owns(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the name at `i` only says whose the next name is: "RedHat's KSM"."""
    after = [t.low for t in tokens[i + 1 : i + 3]]
    own = 2 if after[:1] in (["'s"], ["’s"]) else 3 if after in (["'", "s"], ["’", "s"]) else 0
    return own > 0 and any(t.thing for t in tokens[i + own : i + own + 2])


_SORTS = alternatives("solutions designs accelerators architectures approaches works proposals schemes")


def _is_sort(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the class of hardware at `i` says of what sort others' unnamed work is: "prior digital PIM solutions"."""
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    before = {t.low for t in tokens[max(0, i - 3) : i]}
    return _SORTS.match(after) is not None and bool(before & (_UNNAMED | _BEST))


_VARIANTS = alternatives("variants? versions? ports?")


def only_modifies(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether hardware named at `i` only says what kind of thing is meant: "GPU memory", "the GPU-based system X"."""
    mention = tokens[i].mention
    if mention is None:
        return False
    if i > 1 and tokens[i - 1].low == "-" and tokens[i - 2].low == "non":
        return True
    if _is_manner(tokens, i) or _owns(tokens, i):
        return True
    if mention.kind is not Kind.HARDWARE:
        return False
    after = tokens[i + 1 : i + 5]
    if after and after[0].low in ("hours", "days", "hour", "-only"):
        return True
    if mention.level is not Level.CLASS:
        return False
    if (after and after[0].low == "+") or (i and tokens[i - 1].low == "+"):
        return True  # "X accelerator+GPU system"
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
        if t.low in JOIN or t.low in STOP or t.low == "(" or _GOES_ON.match(t.low):
            break
        if t.thing and mention.level is Level.CLASS and t is not after[0]:
            return True
    nxt = next((t for t in after if not t.low.startswith("-") and t.low != "/"), None)
    if nxt is None or nxt.mention is not None or not nxt.low[:1].isalpha() or nxt.low in STOP or nxt.low in JOIN:
        return False
    if _GOES_ON.match(nxt.low):
        return False
    second = after[1].low if len(after) > 1 else ""
    if nxt.low in ("design", "accelerator", "kernel") and second.endswith("s") and not VERBISH[second]:
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
