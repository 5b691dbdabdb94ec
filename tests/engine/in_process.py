"""The verbs of a cluster in one process, as plainly as can be: what a plan gives without any cluster."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from kgraph.engine.local import LocalEngine
from kgraph.engine.rows import place, too_many

ARROW = {str: pa.string(), int: pa.int64(), float: pa.float64()}


def travelled(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))


class ListRows:
    """Rows in a few lists; what changes place is pickled and shuffled on the way, as it would be."""

    WIDTH = 3

    def __init__(self, parts: list[list[Any]]) -> None:
        self.lists = parts

    def _all(self) -> list[Any]:
        rows = [travelled(row) for part in self.lists for row in part]
        random.Random(len(rows)).shuffle(rows)
        return rows

    def _spread(self, rows: Iterable[Any], key: Callable[[Any], Any] = lambda row: row[0]) -> ListRows:
        parts: list[list[Any]] = [[] for _ in range(self.WIDTH)]
        for row in rows:
            parts[place(key(row), self.WIDTH)].append(row)
        return ListRows(parts)

    def each(self, function: Callable[[Any], Iterable[Any]]) -> ListRows:
        return ListRows([[found for row in part for found in function(row)] for part in self.lists])

    def parts(self, function: Callable[[Iterator[Any]], Iterable[Any]]) -> ListRows:
        return ListRows([list(function(iter(part))) for part in self.lists])

    def plus(self, *others: Any) -> ListRows:
        return ListRows([*self.lists, *(part for other in others for part in other.lists)])

    def distinct(self) -> ListRows:
        return self._spread(dict.fromkeys(self._all()), lambda row: row)

    def grouped(self) -> ListRows:
        found: dict[Any, list[Any]] = {}
        for key, value in self._all():
            found.setdefault(key, []).append(value)
        return self._spread(found.items())

    def reduced(self, function: Callable[[Any, Any], Any]) -> ListRows:
        found: dict[Any, Any] = {}
        for key, value in self._all():
            found[key] = function(found[key], value) if key in found else value
        return self._spread(found.items())

    def joined(self, other: Any) -> ListRows:
        found: dict[Any, tuple[list[Any], list[Any]]] = {}
        for side, rows in enumerate((self, other)):
            for key, value in rows._all():
                found.setdefault(key, ([], []))[side].append(value)
        return self._spread(found.items())

    def sorted_by(self, key: Callable[[Any], Any]) -> ListRows:
        rows = sorted(self._all(), key=key)
        size = len(rows) // self.WIDTH + 1
        return ListRows([rows[i : i + size] for i in range(0, len(rows), size)])

    def ahead(self, count: int) -> ListRows:
        after = [[row for part in self.lists[i + 1 :] for row in part][:count] for i in range(len(self.lists))]
        return ListRows([[(part, following)] for part, following in zip(self.lists, after, strict=True)])

    def in_turn(self, function: Callable[[Iterator[Any]], Iterable[Any]]) -> ListRows:
        return ListRows([list(function(self.stream()))])

    def saved(self, key: Callable[[Any], Any], write: Callable[[int, Iterator[Any]], Iterable[Any]]) -> ListRows:
        spread = self._spread(self._all(), key)
        return ListRows([list(write(n, iter(sorted(part, key=key)))) for n, part in enumerate(spread.lists)])

    def in_place(self, write: Callable[[int, Iterator[Any]], Iterable[Any]]) -> ListRows:
        return ListRows([list(write(n, iter(part))) for n, part in enumerate(self.lists)])

    def kept(self) -> ListRows:
        return self

    def count(self) -> int:
        return sum(map(len, self.lists))

    def few(self, limit: int, what: str) -> list[Any]:
        if self.count() > limit:
            raise too_many(limit, what)
        return self._all()

    def at_most(self, limit: int) -> list[Any] | None:
        return self._all() if self.count() <= limit else None

    def stream(self) -> Iterator[Any]:
        return (row for part in self.lists for row in part)


@dataclass
class Lent:
    value: Any


class InProcess:
    """A cluster without machines; SQL runs in DuckDB."""

    def __init__(self) -> None:
        self.engine = LocalEngine(1)

    def spread(self, size: int) -> None:
        pass

    def rows(self, values: Iterable[Any], parts: int | None = None) -> ListRows:
        return ListRows([[value] for value in values])

    def table(self, name: str, rows: Any, columns: dict[str, type]) -> None:
        found = rows._all()
        kinds = pa.schema([(column, ARROW[kind]) for column, kind in columns.items()])
        by_column = {column: [row[i] for row in found] for i, column in enumerate(columns)}
        self.engine.load(name, pa.table(by_column, schema=kinds))

    def sql(self, name: str, statement: str) -> None:
        self.engine.sql(name, statement)

    def selected(self, name: str) -> ListRows:
        return ListRows([list(zip(*self.engine.fetch(name).to_pydict().values(), strict=True))])

    def lent(self, value: Any) -> Lent:
        return Lent(value)

    def beside(self, function: Callable[[Any], Any], given: Any) -> AbstractContextManager[Callable[[], Any]]:
        return self.engine.beside(function, given)
