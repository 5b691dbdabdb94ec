"""Plain text: one paper (a title, then its abstract) or a list of them with empty lines between."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.model import Record, Skip
from kgraph.read.rows import made
from kgraph.read.segment import Role, roles, title_odds
from kgraph.read.source import Source
from kgraph.read.wording import one_line, unwrap

NAME = "plain text"
_ABSTRACT = re.compile(r"\s*abstract\s*(?:[.:—–-]\s*|\n|$)", re.I)
_BODY = re.compile(
    r"\s*(?:(?:\d+\.?|[IVX]+\.?)?\s*introduction|references|keywords?|index terms)\b.{0,60}$", re.I | re.S
)
_CODE = re.compile(
    r"^(?:#|```|[ \t]*(?:import|def|class|function|var|let|const|#include)\b|[ \t]*[{}();]+[ \t]*$|[ \t]*//|---)", re.M
)


def recognise(source: Source) -> bool:
    """Return whether a title stands first and an abstract after it, and nothing looks like code or markup."""
    head = source.head_text
    if head.lstrip()[:1] in "<{[@%" or _CODE.search(head):
        return False
    paragraphs = [p for p in re.split(r"\n\s*\n", head.strip()) if p.strip()][:40]
    if len(paragraphs) < 2 or title_odds(paragraphs[0]) < 1 or len(one_line(paragraphs[0]).split()) < 2:
        return False
    if any(_ABSTRACT.match(p) for p in paragraphs[1:8]):
        return True
    return title_odds(paragraphs[1]) < -3


def records(source: Source) -> Iterator[Record | Skip]:
    """Yield the paper or papers of the text."""
    paragraphs: list[tuple[int, str]] = []
    fresh = True
    for number, line in source.lines():
        if not line.strip():
            fresh = True
        elif fresh:
            paragraphs.append((number, line.rstrip("\r\n")))
            fresh = False
        else:
            start, text = paragraphs[-1]
            paragraphs[-1] = (start, f"{text}\n{line.rstrip()}")
    marked = next((i for i, (_, text) in enumerate(paragraphs[:12]) if i and _ABSTRACT.match(text)), None)
    if marked is not None:
        yield _article(paragraphs, marked, source.shown)
        return
    found = roles([text for _, text in paragraphs])
    heads = [i for i, role in enumerate(found) if role is Role.TITLE]
    for i, end in zip(heads, [*heads[1:], len(paragraphs)], strict=True):
        body = "\n\n".join(unwrap(text) for _, text in paragraphs[i + 1 : end])
        start, title = paragraphs[i]
        yield made(source.shown, f"line {start}", title=one_line(title), abstract=body, service="text")


def _article(paragraphs: list[tuple[int, str]], marked: int, shown: str) -> Record | Skip:
    """Return the one paper of a text with the heading "Abstract"."""
    start, title = paragraphs[0]
    body: list[str] = []
    for n, (_, text) in enumerate(paragraphs[marked:]):
        rest = _ABSTRACT.sub("", text, count=1) if not n else text
        if n and (_BODY.match(text) or (len(body) and title_odds(text) > 2)):
            break
        if rest.strip():
            body.append(unwrap(rest))
    return made(shown, f"line {start}", title=one_line(title), abstract="\n\n".join(body), service="text")
