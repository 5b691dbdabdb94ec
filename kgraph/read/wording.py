"""Text out of markup and out of layout."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]{0,40})\b[^<>]{0,1000}>")
_BLOCKS = frozenset(("p", "title", "sec", "list", "list-item", "div", "br", "li", "h1", "h2", "h3", "h4"))
_HEADING = re.compile(r"\A\s*(?:abstract|summary)\s*[.:]?\s*\n+", re.I)
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_INDENTED = re.compile(r"\n[ \t]*\n\s*|\n[ \t]{2,}(?=\S)")


def unwrap(text: str, *, indented: bool = False) -> str:
    """Return text whose line ends are mere layout with each paragraph on one line, an empty line between paragraphs.

    `indented`: a paragraph may also begin with two spaces, as the arXiv has it.
    """
    mark = _INDENTED if indented else _PARAGRAPH
    paragraphs = (" ".join(part.split()) for part in mark.split(text.strip()))
    return "\n\n".join(part for part in paragraphs if part)


def one_line(text: str) -> str:
    """Return text with white space single."""
    return " ".join(text.split())


def plain(markup: str) -> str:
    """Return the text of JATS or HTML markup: tags gone, entities resolved, paragraphs apart, no heading "Abstract".

    What looks like a tag but is none ("p<0.05") stays.
    """
    if "<" in markup:
        markup = _TAG.sub(lambda m: "\n\n" if m[2].rpartition(":")[2].lower() in _BLOCKS else "", markup)
    text = html.unescape(markup).replace("\xa0", " ")
    return unwrap(_HEADING.sub("", text, count=1))
