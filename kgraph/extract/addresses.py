"""Web addresses in a text: a name inside one is part of the address, and no mention."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"(?:https?://|www\.|github\.com/|gitlab\.com/|huggingface\.co/)\S+")


def addresses(text: str) -> list[tuple[int, int]]:
    """Return the [start, end) of the web addresses in `text`, in order."""
    return [m.span() for m in _ADDRESS.finditer(text)] if "/" in text or "www." in text else []
