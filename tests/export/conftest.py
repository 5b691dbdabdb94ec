"""A browser for the tests of the page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.export.chromium import Watched, launch, watch


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium for one file of tests."""
    with launch() as started:
        yield started


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A fresh page; whatever a test does with it, it must not complain nor ask the network for anything."""
    context = browser.new_context(
        viewport={"width": 1400, "height": 900}, reduced_motion="reduce", accept_downloads=True
    )
    found = watch(context)
    yield found
    context.close()
    assert found.complaints == []
    assert found.requests == []
