"""What an entry of a bibliography takes over from others: `crossref = {volume}` and `xdata = {one, other}`.

The rules are those of the biblatex manual (sections 2.4.1.1, 3.13.6 and appendix B), narrowed to what a volume can say
of a paper in it. A volume's title is the paper's booktitle, never its title; its DOI, arXiv id, address and abstract
are its own. Data containers (`@xdata`) are there to be taken over, so all of theirs counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Fields = Mapping[str, str]
_KEYS = re.compile(r"[^\s,]+")
_OWN = frozenset((
    "title", "subtitle", "titleaddon", "shorttitle", "doi", "eprint", "eprinttype", "archiveprefix", "primaryclass",
    "url", "urldate", "abstract", "author", "crossref", "xref", "xdata", "ids", "pages", "keywords", "note", "file",
))  # fmt: skip
_AS_VOLUME = {"title": "booktitle", "subtitle": "booksubtitle"}
_CHAPTERS = frozenset(("inbook", "bookinbook", "suppbook"))
"""Kinds of entries whose author is that of the whole book."""


def inherited(fields: Fields, kind: str, entries: Mapping[str, Fields]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the entry with what it takes over, and the keys that it refers to in vain.

    `kind` is its type in lower case; `entries` are all entries by key in lower case. What an entry says itself stands;
    data containers go before the volume, and what comes first before what comes later. Chains are followed, rings
    are cut.
    """
    lost: dict[str, None] = {}
    return _whole(fields, kind, entries, frozenset(), lost), tuple(lost)


def _whole(
    fields: Fields, kind: str, entries: Mapping[str, Fields], above: frozenset[str], lost: dict[str, None]
) -> dict[str, str]:
    found = dict(fields)
    for name, rename in (("xdata", False), ("crossref", True)):
        for key in _KEYS.findall(fields.get(name, "")):
            parent = entries.get(key.lower())
            if parent is None:
                lost[key] = None
            elif key.lower() not in above:
                given = _whole(parent, "", entries, above | {key.lower()}, lost)
                for field, value in (_of_volume(given, kind) if rename else given).items():
                    if not found.get(field, "").strip():
                        found[field] = value
    return found


def _of_volume(volume: Fields, kind: str) -> dict[str, str]:
    """Return what a volume says of what stands in it."""
    found = {field: value for field, value in volume.items() if field not in _OWN}
    for field, name in _AS_VOLUME.items():
        if volume.get(field, "").strip():
            found.setdefault(name, volume[field])
    if kind in _CHAPTERS and volume.get("author"):
        found["author"] = volume["author"]
    return found
