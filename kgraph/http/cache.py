"""Answers kept on disk, by requests-cache: its keys, its JSON serializer, its SQLite store.

Only whole, checked answers are put in, each with its own time of expiry, so the session of requests-cache is used for
its cache alone. Keys of services are left out of what is stored and of what an entry is found by.
"""

from __future__ import annotations

import json
import os
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import cast

import requests
from requests_cache import CachedSession
from requests_cache.models.response import CachedResponse

from kgraph.errors import InputError

SECRET_NAMES = ("api_key", "apikey", "x-api-key", "authorization", "crossref-plus-api-token", "mailto", "user-agent")


class Cache:
    """Answers by request; survives the process. Raises InputError where the file is damaged or can't be written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not os.access(path if path.exists() else path.parent, os.W_OK):
                raise PermissionError("it can't be written")  # requests-cache would wait for the lock for ever
            self._session = CachedSession(
                str(path),
                backend="sqlite",
                serializer="json",
                wal=True,  # a kill loses nothing, and an answer costs no wait for the disk
                allowable_methods=("GET", "POST"),
                allowable_codes=(200, 404),
                ignored_parameters=SECRET_NAMES,
                expire_after=3600,
            )
            path.chmod(0o600)
        except (OSError, sqlite3.Error) as error:
            raise self._broken(error) from None

    def _broken(self, error: Exception) -> InputError:
        return InputError(f"can't be used as cache: {error}", where=str(self._path), remedy="delete it, or use --cache")

    def key(self, request: requests.PreparedRequest) -> str:
        """Return the key of a request: method, address, parameters and body, without what identifies us."""
        return self._session.cache.create_key(request)

    def get(self, key: str, now: datetime | None) -> CachedResponse | None:
        """Return the answer kept under a key, or None; one that has expired counts only if `now` is None."""
        try:
            found = self._session.cache.get_response(key)
        except sqlite3.Error as error:
            raise self._broken(error) from None
        if found is None or (now is not None and found.expires is not None and found.expires <= now):
            return None
        return found

    def put(self, key: str, response: requests.Response, expires: datetime) -> None:
        """Keep an answer, whose body must have been read, until `expires`."""
        try:
            self._session.cache.save_response(response, key, expires)
        except sqlite3.Error as error:
            raise self._broken(error) from None

    def close(self) -> None:
        """Close the store."""
        self._session.cache.close()  # type: ignore[no-untyped-call]


def body_of(found: CachedResponse) -> bytes:
    """Return the body of a kept answer; a JSON body is kept as JSON and comes back equal, if not byte for byte."""
    content = cast("bytes | None", found.content)
    return content if content is not None else json.dumps(found.json()).encode()
