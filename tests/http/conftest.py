"""The replay server of `fetch`, for each test."""

from tests.fetch.conftest import server

__all__ = ["server"]
