"""Rows of a cluster as Spark's resilient distributed datasets (Zaharia et al. 2012)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from operator import itemgetter
from typing import Any, TypeVar

from kgraph.engine.rows import place, too_many

B = TypeVar("B")

_AT_ONCE = 1_000
"""Rows of each partition that may come without being counted first."""


class SparkRows:
    """See `kgraph.engine.rows.Rows`; `width` is into how many partitions rows are spread when they change places."""

    def __init__(self, rdd: Any, width: int) -> None:
        self.rdd = rdd
        self._width = width

    def _of(self, rdd: Any) -> SparkRows:
        return SparkRows(rdd, self._width)

    def each(self, function: Callable[[Any], Iterable[B]]) -> SparkRows:
        """Return what `function` makes of each row."""
        return self._of(self.rdd.flatMap(function))

    def parts(self, function: Callable[[Iterator[Any]], Iterable[B]]) -> SparkRows:
        """Return what `function` makes of each partition."""
        return self._of(self.rdd.mapPartitions(function))

    def plus(self, *others: Any) -> SparkRows:
        """Return these rows and the others."""
        return self._of(self.rdd.context.union([self.rdd, *(other.rdd for other in others)]))

    def distinct(self) -> SparkRows:
        """Return each row once."""
        once = self.rdd.map(_as_key).reduceByKey(_first, self._width, _Place(self._width))
        return self._of(once.map(_key))

    def grouped(self) -> SparkRows:
        """Return (key, values)."""
        return self._of(self.rdd.groupByKey(self._width, _Place(self._width)).mapValues(list))

    def reduced(self, function: Callable[[Any, Any], Any]) -> SparkRows:
        """Return (key, all values in one)."""
        return self._of(self.rdd.reduceByKey(function, self._width, _Place(self._width)))

    def joined(self, other: Any) -> SparkRows:
        """Return (key, (values here, values there))."""
        tagged = self.rdd.mapValues(_left).union(other.rdd.mapValues(_right))
        return self._of(tagged.groupByKey(self._width, _Place(self._width)).mapValues(_parted))

    def sorted_by(self, key: Callable[[Any], Any]) -> SparkRows:
        """Return the rows in order."""
        return self._of(self.rdd.sortBy(key, numPartitions=self._width))

    def ahead(self, count: int) -> SparkRows:
        """Return (rows of a partition, the rows that follow)."""
        rdd = self.rdd
        first = rdd.mapPartitionsWithIndex(lambda number, rows: [(number, list(islice(rows, count)))]).collect()
        after: list[Any] = []
        following = {}
        for number, rows in sorted(first, key=itemgetter(0), reverse=True):
            following[number] = after
            after = [*rows, *after][:count]
        lent = rdd.context.broadcast(following)  # once to a machine, not with each task
        return self._of(rdd.mapPartitionsWithIndex(lambda number, rows: [(list(rows), lent.value[number])]))

    def in_turn(self, function: Callable[[Iterator[Any]], Iterable[B]]) -> SparkRows:
        """Return what `function` makes of all rows; one task reads partition after partition."""
        return self._of(self.rdd.coalesce(1).mapPartitions(function))

    def saved(self, key: Callable[[Any], Any], write: Callable[[int, Iterator[Any]], Iterable[B]]) -> SparkRows:
        """Spread, sort and write."""
        keyed = self.rdd.map(lambda row: (key(row), row))
        spread = keyed.repartitionAndSortWithinPartitions(self._width, _Place(self._width))
        return self._of(
            spread.mapPartitionsWithIndex(lambda number, rows: write(number, (row for _, row in rows)))
        ).kept()

    def in_place(self, write: Callable[[int, Iterator[Any]], Iterable[B]]) -> SparkRows:
        """Write each partition as it lies."""
        return self._of(self.rdd.mapPartitionsWithIndex(write)).kept()

    def kept(self) -> SparkRows:
        """Return the rows, computed once: in memory as far as it suffices, else on disk."""
        from pyspark import StorageLevel

        return self._of(self.rdd.persist(StorageLevel.MEMORY_AND_DISK))

    def count(self) -> int:
        """Return how many rows there are."""
        return int(self.rdd.count())

    def few(self, limit: int, what: str) -> list[Any]:
        """Return all rows where they are at most `limit`."""
        found = self.at_most(limit)
        if found is None:
            raise too_many(limit, what)
        return found

    def at_most(self, limit: int) -> list[Any] | None:
        """Return all rows where they are at most `limit`, else None; the driver never holds more than a few times
        as many."""
        if limit > _AT_ONCE and self.rdd.count() > limit:
            return None
        found = self.rdd.mapPartitions(lambda rows: islice(rows, limit + 1)).collect()
        return found if len(found) <= limit else None

    def stream(self) -> Iterator[Any]:
        """Yield all rows, holding one partition at a time."""
        return iter(self.rdd.toLocalIterator(prefetchPartitions=True))


class _Place:
    """Where a key goes; equal for equal width, so that Spark knows rows that lie right already."""

    def __init__(self, width: int) -> None:
        self.width = width

    def __call__(self, key: Any) -> int:
        return place(key, self.width)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Place) and other.width == self.width

    def __hash__(self) -> int:
        return self.width


def _as_key(row: Any) -> tuple[Any, None]:
    return row, None


def _key(pair: tuple[Any, None]) -> Any:
    return pair[0]


def _first(one: Any, other: Any) -> Any:
    return one


def _left(value: Any) -> tuple[bool, Any]:
    return True, value


def _right(value: Any) -> tuple[bool, Any]:
    return False, value


def _parted(values: Iterable[tuple[bool, Any]]) -> tuple[list[Any], list[Any]]:
    sides: tuple[list[Any], list[Any]] = ([], [])
    for left, value in values:
        sides[0 if left else 1].append(value)
    return sides
