"""Noun phrases that hold names: which names stand to the right of a cue, and which one a clause is about."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from kgraph.extract.clauses import Cast, Token
from kgraph.model import PAPER, Kind, Level

_STOP = frozenset(
    "on in for by at under while when where whereas without during via through using across which that who because since "
    "if after before until but yet then thus so within between among respectively is are was were be been has have had "
    "can could may might will would does do did show shows showed achieve achieves achieved reach reaches deliver delivers "
    "provide provides reduce reduces improve improves demonstrate demonstrates obtain obtains outperform outperforms need "
    "needs require requires suffer suffers we our ours it this these with from to as than over against into upon "
    "enable enables offer offers yield yields gain gains exhibit exhibits consume consumes use uses given thanks due "
    "along despite even though although respectively while-preserving attains attain gets makes allows".split()
)
_EXAMPLES = frozenset(
    "like including e.g i.e eg ie namely include includes especially particularly specifically".split()
)
_JOIN = frozenset([",", "and", "or", "&", "/", "+", "nor"])
_OWN_WORDS = frozenset("we our ours it its".split())
_OWN_NOUNS = frozenset(
    "method methods approach approaches system framework model models algorithm design work paper technique techniques "
    "architecture scheme solution implementation implementations accelerator compiler engine kernel kernels mechanism "
    "prototype tool library strategy pipeline proposal simulator scheduler optimizer variant variants study".split()
)
_OTHERS = frozenset(
    "existing prior previous previously conventional traditional current recent other others alternative competing "
    "today's state-of-the-art sota".split()
)
_VERBISH = re.compile(
    r"(?:is|are|was|were|has|have|had|can|could|may|will|does|do|did|also|even|still|not|all|both|then|further|often|now)$"
    r"|[a-z-]+ly$|(?:achiev|reach|obtain|attain|show|deliver|provid|improv|reduc|outperform|surpass|exceed|beat|match|rival|"
    r"demonstrat|exhibit|offer|yield|gain|run|execut|train|requir|need|us|consum|cut|lower|increas|decreas|boost|speed|"
    r"accelerat|sav|perform|scal|bring|enabl|allow|support|maintain|preserv|retain|remain|set|lead|trail|lag|score|produc|"
    r"generat|complet|finish|solv|process|serv|sustain|hit|get|make|leverag|introduc|replac|combin|extend|build|keep|take|"
    r"significantly|emerg|dominat|win|incur|suffer|fall|fail|struggl|underperform|excel|consist|operat|handl|target|outpac)"
    r"(?:e|es|ed|s|d|t|ing)?$"
)
_PREPOSITIONS = frozenset(
    "on in for by at under with within without via through using across of from to as than over against into upon between "
    "among like including during after before per compared unlike versus vs such e.g i.e atop".split()
)
REACH = 14
"""How many words may stand between a cue and the name it governs."""


@dataclass(frozen=True, slots=True)
class Named:
    """Names of one phrase, as token positions in order, and where the phrase ends (a position after its last token)."""

    at: tuple[int, ...]
    end: int


def is_name(token: Token) -> bool:
    """Return whether the token mentions something that can be an end of a relation between things (no dataset)."""
    return token.mention is not None and token.mention.kind is not Kind.DATASET


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
        low = token.low
        if token.mention is not None:
            if token.name in skip and not (at and _adjacent(tokens, at[-1], i)):
                break
            if at and gap and not _continues(tokens, at[-1], i):
                break
            if is_name(token) and not _starts_clause(tokens, start, at, i):
                at.append(i)
                end, gap = i + 1, 0
            elif is_name(token):
                break
            i += 1
            continue
        if token.quantity is not None:
            if at or not depth:
                if not depth:
                    break
            i += 1
            continue
        if low == "(":
            depth += 1
        elif low == ")":
            depth -= 1
            if depth < 0:
                break
            end = i + 1 if at and end == i else end
        elif low in (";", ":", "?", "!") or (low == "." and not _abbreviation(tokens, i)):
            break
        elif low == "," and not _comma_goes_on(tokens, i, bool(at)):
            break
        elif low in _STOP and not _may_pass(tokens, i, bool(at)):
            if depth:
                i = _closing(tokens, i)
                depth -= 1
            else:
                break
        gap += 1
        i += 1
    return Named(tuple(_without_class_words(tokens, at)), end)


def _adjacent(tokens: tuple[Token, ...], a: int, b: int) -> bool:
    return all(t.low in _JOIN for t in tokens[a + 1 : b])


def _abbreviation(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the full stop at `i` ends "e.g." or "vs."."""
    return i > 0 and tokens[i - 1].low in ("e.g", "i.e", "vs", "etc", "g", "e", "al", "i")


