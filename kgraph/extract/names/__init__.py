"""Which systems, models and datasets a text names, and which of them it introduces.

Candidates come from `collect`, their probabilities from the classifier; here overlapping candidates are told apart, the
surfaces of one thing come together, and all places where they stand are found.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from kgraph.extract.addresses import addresses
from kgraph.extract.names.classifier import CLASSES, Classifier, load
from kgraph.extract.names.collect import ABSTRACT, TITLE, Collection, Known, collect, known_names
from kgraph.extract.names.features import Candidate
from kgraph.extract.names.forms import standing
from kgraph.extract.names.introductions import borrowed, called, named_as, presented
from kgraph.extract.names.knowledge import distinct as key_of
from kgraph.extract.names.knowledge import load as load_knowledge
from kgraph.extract.names.refusals import is_author, only_opens
from kgraph.extract.names.tokens import Tokens
from kgraph.model import Kind, Mention, Where
from kgraph.text import unmarked
from kgraph.vocab.vocabulary import Vocabulary

BELIEVED = 0.42
"""From this probability of being a name on a mention is certain; F1 on held-out papers is flat between 0.35 and 0.5."""
DOUBTFUL = 0.15
INTRODUCED = 0.55
SURELY_INTRODUCED, FOR_SURELY_INTRODUCED = 0.92, 0.3
"""What is as surely introduced as this, if it is a name at all, is believed from a lower probability on."""
PLAINLY_INTRODUCED = 0.99
"""A name that heads a title ("X: what it does") or that "we propose" is the paper's own."""
_KINDS = {1: Kind.SYSTEM, 2: Kind.MODEL, 3: Kind.DATASET}
_BEYOND_DOUBT = {f"voc:{kind},000": kind for kind in _KINDS.values()}
_HARDWARE, _NAME = b"\x01", b"\x02"
_GREEK = re.compile("[Α-ΡΣ-Ωα-ω]")
_PLURAL = re.compile(r"[^\Ws]s$")
_PLACES = {TITLE: Where.TITLE, ABSTRACT: Where.ABSTRACT}


@dataclass(slots=True)
class Group:
    """The surfaces of one thing, with its probabilities: of each kind (system, model, dataset), of being introduced."""

    surfaces: list[str]
    kinds: list[float]
    introduced: float
    spans: list[tuple[int, int, int]] = field(default_factory=list)  # text, start, end

    @property
    def belief(self) -> float:
        """Probability that this is a name of a system, model or dataset."""
        return min(1.0, sum(self.kinds))

    @property
    def certain(self) -> bool:
        """Whether the text alone is enough to believe it."""
        return self.belief >= BELIEVED or (
            self.belief >= FOR_SURELY_INTRODUCED and self.introduced >= SURELY_INTRODUCED
        )

    @property
    def kind(self) -> Kind:
        """The most probable kind."""
        return _KINDS[1 + max(range(3), key=lambda k: self.kinds[k])]


def groups(collection: Collection, classifier: Classifier, blocked: Sequence[Known] = ()) -> list[Group]:
    """Return the things that a text names, doubtful ones as well, in order of their first surface."""
    chosen = list(collection.candidates.values())
    seen = {c.surface: dict.fromkeys(c.here) for c in chosen}
    rows = {c.surface: classifier.score(seen[c.surface], classifier.sums(c.describe)[c.surface]) for c in chosen}
    belief = {surface: 1.0 - row.kinds[0] - row.kinds[4] for surface, row in rows.items()}
    winners = _winners(chosen, belief, blocked, collection.tokens)
    if not winners:
        return []
    links = _links(collection, belief)
    known = {c.surface: kind for c in chosen if (kind := _kind_known(seen[c.surface])) is not None}
    found: dict[str, Group] = {}
    for surface in sorted(winners, key=lambda s: (min(winners[s]), s)):
        root = links.get(surface, surface)
        kinds, introduced = list(rows[surface].kinds[1:4]), rows[surface].introduced
        group = found.get(root)
        if group is None:
            found[root] = Group([surface], kinds, introduced, list(winners[surface]))
        else:
            group.surfaces.append(surface)
            group.spans += winners[surface]
            if sum(kinds) > group.belief:
                group.kinds = kinds
            group.introduced = max(group.introduced, introduced)
    _full_forms(collection, found, links)
    for group in found.values():
        _plainly(collection, group)
        _as_known(group, known)
    own = [group for group in found.values() if group.certain and group.introduced >= INTRODUCED]
    return [group for group in found.values() if not _refused(collection, group, own)]


