"""The words around a name, as features: what a learned scorer sees of a mention."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kgraph.extract.memo import Memo
from kgraph.extract.relations.actors import WINDOW, actor_before, clause_start
from kgraph.extract.relations.clauses import Cast, Sentence, Token
from kgraph.extract.wordlists import alternatives, words
from kgraph.model import Kind, Level, Mention, Where

_FILL = alternatives(
    r"""
    an? the our its their both various several multiple many real commodity consumer modern single one two three
    four eight different diverse commercial high-end low-end mobile embedded edge latest new recent heterogeneous
    nvidia amd intel xilinx google apple huawei arm qualcomm microsoft meta facebook openai s 's only just up to
    thousands hundreds of \d[\d.,]* state-of-the-art low-power popular existing open-source -source such as like
    including e\.g i\.e \. x times , and or / & \+ \( \) well-established highly efficient original standard classic
    custom modified underlying powerful general-purpose multi-core multicore many-core server desktop datacenter
    data center cloud gb large large-scale small cluster platform platforms devices? boards? systems? framework
    frameworks library model models well known widely used discrete integrated
    """
)
_CLASSES: dict[str, re.Pattern[str]] = {
    "run": alternatives(
        r"""
        run runs running ran execut\w* deploy\w* fits? host\w* operat\w* offload\w* map mapped mapping maps port
        ported scal(?:e|es|ed|ing)
        """
    ),
    "evaluate": alternatives(
        r"""
        evaluat\w* experiment\w* measur\w* benchmark\w* test tests tested testing profil\w* validat\w* conduct\w*
        stud(?:y|ies) characteri[sz]\w* results? demonstrat\w* simulat\w* emulat\w* verif\w*
        """
    ),
    "implement": alternatives(
        r"""
        implement\w* prototyp\w* realiz\w* synthesi[sz]\w* fabricat\w* instantiat\w*
        """
    ),
    "train": alternatives(
        r"""
        train trains trained training pre-?train\w* fine-?tun\w* post-train\w* distill\w* initiali[sz]\w*
        """
    ),
    "perform": alternatives(
        r"""
        achiev\w* reach\w* fps throughput latency real-time speed-?ups? faster accelerat\w* perform\w* sustain\w*
        deliver\w* requir\w* improv\w* reduc\w* infer\w* serv(?:e|es|ing) generat\w* decod\w*
        """
    ),
    "build": alternatives(r"buil[dt] builds building based atop top upon powered"),
    "extend": alternatives(
        r"""
        exten[ds]\w* extensions? variants? deriv\w* adapt\w* enhanc\w* modif\w* augment\w* upgrad\w* reformulat\w*
        generali[sz]\w* inherit\w* reus\w* successor tailored replac\w* inspired improv\w* appl(?:y|ies|ied)
        convert\w* parameteri[sz]ed compress\w* prun\w*
        """
    ),
    "integrate": alternatives(
        r"""
        integrat\w* incorporat\w* plug\w* compatib\w* support\w* available part merged? embed\w* seamless\w* into
        within inside releas\w*
        """
    ),
    "use": alternatives(
        r"""
        us(?:e|es|ed|ing) utili[sz]\w* leverag\w* employ\w* adopt\w* via through combin\w* exploit\w* choose
        replac\w*
        """
    ),
    "comprise": alternatives(r"consist\w* compris\w* components? features? includes? contains? hybrid"),
    "compare": alternatives(
        r"""
        compar\w* outperform\w* surpass\w* exceed\w* over than versus vs unlike baselines? against relative match\w*
        par
        """
    ),
    "intro": alternatives(
        r"""
        present\w* propos\w* introduc\w* develop\w* design\w* named? termed called dubbed
        """
    ),
    "prior": alternatives(
        r"""
        existing prior previous\w* conventional\w* traditional\w* typically usually often widely however despite
        although challeng\w* limit\w* increasing\w* current\w* recent\w* suffer\w* popular problem bottleneck
        emerging rise growing become becoming demand\w* hinder\w* fail\w*
        """
    ),
}  # fmt: skip
_OWN = words("we our ours it its this proposed")
_PREPOSITIONS = words(
    """
    on onto in into for with using by from to of over across via through under than as at between within inside
    without upon atop against during beyond
    """
)
_COUNT = alternatives(
    r"""
    \d[\d.,]*\+? single one two three four eight multiple several thousands hundreds consumer-grade single- multi-
    """
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a whole text says beyond one sentence: who takes part, what is compared, where and how often it is named."""

    cast: Cast
    compared: frozenset[str]
    titled: frozenset[str]
    counts: Mapping[str, int]
    own_letters: tuple[str, ...] = ()
    """The names that the paper introduces, in letters and digits only."""


def scene_of(cast: Cast, mentions: Iterable[Mention], compared: Iterable[str]) -> Scene:
    """Return the scene of a text with these mentions and these objects of comparisons."""
    held = list(mentions)
    titled = frozenset(m.name for m in held if m.where is Where.TITLE)
    counts = Counter(m.name for m in held)
    return Scene(cast, frozenset(compared), titled, counts, tuple(sorted(_letters(name) for name in cast.own)))


