"""What one text says: title and abstract in, mentions and relation mentions out. Pure; knows no other text."""

from __future__ import annotations

import sys
from bisect import bisect_right

from kgraph.extract.hardware import hardware as find_hardware
from kgraph.extract.names import names as find_names
from kgraph.extract.relations import relations as find_relations
from kgraph.model import Extraction, Mention, Where, text_id
from kgraph.vocab.vocabulary import Vocabulary


def extract(title: str, abstract: str, vocabulary: Vocabulary) -> Extraction:
    """Return the mentions (sorted by place) and relation mentions of one text.

    It over-generates: mentions that are not `certain` count only if other papers confirm them, and relations may have
    such ends. The same arguments give the same result.
    """
    devices = find_hardware(title, abstract, vocabulary)
    named = find_names(title, abstract, vocabulary, devices)
    mentions = tuple(sorted([*_outside(devices, named), *named], key=_place))
    return Extraction(text_id(title, abstract), mentions, find_relations(title, abstract, mentions))


def _outside(devices: list[Mention], named: list[Mention]) -> list[Mention]:
    """Return the hardware that is not merely a part of another thing's name ("GPU" in "GPU-STREAM")."""
    if not devices:
        return []
    taken: dict[Where, list[tuple[int, int]]] = {where: [] for where in Where}
    for mention in named:
        if mention.certain:
            taken[mention.where].append((mention.start, mention.end))
    for spans in taken.values():
        spans.sort()
    return [device for device in devices if not _held(device, taken[device.where])]


def _held(device: Mention, spans: list[tuple[int, int]]) -> bool:
    """Whether one of `spans`, sorted and apart from each other, holds the device's."""
    before = bisect_right(spans, (device.start, sys.maxsize)) - 1
    return before >= 0 and device.end <= spans[before][1]


def _place(mention: Mention) -> tuple[bool, int, int, str, str]:
    return (mention.where is not Where.TITLE, mention.start, mention.end, mention.kind, mention.name)