def _refused(collection: Collection, group: Group, own: Sequence[Group]) -> bool:
    """Whether a group is an author, or a phrase that only opens the title of a paper whose `own` name is another."""
    where, start, end = min(group.spans)
    if is_author(collection.tokens[where].text, start, end):
        return True
    if not only_opens(collection.head, group.surfaces, collection.tokens[ABSTRACT].text):
        return False
    return group.belief < BELIEVED or any(other is not group for other in own)


def _plainly(collection: Collection, group: Group) -> None:
    """Let plain words decide: a title that the name heads, and "we propose" it."""
    title, abstract = collection.tokens[TITLE].text, collection.tokens[ABSTRACT].text
    heads = collection.head in group.surfaces
    told = [(start, end) for where, start, end in group.spans if where == ABSTRACT]
    if heads or presented(abstract, told):
        group.introduced = max(group.introduced, PLAINLY_INTRODUCED)
    elif group.introduced >= INTRODUCED and borrowed(abstract, told):
        group.introduced = 0.0
    own = group.introduced >= INTRODUCED
    kind = (named_as(abstract, told) if own else None) or (called(title.partition(":")[2]) if heads else None)
    if kind is not None:
        group.kinds = [group.belief if kind is _KINDS[k] else 0.0 for k in (1, 2, 3)]


def _kind_known(seen: Container[str]) -> Kind | None:
    """Return the kind that the vocabulary gives a whole surface beyond doubt, or None."""
    kinds = [kind for feature, kind in _BEYOND_DOUBT.items() if feature in seen]
    return kinds[0] if len(kinds) == 1 else None


def _as_known(group: Group, known: Mapping[str, Kind]) -> None:
    """Give somebody else's thing the kind that the vocabulary knows; what a paper introduces may be a namesake."""
    kind = next((known[surface] for surface in group.surfaces if surface in known), None)
    if kind is not None and group.introduced < INTRODUCED:
        group.kinds = [group.belief if kind is _KINDS[k] else 0.0 for k in (1, 2, 3)]


def _winners(
    chosen: Sequence[Candidate], belief: dict[str, float], blocked: Sequence[Known], texts: Sequence[Tokens]
) -> dict[str, list[tuple[int, int, int]]]:
    """Return the occurrences of each believable surface that no better candidate overlaps."""
    occurrences = [
        (-round(belief[c.surface], 2) - 0.02 * c.surface.count(" "), start - end, where, start, end, c.surface)
        for c in chosen
        if belief[c.surface] >= DOUBTFUL
        for where, start, end, *_ in c.spans
    ]
    occurrences.sort()
    taken = {where: bytearray(len(tokens.text)) for where, tokens in enumerate(texts)}
    for k in blocked:
        taken[k.text][k.start : k.end] = _HARDWARE * (k.end - k.start)
    won: dict[str, list[tuple[int, int, int]]] = {}
    for _, _, where, start, end, surface in occurrences:
        row = taken[where]
        here = row[start:end]
        if _NAME[0] in here:
            continue
        if _HARDWARE[0] in here:  # a name may hold a piece of hardware, but not equal or cut it
            cut = (start and row[start - 1] == row[start] == _HARDWARE[0]) or (
                end < len(row) and row[end - 1] == row[end] == _HARDWARE[0]
            )
            if cut or here.count(_HARDWARE) == end - start:
                continue
        row[start:end] = _NAME * (end - start)
        won.setdefault(surface, []).append((where, start, end))
    return won


def _spelt(letter: re.Match[str]) -> str:
    """Return the name of a Greek letter: "Mem-α" is Mem-alpha."""
    return unicodedata.name(letter[0]).split()[3].lower()


def _variant(surface: str) -> str:
    """Return the key that the plural and the spellings of a name share; the S of PRA-S is no plural."""
    surface = unmarked(surface)
    folded = key_of(surface if surface.isascii() else _GREEK.sub(_spelt, surface))
    plural = len(folded) > 3 and _PLURAL.search(surface) is not None
    return folded[:-1] if plural else folded


