"""All candidates of one text with their features: what the classifier learns from and decides on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from kgraph.extract.memo import Memo
from kgraph.extract.names import features
from kgraph.extract.names.abbreviations import Definition, definitions
from kgraph.extract.names.features import Candidate
from kgraph.extract.names.knowledge import EMPTY, Knowledge, distinct
from kgraph.extract.names.lexicon import commonness
from kgraph.extract.names.occurrences import enumeration, of_occurrence
from kgraph.extract.names.surfaces import ABSTRACT, TITLE, Known, surfaces
from kgraph.extract.names.tokens import Class, Tokens, token_range, tokenize
from kgraph.model import Kind, Mention, Where
from kgraph.vocab.vocabulary import Vocabulary

_INTRODUCING = frozenset(  # features that say that the authors propose or present something
    f"VS={verb},1,{distance}"
    for verb in ("propose", "present", "introduce", "develop", "design", "describe", "release", "build", "call")
    for distance in range(4)
)
_SEEN = 12  # occurrences of a surface that are looked at


class Collection(NamedTuple):
    """The candidates of one text by surface, its tokens (title, abstract), definitions, and title head."""

    candidates: dict[str, Candidate]
    tokens: tuple[Tokens, Tokens]
    definitions: tuple[list[Definition], list[Definition]]
    head: str


_COLON = re.compile(r":\s+|(?<=\w):(?=[A-Z][a-z])")


def title_head(title: str) -> str:
    """Return the part of a title before its first colon (at most seven words), or an empty string."""
    head, *rest = _COLON.split(title, maxsplit=1)
    if not rest:
        head, *rest = title.split(" - ", maxsplit=1)
    return head.strip(" \"'“”") if rest and rest[0].strip() and len(head.split()) <= 7 else ""


def known_names(vocabulary: Vocabulary, title: str, abstract: str, hardware: Sequence[Mention] = ()) -> list[Known]:
    """Return what the vocabulary knows in the two texts, and the `hardware` found there before."""
    found = [
        Known(where, hit.start, hit.end, hit.concept.kind, hit.ambiguous)
        for where, text in enumerate((title, abstract))
        for hit in vocabulary.find(text)
        if hit.concept.kind is not Kind.HARDWARE and not _ordinary(text[hit.start : hit.end])
    ]
    devices = [
        Known(ABSTRACT if m.where is Where.ABSTRACT else TITLE, m.start, m.end, Kind.HARDWARE, hardware=True)
        for m in hardware
    ]
    return found + devices


def _ordinary(surface: str) -> bool:
    """Return whether `surface` is an ordinary word that happens to be spelt like a name ("multiple": MultiPL-E)."""
    if not surface[1:].islower() or " " in surface:
        return False
    word = commonness(surface)
    return surface.islower() and word.lower >= 8 and word.papers >= 8


def collect(
    title: str,
    abstract: str,
    known: Sequence[Known] = (),
    knowledge: Knowledge = EMPTY,
    *,
    everything: bool = False,
) -> Collection:
    """Return the candidates of a text with features. `known` are names found by other means.

    What is hardly ever a name is left out, unless `everything` is wanted (for counting the priors themselves).
    """
    tokens = tokenize(title), tokenize(abstract)
    defined = definitions(title), definitions(abstract)
    head = title_head(title)
    places = surfaces(tokens, known, head, inner=everything)
    if knowledge.table and not everything:
        shorts = {tokens[w].text[slice(*d.short)] for w in (TITLE, ABSTRACT) for d in defined[w]}
        places = {s: p for s, p in places.items() if s == head or s in shorts or not knowledge.hopeless[s]}
    describe = knowledge.always
    found = {surface: Candidate(surface, spans, describe) for surface, spans in places.items()}
    for candidate in found.values():
        seen = candidate.here
        counts = [0, 0]
        for where, _, _, i, j, part in candidate.spans:
            counts[where] += 1
            if counts[where] < 6:
                seen += of_occurrence(tokens[where], i, j, part, title=where == TITLE)
        seen += features.document(counts)
    _head_features(found, head)
    _definition_features(found, tokens, defined)
    _known_features(found, known, tokens)
    _neighbours(found, tokens[ABSTRACT], [k for k in known if k.text == ABSTRACT], knowledge)
    _relatives(found)
    _own_thing(found, tokens, head)
    return Collection(found, tokens, defined, head)


def _head_features(found: dict[str, Candidate], head: str) -> None:
    if not head:
        return
    folded = distinct(head)
    has = "head-is-candidate" if any(distinct(s) == folded for s in found) else "head-other"
    for surface, candidate in found.items():
        seen = candidate.here
        mine = distinct(surface)
        if mine == folded:
            seen += ("head", f"head-n={len(surface.split())}")
            if " " not in surface:
                seen.append(f"head-low={commonness(surface).lower // 3}")
        elif mine.startswith(folded) and folded:
            seen += ("head+", f"head+{mine[len(folded) :][-6:]}")
        elif folded.startswith(mine) and mine:
            seen.append("head-")
        elif mine in folded:
            seen.append("in-head")
        else:
            seen.append(has)


def _definition_features(
    found: dict[str, Candidate], tokens: tuple[Tokens, Tokens], defined: tuple[list[Definition], list[Definition]]
) -> None:
    for where in (TITLE, ABSTRACT):
        row = tokens[where]
        for definition in defined[where]:
            short = row.text[slice(*definition.short)]
            long = row.text[slice(*definition.long)]
            roles = ((short, "short"), (short.rstrip("s"), "short"), (long, "long"))
            defined_here = [(found[surface], role) for surface, role in roles if surface in found]
            if not defined_here:
                continue
            words = [w for w in long.replace("-", " ").split() if w]
            capital = sum(w[0].isupper() for w in words)
            style = "all" if capital == len(words) else "none" if capital <= (long[0].isupper()) else "some"
            i = min(token_range(row, *definition.short)[0], token_range(row, *definition.long)[0])
            j = max(token_range(row, *definition.short)[1], token_range(row, *definition.long)[1])
            context = of_occurrence(row, i, j, "", title=where == TITLE) if i < j else []
            last = words[-1].lower() if words else ""
            common = sum(commonness(w).papers for w in words) // max(1, len(words))
            for candidate, role in defined_here:
                candidate.here += context
                candidate.here += (
                    f"ab={role}",
                    f"ab={role},{style}",
                    f"ab-z={last}",
                    f"ab-z={last},{style}",
                    f"ab-common={role},{common // 2},{style}",
                    f"ab-plural={role},{long.endswith('s')},{style}",
                )
                candidate.here += [f"ab-w={w.lower()}" for w in words[:-1]]


def _known_features(found: dict[str, Candidate], known: Sequence[Known], tokens: tuple[Tokens, Tokens]) -> None:
    if not known:
        return
    ordered = [sorted((k for k in known if k.text == where), key=lambda k: k.start) for where in (TITLE, ABSTRACT)]
    starts = [[k.start for k in row] for row in ordered]
    for candidate in found.values():
        for where, start, end, i, j, _ in candidate.spans[:_SEEN]:
            at = max(0, bisect_left(starts[where], start) - 4)  # names overlap few others
            for k in ordered[where][at : bisect_left(starts[where], end)]:
                if k.end <= start:
                    continue
                source = "hw" if k.hardware else "voc"
                same = "=" if (k.start, k.end) == (start, end) else "<" if k.start <= start and k.end >= end else ">"
                row = tokens[where]
                part = end < row.ends[j - 1] or start > row.starts[i]
                candidate.here.append(f"{source}{same}{k.kind}{'?' if k.ambiguous else ''}{'~' if part else ''}")
                if same == "=":
                    longer = j < len(row.words) and row.classes[j] >= Class.NUMBER and row.starts[j] == end + 1
                    candidate.here.append(f"{source}:{k.kind},{longer:d}{part:d}{k.ambiguous:d}")


def _neighbours(found: dict[str, Candidate], tokens: Tokens, known: Sequence[Known], knowledge: Knowledge) -> None:
    """Add the kinds of the other names of an enumeration, as far as vocabulary and priors know them."""
    kinds: dict[int, str] = {}
    for k in known:
        kinds[token_range(tokens, k.start, k.end)[0]] = k.kind
    if knowledge.table:
        for candidate in found.values():
            top = knowledge.top[candidate.surface]
            if top:
                for where, _, _, i, _, part in candidate.spans:
                    if where == ABSTRACT and not part:
                        kinds.setdefault(i, top)
    if not kinds:
        return
    for candidate in found.values():
        for where, _, _, i, j, _ in candidate.spans[:6]:
            span = enumeration(tokens, i, j) if where == ABSTRACT else None
            if span:
                others = {kinds[k] for k in range(*span) if k in kinds and not i <= k < j}
                candidate.here += [f"LK={kind}" for kind in sorted(others)]
                candidate.here.append(f"LKs={'+'.join(sorted(others))}")


def _relatives(found: dict[str, Candidate]) -> None:
    """Add what longer candidates make of a name ("X-7B", "X-Bench"), and of which candidate a longer one is made."""
    singles = sorted((s for s in found if " " not in s), key=str.lower)
    lower = [s.lower() for s in singles]
    for k, name in enumerate(lower):
        for n in range(k + 1, min(k + 8, len(lower))):
            if not lower[n].startswith(name):
                break
            rest = lower[n][len(name) :]
            if rest[:1] not in "-_.0123456789" or len(name) < 3:
                continue
            kind = (
                "size"
                if re.search(r"[0-9]b\b", rest)
                else "digit"
                if rest.strip("-v.")[:1].isdigit()
                else rest.strip("-")[:6]
            )
            found[singles[k]].here.append(f"child={kind}")
            found[singles[n]].here.append(f"parent={kind}")


def _own_thing(found: dict[str, Candidate], tokens: tuple[Tokens, Tokens], head: str) -> None:
    """Add what the text says of its own thing, and the words of its sentences, to names that it seems to introduce."""
    own: list[str] | None = None
    beside: dict[int, list[str]] = {}
    for candidate in found.values():
        seen = candidate.here
        titled = bool(head) and "head" in seen
        heads = titled or (bool(head) and "head+" in seen)
        if not heads and _INTRODUCING.isdisjoint(seen):
            continue
        if own is None:
            own = features.of_document(*tokens)
        seen += [f"h{f}" for f in own] if heads else [f"i{f}" for f in own if f.startswith("D")]
        if titled or not heads:
            seen += _words_beside(candidate, tokens[ABSTRACT], beside)


_BESIDE = Memo(lambda word: f"hB={word.lower()}" if len(word) > 2 and word.isalpha() else "")


def _words_beside(candidate: Candidate, abstract: Tokens, seen: dict[int, list[str]]) -> list[str]:
    """Return the words of the sentences of the abstract in which a candidate stands, as features; `seen` keeps those
    of each sentence."""
    beside: list[str] = []
    for sentence in dict.fromkeys(abstract.sentence[s[3]] for s in candidate.spans[:_SEEN] if s[0] == ABSTRACT):
        if sentence not in seen:
            words = map(_BESIDE.__getitem__, abstract.words[slice(*abstract.opening[sentence : sentence + 2])])
            seen[sentence] = list(dict.fromkeys(filter(None, words)))
        beside += seen[sentence]
    return beside


__all__ = ["ABSTRACT", "TITLE", "Candidate", "Collection", "Known", "collect", "known_names"]
