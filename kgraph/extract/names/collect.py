"""All candidates of one text with their features: what the classifier learns from and decides on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from kgraph.extract.memo import Memo
from kgraph.extract.names import features
from kgraph.extract.names.abbreviations import Definition, definitions
from kgraph.extract.names.candidates import Span, candidates
from kgraph.extract.names.features import Candidate
from kgraph.extract.names.knowledge import EMPTY, Knowledge, distinct
from kgraph.extract.names.lexicon import commonness
from kgraph.extract.names.tokens import Class, Tokens, tokenize
from kgraph.model import Kind, Mention, Where
from kgraph.vocab.vocabulary import Vocabulary

TITLE, ABSTRACT = 0, 1
_INTRODUCING = frozenset(  # features that say that the authors propose or present something
    f"VS={verb},1,{distance}"
    for verb in ("propose", "present", "introduce", "develop", "design", "describe", "release", "build", "call")
    for distance in range(4)
)
_NEVER = re.compile(  # number formats, metrics with a cut-off, quantities, Roman numerals, LaTeX commands
    r"(?:(?:MX|NV|HiF)?(?:FP|BF|INT|UINT|TF|bfloat|float|int)-?[0-9]+\w{0,6}|W[0-9]+A[0-9]+\w{0,4}|\S+@[0-9k]+"
    r"|[0-9.]+ ?[kKMGT]?(?:Hz|B/s|FLOPS|bps)|[IVX]+|[0-9.]+[BMT]-A[0-9.]+[BM]"
    r"|\\(?:text[a-z]{2}|math[a-z]{2}|emph|underline|our|method)[A-Za-z]*)\Z"
)
_IS_NO_NAME = Memo(lambda surface: _NEVER.match(surface) is not None)
_SEEN = 12  # occurrences of a surface that are looked at


class Known(NamedTuple):
    """A stretch of title (0) or abstract (1) that is known to be of some kind: a vocabulary name or hardware."""

    text: int
    start: int
    end: int
    kind: Kind
    ambiguous: bool = False
    hardware: bool = False


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
    found: dict[str, Candidate] = {}
    head = title_head(title)
    for where in (TITLE, ABSTRACT):
        text = tokens[where].text
        spans = candidates(tokens[where], title=where == TITLE, inner=everything)
        spans += _of_known(tokens[where], [k for k in known if k.text == where and not k.hardware], spans)
        if where == ABSTRACT and head in found:
            spans += _repeated(tokens[where], head, spans)
        for span in spans:
            surface = text[span.start : span.end]
            candidate = found.get(surface)
            if candidate is None:
                if _IS_NO_NAME[surface]:
                    continue
                candidate = found[surface] = Candidate(surface)
            candidate.spans.append((where, *span))
    defined = definitions(title), definitions(abstract)
    _drop_ordinary(found, tokens, head)
    _only_titles(found, tokens[TITLE], head)
    if knowledge.table and not everything:
        shorts = {tokens[w].text[slice(*d.short)] for w in (TITLE, ABSTRACT) for d in defined[w]}
        for surface in [s for s in found if s != head and s not in shorts and knowledge.hopeless[s]]:
            del found[surface]
    for candidate in found.values():
        candidate.always = knowledge.always[candidate.surface]
        seen = candidate.here
        counts = [0, 0]
        for where, _, _, i, j, part in candidate.spans:
            counts[where] += 1
            if counts[where] < 6:
                seen += features.of_occurrence(tokens[where], i, j, part, title=where == TITLE)
        seen += features.document(counts)
    _head_features(found, head)
    _definition_features(found, tokens, defined)
    _known_features(found, known, tokens)
    _neighbours(found, tokens[ABSTRACT], [k for k in known if k.text == ABSTRACT], knowledge)
    _relatives(found)
    _own_thing(found, tokens)
    return Collection(found, tokens, defined, head)


def _of_known(tokens: Tokens, known: Sequence[Known], spans: Sequence[Span]) -> list[Span]:
    have = {(s.start, s.end) for s in spans}
    found = []
    for k in known:
        i, j = token_range(tokens, k.start, k.end)
        if i < j and tokens.words[i].lower() == "the":
            i += 1
            k = k._replace(start=tokens.starts[i] if i < j else k.end)
        if i < j and (k.start, k.end) not in have and (tokens.starts[i], tokens.ends[j - 1]) == (k.start, k.end):
            found.append(Span(k.start, k.end, i, j, "known"))
    return found


def _repeated(tokens: Tokens, head: str, spans: Sequence[Span]) -> list[Span]:
    """Return where the head of the title stands again, word by word, whatever its shape: "Next Zorb", "E$^2$-Zorb"."""
    have = {(s.start, s.end) for s in spans}
    found = []
    start = tokens.text.find(head)
    while start >= 0:
        end = start + len(head)
        i, j = token_range(tokens, start, end)
        if i < j and (start, end) not in have and (tokens.starts[i], tokens.ends[j - 1]) == (start, end):
            found.append(Span(start, end, i, j))
        start = tokens.text.find(head, end)
    return found


def token_range(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """Return the [i, j) of the tokens that touch characters [start, end)."""
    i = bisect_left(tokens.starts, start)
    if i and tokens.ends[i - 1] > start:
        i -= 1
    return i, bisect_left(tokens.starts, end)


def _opens(surface: str) -> bool:
    """Whether a surface is an ordinary word that may have a capital only because a sentence begins."""
    if " " in surface or any(c.isupper() or c.isdigit() for c in surface[1:]):
        return False
    word = commonness(surface)
    return word.lower >= 7 and word.papers >= 6


_OPENS = Memo(_opens)


def _drop_ordinary(found: dict[str, Candidate], tokens: tuple[Tokens, Tokens], head: str) -> None:
    """Forget ordinary words that are capitalised only because a sentence begins."""
    for surface in [s for s in found if _OPENS[s] and s != head]:
        if all(tokens[s[0]].first[s[3]] for s in found[surface].spans):
            del found[surface]


def _only_titles(found: dict[str, Candidate], title: Tokens, head: str) -> None:
    """Forget what looks like a name only because its title is written in title case."""
    there = [s for s, c in found.items() if s != head and c.spans[-1][0] == TITLE]  # the title's spans come first
    if not there:
        return
    long = [c for w, c in zip(title.words, title.classes, strict=True) if len(w) > 3 and w[0].isalpha()]
    if 2 * sum([c >= Class.CAPITAL for c in long]) <= len(long):
        return
    for surface in there:
        candidate = found[surface]
        inner = [title.classes[k] for _, _, _, i, j, _ in candidate.spans for k in range(i, j)]
        if Class.NAME not in inner or (
            " " in surface
            and any(
                c == Class.CAPITAL and commonness(w).lower >= 3
                for _, _, _, i, j, _ in candidate.spans
                for w, c in zip(title.words[i:j], title.classes[i:j], strict=True)
            )
        ):
            del found[surface]


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
            context = features.of_occurrence(row, i, j, "", title=where == TITLE) if i < j else []
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
            span = features.enumeration(tokens, i, j) if where == ABSTRACT else None
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


def _own_thing(found: dict[str, Candidate], tokens: tuple[Tokens, Tokens]) -> None:
    """Add what the text says of its own thing, and the words of its sentences, to names that it seems to introduce."""
    own: list[str] | None = None
    beside: dict[int, list[str]] = {}
    for candidate in found.values():
        seen = candidate.here
        head = "head" in seen
        heads = head or "head+" in seen
        if not heads and _INTRODUCING.isdisjoint(seen):
            continue
        if own is None:
            own = features.of_document(*tokens)
        seen += [f"h{f}" for f in own] if heads else [f"i{f}" for f in own if f.startswith("D")]
        if head or not heads:
            seen += _words_beside(candidate, tokens[ABSTRACT], beside)


_BESIDE = Memo(lambda word: f"hB={word.lower()}" if len(word) > 2 and word.isalpha() else "")


def _words_beside(candidate: Candidate, abstract: Tokens, seen: dict[int, list[str]]) -> list[str]:
    """Return the words of the sentences of the abstract in which a candidate stands, as features; `seen` keeps those
    of each sentence."""
    beside: list[str] = []
    for sentence in dict.fromkeys(abstract.sentence[s[3]] for s in candidate.spans[:_SEEN] if s[0] == ABSTRACT):
        if sentence not in seen:
            first, end = bisect_left(abstract.sentence, sentence), bisect_right(abstract.sentence, sentence)
            words = map(_BESIDE.__getitem__, abstract.words[first:end])
            seen[sentence] = list(dict.fromkeys(filter(None, words)))
        beside += seen[sentence]
    return beside
