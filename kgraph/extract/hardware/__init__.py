"""Hardware named in a text: products, their variants and architectures, and the classes of devices.

Found by a grammar over product families (`hardware_families`) and class words (`hardware_words`), plus the hardware
concepts of the vocabulary, so that names nobody has listed are recognised as members of their family.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

from kgraph.extract.addresses import addresses
from kgraph.extract.hardware.families import FAMILIES
from kgraph.extract.hardware.words import CLASSES, Family, vendor_before
from kgraph.model import Kind, Level, Mention, Where
from kgraph.text import sentences
from kgraph.vocab import Vocabulary, folded, name_key, plain

_NUMBERED = re.compile(r"[A-Z][A-Z]?\d")  # found in half the time of "[A-Z]{1,2}"
_COUNTED = re.compile(r"\d ?[x×X]\Z|\d ?\$?\\?(?:text)?times\$?\Z")
_CLASS_AFTER = re.compile(
    r"(?:[-\s][A-Za-z0-9/.+-]{1,20})??[-\s](?:GPU|CPU|NPU|TPU|FPGA|DSP|SoC|MCU|[Pp]rocessor|[Bb]oard|[Cc]hip|[Aa]ccelerator)s?\b"
)
_NAME_BEFORE = re.compile(r"(?:\w*[A-Z]\w*[A-Z]\w*|[A-Za-z]*\d\w*)-\Z")
_NAME_AFTER = re.compile(r"-(?:[A-Z]*[a-z]*[A-Z]{2}\w*|[A-Z]?[a-z]*\d)")
_CLASS_LABELS = frozenset(family.label for family in CLASSES)  # the grammar knows better when these words are meant
_INITIAL = re.compile(r"(?<![A-Za-z])([A-Za-z])[a-z]*")
_PLURAL = re.compile(r"(?<=[A-Za-z0-9])'?s\Z")

# Shares of right ones among mentions of either sort, as measured on annotated abstracts.
_SURE = 0.98
_BY_EVIDENCE = 0.92


@dataclass(frozen=True, slots=True)
class _Found:
    """A name as it stands in one part of a text; `core` is the same for all forms of one product."""

    where: Where
    start: int
    end: int
    surface: str
    core: str
    level: Level
    rule: str
    label: str = ""
    concept: str = ""
    confidence: float = _SURE
    ending: int = 0  # letters of a plural


def hardware(title: str, abstract: str, vocabulary: Vocabulary) -> list[Mention]:
    """Return the hardware mentions of a text in order, without overlaps; those of one thing share their `name`.

    Time grows linearly with the text: one Aho-Corasick pass finds where a family may begin, and only there its pattern
    is tried.
    """
    evidence = _Evidence(f"{title}\n{abstract}")
    found = [
        hit
        for where, text in ((Where.TITLE, title), (Where.ABSTRACT, abstract))
        for hit in _without_overlaps(_found(where, text, evidence, vocabulary), addresses(text))
    ]
    if not found:
        return []
    names = _names(found)
    spans = {Where.TITLE: sentences(title), Where.ABSTRACT: sentences(abstract)}
    return [_mention(hit, names[hit.core], spans[hit.where], vocabulary) for hit in found]


class _Evidence:
    """Which words a text holds anywhere; each pattern is searched at most once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._seen: dict[re.Pattern[str], bool] = {}
        self._words: dict[str, bool] = {}

    def holds(self, pattern: re.Pattern[str]) -> bool:
        if pattern not in self._seen:
            self._seen[pattern] = pattern.search(self._text) is not None
        return self._seen[pattern]

    def redefines(self, family: Family, word: str) -> bool:
        """Return whether the text gives a class word a meaning of its own: "Attention Refinement Module (ARM)"."""
        known = self._words.get(word)
        if known is None:
            known = self._words[word] = any(
                not any(trigger.startswith(first.lower()) for trigger in family.triggers)
                for first in _defined(self._text, word)
            )
        return known


def _defined(text: str, word: str) -> Iterator[str]:
    """Yield the first of the words whose initials spell `word`, each time they stand before "(word)"."""
    for bracket in re.finditer(rf"\(\s?{word}s?\b", text):
        words = list(_INITIAL.finditer(text, max(0, bracket.start() - 90), bracket.start()))[-len(word) :]
        if len(words) == len(word) and "".join(w[1] for w in words).upper() == word:
            yield words[0][0]


@cache
def _triggers() -> tuple[AhoCorasick, list[tuple[Family, ...]], tuple[Family, ...]]:
    """Return the searcher, the families of each of its patterns, and the families of bare chip numbers ("A100")."""
    table: dict[str, list[Family]] = {}
    for family in (*FAMILIES, *CLASSES):
        for trigger in family.triggers:
            table.setdefault(trigger, []).append(family)
    numbered = tuple(table.pop("", ()))
    searcher = AhoCorasick(list(table), implementation=Implementation.DFA)  # few patterns: the table stays small
    return searcher, [tuple(families) for families in table.values()], numbered


