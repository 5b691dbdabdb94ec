"""When to ask again."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.http.retry import LONGEST, backoff, retry_after

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("1.5", 1.5),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30.0),
        ("Sun, 01 Mar 2026 12:00:30 -0000", 30.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("1.2.3", None),
        ("-3", None),
        ("", None),
        (None, None),
        ("²", None),
    ],
)
def test_both_forms_of_retry_after(said: str | None, seconds: float | None) -> None:
    assert retry_after(said, NOW) == seconds


@given(st.integers(0, 10**6))
def test_the_two_forms_mean_the_same(seconds: int) -> None:
    date = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    assert retry_after(date, NOW) == retry_after(str(seconds), NOW) == seconds


@given(st.text(max_size=40))
def test_no_header_makes_it_fail(said: str) -> None:
    found = retry_after(said, NOW)
    assert found is None or found >= 0


@given(st.integers(0, 2000), st.integers())
def test_backoff_grows_is_bounded_and_never_at_once(attempt: int, seed: int) -> None:
    wait = backoff(attempt, random.Random(seed))
    ceiling = min(LONGEST, 2.0 ** min(attempt, 10))
    assert ceiling / 2 <= wait <= ceiling
    assert wait == backoff(attempt, random.Random(seed))