def _links(collection: Collection, belief: dict[str, float]) -> dict[str, str]:
    """Return surface -> the surface that stands for its thing."""
    root: dict[str, str] = {}
    by_variant: dict[str, str] = {}
    for surface in sorted(belief, key=lambda s: (-belief[s], s)):
        root[surface] = by_variant.setdefault(_variant(surface), surface)
    for where in (TITLE, ABSTRACT):
        text = collection.tokens[where].text
        for definition in collection.definitions[where]:
            short = text[slice(*definition.short)]
            long = text[slice(*definition.long)]
            a, b = root.get(short, short), root.get(long, long)
            if a != b:
                for surface, r in list(root.items()):
                    if r == b:
                        root[surface] = a
                root[long] = a
    return root


def _full_forms(collection: Collection, found: dict[str, Group], links: dict[str, str]) -> None:
    """Add the full forms of believed abbreviations, wherever they stand and in whatever case."""
    wanted: dict[str, Group] = {}
    for where in (TITLE, ABSTRACT):
        text = collection.tokens[where].text
        for definition in collection.definitions[where]:
            short = text[slice(*definition.short)]
            group = found.get(links.get(short, short))
            if group is not None:
                wanted.setdefault(text[slice(*definition.long)].lower(), group)
    if not wanted:
        return
    held = {span for group in found.values() for span in group.spans}
    for where in (TITLE, ABSTRACT):
        text = collection.tokens[where].text
        for start, end, form in standing(text, wanted):
            span = (where, start, end)
            group = wanted.get(form)
            if group is None or span in held:
                continue
            group.spans = [s for s in group.spans if s[0] != where or s[2] <= start or end <= s[1]]
            group.spans.append(span)
            if text[start:end] not in group.surfaces:
                group.surfaces.append(text[start:end])


def _name(group: Group) -> str:
    """Return the first surface of one word, or the first of all if none is."""
    return unmarked(next((s for s in group.surfaces if len(s.split()) == 1), group.surfaces[0]))


def names(title: str, abstract: str, vocabulary: Vocabulary, hardware: Sequence[Mention] = ()) -> list[Mention]:
    """Return the mentions of systems, models and datasets in a text, sorted by place.

    `hardware` are the mentions of hardware found before; a name may hold one of them but not cut or equal it.
    """
    known = known_names(vocabulary, title, abstract, hardware)
    collection = collect(title, abstract, known, load_knowledge())
    blocked = [k for k in known if k.hardware]
    mentions: list[Mention] = []
    for group in groups(collection, load(), blocked):
        mentions += _mentions(collection, group, vocabulary)
    inside = {Where.TITLE: addresses(title), Where.ABSTRACT: addresses(abstract)}
    mentions = [m for m in mentions if not any(a <= m.start and m.end <= b for a, b in inside[m.where])]
    return sorted(mentions, key=lambda m: (m.where is not Where.TITLE, m.start, m.end, m.name))


def _mentions(collection: Collection, group: Group, vocabulary: Vocabulary) -> list[Mention]:
    name, kind, certain = _name(group), group.kind, group.certain
    forms = dict.fromkeys((name, *group.surfaces))
    concept = next((c for form in forms for c in vocabulary.lookup(form) if c.kind is kind), None)
    introduced, confidence = certain and group.introduced >= INTRODUCED, round(min(1.0, max(group.kinds)), 3)
    if concept is not None and not introduced and any(concept.means_otherwise(form, forms) for form in forms):
        concept = None
    found = []
    for where, start, end in sorted(set(group.spans)):
        tokens = collection.tokens[where]
        sentence = tokens.sentences[max(0, bisect_right(tokens.sentences, (start, len(tokens.text))) - 1)]
        found.append(
            Mention(
                where=_PLACES[where],
                start=start,
                end=end,
                surface=tokens.text[start:end],
                kind=kind,
                name=name,
                sentence_start=min(sentence[0], start),
                sentence_end=max(sentence[1], end),
                introduced=introduced,
                certain=certain,
                confidence=confidence,
                concept=concept.id if concept else "",
                rule="names",
            )
        )
    return found


__all__ = ["CLASSES", "Group", "groups", "names"]
