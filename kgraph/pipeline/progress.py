"""How a long run says where it is, without knowing who listens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

Advance = Callable[[int], None]
"""Called with the number of things done since the last call."""


class Progress(Protocol):
    """Listens to a run: stages one after another, each a number of things to do."""

    def stage(self, name: str, total: int | None = None, unit: str = "") -> AbstractContextManager[Advance]:
        """Enter a stage with `total` things to do (None: not known beforehand), counted in `unit`."""
        ...


class Silent:
    """Listens to nothing."""

    @contextmanager
    def stage(self, name: str, total: int | None = None, unit: str = "") -> Iterator[Advance]:
        """Enter a stage."""
        yield lambda count: None
