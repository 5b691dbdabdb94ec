"""Tables that fit the terminal, whatever is in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from kgraph.cli.terminal import safe

LONG = 40
"""Cells wider than this are text to read rather than to compare."""
GAP = 2

Column = tuple[str, list[str]]


def lay_out(columns: Sequence[Column], width: int) -> Iterator[str]:
    """Yield lines of at most `width` cells.

    If all fits, one line a row. Else long texts go below their row, wrapped. If even the short columns don't fit, each
    row becomes a block of `column  value` lines.
    """
    clean = [(name, [safe(cell) for cell in cells]) for name, cells in columns]
    widths = [max([cell_len(name), *map(cell_len, cells)], default=0) for name, cells in clean]
    if not clean:
        return
    if sum(widths) + GAP * (len(widths) - 1) <= width:
        yield from _lines(clean, widths, [])
        return
    short = [i for i, wide in enumerate(widths) if wide <= LONG]
    long = [i for i in range(len(clean)) if i not in short]
    if short and sum(widths[i] for i in short) + GAP * (len(short) - 1) <= width:
        below = [clean[i] for i in long]
        yield from _lines([clean[i] for i in short], [widths[i] for i in short], below, width)
    else:
        yield from _blocks(clean, width)


def _lines(columns: list[Column], widths: list[int], below: list[Column], width: int = 0) -> Iterator[str]:
    def line(cells: list[str]) -> str:
        padded = (set_cell_size(cell, wide) for cell, wide in zip(cells, widths, strict=True))
        return (" " * GAP).join(padded).rstrip()

    yield line([name for name, _ in columns])
    yield (" " * GAP).join("─" * wide for wide in widths)
    for i in range(len(columns[0][1])):
        yield line([cells[i] for _, cells in columns])
        for name, cells in below:
            if cells[i]:
                yield from _wrapped(f"    {name}: ", cells[i], width)


def _blocks(columns: list[Column], width: int) -> Iterator[str]:
    margin = min(max(cell_len(name) for name, _ in columns), 20)
    for i in range(len(columns[0][1])):
        if i:
            yield ""
        for name, cells in columns:
            if cells[i]:
                yield from _wrapped(f"{set_cell_size(name, margin)}  ", cells[i], width)


def _wrapped(head: str, text: str, width: int) -> Iterator[str]:
    """Yield `head` and `text` broken at spaces where they can be, later lines indented below the text."""
    room = max(width - cell_len(head), 10)
    indent = " " * cell_len(head)
    line = ""
    for word in text.split(" "):
        while cell_len(word) > room:
            if line:
                yield head + line
                head, line = indent, ""
            piece = set_cell_size(word, room).rstrip()
            yield head + piece
            head, word = indent, word[len(piece) :]
        grown = f"{line} {word}" if line else word
        if cell_len(grown) > room:
            yield head + line
            head, line = indent, word
        else:
            line = grown
    yield head + line
