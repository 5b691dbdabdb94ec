"""Dates in the ways sources print them, as ISO 8601 as far as known."""

from __future__ import annotations

import re
from datetime import date

_NAME = r"(?P<month>[A-Za-z]{3,9})\.?"
_ISO = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2})(?:[T\s].*)?)?)?")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_DAY_FIRST = re.compile(rf"(?:[A-Za-z]{{3,9}},\s*)?(?P<day>\d{{1,2}})\.?\s+{_NAME},?\s+(?P<year>\d{{4}})(?:\s.*)?")
_MONTH_FIRST = re.compile(rf"{_NAME}\s+(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?P<year>\d{{4}})")
_PAGE = re.compile(rf"{_NAME}\s+(?P<day>\d{{1,2}})(?:\s*,\s*(?P<year>\d{{4}}))?(?:\s+\d+)?")
FIRST, LAST = 1600, 2100


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    name = text.lower()
    full = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december")  # fmt: skip
    return next((i for i, word in enumerate(full, 1) if name in (word, word[:3], word[:4])), 0)


def iso(year: int, month: int = 0, day: int = 0) -> str:
    """Return "2025-08-18", "2025-08" or "2025": as much as is a real date, or "" if the year is none."""
    if not FIRST <= year <= LAST:
        return ""
    if not 1 <= month <= 12:
        return f"{year:04d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return f"{year:04d}-{month:02d}"


def parse_date(value: object) -> str:
    """Return the date that a row gives, in ISO 8601 as far as known, or "" where it gives none.

    Understands 2025, 2025-08-18T12:00:00Z, 2025/8/18, 20250818, 18 Aug 2025, "Thu, 30 Jul 2026 00:00:00 +0000",
    August 18, 2025, and "--08-18" (a day of an unknown year).
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    text = text.removesuffix(".0")
    if re.fullmatch(r"--(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", text):
        return text
    for pattern in (_COMPACT, _ISO, _DAY_FIRST, _MONTH_FIRST):
        if match := pattern.fullmatch(text):
            parts = match.groupdict()
            return iso(int(parts["year"]), _month(parts["month"] or "0"), int(parts["day"] or 0))
    return ""


def page_date(text: str) -> str | None:
    """Return the date of a saved page's date line ("Aug 18 1", "Dec 18, 2025"), "--08-18" without a year, or None.

    A number after the date counts comments. None means that the line is no date.
    """
    match = _PAGE.fullmatch(text.strip())
    month = _month(match["month"]) if match else 0
    if not match or not month:
        return None
    day = int(match["day"])
    try:
        date(int(match["year"] or 2000), month, day)  # 2000 was a leap year
    except ValueError:
        return None
    return iso(int(match["year"]), month, day) or None if match["year"] else f"--{month:02d}-{day:02d}"
