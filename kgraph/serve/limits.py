"""What one query, and all of them together, may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds that keep the server responsive whatever is asked.

    `seconds` is the time one query may take, `rows` the rows or triples it may give, `megabytes` the memory it may
    take beyond that of an idle worker. `workers` queries run at once and `waiting` more may wait for their turn, for
    at most `patience` seconds. `characters` is the longest query. `drawn` is how many things the explorer starts with,
    `said` how many papers and how many claims it is told of one thing in one answer.
    """

    seconds: float = 10.0
    rows: int = 50_000
    megabytes: int = 1024
    workers: int = 4
    waiting: int = 32
    characters: int = 100_000
    drawn: int = 3000
    said: int = 1000

    @property
    def patience(self) -> float:
        """Seconds that a query waits for its turn: long enough for a few that run into their limit."""
        return 3 * self.seconds
