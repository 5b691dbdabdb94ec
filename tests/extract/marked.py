"""Texts with their names marked: "{Swift!} is 2x faster than {vLLM} on {A100#}" → text and mentions.

A mark is the surface with signs behind it: none for a system, ! introduced, # product, ## class of hardware, @ model,
% data set; "=Name" groups surfaces ("{GPUs##=GPU}").
"""

import re

from kgraph.model import Kind, Level, Mention, Where
from kgraph.text import sentences

_MARK = re.compile(r"\{(?P<surface>[^{}]*?)(?P<signs>[!#@%]*)(?:=(?P<name>[^{}=]+))?\}")


def marked(source: str, where: Where = Where.ABSTRACT) -> tuple[str, tuple[Mention, ...]]:
    """Return the text without its marks and the mentions that they stand for."""
    plain, found, at = "", [], 0
    for m in _MARK.finditer(source):
        plain += source[at : m.start()]
        found.append((len(plain), len(plain) + len(m["surface"]), m))
        plain += m["surface"]
        at = m.end()
    plain += source[at:]
    spans = [(0, len(plain))] if where is Where.TITLE else sentences(plain)
    own = {m["name"] or m["surface"] for _, _, m in found if "!" in m["signs"]}
    out = []
    for start, end, m in found:
        first, last = next((a, b) for a, b in spans if a <= start < b)
        signs, name = m["signs"], m["name"] or m["surface"]
        kind = (
            Kind.HARDWARE
            if "#" in signs
            else Kind.MODEL
            if "@" in signs
            else Kind.DATASET
            if "%" in signs
            else Kind.SYSTEM
        )
        level = Level.CLASS if "##" in signs else Level.PRODUCT if "#" in signs else None
        out.append(Mention(where, start, end, m["surface"], kind, name, first, last, level, name in own))
    return plain, tuple(out)
