"""When to ask again: Retry-After in both of its forms, and exponential back-off with jitter. Pure functions."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST, LONGEST = 1.0, 60.0
"""Seconds of the first back-off, and the bound of all."""


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, never negative; None where it asks for nothing.

    The header is a number of seconds or an HTTP date (RFC 9110, section 10.2.3); fractions, which some services send,
    are understood. What is neither counts as absent.
    """
    text = (value or "").strip()
    if not text:
        return None
    if text.replace(".", "", 1).isdecimal():
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    if when.tzinfo is None:  # "-0000" and dates without a zone are in UTC
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())


def backoff(attempt: int, chance: random.Random) -> float:
    """Return the seconds to wait after failure number `attempt` (from 0).

    Full jitter around an exponential: uniform in [c/2, c] for c = min(60, 2 ** attempt), after "Exponential Backoff And
    Jitter" (AWS Architecture Blog, 2015), with a floor so that a retry never comes at once.
    """
    ceiling = min(LONGEST, FIRST * 2.0 ** min(attempt, 32))
    return chance.uniform(ceiling / 2, ceiling)
