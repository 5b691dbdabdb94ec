"""Reading an answer's body with bounds, and saying what kind of thing it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Protocol

import requests

CHUNK = 1 << 16


class Expected(StrEnum):
    """The kind of body that a service documents."""

    JSON = "JSON"
    XML = "XML"


class BodyError(Exception):
    """A body that can't be used; `again` tells whether asking again may help. The text names no address."""

    def __init__(self, why: str, *, again: bool) -> None:
        super().__init__(why)
        self.again = again


class Streamed(Protocol):
    """As much of `requests.Response` as reading needs."""

    def iter_content(self, chunk_size: int) -> Any:
        """Yield the decoded body in pieces."""


def read(response: Streamed, *, most: int, deadline: float, monotonic: Callable[[], float]) -> bytes:
    """Return the whole body, decompressed. Raises BodyError where it is larger than `most` bytes, comes too slowly
    (not whole when `monotonic()` reaches `deadline`), or breaks off before its announced end.
    """
    parts: list[bytes] = []
    size = 0
    try:
        for part in response.iter_content(CHUNK):
            size += len(part)
            if size > most:
                raise BodyError(f"the answer is larger than {most / 1e6:g} MB", again=False)
            parts.append(part)
            if monotonic() > deadline:
                raise BodyError("the answer came too slowly", again=True)
    except requests.exceptions.ContentDecodingError:
        raise BodyError("the answer's compression is broken", again=True) from None
    except requests.exceptions.Timeout:
        raise BodyError("the answer stopped coming", again=True) from None
    except requests.exceptions.RequestException:
        raise BodyError("the answer broke off", again=True) from None
    return b"".join(parts)


def kind_problem(content_type: str | None, body: bytes, expected: Expected) -> str:
    """Return why this is not the expected kind of body, or ""."""
    kind = (content_type or "").partition(";")[0].strip().casefold()
    wanted = "json" if expected is Expected.JSON else "xml"
    head = body[:256].lstrip().lower()
    if kind in ("text/html", "application/xhtml+xml") or head.startswith((b"<!doctype html", b"<html")):
        return f"a web page instead of {expected}"
    if kind and wanted not in kind and kind not in ("text/plain", "application/octet-stream"):
        return f"{kind} instead of {expected}"
    if expected is Expected.JSON:
        try:
            json.loads(body)
        except (ValueError, RecursionError):
            return "broken JSON" if head[:1] in (b"{", b"[") else "not JSON"
    return ""
