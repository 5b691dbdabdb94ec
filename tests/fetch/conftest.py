"""A replay server for each test."""

from collections.abc import Iterator

import pytest

from tests.fetch.replay import Server


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running
