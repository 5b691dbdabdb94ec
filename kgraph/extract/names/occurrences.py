"""What stands around one occurrence of a candidate: the words beside it, its enumeration, its phrase, its verb.

Nothing looks beyond the sentence but for brackets: `low` and `high` are where the sentence of an occurrence begins and
ends, as positions of tokens.
"""

from __future__ import annotations

from kgraph.extract.memo import Memo
from kgraph.extract.names.tokens import Class, Tokens
from kgraph.extract.wordlists import words

_LIST = frozenset((",", "and", "or", "&", "/", "(", ")", "'", '"', "`", "“", "”", "$", "both"))
_PARTING = words(", and or & /")
_CLOSING = words(") \" ' ” ''")
_LEADING = words("as like including e.g namely on over .")
_DASHES = words(", - -- – — :")
_APPOSED = frozenset(("a", "an", "the", "our", "its", "which"))
CUT = words("that which for to with of by in on and or from as where who using capable")
"""The words before which a noun phrase ends."""
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


def _norm(word: str) -> str:
    if word.isdigit() or (word[0].isdigit() and not word.isalpha()):
        return "0"
    return word.lower()


_NORM = Memo(_norm)
_VERB = Memo(lambda word: _VERBS.get(word.lower(), ""))


def of_occurrence(tokens: Tokens, i: int, j: int, part: str, *, title: bool) -> list[str]:
    """Return the features of one occurrence at tokens [i, j), which `part` names if it is but a part of a word."""
    found: list[str] = []
    prefix = "T" if title else ""
    classes, words, size = tokens.classes, tokens.words, len(tokens.words)
    low, high = _sentence(tokens, i)
    if not title:
        _context(words[max(low, i - 3) : i], words[j : min(j + 3, high)], found)
        _list(tokens, i, j, low, high, found)
        _phrase(tokens, i, j, low, high, found)
    else:
        found.append(f"TL={_NORM[words[i - 1]] if i else '<s>'}")
        found.append(f"TR={_NORM[words[j]] if j < size else '</s>'}")
        if i == 0:
            found.append("Tstart")
    if part:
        found.append(f"part={part}")
    if i > low and classes[i - 1] >= Class.CAPITAL:
        found.append(f"{prefix}more-l={classes[i - 1]:d}")
    if j < high and classes[j] >= Class.NUMBER and part == "":
        found.append(f"{prefix}more-r={classes[j]:d}")
    if i == low:
        found.append("first")
        if j - i == 1 and classes[i] == Class.CAPITAL:
            found.append("first-capital")
    return found


def _sentence(tokens: Tokens, i: int) -> tuple[int, int]:
    """Return the [low, high) of the sentence that holds token `i`."""
    number = tokens.sentence[i]
    return tokens.opening[number], tokens.opening[number + 1]


def _context(before: list[str], behind: list[str], found: list[str]) -> None:
    """Add the words of the sentence that stand left and right, three at most."""
    l3, l2, l1 = ["<s>", "<s>", "<s>", *map(_NORM.__getitem__, before)][-3:]
    right = [*map(_NORM.__getitem__, behind), "</s>", "</s>", "</s>"][:3]
    r1, r2, _ = right
    found += (f"L={l1}", f"L2={l2}", f"LL={l2} {l1}", f"R={r1}", f"R2={r2}", f"RR={r1} {r2}", f"L3={l3} {l2} {l1}")
    found.append(f"LR={l1} {r1}")
    if l2.isalpha():
        found.append(f"near-l={l2}")
    if l3.isalpha():
        found.append(f"near-l={l3}")
    for word in right:
        if not word[0].isalpha():
            break
        found.append(f"near-r={word}")


def enumeration(tokens: Tokens, i: int, j: int) -> tuple[int, int] | None:
    """Return the [a, b) of the enumeration of names that tokens [i, j) are part of, or None."""
    words, (low, high) = tokens.words, _sentence(tokens, i)
    a, b = _listed_from(tokens, i, max(low, i - 30)), _listed_to(tokens, j, min(high, j + 30))
    return None if _LIST.isdisjoint(words[a:i]) and _LIST.isdisjoint(words[j:b]) else (a, b)


def _listed_from(tokens: Tokens, i: int, low: int) -> int:
    """Return where the names and the words of a list begin, not before `low`, that stand right before token `i`."""
    words, classes = tokens.words, tokens.classes
    while i > low and (words[i - 1] in _LIST or classes[i - 1] >= Class.NUMBER):
        i -= 1
    return i


