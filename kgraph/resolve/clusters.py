"""Clusters that grow by union and keep an eye on what must not come together."""

from __future__ import annotations

from collections.abc import Sequence


class Clusters:
    """Disjoint sets over 0..n-1 (union by the smaller root, path halving), each with its identifiers per scheme."""

    def __init__(self, identifiers: Sequence[tuple[str, ...]]) -> None:
        self._parent = list(range(len(identifiers)))
        self._known = {i: tuple({v} if v else set() for v in ids) for i, ids in enumerate(identifiers) if any(ids)}

    def root(self, item: int) -> int:
        """Return the item that stands for the cluster: its smallest."""
        parent = self._parent
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def rivals(self, a: int, b: int) -> tuple[bool, ...]:
        """Return per scheme whether the two clusters carry identifiers and share none."""
        left, right = self._known.get(self.root(a)), self._known.get(self.root(b))
        if left is None or right is None:
            return ()
        return tuple(bool(x and y and not x & y) for x, y in zip(left, right, strict=True))

    def join(self, a: int, b: int) -> None:
        """Make one cluster of two."""
        low, high = sorted((self.root(a), self.root(b)))
        if low == high:
            return
        self._parent[high] = low
        known = self._known.pop(high, None)
        if known is not None:
            mine = self._known.get(low)
            self._known[low] = known if mine is None else tuple(x | y for x, y in zip(mine, known, strict=True))

    def groups(self) -> list[list[int]]:
        """Return the clusters, each sorted, in the order of their smallest items."""
        found: dict[int, list[int]] = {}
        for item in range(len(self._parent)):
            found.setdefault(self.root(item), []).append(item)
        return [found[root] for root in sorted(found)]