def _found(where: Where, text: str, evidence: _Evidence, vocabulary: Vocabulary) -> Iterator[_Found]:
    searcher, families, numbered = _triggers()
    shown = plain(text)
    tried: set[tuple[int, str]] = set()
    for index, start, _ in searcher.find_matches_as_indexes(folded(text), overlapping=True):
        if _begins_word(shown, start):
            for family in families[index]:
                if (start, family.rule + family.label) not in tried:
                    tried.add((start, family.rule + family.label))
                    yield from _match(where, shown, text, start, family, evidence)
    for number in _NUMBERED.finditer(shown):
        if _begins_word(shown, number.start()):
            for family in numbered:
                yield from _match(where, shown, text, number.start(), family, evidence)
    for hit in vocabulary.find(text):
        concept = hit.concept
        if concept.kind is Kind.HARDWARE and not hit.ambiguous and concept.label not in _CLASS_LABELS:
            surface = text[hit.start : hit.end]
            level = concept.level or Level.PRODUCT
            core = name_key(concept.label)
            label = concept.label if level is Level.CLASS else ""
            yield _Found(where, hit.start, hit.end, surface, core, level, "vocabulary", label, concept.id)


def _begins_word(text: str, start: int) -> bool:
    """Return whether a name may begin at `start`: at the start of a word, or after a count ("8xH100", "8timesH100")."""
    if start == 0:
        return True
    before = text[start - 1]
    if not (before.isalnum() or before == "_"):
        return True
    return before in "x×Xs" and _COUNTED.search(text, max(0, start - 12), start) is not None


def _match(where: Where, shown: str, text: str, start: int, family: Family, evidence: _Evidence) -> Iterator[_Found]:
    match = family.pattern.match(shown, start)
    if match is None or match.end() == start:
        return
    end = match.end()
    if family.level is Level.CLASS:
        if _part_of_name(shown, start, end) or (family.evidence and not evidence.holds(family.evidence)):
            return
        word = _PLURAL.sub("", shown[start:end])
        if word.isupper() and len(word) <= 4 and evidence.redefines(family, word):
            return
        yield _Found(where, start, end, text[start:end], name_key(family.label), Level.CLASS, "class", family.label)
        return
    begin = vendor_before(shown, start)
    if family.evidence and not evidence.holds(family.evidence):
        close = family.near and (begin < start or _CLASS_AFTER.match(shown, end))
        if not close:
            return
    if family.after and begin == start and not family.after.match(shown, end):
        return
    core = name_key(match["core"] or match[0])
    confidence = _BY_EVIDENCE if family.evidence and begin == start else _SURE
    rule = f"family:{family.rule}"
    ending = len(match["plural"] or "")
    surface = text[begin:end]
    yield _Found(where, begin, end, surface, core, Level.PRODUCT, rule, confidence=confidence, ending=ending)


def _part_of_name(text: str, start: int, end: int) -> bool:
    """Return whether a class word is half of a name, as in "PIM-GPT" (but not in "CPU-GPU" or "GPU-based")."""
    after = _NAME_AFTER.match(text, end)
    if after and not _is_class(after[0][1:]):
        return True
    before = _NAME_BEFORE.search(text, max(0, start - 24), start)
    return bool(before) and not _is_class(before[0][:-1])  # type: ignore[index]


_CLASS_WORD = re.compile(
    r"(?:CPU|GPU|TPU|NPU|FPGA|ASIC|DSP|SoC|PIM|SSD|HBM|DRAM|NVM|CXL|RDMA|MCU|NVMe|PCIe|RISC|ARM|NIC|DPU|CIM|NVIDIA|AMD|MPI|"
    r"\d+|[A-Z]|NV|HPC|IoT|AI|ML|DNN|CNN|LLM|ISA|Multi|FP\d+|INT\d+|8-bit|3D|2D|2\.5D)s?\Z"
)


def _is_class(word: str) -> bool:
    return _CLASS_WORD.match(word) is not None


def _without_overlaps(found: Iterator[_Found], urls: Sequence[tuple[int, int]]) -> list[_Found]:
    """Return the longest of what overlaps, from left to right; the grammar before the vocabulary."""
    kept: list[_Found] = []
    for hit in sorted(found, key=lambda h: (h.start, -h.end, h.rule == "vocabulary", h.rule)):
        if _inside(hit.start, urls) is not None:
            continue
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
        elif kept[-1].rule != "vocabulary" and hit.rule == "vocabulary" and hit.core == kept[-1].core:
            kept[-1] = replace(kept[-1], concept=hit.concept)
    return kept


def _inside(place: int, spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the one of the ordered `spans` that holds `place`, if any."""
    index = bisect_right(spans, (place, sys.maxsize)) - 1
    return spans[index] if index >= 0 and place < spans[index][1] else None


def _names(found: Sequence[_Found]) -> dict[str, str]:
    """Return the name of each core: a class by its label, a product by its longest form, the earliest of equals."""
    names: dict[str, str] = {}
    for hit in found:
        name = hit.label or " ".join(plain(hit.surface[: len(hit.surface) - hit.ending]).split())
        if hit.core not in names or len(name) > len(names[hit.core]):
            names[hit.core] = name
    return names


def _mention(hit: _Found, name: str, spans: Sequence[tuple[int, int]], vocabulary: Vocabulary) -> Mention:
    left, right = _inside(hit.start, spans) or (hit.start, hit.end)
    concept = hit.concept
    if not concept:
        known = [c for form in (hit.surface, name) for c in vocabulary.lookup(form) if c.kind is Kind.HARDWARE]
        concept = known[0].id if known else ""
    return Mention(
        where=hit.where,
        start=hit.start,
        end=hit.end,
        surface=hit.surface,
        kind=Kind.HARDWARE,
        name=name,
        sentence_start=left,
        sentence_end=max(right, hit.end),
        level=hit.level,
        confidence=hit.confidence,
        concept=concept,
        rule=hit.rule,
    )
