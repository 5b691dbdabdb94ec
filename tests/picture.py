"""The picture of the README: `python -m tests.picture EXPORT docs/explorer.png`."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"


def picture(export: Path, path: Path) -> None:
    """Write a picture of the explorer in folder `export`, opened on one system among what it is compared with."""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        page = browser.new_page(viewport={"width": 1280, "height": 900}, device_scale_factor=1)
        page.goto(f"{(export / 'graph.html').resolve().as_uri()}#n=vLLM")
        page.wait_for_selector("html[data-ready]")
        page.wait_for_timeout(800)
        page.screenshot(path=path)
        browser.close()


if __name__ == "__main__":
    picture(Path(sys.argv[1]), Path(sys.argv[2]))
