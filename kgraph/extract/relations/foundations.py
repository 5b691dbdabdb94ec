"""Words that say outright what is built on what ("built on top of X"), and such as only speak of a thing ("any X").

The scorer weighs the words around a name one by one. Where they are read together they overrule it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.extract.relations.actors import clause_start
from kgraph.extract.relations.clauses import Cast, Token
from kgraph.extract.relations.particles import JOIN, OWN_WORDS, PREPOSITIONS, STOP, VERBISH
from kgraph.extract.wordlists import alternatives, words

SAID = 0.85
"""How often what a clause about own work says outright holds: of 67 such lineages that the scorer had passed over, read
in abstracts of all fields, 63 did; the rest is the doubt about readers."""
_BETWEEN = 4
"""Words that may stand between what announces a foundation and its name: "built upon the well-known unified X"."""
_ARTICLES = words("the a an existing original standard vanilla")
_IN_LISTS = JOIN | {"(", ")", "the"}
_STANDS = words("built build builds building based")
_UPON = words("on upon atop")
_VARIES = words(
    """
    extension extensions modification modifications variant variants adaptation generalization generalisation fork
    enhancement
    """
)
_EXTENDS = words("extend extends extending modify modifies modifying adapt adapts adapting")
_MADE_IN = alternatives(r"implement(?:s|ed|ing)? prototyp(?:e|es|ed) written realized")
_PUT_INTO = alternatives(
    r"integrat(?:e|es|ed|ing) incorporat(?:e|es|ed|ing) plugg(?:ed|ing) embedd?(?:ed|ing)? merged?"
)
_STARTS = alternatives(r"(?:fine-?tun|distil|initiali[sz]|deriv|train|fork|start)\w*ed starting")
_OTHERS = alternatives(
    r"""
    usually typically often commonly generally previous previously prior most many conventional traditional current
    other others than baselines? compar\w+ outperform\w* surpass\w* exceed\w* unlike versus vs against while recent
    recently popular evaluat\w+ experiments? performance results? accuracy
    """
)
_WORK = words(
    """
    approach method system framework model algorithm implementation solution work tool library paper prototype design
    architecture pipeline technique simulator compiler accelerator platform package toolkit network
    """
)


def says_outright(tokens: tuple[Token, ...], i: int, cast: Cast) -> bool:
    """Return whether a clause about own work says that it is built on, in, from or into what is named at `i`."""
    first = next((k for last in _before(tokens, _heads_list(tokens, i)) if (k := _announced(tokens, last)) >= 0), -1)
    if first < 0:
        return False
    start = clause_start(tokens, first)
    if any(_OTHERS.match(t.low) for t in tokens[start:first] if t.mention is None):
        return False
    if first > start and _is_anothers(tokens, first, cast):
        return False
    told = next((k for k in range(first - 2, start - 1, -1) if tokens[k].low in ("that", "(")), start)
    if any(_is_own(t, cast) for t in tokens[told:first]):
        return True
    if first - start <= 2:  # "Building upon X, we propose"
        ahead = next((k for k in range(i + 1, min(len(tokens), i + 20)) if tokens[k].low == ","), 0)
        return ahead > 0 and any(_is_own(t, cast) for t in tokens[ahead : ahead + 4])
    return tokens[start].low in ("the", "this") and any(
        t.low in _WORK for t in tokens[start + 1 : min(first, start + 5)]
    )


def _heads_list(tokens: tuple[Token, ...], i: int) -> int:
    """Return the position of the name that begins the list of names which `i` belongs to: of A in "A, B and C"."""
    first = k = i
    while k > 0 and i - k < 20 and (tokens[k - 1].mention is not None or tokens[k - 1].low in _IN_LISTS):
        k -= 1
        if tokens[k].mention is not None and any(t.low in JOIN for t in tokens[k + 1 : first]):
            first = k
    return first


def _before(tokens: tuple[Token, ...], i: int) -> Iterator[int]:
    """Yield the positions before `i` that only words which describe the name at `i` part from it, the nearest first."""
    for last in range(i - 1, max(-1, i - 2 - _BETWEEN), -1):
        yield last
        token = tokens[last]
        if token.mention is not None or token.quantity is not None or not token.low[:1].isalpha():
            return
        if token.low in PREPOSITIONS or token.low in STOP or token.low in JOIN or token.low in OWN_WORDS:
            return


def _is_anothers(tokens: tuple[Token, ...], first: int, cast: Cast) -> bool:
    """Return whether the words from `first` on tell of a name of others right before them: "Y (which builds on"."""
    k = first - 1
    while k > 0 and tokens[k].low in ("which", "that", "is", "are", "(", ","):
        k -= 1
    return tokens[k].mention is not None and tokens[k].name not in cast.own


def _is_own(token: Token, cast: Cast) -> bool:
    return token.low in OWN_WORDS or (token.mention is not None and token.name in cast.own)


def _announced(tokens: tuple[Token, ...], last: int) -> int:
    """Return where the words begin that end at `last` and announce a foundation, or -1."""
    if last < 1:
        return -1
    low, before = tokens[last].low, tokens[last - 1].low
    if low in _UPON and before in _STANDS:
        return last - 1
    if low == "of" and before == "top" and tokens[last - 2].low == "on":
        return last - 3 if last > 2 and tokens[last - 3].low in _STANDS else last - 2
    if low in _EXTENDS and before not in ("to", "not"):
        return last
    if low in ("of", "to") and before in _VARIES:
        return last - 1
    if low == "by" and before == "powered":
        return last - 1
    if low == "from" and _STARTS.match(before):
        return last - 1
    made = _behind(tokens, last, _MADE_IN) if low in ("in", "on", "with", "within", "atop", "using") else -1
    return made if made >= 0 or low not in ("into", "within") else _behind(tokens, last, _PUT_INTO)


def _behind(tokens: tuple[Token, ...], last: int, verb: re.Pattern[str]) -> int:
    """Return the position of a verb at most four words before `last`, with no other preposition between, or -1."""
    for k in range(last - 1, max(-1, last - 5), -1):
        if verb.match(tokens[k].low):
            return k
        if tokens[k].low in PREPOSITIONS or tokens[k].low in (",", ";", "and", "that", "which"):
            return -1
    return -1


_DATA = words("dataset datasets data corpus corpora benchmark benchmarks traces logs")
_PLACES = words("devices phones smartphones users robot robots clusters")
_STUDIES = alternatives(
    r"""
    anal(?:ys[ie]s|yz\w+|yse\w*) stud(?:y|ies|ying) investigat\w+ evaluat\w+ examin\w+ characteri[sz]\w+ assess\w*
    understand\w* survey\w* review\w* limitations behavio[u]?r effectiveness convergence bounds? guarantees? theory
    performance vulnerabilit\w+ explor\w+
    """
)
_PROVEN = words("analysis results result theory guarantees bounds theorem")


def is_spoken_of(tokens: tuple[Token, ...], i: int) -> bool:
    """Return whether the name at `i` only says of what data, devices or studies the text speaks: "the X dataset".

    Of 40 lineages in 33,000 abstracts that this takes away two held.
    """
    return _modifies_data(tokens, i) or _is_subject_matter(tokens, i)


def _modifies_data(tokens: tuple[Token, ...], i: int) -> bool:
    after = [t.low for t in tokens[i + 1 : i + 4]]
    if after[:1] in (["'s"], ["’s"]):
        after = after[1:]
    if not after:
        return False
    if after[0] in _PLACES:
        return True
    k = 0 if after[0] in _DATA else 1
    if len(after) <= k or after[k] not in _DATA or (k and (after[0] in PREPOSITIONS or not after[0].isalpha())):
        return False
    behind = tokens[i + 1 + k + 1 : i + 3 + k]
    return not behind or not behind[0].low.isalpha() or behind[0].low in PREPOSITIONS or VERBISH[behind[0].low]


def _is_subject_matter(tokens: tuple[Token, ...], i: int) -> bool:
    k = i - 1
    while k > 0 and tokens[k].low in _ARTICLES:
        k -= 1
    if k < 0:
        return False
    low = tokens[k].low
    if low in ("any", "arbitrary") or (k > 0 and tokens[k - 1].low in ("any", "arbitrary") and low.isalpha()):
        return True
    if _STUDIES.match(low):
        return True
    if low in ("of", "for") and k > 0 and _STUDIES.match(tokens[k - 1].low):
        return True
    if low == "to" and any(t.low in _PROVEN for t in tokens[max(0, k - 3) : k]):
        return True
    return any(tokens[j].low == "than" for j in range(k, max(-1, k - 3), -1)) and not any(
        t.low == "," for t in tokens[max(0, k - 2) : i]
    )
