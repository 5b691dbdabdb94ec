"""An unfinished fetch on disk: the rows so far and where to go on. What a kill leaves half done is cut off.

Beside the output FILE stand `.FILE.part`, the rows, and `.FILE.journal`, one line of JSON per page: how long the part
was after it and the next cursor. The hidden names keep both from being read as sources. Rows reach the disk before the
line that counts them, so the journal never promises more than is there.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from kgraph.errors import InputError
from kgraph.fetch.rows import Row
from kgraph.fetch.source import Wanted


@dataclass(frozen=True, slots=True)
class State:
    """How far a fetch is: bytes and rows written, the next cursor (None: all is there), what was found wanting."""

    cursor: str | None
    size: int = 0
    rows: int = 0
    total: int | None = None
    unusable: int = 0
    missing: tuple[str, ...] = ()


class Journal:
    """The part and the journal of one output file."""

    def __init__(self, out: Path, service: str, wanted: Wanted) -> None:
        self.out = out
        self.part = out.with_name(f".{out.name}.part")
        self.log = out.with_name(f".{out.name}.journal")
        self._head = {"kgraph": "fetch", "service": service, "wanted": wanted.digest}

    def begin(self, cursor: str, *, restart: bool) -> tuple[State, bool]:
        """Return where to go on, and whether that is in the middle; starts afresh where nothing is to be resumed.

        Raises InputError where another fetch into the same file is unfinished.
        """
        state = None if restart else self._resume()
        if state is not None:
            with self.part.open("r+b") as part:
                part.truncate(state.size)
            return state, True
        self.out.parent.mkdir(parents=True, exist_ok=True)
        self.part.write_bytes(b"")
        self.log.write_text(json.dumps(self._head) + "\n", encoding="utf-8")
        return State(cursor), False

    def _resume(self) -> State | None:
        try:
            lines = self.log.read_bytes().split(b"\n")[:-1]  # what follows the last line break was cut off by a kill
            size = self.part.stat().st_size
        except FileNotFoundError:
            return None
        if not lines:
            return None
        try:
            head, *steps = (json.loads(line) for line in lines)
        except ValueError:
            raise InputError("damaged", where=str(self.log), remedy="throw it away with --restart") from None
        if head != self._head:
            raise InputError(
                "another fetch into this file is unfinished",
                where=str(self.out),
                remedy="finish it, write elsewhere with -o, or throw it away with --restart",
            )
        for step in reversed(steps):
            if step["size"] <= size:
                return State(**{**step, "missing": tuple(m for s in steps for m in s["missing"])})
        return None

    def seen(self) -> set[str]:
        """Return the ids of the rows so far."""
        with self.part.open(encoding="utf-8") as part:
            return {json.loads(line)["id"] for line in part}

    def add(self, rows: tuple[Row, ...], state: State) -> State:
        """Write rows, then that they are there; returns the state with the size filled in.

        `state.missing` are those of this step alone.
        """
        with self.part.open("ab") as part:
            part.write("".join(row.line() for row in rows).encode())
            part.flush()
            os.fsync(part.fileno())
            size = part.tell()
        now = State(state.cursor, size, state.rows, state.total, state.unusable, state.missing)
        with self.log.open("a", encoding="utf-8") as log:
            log.write(json.dumps(asdict(now)) + "\n")
            log.flush()
            os.fsync(log.fileno())
        return now

    def abandon(self) -> None:
        """Leave nothing behind of a fetch that got nothing at all: there is nothing to go on with."""
        with contextlib.suppress(OSError):
            if len(self.log.read_bytes().splitlines()) == 1 and not self.part.stat().st_size:
                self.part.unlink()
                self.log.unlink()

    def finish(self) -> None:
        """Give the rows their name and forget the journal."""
        os.replace(self.part, self.out)
        with contextlib.suppress(FileNotFoundError):
            self.log.unlink()