def _closing(tokens: tuple[Token, ...], i: int) -> int:
    """Return the position of the bracket that closes, or the last one."""
    for j in range(i, min(len(tokens), i + 40)):
        if tokens[j].low == ")":
            return j
    return len(tokens) - 1


def _comma_goes_on(tokens: tuple[Token, ...], i: int, found: bool) -> bool:
    """Whether what follows a comma still belongs to the phrase: an example, an apposition, the next item of a list."""
    after = tokens[i + 1 : i + 8]
    if not after:
        return False
    first = after[0]
    if first.mention is not None:
        return True
    if first.low in _EXAMPLES or (first.low == "such" and len(after) > 1 and after[1].low == "as"):
        return True
    if first.low in ("and", "or", "as", "&"):
        if len(after) > 1 and after[1].quantity is not None:
            return False
        return not any(t.low in _OWN_WORDS or _VERBISH.match(t.low) for t in after[1:3])
    for t in after:
        if t.mention is not None:
            return not found or t.low != ""
        if t.low in _STOP or t.low in _OWN_WORDS or t.quantity is not None or t.low in (",", ";", "."):
            return False
    return False


def _may_pass(tokens: tuple[Token, ...], i: int, found: bool) -> bool:
    """Whether a word that usually ends a phrase doesn't: "such as", "as well as", "used by X", "convolutions in X"."""
    low = tokens[i].low
    before = tokens[i - 1].low if i else ""
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if low == "as":
        return before in ("such", "well") or after == "well"
    if low == "with":
        return False
    if found:
        return False
    if low in ("by", "in", "from"):
        step = 2 if after in ("the", "a", "an") else 1
        target = tokens[i + step] if i + step < len(tokens) else None
        direct = target is not None and is_name(target) and target.mention is not None
        if low == "by":
            return before in ("used", "provided", "proposed", "offered", "achieved", "obtained", "generated", "set")
        return direct and target is not None and target.mention is not None and target.mention.kind is Kind.SYSTEM
    return False


def _continues(tokens: tuple[Token, ...], last: int, i: int) -> bool:
    """Whether the name at `i` is the next item of a list whose last name stands at `last`."""
    between = [t.low for t in tokens[last + 1 : i]]
    if any(w in _JOIN or w in ("as", "(") or w in _EXAMPLES for w in between):
        return True
    return len(between) <= 2 and not any(w in _STOP for w in between)


def _starts_clause(tokens: tuple[Token, ...], start: int, at: list[int], i: int) -> bool:
    """Whether the name at `i` begins a new clause after a comma: "compared to A, B achieves"."""
    if not at or i == start:
        return False
    between = [t.low for t in tokens[at[-1] + 1 : i]]
    if "," not in between:
        return False
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    return bool(after and _VERBISH.match(after))


def _without_class_words(tokens: tuple[Token, ...], at: list[int]) -> list[int]:
    """Drop the class that only explains a product: "A100 GPUs" is about the A100."""
    return [i for i in at if not explains_product(tokens, i)]


def explains_product(tokens: tuple[Token, ...], i: int) -> bool:
    """Return whether the hardware class named at `i` merely stands beside the product before it."""
    here = tokens[i].mention
    if here is None or here.level is not Level.CLASS or i == 0:
        return False
    for j in (i - 1, i - 2):
        if j < 0:
            break
        before = tokens[j].mention
        if before is not None:
            return before.kind is Kind.HARDWARE and before.level is not Level.CLASS and before.end + 12 >= here.start
        if tokens[j].low not in (
            "based",
            "-based",
            "-class",
            "mobile",
            "edge",
            "server",
            "40gb",
            "80gb",
            "datacenter",
            "humanoid",
        ):
            break
    return False


@dataclass(frozen=True, slots=True)
class Actor:
    """What a clause is about: a name, and how that is known ("named", "own name", "own word", "default")."""

    name: str
    how: str


