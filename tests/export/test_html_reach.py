"""Every part of the page can be reached and kept: by keyboard, wheel and voice, on paper and small screens."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from kgraph.export.html import render
from tests.export.chromium import Watched, saved, watch
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
    page.get_by_role("button", name="Pin", exact=True).focus()
    page.keyboard.press("Enter")
    assert focused(page) == "Unpin"  # the same button, of the same thing
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


def test_forced_colours_keep_shapes_and_what_is_pressed(browser: Browser, plain: Path) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 1400, "height": 900})
    page = watch(context).open(plain)
    colour = "(e) => getComputedStyle(e).backgroundColor"
    swatches = {
        page.locator(f".filters .swatch.{k}").evaluate(colour) for k in ("system", "hardware", "model", "dataset")
    }
    assert len(swatches) == 4
    pressed = page.get_by_role("button", name="Map", exact=True).evaluate(colour)
    assert pressed != page.get_by_role("button", name="List", exact=True).evaluate(colour)
    assert page.locator(".year-bar").first.evaluate(colour) != page.locator(".filters").evaluate(colour)
    context.close()


def test_paper_holds_the_map_and_all_evidence_without_controls(watched: Watched, plain: Path) -> None:
    page = watched.open(plain, "n=Tidal")
    page.emulate_media(media="print")
    for control in (
        page.get_by_role("searchbox"),
        page.locator(".filters"),
        page.locator(".zoom"),
        page.get_by_role("button", name="Hide"),
    ):
        expect(control).to_be_hidden()
    aside = page.locator("#details")
    assert aside.evaluate("e => e.scrollHeight <= e.clientHeight + 1")  # nothing is scrolled out of it
    stage, details = page.locator("#stage").bounding_box(), aside.bounding_box()
    assert stage
    assert details
    assert details["y"] >= stage["y"] + stage["height"] - 1  # below, not over it
    assert details["width"] > 1300
    assert page.locator("body").evaluate("e => e.scrollHeight >= document.querySelector('#details').offsetHeight")
    expect(page.locator(".canvas canvas")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(720, 450), (844, 390), (667, 375)])
def test_low_screens_keep_room_for_the_map(browser: Browser, plain: Path, width: int, height: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": height})
    page = watch(context).open(plain, "n=Tidal")
    canvas, details = page.locator(".canvas").bounding_box(), page.locator("#details").bounding_box()
    assert canvas
    assert details
    assert canvas["height"] > height / 2
    assert canvas["width"] > width / 2
    assert details["x"] >= canvas["x"] + canvas["width"] - 1
    zoom, bar = page.locator(".zoom").bounding_box(), page.locator("#bar").bounding_box()
    assert zoom
    assert bar
    assert zoom["y"] > bar["y"] + bar["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_a_phone_opens_and_closes_the_overview(browser: Browser, plain: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = watch(context).open(plain)
    most = page.get_by_role("table", name="Most compared")
    expect(most).to_be_hidden()
    page.get_by_role("button", name="Overview").click()
    expect(page.get_by_role("complementary")).to_contain_text("papers and the")
    most.scroll_into_view_if_needed()
    page.get_by_role("button", name="Close details").click()
    expect(most).to_be_hidden()
    context.close()


def test_the_way_back_stays_in_reach_on_a_phone(browser: Browser, plain: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = watch(context).open(plain, "n=Tidal")
    sheet = page.locator("#details")
    sheet.evaluate("e => { e.scrollTop = 600; }")
    close, box = page.get_by_role("button", name="Close details").bounding_box(), sheet.bounding_box()
    assert close
    assert box
    assert box["y"] - 1 <= close["y"] < box["y"] + 40
    page.touchscreen.tap(close["x"] + close["width"] / 2, close["y"] + close["height"] / 2)
    expect(sheet).to_be_hidden()
    context.close()


def test_the_matrix_keeps_its_heads_and_marks_what_is_open(watched: Watched, crowded: Path) -> None:
    page = watched.open(crowded, "as=matrix")
    pane = page.locator("#panes .pane:visible")
    head = pane.locator("thead th").first
    page.wait_for_timeout(100)
    pane.evaluate("e => { e.scrollTop = 400; }")
    box, frame = head.bounding_box(), pane.bounding_box()
    assert box
    assert frame
    assert frame["y"] - 1 <= box["y"] < frame["y"] + 20
    cell = pane.locator("td.won button").nth(14)
    cell.click()
    expect(pane.locator("[aria-current]")).to_have_count(1)
    expect(cell).to_have_attribute("aria-current", "true")


def test_the_panel_is_as_wide_as_its_tables(watched: Watched, tmp_path: Path) -> None:
    """Twenty years of hardware with long names: all columns fit, and those of the chart are the same."""
    knowledge = toy()
    papers = tuple(replace(p, year=1990 + 7 * i) for i, p in enumerate(knowledge.papers))
    entities = tuple(
        replace(e, label=f"{e.label} Workstation Edition") if e.kind == "hardware" else e for e in knowledge.entities
    )
    path = tmp_path / "graph.html"
    path.write_text(
        render(replace(knowledge, papers=papers, entities=entities), "https://example.org/id/"), encoding="utf-8"
    )
    page = watched.open(path, "view=hardware")
    assert page.locator("#details").evaluate("e => e.scrollWidth <= e.clientWidth")
    assert page.locator(".mini-scroll").evaluate("e => e.scrollWidth <= e.clientWidth")
    heads = [h.replace("\u200b", "") for h in page.locator(".mini thead th").all_inner_texts()[1:]]
    tree = ElementTree.fromstring(saved(page, "Map as SVG"))
    chart = [t.text or "" for t in tree.iter(f"{SPACE}text") if t.get("class") == "heading"][: len(heads)]
    assert [h[:4] for h in heads] == [c[:4] for c in chart]


def test_a_neighbourhood_of_nothing_offers_something(watched: Watched, plain: Path) -> None:
    page = watched.open(plain, "view=around")
    page.get_by_role("complementary").get_by_role("link", name="Tidal", exact=True).click()
    expect(page.get_by_role("complementary").get_by_role("heading", level=2)).to_have_text("Tidal")
    expect(page.locator(".shown")).to_contain_text("Showing")


def test_what_was_done_is_seen_and_only_what_can_be_done_is_offered(watched: Watched, plain: Path) -> None:
    page = watched.open(plain)
    menu = page.locator(".menu")
    menu.locator("summary").click()
    expect(menu.get_by_role("button", name="Matrix as CSV")).to_be_visible()
    menu.get_by_role("button", name="Copy link to this view").click()
    toast = page.locator(".toast")
    expect(toast).to_contain_text("ink")  # copied, or in the address bar
    box = toast.bounding_box()
    assert box
    assert box["height"] > 20
    page.get_by_role("link", name="Papers", exact=True).click()
    menu.locator("summary").click()
    expect(menu.get_by_role("button", name="Things shown as CSV")).to_be_visible()
    expect(menu.get_by_role("button", name="Matrix as CSV")).to_be_hidden()


def test_a_quote_is_copied_with_its_source(browser: Browser, plain: Path) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = watch(context).open(plain, "pair=system/apex-0a1b2c~system/orca")
    page.evaluate("() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; }")
    page.get_by_role("button", name="Copy", exact=True).first.click()
    expect(page.locator(".toast")).to_have_text("Quote copied")
    assert page.evaluate("window.copied") == (
        "“Orca outperforms Apex by 36.9x in throughput” — "
        "Orca: Serving Language Models in Small Steps (2022). https://arxiv.org/abs/2207.00001"
    )
    page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('no'); }; }")
    page.get_by_role("button", name="Copy", exact=True).first.click()
    expect(page.locator(".toast")).to_contain_text("does not allow copying")
    context.close()


def test_words_beside_the_pointer_stay_on_the_map(watched: Watched, crowded: Path) -> None:
    page = watched.open(crowded, "view=papers&top=200")
    box = page.locator(".canvas").bounding_box()
    assert box
    tip = page.locator(".tip")
    for y in range(int(box["height"]) - 2, int(box["height"]) - 60, -4):
        page.mouse.move(box["x"] + 16, box["y"] + y)
        page.wait_for_timeout(40)
        if tip.is_visible():
            break
    shown = tip.bounding_box()
    assert shown
    assert shown["y"] + shown["height"] <= box["y"] + box["height"] + 1
