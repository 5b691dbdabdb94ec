"""The words of a SPARQL request, by the terminals of its grammar (SPARQL 1.1, section 19.8).

A keyword stands for itself only outside strings, comments, IRIs, names and variables, so finding keywords takes a
lexer. One thing is ambiguous without a whole parser: whether `<` begins an IRI or means "less than". `words` follows
both readings, so that no clever mixture hides a keyword from it that the engine would see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""
      (?P<space>   [ \t\r\n\f\v\ufeff]+ | \#[^\r\n]* )
    | (?P<iri>     <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<string>  \"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
                 | \"(?:[^"\\\r\n]|\\.)*\" | '(?:[^'\\\r\n]|\\.)*' )
    | (?P<var>     [?$][\w\u00b7]+ )
    | (?P<lang>    @[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)? )
    | (?P<bnode>   _:[\w\u00b7.-]* )
    | (?P<name>    (?:[^\W\d_](?:[\w\u00b7.-]*[\w\u00b7-])?)?:
                   (?:(?:[\w\u00b7:-]|%[0-9A-Fa-f]{2}|\\.)(?:(?:[\w\u00b7.:-]|%[0-9A-Fa-f]{2}|\\.)*
                   (?:[\w\u00b7:-]|%[0-9A-Fa-f]{2}|\\.))?)? )
    | (?P<number>  (?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)? )
    | (?P<word>    [^\W\d]\w* )
    | (?P<sign>    . )
    """,
    re.VERBOSE | re.DOTALL,
)
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a request: its kind (a group of the lexer), its text and where it starts."""

    kind: str
    text: str
    start: int


def unescaped(text: str) -> str:
    """Return `text` with code point escapes resolved, as SPARQL 1.1 has it (section 19.2)."""
    return _ESCAPE.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), text)


def _next(text: str, position: int) -> Token:
    match = _TOKEN.match(text, position)
    assert match is not None  # `sign` matches any character
    return Token(match.lastgroup or "sign", match[0], position)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a request, white space and comments left out; `<...>` is an IRI wherever it can be."""
    position = 0
    while position < len(text):
        token = _next(text, position)
        position += len(token.text)
        if token.kind != "space":
            yield token


def words(text: str) -> list[Token]:
    """Return every keyword that any reading of the request has, in order of position."""
    found: list[Token] = []
    seen: set[int] = set()
    todo = [0]
    while todo:
        position = todo.pop()
        if position in seen or position >= len(text):
            continue
        seen.add(position)
        token = _next(text, position)
        todo.append(position + len(token.text))
        if token.kind == "word":
            found.append(token)
        elif token.kind == "iri" and not _ABSOLUTE.match(token.text):
            todo.append(position + 1)  # or "<" means "less than"; "<http://" never does
    return sorted(found, key=lambda token: token.start)
