"""Every part of the page can be reached and kept: by keyboard, wheel and voice, on paper and small screens, as a picture."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from kgraph.export.html import render
from tests.export.chromium import Watched, saved
from tests.export.test_html_large import crowd
from tests.toy import toy

pytestmark = pytest.mark.browser
SPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    path.write_text(render(toy(), "https://example.org/id/"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("crowd") / "graph.html"
    path.write_text(render(crowd(300), "https://example.org/id/"), encoding="utf-8")
    return path


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def test_the_keyboard_stays_where_it_was_or_goes_to_what_it_opened(watched: Watched, plain: Path) -> None:
    page = watched.open(plain, "as=list")
    page.locator("#list a.thing", has_text="Tidal-2").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary").get_by_role("heading", level=2)).to_have_text("Tidal-2")
    assert focused(page) == "Tidal-2"
    assert page.evaluate("document.activeElement.closest('#list') !== null")
    page.get_by_role("complementary").get_by_role("link", name="Tidal", exact=True).first.focus()
    page.keyboard.press("Enter")
    assert focused(page) == "Tidal"
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page = watched.open(plain, "as=matrix")
    page.locator("td.won button").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('td.won') !== null")


def test_what_is_chosen_is_said(watched: Watched, plain: Path) -> None:
    page = watched.open(plain)
    page.get_by_role("application").focus()
    said = page.get_by_role("status").filter(has_text="comparison claim")
    expect(said).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text("Tidal: 6 papers · 6 comparison claims · 1 runs-on claim · 3 builds-on claims")
    page.keyboard.press("Escape")
    expect(said).to_have_count(0)


@pytest.mark.parametrize("state", ["as=list", "as=matrix", "as=list&view=hardware", "kinds=&as=list"])
def test_a_picture_can_be_taken_wherever_one_is(watched: Watched, plain: Path, state: str) -> None:
    page = watched.open(plain, state)
    assert ElementTree.fromstring(saved(page, "Map as SVG")).tag == f"{SPACE}svg"
    page = watched.open(plain, state)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert saved(page, "Map as PNG")[:8] == b"\x89PNG\r\n\x1a\n"


def test_the_picture_of_a_chart_has_its_years_and_all_its_names(watched: Watched, crowded: Path) -> None:
    page = watched.open(crowded, "view=papers&top=200")
    tree = ElementTree.fromstring(saved(page, "Map as SVG"))
    headings = {t.text for t in tree.iter(f"{SPACE}text") if t.get("class") == "heading"}
    names = [t.text for t in tree.iter(f"{SPACE}text") if t.get("class") != "heading"]
    assert any(h and h.endswith("2019") for h in headings)
    assert len(names) == sum(1 for _ in tree.iter(f"{SPACE}circle")) > 100  # those below the screen too


def test_charts_scroll_by_wheel_and_keys_as_far_as_they_go(watched: Watched, crowded: Path) -> None:
    page = watched.open(crowded, "view=papers&top=200")
    box = page.locator(".canvas").bounding_box()
    assert box
    scroll = "() => { const c = document.querySelector('.canvas canvas'); return c.toDataURL(); }"
    first = page.evaluate(scroll)
    page.mouse.move(box["x"] + 5, box["y"] + 200)
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(100)
    down = page.evaluate(scroll)
    assert down != first
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(100)
    assert page.evaluate(scroll) == first  # back at the head, at the same size
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(100)
    assert page.evaluate(scroll) == first  # no further
    page.get_by_role("application").focus()
    page.keyboard.press("PageDown")
    page.wait_for_timeout(100)
    assert page.evaluate(scroll) not in {first, down}


@pytest.mark.parametrize("width", [1024, 1100, 1180])
def test_the_way_of_seeing_in_use_is_in_sight(watched: Watched, plain: Path, width: int) -> None:
    watched.page.set_viewport_size({"width": width, "height": 700})
    page = watched.open(plain)
    for view in ("comparisons", "around", "papers", "comparisons"):
        page.evaluate("view => { location.hash = 'n=Tidal&view=' + view; }", view)
        current = page.locator(".view[aria-current]")
        expect(current).to_have_attribute("href", f"#view={view}")
        tab, strip = current.bounding_box(), page.locator("#views").bounding_box()
        assert tab
        assert strip
        assert tab["x"] >= strip["x"] - 1
        assert tab["x"] + tab["width"] <= strip["x"] + strip["width"] + 1


def test_only_sliders_that_have_an_effect_are_offered(watched: Watched, plain: Path) -> None:
    page = watched.open(plain)
    expect(page.get_by_role("slider", name="Confidence, at least")).to_be_visible()
    expect(page.get_by_role("slider", name="Claims per line, at least")).to_be_visible()
    page.get_by_role("link", name="Co-mentions").click()
    expect(page.get_by_role("slider", name="Confidence, at least")).to_be_hidden()
    expect(page.get_by_role("slider", name="Papers per line, at least")).to_be_visible()
