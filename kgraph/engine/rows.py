"""Rows that lie on many machines: what a plan for a cluster may ask of them.

No verb brings all rows to one place. `few` does for what is known to be small and fails where it isn't; `stream` gives
one partition after another. Functions travel to the machines, so they and the rows must be picklable, and pure: a
machine that dies makes Spark call them again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar
from zlib import crc32

from kgraph.errors import KgraphError

A = TypeVar("A")
B = TypeVar("B")
K = TypeVar("K")
V = TypeVar("V")
W = TypeVar("W")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Key = Any
"""What rows are brought together by: text, a number, or a tuple of such."""


class Rows(Protocol[T]):
    """Rows in partitions; nothing is computed before it is needed, and again if it isn't `kept`."""

    def each(self, function: Callable[[Any], Iterable[B]]) -> Rows[B]:
        """Return what `function` makes of each row, any number of rows."""
        ...

    def parts(self, function: Callable[[Iterator[Any]], Iterable[B]]) -> Rows[B]:
        """Return what `function` makes of each partition, which it reads as a stream."""
        ...

    def plus(self, *others: Rows[Any]) -> Rows[Any]:
        """Return these rows and the others."""
        ...

    def distinct(self) -> Rows[T]:
        """Return each row once."""
        ...

    def grouped(self) -> Rows[tuple[Any, list[Any]]]:
        """Return (key, values), the values in no particular order; rows are (key, value)."""
        ...

    def reduced(self, function: Callable[[Any, Any], Any]) -> Rows[tuple[Any, Any]]:
        """Return (key, all values in one) by a function that may take them in any order; rows are (key, value)."""
        ...

    def joined(self, other: Rows[Any]) -> Rows[tuple[Any, tuple[list[Any], list[Any]]]]:
        """Return (key, (values here, values there)) for every key of either; rows are (key, value)."""
        ...

    def sorted_by(self, key: Callable[[Any], Key]) -> Rows[T]:
        """Return the rows in order: that of the partitions, and within each."""
        ...

    def ahead(self, count: int) -> Rows[tuple[list[T], list[T]]]:
        """Return for each partition (its rows, the `count` rows that follow it)."""
        ...

    def in_turn(self, function: Callable[[Iterator[Any]], Iterable[B]]) -> Rows[B]:
        """Return what `function` makes of all rows in order, which one machine reads as a stream."""
        ...

    def saved(self, key: Callable[[Any], Key], write: Callable[[int, Iterator[Any]], Iterable[B]]) -> Rows[B]:
        """Spread the rows by a digest of `key`, sort each partition by it, and return what `write` gives of each
        (number of the partition, rows); equal rows in equal order whichever machine does it, and however often."""
        ...

    def in_place(self, write: Callable[[int, Iterator[Any]], Iterable[B]]) -> Rows[B]:
        """Return what `write` gives of each partition as it lies (its number, its rows)."""
        ...

    def kept(self) -> Rows[T]:
        """Return the rows, computed once."""
        ...

    def count(self) -> int:
        """Return how many rows there are."""
        ...

    def few(self, limit: int, what: str) -> list[T]:
        """Return all rows where they are at most `limit`; KgraphError that names `what` where they are more."""
        ...

    def at_most(self, limit: int) -> list[T] | None:
        """Return all rows where they are at most `limit`, else None."""
        ...

    def stream(self) -> Iterator[T]:
        """Yield all rows, holding one partition at a time."""
        ...


class Cluster(Protocol):
    """An engine that holds rows on many machines."""

    def spread(self, size: int) -> None:
        """Choose partitions that suit a build that reads `size` bytes."""
        ...

    def rows(self, values: Iterable[A], parts: int | None = None) -> Rows[A]:
        """Return rows of values that this process has."""
        ...

    def table(self, name: str, rows: Any, columns: dict[str, type]) -> None:
        """Make `rows`, its own, tuples in the order of `columns` (name: str, int or float), known to SQL as `name`."""
        ...

    def sql(self, name: str, statement: str) -> None:
        """Make the table `name` of what `statement` (one SELECT) gives."""
        ...

    def selected(self, name: str) -> Rows[tuple[Any, ...]]:
        """Return the rows of a table that SQL made."""
        ...

    def lent(self, value: A) -> Lent[A]:
        """Send `value` to all machines once."""
        ...


class Lent(Protocol[T_co]):
    """A value that every machine has a copy of."""

    @property
    def value(self) -> T_co:
        """The value."""
        ...


def place(key: Key, parts: int) -> int:
    """Return the partition of a key, the same in every process."""
    return crc32(repr(key).encode("utf-8", "surrogatepass")) % parts


def too_many(limit: int, what: str) -> KgraphError:
    """Return the error for what should have been few."""
    return KgraphError(f"more than {limit:,} {what}", remedy="see the limits in docs/cluster.md")
