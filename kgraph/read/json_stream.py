"""JSON documents and lines as a stream of objects, one in memory at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kgraph.errors import InputError
from kgraph.model import Skip
from kgraph.read.source import Source

LISTS = frozenset((
    "results", "papers", "data", "items", "records", "works", "entries", "docs", "hits", "articles", "publications",
    "documents", "rows", "references", "citations", "recommendedPapers", "list", "collection", "bibliography",
))  # fmt: skip
"""Keys under which services put their list of papers."""
NESTED = frozenset(("message", "response", "result", "hits", "data"))
"""Keys whose object holds such a list."""
_SPACE = " \t\r\n"


class _Text:
    """The text of a source with a sliding window on it; `at` is the next character to read."""

    def __init__(self, source: Source) -> None:
        self._chunks = source.chunks()
        self._source = source
        self.window, self.at, self.line, self.ended = "", 0, 1, False

    def more(self) -> bool:
        """Make the window longer by at least 64 Ki characters, or to the end; return whether anything came."""
        if len(self.window) - self.at > self._source.options.limits.line:
            raise self.error("one value is too large")
        self.line += self.window.count("\n", 0, self.at)
        parts, size = [self.window[self.at :]], 0
        want = max(1 << 16, len(parts[0]))
        for chunk in self._chunks:
            parts.append(chunk)
            size += len(chunk)
            if size >= want:
                break
        else:
            self.ended = True
        self.window, self.at = "".join(parts), 0
        return size > 0

    def peek(self) -> str:
        """Return the next character that is no white space, or "" at the end."""
        while True:
            while self.at < len(self.window) and self.window[self.at] in _SPACE:
                self.at += 1
            if self.at < len(self.window):
                return self.window[self.at]
            if not self.more():
                return ""

    def take(self, mark: str) -> None:
        """Read `mark` or raise."""
        if (found := self.peek()) != mark:
            raise self.error(f"expected {mark!r}, found {found!r}" if found else "the text ends early")
        self.at += 1

    def value(self) -> Any:
        """Read a value of any kind."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self.window, self.at)
            except (ValueError, RecursionError) as error:
                if self.ended:
                    raise self.error(_reason(error)) from error
                # an error far from the window's end is one; a string without end may end in what comes
                place = error.pos if isinstance(error, json.JSONDecodeError) else len(self.window)
                if len(self.window) - place > 1 << 15 and not str(error).startswith("Unterminated"):
                    raise self.error(_reason(error), place) from error
                self.more()
                continue
            if end == len(self.window) and not self.ended:  # a number may go on beyond the window
                self.more()
                continue
            self.at = end
            return value

    def where(self, position: int | None = None) -> int:
        """Return the number of the line that is read."""
        return self.line + self.window.count("\n", 0, self.at if position is None else position)

    def error(self, why: str, position: int | None = None) -> InputError:
        """Return an error about this place."""
        place = f"{self._source.shown}: line {self.where(position)}"
        return InputError(f"not valid JSON: {why}", where=place, remedy="what stands above it was read")


_DECODER = json.JSONDecoder(strict=False)  # line ends within strings are a common slip


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        what = error.msg.removesuffix(" starting at").removesuffix(" at").replace("Expecting", "expected")
        return f"{what[:1].lower()}{what[1:]} at column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def lines(source: Source) -> Iterator[tuple[str, Any] | Skip]:
    """Yield (locator, value) per line; a line that is not JSON is a Skip and the next is read."""
    for number, line in source.lines():
        if not line.strip():
            continue
        try:
            value = json.loads(line, strict=False)
        except (ValueError, RecursionError) as error:
            why = f"not valid JSON: {_reason(error)} (mend the line, or leave it out)"
            yield Skip(f"{source.shown}: line {number}", why)
        else:
            items = unfolded(value)
            for count, item in enumerate(items, 1):
                yield f"line {number}" if len(items) == 1 else f"line {number}, item {count}", item


def unfolded(value: Any) -> list[Any]:
    """Return the papers of a value that is a service's whole answer, else the value alone."""
    if not isinstance(value, dict) or "title" in value:
        return [value]
    for key, inner in value.items():
        if key in NESTED and isinstance(inner, dict):
            return unfolded(inner)
        if key in LISTS and isinstance(inner, list):
            return inner
    return _within(value)


def document(source: Source) -> Iterator[tuple[str, Any]]:
    """Yield (locator, value) for each paper of a document: the elements of its list, or the one object that it is.

    The list is the document itself, or stands under a key that services use (`LISTS`), perhaps within another
    (`NESTED`). An object of papers under their ids gives those, any other the longest list of papers in it.
    Several documents may follow each other.
    """
    text = _Text(source)
    while text.peek():
        yield from _array(text) if text.peek() == "[" else _object(text) if text.peek() == "{" else _scalar(text)


def _scalar(text: _Text) -> Iterator[tuple[str, Any]]:
    place = f"line {text.where()}"
    yield place, text.value()


def _array(text: _Text) -> Iterator[tuple[str, Any]]:
    text.take("[")
    count, last = 0, 0
    while text.peek() != "]":
        count, line = count + 1, text.where()
        place = f"line {line}" if line != last else f"line {line}, item {count}"
        last = line
        yield place, text.value()
        if text.peek() != "]":
            text.take(",")
    text.take("]")


def _object(text: _Text) -> Iterator[tuple[str, Any]]:
    """Yield what the object holds; one that holds no list of papers is itself the paper."""
    start = f"line {text.where()}"
    rest: dict[str, Any] = {}
    held = 0
    text.take("{")
    while text.peek() != "}":
        key = text.value()
        if not isinstance(key, str):
            raise text.error("a key must be a string")
        text.take(":")
        following = text.peek()
        if "title" not in rest and following == "[" and key in LISTS:
            held += 1
            yield from _array(text)
        elif "title" not in rest and following == "{" and key in NESTED:
            held += 1
            yield from _object(text)
        else:
            rest[key] = text.value()
        if text.peek() != "}":
            text.take(",")
    text.take("}")
    if held:
        return
    yield from ((start, paper) for paper in _within(rest))


def _within(found: dict[str, Any]) -> list[Any]:
    """Return the papers that an object without a known list holds: under their ids, or in its longest list."""
    if "title" in found or "paper" in found:
        return [found]
    named = [{"id": key, **value} for key, value in found.items() if isinstance(value, dict) and "title" in value]
    if named:
        return named
    for value in found.values():
        if isinstance(value, dict) and any(isinstance(v, dict) and "title" in v for v in value.values()):
            return _within(value)
    lists = [v for v in found.values() if isinstance(v, list) and any(isinstance(e, dict) and "title" in e for e in v)]
    return max(lists, key=len) if lists else [found]
