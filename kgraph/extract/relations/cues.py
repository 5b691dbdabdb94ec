"""Words that announce a comparison, and where its object then stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import compress, count

from kgraph.extract.memo import Memo
from kgraph.extract.relations.clauses import Sentence, Token
from kgraph.extract.relations.directions import higher_is_better
from kgraph.extract.relations.measures import GAIN_NOUN
from kgraph.extract.wordlists import alternatives, words
from kgraph.model import Polarity, ValueKind

_BETTER = re.compile(
    r"(?:outperform|surpass|exceed|beat|outdo|outpac|outclass|outscor|overtak|eclips|outrun|outrank|outstrip|best)(?:e|es|s|ed|ing|ting)?$|beaten$|outdoes$"
)
_WORSE = re.compile(r"(?:underperform|trail)(?:s|ed|ing)?$")
_MATCH = re.compile(r"(?:match|rival|equal|approach)(?:es|s|ed|ing|ling)?$")
_COMPARATIVE = alternatives(
    r"""
    more less fewer better worse faster slower higher lower smaller larger bigger greater cheaper shorter longer
    easier harder simpler stronger weaker lighter heavier tighter looser wider narrower deeper broader earlier later
    closer quicker richer cleaner safer denser sparser sooner finer coarser hotter cooler smoother poorer further
    [a-z]+ier
    """
)
_SAME = words(
    """
    comparable competitive similar equivalent equal identical same parity par on-par akin commensurate similarly
    competitively comparably
    """
)
_COMPARED = words("compared comparing comparison comparisons compares compare relative")
_AGAINST = re.compile(
    r"(?:evaluat|compar|benchmark|test|measur|speed-?up|improve|gain|win|assess|compet|advantage|result|experiment|"
    r"baseline|perform|faster|higher|better|favou?r)"
)


_LIMITS = words("capacity memory limit limits budget available bandwidth size")
_NOUN_FOLLOWS = words("to for that which is are and in of with by on can we")
_VERB_FOLLOWS = words("and or to , even also can we it they that which nearly")
_AIMS = words("effort efforts aim aims aiming order goal seek seeks seeking toward towards attempt hope")
NUMERALS = words("one two three four five six seven eight nine ten several")
_GRADES = words(
    """
    fast good accurate efficient effective powerful expressive robust stable strong safe reliable slow
    productive cheap quickly accurately efficiently effectively robustly reliably expensive costly competitive capable
    """
)
_DEAR = words("slow expensive costly large big complex")
_LIKE = words("similar equivalent identical akin")
_CONTEST = ("attack", "detector", "defen", "adversar", "jailbreak", "evad", "evasion", "protect")
_PLACE = words("on in for with from using")
_MODAL = words("can could may might will would should to not even also nearly almost and or")


@dataclass(frozen=True, slots=True)
class Cue:
    """An announced comparison: tokens [start, end) announce it, and its object begins at `end`.

    `polarity` is None where the words around must tell. `rule` names the cue; `passive` turns the two ends round.
    """

    start: int
    end: int
    rule: str
    polarity: Polarity | None = None
    passive: bool = False


_ANNOUNCING = words(
    """
    lag lags lagging lagged fall falls falling superior preferable preferred inferior than w.r.t with baseline baselines
    over against vs versus beyond as close gap unlike contrast contrary opposed
    """
)
_IMPROVE = re.compile(r"improv(?:e|es|ed|ing)$")


def _announces(word: str) -> bool:
    """Whether a word can begin a cue: most words are done with after this."""
    listed = word in _ANNOUNCING or word in _SAME or word in _COMPARED
    return listed or any(verb.match(word) for verb in (_BETTER, _WORSE, _MATCH, _IMPROVE))


_ANNOUNCES = Memo(_announces)


def cues(sentence: Sentence) -> list[Cue]:
    """Return the cues of a sentence in order; one pass, each position looked at with bounded context."""
    tokens, words = sentence.tokens, list(sentence.words)
    out: list[Cue] = []
    for i in compress(count(), map(_ANNOUNCES.__getitem__, words)):
        if tokens[i].mention is not None or tokens[i].quantity is not None:
            continue
        cue = (
            _verb(words, i)
            or _than(tokens, words, i)
            or _compared(words, i)
            or _over(tokens, words, i)
            or _same(tokens, words, i)
            or _contrast(words, i)
        )
        if cue and not (out and cue.end <= out[-1].end):
            out.append(cue)
    return out


def _at(words: list[str], i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""


def _verb(words: list[str], i: int) -> Cue | None:
    word = words[i]
    after = _at(words, i + 1)
    if _BETTER.match(word) and word != "best":
        if (
            after == "by"
            and word.endswith(("ed", "en"))
            and words[max(0, i - 2) : i]
            and set(words[max(0, i - 3) : i]) & {"is", "are", "was", "were", "be"}
        ):
            return Cue(i, i + 2, "passive", Polarity.WORSE)
        if word.startswith("exceed") and _LIMITS & set(words[i + 1 : i + 6]):
            return None
        near = words[i + 1 : i + 4] + words[max(0, i - 3) : i]
        hedged = "or" in near and any(w.startswith("approach") for w in near)  # "surpasses or approaches"
        return Cue(i, i + 1, "outperform", Polarity.SIMILAR if hedged else Polarity.BETTER)
    if _WORSE.match(word):
        return Cue(i, i + 1, "trail", Polarity.WORSE)
    if word in ("lag", "lags", "lagging", "lagged") and after == "behind":
        return Cue(i, i + 2, "trail", Polarity.WORSE)
    if word in ("fall", "falls", "falling") and after == "short" and _at(words, i + 2) == "of":
        return Cue(i, i + 3, "trail", Polarity.WORSE)
    if _MATCH.match(word) and not (word == "equal" and _at(words, i - 1) not in _MODAL):  # "at equal latency" is none
        for j in range(i + 1, min(i + 5, len(words))):
            if _BETTER.match(words[j]) and {"or", "and", "/"} & set(words[i + 1 : j]):
                return None  # "matches or exceeds": the second verb decides
        before = _at(words, i - 1)
        verbal = before in _VERB_FOLLOWS or before.endswith("ly") or word == "approaching"
        if word.startswith("approach") and (after in _NOUN_FOLLOWS or not verbal):
            return None
        if word == "matching" and before.isalpha() and not verbal and before not in ("while", "by", "closely", "but"):
            return None  # "template matching"
        if word.endswith(("ing", "ed")) and after in ("and", "algorithm", "algorithms"):
            return None
        if before in ("or", "and") and any(_BETTER.match(w) for w in words[max(0, i - 4) : i]):
            hedged = word.startswith("approach")
            return Cue(i, i + 1, "outperform", Polarity.SIMILAR if hedged else Polarity.BETTER)
        return Cue(i, i + 1, "match", Polarity.SIMILAR)
    if word in ("superior", "preferable", "preferred") and after in ("to", "over"):
        return Cue(i, i + 2, "superior", Polarity.BETTER)
    if word == "inferior" and after == "to":
        return Cue(i, i + 2, "superior", Polarity.WORSE)
    if _IMPROVE.match(word) and after in ("upon", "on", "over"):
        return Cue(i, i + 2, "improve " + ("over" if after != "on" else "on"), Polarity.BETTER)
    return None


def _than(tokens: tuple[Token, ...], words: list[str], i: int) -> Cue | None:
    if words[i] != "than":
        return None
    if (
        _at(words, i - 1) in ("rather", "other")
        or _at(words, i + 1) in NUMERALS
        or (
            _at(words, i - 1) in ("more", "less", "fewer", "better", "greater", "higher", "larger", "lower")
            and i + 1 < len(tokens)
            and (tokens[i + 1].quantity is not None or words[i + 1][:1].isdigit())
        )
    ):
        return None
    depth = 0
    for j in range(i - 1, max(-1, i - 30), -1):
        depth += (words[j] == ")") - (words[j] == "(")
        if depth > 0:
            continue
        if words[j] in (";", ".", "than"):
            return None
        if _COMPARATIVE.match(words[j]):
            return Cue(i, i + 2 if _at(words, i + 1) in _PLACE else i + 1, "than")
    return None


def _compared(words: list[str], i: int) -> Cue | None:
    word = words[i]
    if word == "w.r.t":
        return Cue(i, i + 1, "relative")
    if (
        word == "with"
        and words[i + 1 : i + 3] == ["respect", "to"]
        and any(GAIN_NOUN.match(w) for w in words[max(0, i - 12) : i])
    ):
        return Cue(i, i + 3, "relative")
    if word in ("baseline", "baselines") and (after := _at(words, i + 1)) in ("such", "like", "including", "(", "e.g"):
        return Cue(i, i + 3 if after == "such" else i + 2, "baseline")
    if word not in _COMPARED:
        return None
    of = word == "comparison" and _at(words, i + 1) == "of"
    reach = 11 if word in ("compare", "comparing", "compares") or of else 7 if word == "compared" else 4
    for j in range(i + 1, min(i + reach, len(words))):
        if words[j] in ("to", "with", "against") or (words[j] == "over" and word.startswith("compar")):
            end = j + 2 if _at(words, j + 1) == "using" else j + 1
            if word in ("compare", "comparing", "compares") or word.startswith("comparison"):
                return Cue(i, end, "compare")
            return Cue(i, end, "compared")
        if words[j] in (",", ".", ";", "and", "on"):
            break
    return None


def _over(tokens: tuple[Token, ...], words: list[str], i: int) -> Cue | None:
    word = words[i]
    if word not in ("over", "against", "vs", "versus", "beyond"):
        return None
    if word in ("vs", "versus"):
        end = i + 2 if _at(words, i + 1) == "." else i + 1
        return Cue(i, end, "versus")
    if i + 1 < len(tokens) and (tokens[i + 1].quantity is not None or words[i + 1][:1].isdigit()):
        return None
    if word == "against" and i == 0 and any(GAIN_NOUN.match(w) for w in words[1:9]):
        return Cue(i, i + 1, "against")  # "Against X, the speedup is 2x"
    for j in range(i - 1, max(-1, i - 14), -1):
        if words[j] in (";", ".") or (words[j] in ("over", "against") and j < i - 1 and not tokens[j + 1].quantity):
            return None
        if word == "over" and (tokens[j].quantity is not None or GAIN_NOUN.match(words[j])):
            return Cue(i, i + 1, "over")
        if word == "against" and any(w.startswith(_CONTEST) for w in words[max(0, i - 12) : i + 5]):
            return None  # an attack on X, or a detector of its work, is not compared with it
        if word == "against" and (tokens[j].quantity is not None or _AGAINST.match(words[j])):
            return Cue(i, i + 1, "against")
    return None


def _same(tokens: tuple[Token, ...], words: list[str], i: int) -> Cue | None:
    word = words[i]
    if word not in _SAME:
        if word == "as" and _at(words, i + 2) == "as" and _at(words, i + 1).rpartition("-")[2] in _GRADES:
            times = tokens[i - 1].quantity if i else None
            if times is not None and times.kind is ValueKind.RATIO:
                return Cue(i, i + 3, "than", Polarity.WORSE if _at(words, i + 1) in _DEAR else Polarity.BETTER)
            return Cue(i, i + 3, "same", Polarity.SIMILAR)
        if word == "close" and _at(words, i + 1) == "to":
            return Cue(i, i + 2, "same", Polarity.SIMILAR)
        if word == "gap" and _at(words, i + 1) in ("with", "to", "between"):
            closing = any(w.startswith(("clos", "bridg", "eliminat")) for w in words[max(0, i - 5) : i])
            narrowing = any(w.startswith(("narrow", "reduc", "shrink")) for w in words[max(0, i - 5) : i])
            if _AIMS & set(words[max(0, i - 16) : i]):
                return None  # "in an effort to close the gap with"
            if closing or narrowing:
                return Cue(i, i + 2, "gap", Polarity.SIMILAR if closing else Polarity.WORSE)
        return None
    if word in _LIKE and not _is_outcome(words, i):
        return None  # "a library similar to": nothing was measured
    links = ("to", "with", "as", "against")
    for j in range(i + 1, min(i + 9, len(words))):
        if words[j] in links:
            if words[j - 1] == "due" or (word == "parity" and j > i + 1):
                return None  # "the same, due to", "parity updates to"
            shared = words[i + 1 : j] if word in ("same", "identical") else []
            if shared and higher_is_better(" ".join(shared)) is None:
                return None  # "the same architecture as": nothing was measured
            return Cue(i, j + 1, "same", Polarity.SIMILAR)
        if words[j] in (",", ".", ";", "and", "for", "in", "on", "at", "than"):
            return None
    return None


_REACHES = re.compile(r"(?:achiev|reach|obtain|attain|perform|result|maintain|retain|preserv)")


def _is_outcome(words: list[str], i: int) -> bool:
    """Whether the likeness that the word at `i` tells of is one of results: a metric or what is reached is near."""
    near = words[max(0, i - 8) : i] + words[i + 1 : i + 4]
    if any(_REACHES.match(w) for w in words[max(0, i - 6) : i]):
        return True
    return any(higher_is_better(w) is not None for w in near)


def _contrast(words: list[str], i: int) -> Cue | None:
    if words[i] == "unlike":
        return Cue(i, i + 1, "unlike")
    if words[i] in ("contrast", "contrary", "opposed") and _at(words, i + 1) in ("to", "with"):
        return Cue(i, i + 2, "unlike")
    return None
