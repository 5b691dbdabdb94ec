"""What is wrong with a text that is no SPARQL: the engine's complaint for people, and what its lexer can't say."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from kgraph.errors import QueryError
from kgraph.query.guard import position
from kgraph.query.tokens import Token, tokens

_COMPLAINT = re.compile(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", re.DOTALL)
_ITEM = re.compile(r'"(?:[^"\\]|\\.)*"|\[(?:\'(?:[^\'\\]|\\.)*\'|[^\]])*\]|[^,\[\]"]+')
_CLASS = re.compile(r"\[.*", re.DOTALL)  # of characters; [_] is any
_SENTENCE = re.compile(r"\w+(?: \w+){2,}")
_WORDS = frozenset(
    re.findall(
        r"\w+",
        """A ABS ADD ADJUST ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT
        DATATYPE DAY DESC DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT
        HASLANG HASLANGDIR HAVING HOURS IF IN IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG LANGDIR
        LANGMATCHES LATERAL LCASE LIMIT MAX MD5 MIN MINUS MINUTES MONTH NAMED NOT NOW OBJECT OFFSET OPTIONAL ORDER
        PREDICATE PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256
        SHA384 SHA512 SILENT STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLANGDIR STRLEN STRSTARTS STRUUID SUBJECT
        SUBSTR SUM TIMEZONE TRIPLE TRUE TZ UCASE UNDEF UNION UNIQUE URI USING UUID VALUES VERSION WHERE WITH YEAR""",
    )
)
"""The keywords and functions of SPARQL 1.2."""
_CLOSING = {"{": "}", "(": ")", "[": "]"}
_MOST, _WIDE = 12, 100


def not_sparql(message: str, text: str, known: frozenset[str] = frozenset()) -> QueryError:
    """Return the error for `text`, of which the engine says `message`; it shows the line, with a caret below.

    `known` are the prefixes that need no declaration. What the engine expected is told without its classes of
    characters; a prefix that nobody declared and a bracket or quote that is never closed are told instead.
    """
    complaint = _COMPLAINT.match(message)
    if complaint is None:
        return QueryError(f"not SPARQL: {message[:200]}")
    items = [item.strip() for item in _ITEM.findall(complaint[3])]
    items = [item for item in items if item and not _CLASS.match(item)]
    said = [item for item in items if _SENTENCE.fullmatch(item)]
    line, column = int(complaint[1]), int(complaint[2])
    remedy = ""
    if "Prefix not found" in complaint[3] and (name := _undeclared(text, known)):
        prefix = name.text.partition(":")[0]
        why, remedy = f"nobody declared the prefix {prefix}:", f"begin with PREFIX {prefix}: <...>"
        line, column = _place(text, name.start)
    elif broken := _unclosed(text):
        why, remedy = broken[0], ""
        line, column = _place(text, broken[1].start)
    elif strange := next((t for t in tokens(text) if t.kind == "word" and t.text.upper() not in _WORDS), None):
        why, near = f"{strange.text} is no word of SPARQL", _near(strange.text)
        remedy = f"did you mean {near}?" if near else ""
        line, column = _place(text, strange.start)
    elif said:
        why = said[0]
    else:
        why = "something is wrong here or before"
        why += f"; expected, among others: {' '.join(items[:_MOST])}" if items else ""
    where = f"line {line}, column {column}"
    return QueryError(f"not SPARQL: {why}", where=where, remedy=remedy, shown=pointed(text, line, column))


def pointed(text: str, line: int, column: int) -> tuple[str, ...]:
    """Return a line of `text` and one with a caret below the place; of long lines what stands around it."""
    lines = re.split(r"\r\n|\r|\n", text)
    if not 1 <= line <= len(lines):
        return ()
    row = "".join(char if char.isprintable() else " " for char in lines[line - 1])
    start = max(0, column - 1 - _WIDE // 2) if len(row) > _WIDE else 0
    before = row[start : column - 1]
    wide = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in before)
    return row[start : start + _WIDE].rstrip(), " " * wide + "^"


def _near(word: str) -> str:
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne

    best = extractOne(word.upper(), sorted(_WORDS), scorer=ratio, score_cutoff=75)
    return str(best[0]) if best else ""


def _place(text: str, start: int) -> tuple[int, int]:
    before = text[:start]
    return before.count("\n") + 1, start - before.rfind("\n")


def _undeclared(text: str, known: frozenset[str]) -> Token | None:
    """Return the first name whose prefix is not declared."""
    found = list(tokens(text))
    after = {b: a for a, b in pairwise(found) if b.kind == "name"}
    declares = {name for name, word in after.items() if word.kind == "word" and word.text.upper() == "PREFIX"}
    declared = known | {name.text.partition(":")[0] for name in declares}
    names = (t for t in found if t.kind == "name" and t not in declares)
    return next((name for name in names if name.text.partition(":")[0] not in declared), None)


def _unclosed(text: str) -> tuple[str, Token] | None:
    """Return what is wrong with the brackets or quotes of a text, and the sign that is to blame."""
    open_: list[Token] = []
    for token in tokens(text):
        if token.kind != "sign":
            continue
        if token.text in "\"'":
            return "the text that begins here never ends", token
        if token.text in _CLOSING:
            open_.append(token)
        elif token.text in _CLOSING.values():
            if not open_:
                return f"this {token.text} closes nothing", token
            begun = open_.pop()
            if _CLOSING[begun.text] != token.text:
                return f"{_CLOSING[begun.text]} is missing, for the {begun.text} of {position(text, begun)}", token
    if open_:
        begun = open_[-1]
        end = Token("sign", "", len(text.rstrip()))
        return f"{_CLOSING[begun.text]} is missing, for the {begun.text} of {position(text, begun)}", end
    return None
