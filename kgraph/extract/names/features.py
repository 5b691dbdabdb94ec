"""What speaks for or against a candidate being a name, and a name of which kind, as sparse binary features.

A candidate is one surface with all its occurrences in one text: all of them are decided together, so the features of
all occurrences are put together. Features are short strings; the classifier maps them to weights.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kgraph.extract.memo import Memo
from kgraph.extract.names.lexicon import commonness, notion
from kgraph.extract.names.tokens import Class, Tokens
from kgraph.extract.wordlists import words

_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|[0-9.]+|[^\W\d_a-zA-Z]+")
_SHAPE = re.compile(r"(.)\1+")
_SIZE = re.compile(r"[0-9.]+[BMbm]\b")
_VERSION = re.compile(r"[vV]?[0-9]+(\.[0-9]+)*\Z")
_LIST = frozenset((",", "and", "or", "&", "/", "(", ")", "'", '"', "`", "“", "”", "$", "both"))
_APPOSED = frozenset(("a", "an", "the", "our", "its", "which"))
_CUT = frozenset(
    (
        "that",
        "which",
        "for",
        "to",
        "with",
        "of",
        "by",
        "in",
        "on",
        "and",
        "or",
        "from",
        "as",
        "where",
        "who",
        "using",
        "capable",
    )
)
_VERBS = {
    form: stem
    for stem, forms in {
        "propose": "propose proposes proposed proposing",
        "present": "present presents presented presenting",
        "introduce": "introduce introduces introduced introducing",
        "develop": "develop develops developed developing",
        "design": "design designs designed designing",
        "release": "release releases released releasing open-source open-sourced open-sourcing",
        "build": "build builds built construct constructs constructed create creates created curate curated",
        "describe": "describe describes described",
        "call": "called call named dubbed termed coined name dub denoted refer referred term",
        "evaluate": "evaluate evaluated evaluation evaluations evaluating test tested experiments experiment",
        "implement": "implement implemented implementation implements integrate integrated",
        "beat": "outperform outperforms outperforming outperformed surpass surpasses surpassing exceeds beats over",
        "compare": "compare compared comparing versus vs comparison relative",
        "use": "use uses using used employ employs adopt leverage leverages",
        "train": "train trained training fine-tune fine-tuned fine-tuning finetuned pretrained pre-trained",
        "extend": "extend extends extending extended generalizes",
        "demonstrate": "demonstrate demonstrates show shows achieve achieves achieving improves reduces enables",
    }.items()
    for form in forms.split()
}
_BEFORE = words("( \" ' ` “ `` , : called named dubbed termed as")
_SELF = frozenset(("we", "paper", "work", "our", "here", "article", "report"))


@dataclass(slots=True)
class Candidate:
    """One surface of one text: where it occurs, and what was seen of it there.

    `describe` gives the features that a surface has in every text.
    """

    surface: str
    spans: list[tuple[int, int, int, int, int, str]]  # text, start, end, i, j, part
    describe: Callable[[str], Iterable[str]]
    here: list[str] = field(default_factory=list)

    @property
    def features(self) -> list[str]:
        """All features, each once: what a classifier learns from and decides on."""
        return list(dict.fromkeys((*self.describe(self.surface), *self.here)))


def _norm(word: str) -> str:
    if word.isdigit() or (word[0].isdigit() and not word.isalpha()):
        return "0"
    return word.lower()


_NORM = Memo(_norm)
_VERB = Memo(lambda word: _VERBS.get(word.lower(), ""))


_OUTLINE = Memo(
    lambda c: "A" if c.isupper() else "a" if c.islower() else "0" if c.isdigit() else " " if c.isspace() else c
)


def outline(surface: str) -> str:
    """Return a surface with one sign for every kind of character: "vLLM-2" is "aAAA-0"."""
    return "".join(map(_OUTLINE.__getitem__, surface))


def shape(outlined: str) -> str:
    """Return the beginning of an outline without repetitions: "aAAA-0" is "aA-0"."""
    return _SHAPE.sub(r"\1", outlined)[:14]


def of_surface(surface: str) -> tuple[str, ...]:
    """Return the features of a surface by itself: shape, beginnings and endings, parts, commonness of its words."""
    words = surface.split()
    lower = surface.lower()
    outlined = outline(surface)
    shaped = shape(outlined)
    found = [f"sh={shaped}", f"n={min(len(words), 5)}", f"len={min(len(surface), 16) // 2}"]
    upper = outlined.count("A")
    if len(words) == 1 and upper == len(surface):
        found.append(f"caps={min(len(surface), 8)}")
    if "0" in outlined:
        found.append("digit")
    if _SIZE.search(surface):
        found.append("size")
    for k in (3, 4, 5):
        if len(lower) > k:
            found.append(f"^{lower[:k]}")
            found.append(f"{lower[-k:]}$")
    pieces = _CAMEL.findall(surface)
    if pieces:
        found.append(f"p0={pieces[0].lower()}")
        found.append(f"pz={pieces[-1].lower()}")
        found += [f"p={p.lower()}" for p in pieces]
        known = [commonness(p) for p in pieces if p.isalpha()]
        if known:
            found.append(f"pw={min(6, sum(k.lower >= 5 and k.papers > 3 for k in known))}/{min(6, len(known))}")
    if len(words) > 1:
        found.append(f"w0={words[0].lower()}")
        found.append(f"wz={words[-1].lower()}")
        if _VERSION.match(words[-1]):
            found.append("version")
        ratios = [commonness(w).lower for w in words if w[0].isalpha()]
        if ratios:
            found.append(f"minlow={min(ratios)}")
            found.append(f"maxlow={max(ratios)}")
            found.append(f"rare={sum(r < 0 for r in ratios)}")
    else:
        common = commonness(surface)
        found.append(f"low={common.lower}")
        found.append(f"df={common.papers // 2}")
        found.append(f"lowdf={common.lower // 3},{common.papers // 3}")
        found.append(f"lowsh={common.lower // 2},{shaped[:4]}")
    judged = notion(surface)
    if judged is not None:
        found += (judged.value, f"{judged.value},{len(words) > 1:d}{upper == len(surface):d}")
    return tuple(found)


def _context(tokens: Tokens, i: int, j: int, found: list[str]) -> None:
    """Add what stands left and right of tokens [i, j)."""
    words, sentence = tokens.words, tokens.sentence
    here, size = sentence[i], len(words)
    left = [_NORM[words[k]] if k >= 0 and sentence[k] == here else "<s>" for k in (i - 1, i - 2, i - 3)]
    right = [_NORM[words[k]] if k < size and sentence[k] == here else "</s>" for k in (j, j + 1, j + 2)]
    found += (
        f"L={left[0]}",
        f"L2={left[1]}",
        f"LL={left[1]} {left[0]}",
        f"R={right[0]}",
        f"R2={right[1]}",
        f"RR={right[0]} {right[1]}",
        f"L3={left[2]} {left[1]} {left[0]}",
        f"LR={left[0]} {right[0]}",
    )
    for k in (1, 2):
        if left[k].isalpha():
            found.append(f"near-l={left[k]}")
    for word in right:
        if not word[0].isalpha():
            break
        found.append(f"near-r={word}")


def enumeration(tokens: Tokens, i: int, j: int) -> tuple[int, int] | None:
    """Return the [a, b) of the enumeration of names that tokens [i, j) are part of, or None."""
    words, classes, here, size = tokens.words, tokens.classes, tokens.sentence[i], len(tokens.words)
    a = i
    while (
        a > 0
        and i - a < 30
        and tokens.sentence[a - 1] == here
        and (words[a - 1] in _LIST or classes[a - 1] >= Class.NUMBER)
    ):
        a -= 1
    b = j
    while b < size and b - j < 30 and tokens.sentence[b] == here and (words[b] in _LIST or classes[b] >= Class.NUMBER):
        b += 1
    return (a, b) if any(words[k] in _LIST for k in range(a, b) if not i <= k < j) else None


def _list(tokens: Tokens, i: int, j: int, found: list[str]) -> None:
    """Add what stands before and behind the enumeration that tokens [i, j) are part of."""
    words, classes, here = tokens.words, tokens.classes, tokens.sentence[i]
    a, items = i - 1, 0
    while a >= 0 and i - a < 24 and tokens.sentence[a] == here and (words[a] in _LIST or classes[a] >= Class.NUMBER):
        items += words[a] in (",", "and", "or", "&", "/")
        a -= 1
    if items or a < i - 1:
        one = words[a].lower() if a >= 0 and tokens.sentence[a] == here else "<s>"
        two = words[a - 1].lower() if a >= 1 and tokens.sentence[a - 1] == here else "<s>"
        three = words[a - 2].lower() if a >= 2 and tokens.sentence[a - 2] == here else "<s>"
        found += (f"EL={one}", f"ELL={two} {one}")
        if one in ("as", "like", "including", "e.g", "namely", "on", "over", ".") or two in ("e.g", "i.e"):
            found.append(f"EH={two if one != 'as' else three}")
    b, more = j, 0
    size = len(words)
    while b < size and b - j < 24 and tokens.sentence[b] == here and (words[b] in _LIST or classes[b] >= Class.NUMBER):
        more += words[b] in (",", "and", "or", "&", "/")
        b += 1
    if more or b > j:
        one = words[b].lower() if b < size and tokens.sentence[b] == here else "</s>"
        found.append(f"ER={one}")
        if b + 1 < size and tokens.sentence[b + 1] == here:
            found.append(f"ER2={words[b + 1].lower()}")
    if items + more > 1:
        found.append("listed")


def _head_noun(tokens: Tokens, k: int) -> str:
    """Return the last word of the noun phrase that begins at token `k`: "framework" of "a fast framework that"."""
    words, here, size = tokens.words, tokens.sentence[k], len(tokens.words)
    last = ""
    for b in range(k, min(k + 12, size)):
        word = words[b]
        if tokens.sentence[b] != here or word in _CUT or not (word[0].isalnum()):
            if word == "," and b < k + 4 and b + 1 < size:  # "a fast, lossless framework"
                continue
            break
        if tokens.classes[b] == Class.LOWER:
            if word.endswith(("ing", "ed")) and last and word not in ("training", "benchmarking", "processing"):
                break
            last = word
        elif tokens.classes[b] == Class.NAME:
            last = word.lower()
    return last


def _phrase(tokens: Tokens, i: int, j: int, found: list[str]) -> None:
    """Add appositions, "X is a ...", "the framework X", and the verb that governs the name."""
    words, classes, here, size = tokens.words, tokens.classes, tokens.sentence[i], len(tokens.words)
    k = j
    while k < size and words[k] in (")", '"', "'", "”", "''") and tokens.sentence[k] == here:
        k += 1
    if k < size and words[k] == "(":
        close = k
        while close < size and close < k + 14 and words[close] != ")":
            close += 1
        k = close + 1
    if k + 1 < size and tokens.sentence[k] == here:
        if words[k] in (",", "-", "--", "–", "—", ":") and words[k + 1].lower() in _APPOSED:
            found.append(f"AP={_head_noun(tokens, k + 2)}" if k + 2 < size else "AP=")
            found.append("AP")
        elif words[k] in ("is", "are") and words[k + 1] in ("a", "an", "the", "our"):
            found.append(f"IS={_head_noun(tokens, k + 2)}" if k + 2 < size else "IS=")
    chain = ""
    for b in range(j, min(j + 4, size)):
        if tokens.sentence[b] != here or classes[b] != Class.LOWER or words[b] in _CUT:
            break
        chain = words[b]
    if chain:
        found.append(f"HN={chain}")
    before = i - 1
    while before >= 0 and words[before] in _BEFORE:
        before -= 1
    if before >= 0 and tokens.sentence[before] == here and classes[before] == Class.LOWER and before < i - 1:
        found.append(f"LN={words[before]}")
    for back in range(i - 1, max(-1, i - 9), -1):
        if tokens.sentence[back] != here:
            break
        verb = _VERB[words[back]]
        if verb:
            nearby = [words[s].lower() for s in range(max(0, back - 4), back) if tokens.sentence[s] == here]
            subject = not _SELF.isdisjoint(nearby)
            far = min(i - 1 - back, 3)
            found += (f"V={verb}", f"VS={verb},{subject:d},{far}", f"VP={verb},{words[i - 1].lower()}")
            break
    for ahead in range(j, min(j + 2, size)):
        verb = _VERB[words[ahead]]
        if verb and tokens.sentence[ahead] == here:
            found.append(f"VR={verb}")
            break


def of_occurrence(tokens: Tokens, i: int, j: int, part: str, *, title: bool) -> list[str]:
    """Return the features of one occurrence at tokens [i, j), which `part` names if it is but a part of a word."""
    found: list[str] = []
    prefix = "T" if title else ""
    classes, words, size = tokens.classes, tokens.words, len(tokens.words)
    if not title:
        _context(tokens, i, j, found)
        _list(tokens, i, j, found)
        _phrase(tokens, i, j, found)
    else:
        found.append(f"TL={_NORM[words[i - 1]] if i else '<s>'}")
        found.append(f"TR={_NORM[words[j]] if j < size else '</s>'}")
        if i == 0:
            found.append("Tstart")
    if part:
        found.append(f"part={part}")
    if i > 0 and tokens.sentence[i - 1] == tokens.sentence[i] and classes[i - 1] >= Class.CAPITAL:
        found.append(f"{prefix}more-l={classes[i - 1]:d}")
    if j < size and tokens.sentence[j] == tokens.sentence[i] and classes[j] >= Class.NUMBER and part == "":
        found.append(f"{prefix}more-r={classes[j]:d}")
    if tokens.first[i]:
        found.append("first")
        if j - i == 1 and classes[i] == Class.CAPITAL:
            found.append("first-capital")
    return found


_OWN = words("our this the proposed these resulting")
_THINGS = {
    form: thing
    for thing, forms in {
        "model": "model models llm vlm vla mllm lm encoder decoder backbone network networks transformer checkpoints",
        "dataset": "dataset datasets corpus corpora data",
        "benchmark": "benchmark benchmarks testbed leaderboard suite",
        "framework": "framework system platform toolkit library engine runtime compiler simulator tool pipeline",
        "method": "method approach technique algorithm strategy mechanism scheme policy design attack",
        "hardware": "accelerator architecture processor chip hardware",
    }.items()
    for form in forms.split()
}
_TELLING = words(
    """
    parameters pretrained pre-trained pretraining fine-tuned training-free plug-and-play checkpoints weights
    annotated annotations samples throughput speedup overhead prototype implemented open-source family series
    """
)


def of_document(title: Tokens, abstract: Tokens) -> list[str]:
    """Return what a text says its own thing is: "our model", "the dataset", and the words behind the title's colon."""
    found: set[str] = set()
    words = [w.lower() for w in abstract.words]
    found |= {f"Dw={word}" for word in _TELLING.intersection(words)}
    for k in [k for k, word in enumerate(words) if word in _OWN]:
        for ahead in words[k + 1 : k + 4]:
            thing = _THINGS.get(ahead)
            if thing:
                found.add(f"D={thing}" if words[k] != "the" else f"Dthe={thing}")
                break
    subtitle = [w.lower() for w in title.words]
    if ":" in subtitle:
        behind = subtitle[subtitle.index(":") + 1 :]
        for word in behind:
            found.add(f"St={word}")
            if word in _THINGS:
                found.add(f"Stk={_THINGS[word]}")
        cut = next((k for k, w in enumerate(behind) if w in _CUT or w == "via"), len(behind))
        if cut and not behind[0].endswith("ing") and not behind[cut - 1].endswith("s"):  # not "serving language models"
            found.add(f"Stz={behind[cut - 1]}")
            found.add(f"Stzk={_THINGS.get(behind[cut - 1], '-')}")
        if behind:
            found.add(f"St0={behind[0]}")
    return sorted(found)


def bucket(count: int) -> str:
    """Return a count as one of few steps."""
    return str(count) if count < 4 else "4-5" if count < 6 else "6+"


def document(counts: Sequence[int]) -> list[str]:
    """Return features of how often a candidate stands in title and abstract."""
    title, abstract = counts
    found = [f"times={bucket(abstract)}"]
    if title:
        found.append("in-title")
        found.append(f"title-times={bucket(abstract)}")
    return found
