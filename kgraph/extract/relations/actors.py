"""Who a clause is about: a name, or the paper's own work under the name that it introduces."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from kgraph.extract.relations.clauses import Cast, Sentence, Token
from kgraph.extract.relations.particles import JOIN, OWN_WORDS, PREPOSITIONS, VERBISH
from kgraph.extract.relations.phrases import is_name
from kgraph.extract.wordlists import words
from kgraph.model import PAPER, Kind, Level

_OTHERS = words(
    """
    existing prior previous previously conventional traditional current recent other others alternative competing
    today's state-of-the-art sota
    """
)
_UNNAMED = words("existing prior previous conventional traditional recent")
_QUANTIFIERS = words("the most many all these such other several")
_FINDINGS = frozenset(("results", "experiments", "evaluations", "studies", "simulations"))
_DOERS = words("model models network networks method methods approach agent agents system policy detector baseline")
WINDOW = 90
"""How many tokens of a sentence are looked at around a position; no clause is longer, and time stays linear."""


@dataclass(frozen=True, slots=True)
class Actor:
    """What a clause is about: a name, and how that is known ("named", "own name", "own word", "default")."""

    name: str
    how: str


def clause_start(tokens: tuple[Token, ...], i: int) -> int:
    """Return the position where the clause that holds position `i` begins, at most `WINDOW` tokens before it."""
    floor = max(0, i - WINDOW)
    for j in range(i - 1, floor - 1, -1):
        low = tokens[j].low
        if low in (";", "whereas", "but", "although"):
            return j + 1
        if low == "while" and not _goes_on(tokens, j + 1):
            return j + 1
    return floor


def _goes_on(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether what follows a "while" has no subject of its own: "while (still) maintaining"."""
    if i + 1 < len(tokens) and (tokens[i].low in ("still", "also", "even", "only") or tokens[i].low.endswith("ly")):
        i += 1
    return i < len(tokens) and tokens[i].low.endswith("ing")


def actor_before(
    tokens: tuple[Token, ...], cue: int, cast: Cast, last_own: str, barred: Collection[str] = ()
) -> Actor | None:
    """Return what the clause that leads up to position `cue` is about, or None where it is about others' unnamed work.

    An introduced name counts wherever it stands, another name only as grammatical subject. "We" and "our" stand for
    `cast.primary`, "it" for `last_own`, the introduced name that was spoken of last. A clause with none of these is
    about the paper's own work.
    """
    first = clause_start(tokens, cue)
    inner = _bracketed_subject(tokens, cue, first)
    if inner is not None and tokens[inner].name not in barred:
        return Actor(tokens[inner].name, "own name" if tokens[inner].name in cast.own else "named")
    relative = antecedent(tokens, cue, first)
    if relative is not None and tokens[relative].name not in barred:
        return Actor(tokens[relative].name, "own name" if tokens[relative].name in cast.own else "named")
    if others_act(tokens, cue, first):
        return None
    own_word, spoken = "", 0
    for j in range(cue - 1, first - 1, -1):
        token = tokens[j]
        if token.mention is None:
            if token.low in OWN_WORDS and not own_word:
                own_word, spoken = token.low, j
            continue
        if token.name in barred or not is_name(token):
            continue
        if token.name not in cast.own and (not token.mention.certain or _possessed(tokens, j)):
            continue  # "our SpMM kernel" is ours
        if is_subject(tokens, j, cue, first, own=token.name in cast.own):
            return Actor(token.name, "own name" if token.name in cast.own else "named")
        if token.name in cast.own and _is_presented(tokens, j, first):
            return Actor(token.name, "own name")
        if token.name in cast.own and not own_word and not _after_preposition(tokens, j, first):
            return Actor(token.name, "own name")
    if own_word and cast.kinds.get(cast.primary) is Kind.DATASET and _is_doer(tokens, spoken):
        return Actor(PAPER, "own word")
    if own_word:
        return Actor(last_own if own_word in ("it", "its") else cast.primary, "own word")
    named = {tokens[j].name for j in range(first, cue) if tokens[j].name in cast.own and is_name(tokens[j])} - set(
        barred
    )
    if named:
        return Actor(cast.primary if cast.primary in named or len(named) > 1 else min(named), "own name")
    if opens_with_others(tokens, cue, first) or _is_report(tokens, cue, first):
        return None
    return Actor(cast.primary, "default")


def opens_with_others(tokens: tuple[Token, ...], cue: int, first: int) -> bool:
    """Return whether the clause from `first` on begins with others' unnamed work: "Prior systems ran on"."""
    opening = takewhile(lambda t: not VERBISH[t.low], tokens[first : min(cue, first + 4)])
    return any(t.low in _OTHERS for t in opening)


