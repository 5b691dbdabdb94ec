"""What a query may do: read this graph, and nothing else.

SPARQL engines follow SERVICE to other machines, and updates change what they ask. Requests are judged by their
tokens, not by searching their text, so "SERVICE" in a string, a comment or a variable's name does no harm.
"""

from __future__ import annotations

from kgraph.errors import QueryError
from kgraph.query.tokens import Token, tokens, unescaped, words

FORMS = {"SELECT", "CONSTRUCT", "ASK", "DESCRIBE"}
UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "ADD", "MOVE", "COPY", "WITH"}
REMOTE = {
    "SERVICE": "SERVICE asks other machines",
    "LOAD": "LOAD reads from elsewhere",
    "FROM": "FROM reads from elsewhere",
}


def form(text: str) -> str:
    """Return SELECT, CONSTRUCT, ASK, DESCRIBE, or the first word of an update; "" if there is none."""
    for token in tokens(text):
        if token.kind == "word" and token.text.upper() in FORMS | UPDATES:
            return token.text.upper()
    return ""


def check(text: str, *, allow_remote: bool = False, remedy: str = "") -> None:
    """Refuse a request that is no query, or that would reach beyond the graph unless `allow_remote`.

    Raises QueryError with line and column. `remedy` is said where allowing it would help.
    """
    plain = unescaped(text)
    first = form(plain)
    if first in UPDATES:
        raise QueryError(f"{first} is an update, and the graph is only read")
    if not first:
        raise QueryError("no query: expected SELECT, ASK, CONSTRUCT or DESCRIBE")
    if allow_remote:
        return
    for word in words(plain):
        # An engine that reads keywords without word boundaries sees SERVICE in `trueSERVICE`, too.
        for name, why in REMOTE.items():
            if name in word.text.upper():
                raise QueryError(f"{why} and is refused", where=position(plain, word), remedy=remedy)


def position(text: str, token: Token) -> str:
    """Return where a token stands, for people."""
    before = text[: token.start]
    return f"line {before.count(chr(10)) + 1}, column {token.start - before.rfind(chr(10))}"
