"""The columns of `SELECT *` in the order in which a query names them; engines give them in an order of their own."""

from __future__ import annotations

from collections.abc import Iterable

from kgraph.query.tokens import Token, tokens

MODIFIERS = {"DISTINCT", "REDUCED"}


def star(text: str) -> Token | None:
    """Return the `*` of a query that begins with `SELECT *`, or None."""
    found = tokens(text)
    for token in found:
        if token.kind == "word" and token.text.upper() == "SELECT":
            after = next(found, None)
            if after is not None and after.kind == "word" and after.text.upper() in MODIFIERS:
                after = next(found, None)
            return after if after is not None and after.text == "*" else None
        if token.text == "{":
            return None
    return None


def spelled_out(text: str, columns: Iterable[str], written: str) -> str:
    """Return the query with `columns` for its `*`, in the order in which `written` (or else `text`) names them."""
    place = star(text)
    names = list(columns)
    if place is None or not names:
        return text
    order: dict[str, int] = {}
    for token in (*tokens(written), *tokens(text)):
        if token.kind == "var":
            order.setdefault(token.text[1:], len(order))
    names.sort(key=lambda name: (order.get(name, len(order)), name))
    return f"{text[: place.start]} {' '.join(f'?{name}' for name in names)} {text[place.start + 1 :]}"
