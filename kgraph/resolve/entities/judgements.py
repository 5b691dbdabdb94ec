"""Decisions of people that overrule ours: a CSV file of "same" and "different" rows, kept beside the sources.

    judgement,left,right,note
    same,Accelerate,HuggingFace Accelerate,one library
    different,Flat,FLAT,an index and an accelerator
    same,APEX @ 2505.01234,APEX @ 2506.03296,the second paper extends the first
    different,Galaxy @ 2301.00001,Galaxy,that paper means another one

A side is a name as papers spell it; "@" restricts it to one paper, given by its id, arXiv id, DOI or title.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kgraph.errors import InputError
from kgraph.model import Paper
from kgraph.resolve.entities.said import Said
from kgraph.text import digest, key

HEADER = ("judgement", "left", "right", "note")
_REMEDY = f"a row is {','.join(HEADER)}, where judgement is same or different"


@dataclass(frozen=True, slots=True)
class Side:
    """A name, in all papers or in the one that `paper` names."""

    name: str
    paper: str = ""

    def fits(self, name: str, paper: Paper) -> bool:
        """Return whether this side speaks of `name` in that paper."""
        return self.name == name and (not self.paper or self.is_paper(paper))

    def is_paper(self, paper: Paper) -> bool:
        """Return whether `paper` is the one that this side names."""
        given = self.paper
        return given in (paper.id, paper.arxiv, paper.doi) or (bool(key(given)) and key(given) == key(paper.title))


@dataclass(frozen=True, slots=True)
class Judgement:
    """Left and right are the same thing, or they are not; `where` is the file and line that says so."""

    same: bool
    left: Side
    right: Side
    note: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Judgements:
    """All judgements in the order of their files; `digest` changes with what they say."""

    rows: tuple[Judgement, ...] = ()
    digest: str = ""
    by_name: Mapping[str, tuple[Judgement, ...]] = field(default_factory=dict, compare=False)


def read_judgements(*paths: Path) -> Judgements:
    """Return the judgements of all files.

    Raises InputError with file and line where a row can't be understood, or says the opposite of an earlier one.
    """
    rows: list[Judgement] = []
    said: dict[frozenset[Side], Judgement] = {}
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise InputError(
                f"can't read the judgements: {reason}", where=str(path), remedy="give a CSV file"
            ) from None
        reader = csv.reader(text.splitlines(keepends=True))
        for row in reader:
            judged = _row(row, f"{path}, line {reader.line_num}")
            if judged is not None:
                before = said.setdefault(frozenset((judged.left, judged.right)), judged)
                if before.same != judged.same:
                    raise InputError(
                        f"{'same' if judged.same else 'different'}, but {before.where} says the opposite of these two",
                        where=judged.where,
                        remedy="leave one of the rows out",
                    )
                rows.append(judged)
    return judgements(*rows)


def judgements(*rows: Judgement) -> Judgements:
    """Return these judgements as one."""
    table: dict[str, list[Judgement]] = {}
    for row in rows:
        for name in {row.left.name, row.right.name}:
            table.setdefault(name, []).append(row)
    said = [f"{r.same}\x1f{r.left}\x1f{r.right}" for r in rows]
    return Judgements(tuple(rows), digest(*said), {name: tuple(found) for name, found in table.items()})


def fitted(judgements: Judgements, use: Said) -> Iterator[Side]:
    """Yield the sides of judgements that speak of a use of a name."""
    for row in judgements.by_name.get(use.name, ()):
        for side in (row.left, row.right):
            if side.fits(use.name, use.paper):
                yield side


def unused(judgements: Judgements, fitted: Collection[Side]) -> tuple[str, ...]:
    """Return a note for each side of a judgement that is not among `fitted`."""
    return tuple(
        f"{row.where}: no paper speaks of {side.name}{' @ ' + side.paper if side.paper else ''}"
        for row in judgements.rows
        for side in (row.left, row.right)
        if side not in fitted
    )


def _row(row: list[str], where: str) -> Judgement | None:
    cells = [cell.strip() for cell in row]
    if not any(cells) or cells[0].startswith("#") or tuple(cells[:3]) == HEADER[:3]:
        return None
    if len(cells) < 3 or cells[0].lower() not in ("same", "different"):
        raise InputError(f"{cells[0]!r} is no judgement", where=where, remedy=_REMEDY)
    left, right = _side(cells[1], where), _side(cells[2], where)
    if left == right:
        raise InputError("both sides are one", where=where, remedy=_REMEDY)
    return Judgement(cells[0].lower() == "same", left, right, ",".join(cells[3:]), where)


def _side(cell: str, where: str) -> Side:
    name, _, paper = f" {cell}".partition(" @ ")
    if not name.strip():
        raise InputError("a name is missing", where=where, remedy=_REMEDY)
    return Side(name.strip(), paper.strip())