def others_act(tokens: tuple[Token, ...], cue: int, first: int) -> bool:
    """Return whether others' unnamed work is the nearest subject before: "By design, existing frameworks run on"."""
    for k in range(cue - 1, first - 1, -1):
        if tokens[k].mention is not None or tokens[k].low in OWN_WORDS:
            return False
        if tokens[k].low in _UNNAMED:
            opens = k - 1 if k > first and tokens[k - 1].low in _QUANTIFIERS else k
            if opens > first and tokens[opens - 1].low not in (",", "that", ":"):
                return False
            named = any(t.low.endswith("s") and not VERBISH[t.low] for t in tokens[k + 1 : k + 5])
            return named and any(VERBISH[t.low] for t in tokens[k + 2 : min(cue + 1, k + 8)])
    return False


def _is_doer(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the own work spoken of at `i` is no data: "our 7B reward model" of a paper on a data set."""
    return tokens[i].low == "our" and any(t.low in _DOERS for t in tokens[i + 1 : i + 5])


def _is_report(tokens: tuple[Token, ...], cue: int, first: int) -> bool:
    """Whether a clause tells what others did up to now: "recent studies have proposed", "models of X have begun"."""
    for j in range(first + 1, cue):
        after = tokens[j + 1].low
        if tokens[j].low == "have" and after.endswith(("ed", "un", "wn", "en")):
            return True
    return False


def _bracketed_subject(tokens: tuple[Token, ...], cue: int, first: int) -> int | None:
    """Return the position of the name that a bracketed clause begins with: "size matters (A matches B)"."""
    depth = 0
    for j in range(cue - 1, max(first, cue - 12) - 1, -1):
        depth += (tokens[j].low == "(") - (tokens[j].low == ")")
        if depth > 0:
            verb = VERBISH[tokens[j + 2].low] or j + 2 == cue if j + 2 <= cue else None
            return j + 1 if verb and is_name(tokens[j + 1]) else None
    return None


def is_subject(tokens: tuple[Token, ...], j: int, cue: int, first: int, *, own: bool) -> bool:
    """Return whether the name at `j` is the grammatical subject of a verb that leads up to the cue.

    Of others' names only the bare name counts: "GPU kernels run" is not about the GPU.
    """
    if _opens_clause(tokens, j, cue, first):
        return True
    if _after_preposition(tokens, j, first):
        return False
    mention = tokens[j].mention
    strict = not own and mention is not None and mention.kind is Kind.HARDWARE
    depth = 0
    for k in range(j + 1, min(cue + 1, len(tokens), j + 12)):
        low = tokens[k].low
        if k == cue and not depth:
            return True
        if low == "(":
            depth += 1
        elif low == ")":
            depth -= 1
        elif depth:
            continue
        elif low in OWN_WORDS or (low.startswith("-") and not own):
            return False
        elif low in (",", "which", "that"):
            continue
        elif low in _FINDINGS and not own:
            return False  # "X results show" is not about X
        elif VERBISH[low]:
            return True
        elif strict or (low in PREPOSITIONS and low not in ("with", "for", "of")):
            return False
    return False


def _possessed(tokens: tuple[Token, ...], j: int) -> bool:
    """Whether the name at `j` only says what kind of own thing is meant: "our CUDA kernel", "the proposed X"."""
    return any(t.low in ("our", "its", "proposed") for t in tokens[max(0, j - 3) : j])


def antecedent(tokens: tuple[Token, ...], cue: int, first: int) -> int | None:
    """Return the position of the name that a "which is" leading up to the cue refers to: "A, a chip, which is 2x"."""
    for k in range(cue - 1, max(first, cue - 16) - 1, -1):
        if tokens[k].low in OWN_WORDS or tokens[k].mention is not None:
            return None
        if tokens[k].low == "which" and _is_yielded(tokens, k - 2, first):
            return k - 2
        if tokens[k].low == "which" and tokens[k + 1].low in ("is", "was", "are", "were"):
            for j in range(k - 1, max(first, k - 12) - 1, -1):
                m = tokens[j].mention
                if m is not None and m.certain and m.level is not Level.CLASS and is_name(tokens[j]):
                    near = j - 2 >= 0 and tokens[j - 1].low == "(" and tokens[j - 2].mention is not None
                    return j - 2 if near else j
            return None
    return None


def _is_yielded(tokens: tuple[Token, ...], j: int, first: int) -> bool:
    """Whether the name at `j` is what somebody makes, and a "which" after a comma goes on about: "this yields X"."""
    if j <= first or tokens[j + 1].low != "," or not is_name(tokens[j]):
        return False
    k = j - 2 if tokens[j - 1].low in ("the", "a", "an", "our") else j - 1
    return tokens[k].low.startswith(("yield", "produc", "obtain", "train"))


_PRESENT = (
    "present",
    "introduc",
    "propos",
    "develop",
    "design",
    "term",
    "call",
    "nam",
    "dub",
    "describ",
    "releas",
    "build",
)


def _is_presented(tokens: tuple[Token, ...], j: int, first: int) -> bool:
    """Whether the name at `j` is what the clause presents and goes on about: "we introduce X, which ..."."""
    after = tokens[j + 1].low if j + 1 < len(tokens) else ""
    if after not in (",", "which", "that", "(", ":"):
        return False
    for k in range(j - 1, max(first, j - 5) - 1, -1):
        if tokens[k].mention is not None or tokens[k].low in PREPOSITIONS:
            return False
        if tokens[k].low.startswith(_PRESENT):
            return True
    return False


_SINGULAR = re.compile(r"(?:is|was|has|does)$|[a-z]{3,}(?<!s)s$")


def _opens_clause(tokens: tuple[Token, ...], j: int, cue: int, first: int) -> bool:
    """Whether the name at `j` begins a clause: "A does this, and B reaches that", "At equal cost, A reaches that"."""
    another = j >= 2 and tokens[j - 1].low == "and" and tokens[j - 2].low == ","
    comma = j >= 1 and tokens[j - 1].low == ","
    main = tokens[first].low in PREPOSITIONS and [t.low for t in tokens[first:j]].count(",") == 1
    if not another and not comma:
        return False
    k = j + 1
    if k < len(tokens) and tokens[k].low == "(":
        k = next((i + 1 for i in range(k, min(len(tokens), k + 6)) if tokens[i].low == ")"), k)
    if k >= len(tokens):
        return False
    if comma and not main:  # "running models on a GPU, A reaches": one alone does it, so no list ends here
        return _SINGULAR.match(tokens[k].low) is not None and VERBISH[tokens[k].low]
    return k == cue or VERBISH[tokens[k].low]


def _after_preposition(tokens: tuple[Token, ...], j: int, first: int) -> bool:
    """Whether the phrase that the name at `j` belongs to hangs on a preposition or a participle."""
    for k in range(j - 1, max(first, j - 9) - 1, -1):
        token = tokens[k]
        if token.low in PREPOSITIONS or token.low in ("compared", "using", "unlike", "both"):
            return True
        if token.mention is not None or token.low in JOIN or token.low == "(":
            continue
        if token.low in ("that", ":", ";", "where", "when", "while", ")", "we", "which"):
            return False
        if VERBISH[token.low] and not token.low.endswith("ly"):
            return True
    return False


def actor_after(
    tokens: tuple[Token, ...], i: int, cast: Cast, last_own: str, barred: Collection[str] = ()
) -> Actor | None:
    """Return what the main clause is about that follows position `i`: "Compared to A, our system ...", or None."""
    for j in range(i, min(len(tokens), i + 24)):
        token = tokens[j]
        if token.low in OWN_WORDS:
            ahead = next((t for t in tokens[j + 1 : j + 6] if t.name in cast.own and is_name(t)), None)
            if ahead:
                return Actor(ahead.name, "own name")
            return Actor(last_own if token.low in ("it", "its") else cast.primary, "own word")
        if token.mention is not None and is_name(token) and token.name not in barred:
            if token.name in cast.own:
                return Actor(token.name, "own name")
            if is_subject(tokens, j, len(tokens), i, own=False):
                return Actor(token.name, "named")
    return None


def spoken_of(sentences: Iterable[Sentence], cast: Cast) -> Iterator[tuple[Sentence, str]]:
    """Yield each sentence with the name that "it" stands for in it: the introduced name (no dataset) named last.

    Where nothing is introduced, "it" is the subject of the sentence before.
    """
    last = cast.primary
    for sentence in sentences:
        own = next((t.name for t in sentence.named if t.name in cast.own and is_name(t)), "")
        yield sentence, own or last
        last = own or last
        if cast.primary == PAPER and not own:
            tokens = sentence.tokens if any(is_name(t) for t in sentence.named) else ()
            first = next((j for j, t in enumerate(tokens[:WINDOW]) if is_name(t)), None)
            subject = first is not None and is_subject(tokens, first, len(tokens), 0, own=False)
            last = tokens[first].name if subject and first is not None else cast.primary
