"""A real Chromium for the tests of the page; they skip loudly where there is none, and fail where CI promises one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


def find() -> str:
    """Return the path of a Chromium; skip the test, or fail it under CI, if there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return path
    why = "no Chromium here (apt-get install chromium): the page is not tested"
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


@contextmanager
def launch() -> Iterator[Browser]:
    """Start a headless Chromium and close it in the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page with all that it complained about or asked of the network."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: Path, state: str = "") -> Page:
        """Open the file at a state and wait until it can be used."""
        self.page.goto(f"{path.as_uri()}{'#' + state if state else ''}")
        self.page.wait_for_selector("html[data-ready]", timeout=10_000)
        return self.page


def watch(context: BrowserContext) -> Watched:
    """Return a new page that notes every console message but logs, every error and every request but files."""
    context.set_default_timeout(8000)
    watched = Watched(context.new_page())

    def heard(message: ConsoleMessage) -> None:
        if message.type != "log":
            watched.complaints.append(f"{message.type}: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith(("file:", "blob:")):
            watched.requests.append(request.url)

    def opened(dialog: Dialog) -> None:
        watched.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    watched.page.on("console", heard)
    watched.page.on("request", asked)
    watched.page.on("dialog", opened)
    watched.page.on("pageerror", lambda e: watched.complaints.append(f"error: {e}"))
    return watched


def rows(page: Page, table: int = 0) -> list[list[str]]:
    """The texts of the rows of a table in the list twin of the view: 0 is things, 1 relations."""
    page.get_by_role("button", name="List", exact=True).click()
    body = page.locator("#list table").nth(table).locator("tbody tr")
    return [row.locator("th, td").all_inner_texts() for row in body.all()]


def saved(page: Page, name: str) -> bytes:
    """What the browser saves when this is chosen in the menu."""
    page.locator(".menu summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    path = download.value.path()
    assert path
    return Path(path).read_bytes()