def clause_start(tokens: tuple[Token, ...], i: int) -> int:
    """Return the position where the clause that holds position `i` begins."""
    for j in range(i - 1, -1, -1):
        low = tokens[j].low
        if low in (";", "whereas", "but", "although"):
            return j + 1
        if low == "while" and j + 1 < len(tokens) and not tokens[j + 1].low.endswith("ing"):
            return j + 1
    return 0


def actor_before(
    tokens: tuple[Token, ...], cue: int, cast: Cast, last_own: str, barred: Collection[str] = ()
) -> Actor | None:
    """Return what the clause that leads up to position `cue` is about, or None where it is about others' unnamed work.

    An introduced name counts wherever it stands, another name only as grammatical subject; "we", "our" and "it" stand
    for `last_own`. A clause with none of these is about the paper's own work.
    """
    first = clause_start(tokens, cue)
    own_word = None
    for j in range(cue - 1, first - 1, -1):
        token = tokens[j]
        if token.mention is None:
            if token.low in _OWN_WORDS and own_word is None:
                own_word = j
            continue
        if token.name in barred or not is_name(token):
            continue
        if is_subject(tokens, j, cue, first):
            return Actor(token.name, "own name" if token.name in cast.own else "named")
        if token.name in cast.own and own_word is None and not _after_preposition(tokens, j, first):
            return Actor(token.name, "own name")
    if own_word is not None:
        return Actor(last_own, "own word")
    for j in range(cue - 1, first - 1, -1):
        if tokens[j].name in cast.own and is_name(tokens[j]) and tokens[j].name not in barred:
            return Actor(tokens[j].name, "own name")
    if any(tokens[j].low in _OTHERS for j in range(first, min(cue, first + 4))):
        return None
    return Actor(last_own, "default")


def is_subject(tokens: tuple[Token, ...], j: int, cue: int, first: int) -> bool:
    """Return whether the name at `j` is the grammatical subject of a verb that leads up to the cue."""
    if _after_preposition(tokens, j, first):
        return False
    k, depth = j + 1, 0
    for k in range(j + 1, min(cue + 1, j + 12)):
        low = tokens[k].low
        if k == cue and not depth:
            return True
        if low == "(":
            depth += 1
        elif low == ")":
            depth -= 1
        elif depth:
            continue
        elif low in (",", "which", "that"):
            continue
        elif _VERBISH.match(low):
            return True
        elif low in _PREPOSITIONS and low not in ("with", "for", "of"):
            return False
    return False


def _after_preposition(tokens: tuple[Token, ...], j: int, first: int) -> bool:
    """Whether the phrase that the name at `j` belongs to hangs on a preposition or a participle."""
    for k in range(j - 1, max(first, j - 6) - 1, -1):
        token = tokens[k]
        if token.low in _PREPOSITIONS or token.low in ("compared", "using", "unlike", "both"):
            return True
        if token.mention is not None or token.low in _JOIN or token.low == "(":
            continue
        if token.low in ("that", ":", ";", "where", "when", "while", ")", "we", "which"):
            return False
        if _VERBISH.match(token.low):
            return True
    return False


def actor_after(
    tokens: tuple[Token, ...], i: int, cast: Cast, last_own: str, barred: Collection[str] = ()
) -> Actor | None:
    """Return what the main clause is about that follows position `i`: "Compared to A, our system ...", or None."""
    for j in range(i, min(len(tokens), i + 24)):
        token = tokens[j]
        if token.low in _OWN_WORDS:
            ahead = next((t for t in tokens[j + 1 : j + 6] if t.name in cast.own and is_name(t)), None)
            return Actor(ahead.name, "own name") if ahead else Actor(last_own, "own word")
        if token.mention is not None and is_name(token) and token.name not in barred:
            if token.name in cast.own:
                return Actor(token.name, "own name")
            if is_subject(tokens, j, len(tokens), i):
                return Actor(token.name, "named")
    return None


def own_words(tokens: tuple[Token, ...]) -> bool:
    """Return whether the sentence speaks in the first person or of "the proposed" work."""
    return any(t.low in _OWN_WORDS or t.low in ("proposed", "presented", PAPER.lower()) for t in tokens)


def own_name(tokens: tuple[Token, ...], cast: Cast) -> str:
    """Return the introduced name (no dataset) that a sentence names first, or ""."""
    return next((t.name for t in tokens if t.name in cast.own and is_name(t)), "")