def features(sentence: Sentence, i: int, scene: Scene) -> set[str]:
    """Return the features of the mention at position `i`."""
    tokens = sentence.tokens
    mention = tokens[i].mention
    assert mention is not None
    out = {"bias", f"kind {mention.kind}"}
    if mention.level is Level.CLASS:
        out |= {"class", f"name {mention.name.lower()}"}
    elif mention.kind is Kind.HARDWARE:
        out.add("product")
    out |= _left(tokens, i, mention.kind)
    out |= _right(tokens, i)
    out |= _around(sentence, i, scene.cast)
    out |= _kin(mention.name, scene.own_letters)
    if mention.name in scene.compared:
        out.add("compared")
    if mention.name in scene.titled:
        out.add("named in title")
    if scene.counts.get(mention.name, 0) > 1:
        out.add("named again")
    actor = actor_before(tokens, i, scene.cast, scene.cast.primary, frozenset({mention.name}))
    out.add(f"actor {actor.how}" if actor else "actor others")
    if sentence.where is Where.TITLE:
        out.add("title")
    else:
        out.add(f"third {3 * sentence.start // max(1, len(sentence.text))}")
    return out


_NON_WORD = re.compile(r"[\W_]+")
_STEM = re.compile(r"[a-z]{4,}")


@lru_cache(maxsize=20_000)
def _letters(name: str) -> str:
    return _NON_WORD.sub("", name.casefold())


def _kin(name: str, own: Iterable[str]) -> set[str]:
    """Return how a name's letters relate to those of the paper's own names: "SAM" is part of "FastSAM"."""
    here = _letters(name)
    stem = _STEM.match(name.casefold())
    out: set[str] = set()
    for other in own:
        if other != here and len(here) > 1 and here in other:
            out.add("part of own name")
        if other != here and len(here) > 3 and other and other in here:
            out.add("holds own name")
        if stem and stem[0] in other:
            out.add("stem in own name")
    return out


_CLASSES_OF = Memo(lambda word: tuple(name for name, pattern in _CLASSES.items() if pattern.match(word)))
"""The classes of words that a word belongs to: for most words none."""


def _stem(word: str) -> str:
    return word[:6]


def _left(tokens: tuple[Token, ...], i: int, kind: Kind) -> set[str]:
    out: set[str] = set()
    k, content = i - 1, 0
    before = tokens[k] if k >= 0 else None
    if before is None:
        out.add("just left START")
    elif before.mention is not None:
        out.add(f"just left NAME {before.mention.kind}")
    else:
        out.add(f"just left {_stem(before.low)}")
    seen_prep = ""
    while k >= 0 and i - k <= 12:
        t = tokens[k]
        if t.low in (";", ":"):
            break
        if not seen_prep and (t.quantity is not None or _COUNT.match(t.low)):
            out.add("counted")
        if t.low in ("such", "like", "including", "e.g", "e.g.", "g"):
            out.add("example")
        if t.low == "(" and not content:
            out.add("bracketed")
        if t.low in _PREPOSITIONS and not (
            t.low in ("to", "of")
            and (tokens[k - 1].low in ("up", "thousands", "hundreds", "number", "dozens", "set", "range"))
        ):
            if not seen_prep:
                seen_prep = t.low
                out.add(f"prep {t.low}")
            k -= 1
            continue
        if (t.mention is not None and t.mention.kind is kind) or (not seen_prep and _FILL.match(t.low)):
            k -= 1
            continue
        content += 1
        word = _stem(t.low) if t.mention is None else ("OWN" if t.mention.introduced else f"NAME {t.mention.kind}")
        if content <= 2:
            out.add(f"left {word}")
            if seen_prep and content == 1:
                out.add(f"left {word} {seen_prep}")
        for name in _CLASSES_OF[t.low]:
            out.add(f"near {name}")
            if seen_prep:
                out.add(f"near {name} {seen_prep}")
        k -= 1
    return out


def _right(tokens: tuple[Token, ...], i: int) -> set[str]:
    out: set[str] = set()
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    if nxt is None:
        return {"right END"}
    if nxt.low == "(":
        j = next((j for j in range(i + 2, min(len(tokens), i + 12)) if tokens[j].low == ")"), i + 1)
        nxt = tokens[j + 1] if j + 1 < len(tokens) else nxt
    out.add(f"right {_stem(nxt.low) if nxt.mention is None else 'NAME ' + str(nxt.mention.kind)}")
    if nxt.low.startswith("-"):
        out.add("modifies")
    for t in tokens[i + 1 : i + 3]:
        if t.mention is None:
            out.update([f"then {name}" for name in _CLASSES_OF[t.low]])
    if i + 2 < len(tokens) and tokens[i + 2].mention is None:
        out.add(f"right2 {_stem(tokens[i + 2].low)}")
    return out


def _around(sentence: Sentence, i: int, cast: Cast) -> set[str]:
    tokens, words = sentence.tokens, sentence.words
    floor, end = max(0, i - WINDOW), min(len(tokens), i + WINDOW)
    others = cast.own - {tokens[i].name}
    out: set[str] = set()
    for side, a, b in (("before", floor, i), ("after", i, end)):
        if others and any(t.name in others for t in tokens[a:b]):
            out.add(f"own name {side}")
        if not _OWN.isdisjoint(words[a:b]) and any(t.low in _OWN and t.name not in others for t in tokens[a:b]):
            out.add(f"own word {side}")
    if not out:
        out.add("own nowhere")
    for prefix, a, b in (("clause", clause_start(tokens, i), i), ("after", i + 1, end)):
        for k, names in enumerate(map(_CLASSES_OF.__getitem__, words[a:b]), a):
            if names and tokens[k].mention is None:
                out.update([f"{prefix} {name}" for name in names if prefix == "clause" or name in _TOLD_AFTER])
    if any(t.quantity is not None for t in tokens[floor:end]):
        out.add("number")
    if cast.own:
        out.add("paper names its work")
    return out


_TOLD_AFTER = ("evaluate", "compare", "perform")