def _listed_to(tokens: Tokens, j: int, high: int) -> int:
    """Return where the names and the words of a list end, not behind `high`, that stand from token `j` on."""
    words, classes = tokens.words, tokens.classes
    while j < high and (words[j] in _LIST or classes[j] >= Class.NUMBER):
        j += 1
    return j


def _list(tokens: Tokens, i: int, j: int, low: int, high: int, found: list[str]) -> None:
    """Add what stands before and behind the enumeration that tokens [i, j) are part of."""
    words = tokens.words
    a, b = _listed_from(tokens, i, max(low, i - 23)), _listed_to(tokens, j, min(high, j + 24))
    if a < i:
        one = words[a - 1].lower() if a > low else "<s>"
        two = words[a - 2].lower() if a - 1 > low else "<s>"
        three = words[a - 3].lower() if a - 2 > low else "<s>"
        found += (f"EL={one}", f"ELL={two} {one}")
        if one in _LEADING or two in ("e.g", "i.e"):
            found.append(f"EH={two if one != 'as' else three}")
    if b > j:
        found.append(f"ER={words[b].lower() if b < high else '</s>'}")
        if b + 1 < high:
            found.append(f"ER2={words[b + 1].lower()}")
    if (a < i or b > j) and sum(map(_PARTING.__contains__, words[a:i] + words[j:b])) > 1:
        found.append("listed")


def _head_noun(tokens: Tokens, k: int) -> str:
    """Return the last word of the noun phrase that begins at token `k`: "framework" of "a fast framework that"."""
    words, classes, (_, high) = tokens.words, tokens.classes, _sentence(tokens, k)
    last = ""
    for b in range(k, min(k + 12, high)):
        word = words[b]
        if word in CUT or not word[0].isalnum():
            if word == "," and b < k + 4 and b + 1 < len(words):  # "a fast, lossless framework"
                continue
            break
        if classes[b] == Class.LOWER:
            if word.endswith(("ing", "ed")) and last and word not in ("training", "benchmarking", "processing"):
                break
            last = word
        elif classes[b] == Class.NAME:
            last = word.lower()
    return last


def _phrase(tokens: Tokens, i: int, j: int, low: int, high: int, found: list[str]) -> None:
    """Add appositions, "X is a ...", "the framework X", and the verb that governs the name."""
    _apposition(tokens, j, high, found)
    words, classes = tokens.words, tokens.classes
    chain = ""
    for b in range(j, min(j + 4, high)):
        if classes[b] != Class.LOWER or words[b] in CUT:
            break
        chain = words[b]
    if chain:
        found.append(f"HN={chain}")
    before = i - 1
    while before >= low and words[before] in _BEFORE:
        before -= 1
    if low <= before < i - 1 and classes[before] == Class.LOWER:
        found.append(f"LN={words[before]}")
    for back in range(i - 1, max(low - 1, i - 9), -1):
        verb = _VERB[words[back]]
        if verb:
            subject = not _SELF.isdisjoint([word.lower() for word in words[max(low, back - 4) : back]])
            far = min(i - 1 - back, 3)
            found += (f"V={verb}", f"VS={verb},{subject:d},{far}", f"VP={verb},{words[i - 1].lower()}")
            break
    for ahead in words[j : min(j + 2, high)]:
        verb = _VERB[ahead]
        if verb:
            found.append(f"VR={verb}")
            break


def _apposition(tokens: Tokens, j: int, high: int, found: list[str]) -> None:
    """Add what a name before token `j` is said to be: ", a framework that", "is a framework"."""
    words, size = tokens.words, len(tokens.words)
    k = j
    while k < high and words[k] in _CLOSING:
        k += 1
    if k < size and words[k] == "(":
        close = k
        while close < size and close < k + 14 and words[close] != ")":
            close += 1
        k = close + 1
    if k >= high or k + 1 >= size:
        return
    if words[k] in _DASHES and words[k + 1].lower() in _APPOSED:
        found.append(f"AP={_head_noun(tokens, k + 2)}" if k + 2 < size else "AP=")
        found.append("AP")
    elif words[k] in ("is", "are") and words[k + 1] in ("a", "an", "the", "our"):
        found.append(f"IS={_head_noun(tokens, k + 2)}" if k + 2 < size else "IS=")
