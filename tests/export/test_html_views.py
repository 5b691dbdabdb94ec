"""The ways of seeing, taking away and judging, in a real Chromium; and that nobody is shut out."""

import csv
import io
import math
import re
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from kgraph.export.html import render
from tests.export.chromium import Watched, rows, saved, watch
from tests.export.test_html_large import crowd
from tests.toy import NASTY, toy

pytestmark = pytest.mark.browser
CHECKED = {"rules": {"label-content-name-mismatch": {"enabled": True}}}  # speech control: off by default in axe
VIEWS = ("comparisons", "hardware", "together", "papers", "around")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    path.write_text(render(toy(), "https://example.org/id/"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "graph.html"
    path.write_text(render(toy(hostile=True), "https://example.org/id/"), encoding="utf-8")
    return path


def heading(page: Page) -> str:
    return page.get_by_role("complementary").get_by_role("heading", level=2).inner_text()


def test_comparisons_point_from_winner_to_loser_and_say_by_how_much(watched: Watched, plain: Path) -> None:
    watched.open(plain)
    found = {(r[0], r[1], r[2]): r[3] for r in rows(watched.page, 1)}
    assert found["Orca", "beats", "Apex (2021)"] == "36.9× throughput"
    assert found["Tidal-2", "beats", "Tidal"] == "up to 30% latency"
    assert ("Apex (2024)", "beats", "Tidal") in found
    disputed = [k for k in found if k[1] == "beats (disputed)"]
    assert len(disputed) == 1
    assert set(disputed[0]) == {"Orca", "beats (disputed)", "Tidal"}


def test_namesakes_are_told_apart_and_hardware_is_named(watched: Watched, plain: Path) -> None:
    page = watched.open(plain, "n=system/apex-0a1b2c")
    aside = page.get_by_role("complementary")
    expect(aside).to_contain_text("Not the same as Apex (2024)")
    expect(aside.locator(".claim", has_text="36.9×").locator(".with")).to_contain_text("Hardware named: A100")
    aside.get_by_role("link", name="Apex (2024)").click()
    assert "n=system/apex-3d4e5f" in page.url


def test_matrix_cells_open_their_quotes(watched: Watched, plain: Path) -> None:
    page = watched.open(plain)
    matrix = page.locator("main")
    matrix.get_by_role("button", name="Matrix").click()
    assert "as=matrix" in page.url
    matrix.get_by_role("button", name=re.compile(r"^▲ 36.9× Orca against Apex \(2021\): wins in 1; 36.9×")).click()
    aside = page.get_by_role("complementary")
    expect(aside.locator("q").first).to_contain_text("Orca outperforms Apex by 36.9x in throughput")
    expect(aside.locator("mark").first).to_have_text("Orca")
    matrix.get_by_role("button", name=re.compile(r"Tidal against Orca: wins in 1, loses in 1")).click()
    expect(aside).to_contain_text("Claims differ: 1 for Tidal, 1 for Orca")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.get_by_role("complementary")).to_contain_text("Claims differ")


def test_backbone_slider_lets_more_through(watched: Watched, plain: Path) -> None:
    page = watched.open(plain, "view=together&chance=0.3")
    few = len(rows(page, 1))
    slider = page.get_by_role("slider", name="Backbone threshold")
    slider.fill("1")
    slider.dispatch_event("change")
    assert len(rows(page, 1)) > few
    assert "chance=1" in page.url
    page.get_by_role("button", name="Map").click()
    expect(page.get_by_role("complementary").get_by_role("heading", name="Communities")).to_be_visible()


def test_papers_view_holds_papers_and_what_they_introduce(watched: Watched, plain: Path) -> None:
    watched.open(plain, "view=papers")
    names = {r[0] for r in rows(watched.page)}
    assert {"Tidal-2", "Faster Decoding Without a Name", "DriftKV"} <= names
    assert ("Tidal-2", "introduces", "Tidal-2") in {tuple(r[:3]) for r in rows(watched.page, 1)}
    assert ("Tidal-2", "cites", "Tidal: Paging the Cache of Attention") in {tuple(r[:3]) for r in rows(watched.page, 1)}


def test_neighbourhood_of_one_and_two_steps(watched: Watched, plain: Path) -> None:
    page = watched.open(plain, "n=dataset/riverchat")
    one = {r[0] for r in rows(page)}
    assert "RiverChat" in one
    assert "Orca" not in one
    slider = page.get_by_role("slider", name="Steps from the middle")
    slider.fill("2")
    slider.dispatch_event("change")
    two = {r[0] for r in rows(page)}
    assert one < two
    assert "steps=2" in page.url


def test_a_paper_stands_beside_what_it_introduces(watched: Watched, plain: Path) -> None:
    """Around the thing in the middle: the next in the ring, and no line across to the other side."""
    page = watched.open(plain, "n=Tidal")
    space = "{http://www.w3.org/2000/svg}"
    tree = ElementTree.fromstring(saved(page, "Map as SVG"))
    texts = [t for t in tree.iter(f"{space}text") if t.text == "Tidal-2"]  # the system, and its paper of the same title
    assert len(texts) == 2
    marks = [(float(c.attrib["cx"]), float(c.attrib["cy"])) for c in tree.iter(f"{space}circle")]
    ring = sorted((m for m in marks if m != (0, 0)), key=lambda m: math.atan2(m[1], m[0]))
    assert len(ring) == len(marks) - 1 > 4
    one, two = (
        ring.index(min(ring, key=lambda m: math.dist(m, (float(t.attrib["x"]), float(t.attrib["y"]))))) for t in texts
    )
    assert (one - two) % len(ring) in {1, len(ring) - 1}


def test_shortest_path_with_its_sentences(watched: Watched, plain: Path) -> None:
    page = watched.open(plain, "n=Tidal-2&view=comparisons")
    page.get_by_role("button", name="Path to…").click()
    page.keyboard.type("apex (2021")
    page.get_by_role("searchbox").fill("Apex")
    page.get_by_role("option").filter(has_text="2021").dispatch_event("pointerdown")
    expect(page.get_by_role("complementary").get_by_role("heading", level=2)).to_have_text("Tidal-2 to Apex (2021)")
    aside = page.get_by_role("complementary")
    assert aside.locator("ol.steps > li").count() == 3  # Tidal-2, Tidal, Orca, Apex
    expect(aside).to_contain_text("Orca outperforms Apex by 36.9x")
    again = watched.open(plain, page.url.split("#")[1])
    again.reload()
    again.wait_for_selector("html[data-ready]")
    assert {r[0] for r in rows(again)} == {"Tidal-2", "Tidal", "Orca", "Apex (2021)"}


def test_a_path_keeps_to_the_filters(watched: Watched, tmp_path: Path) -> None:
    knowledge = toy()
    unsure = replace(knowledge, relations=tuple(replace(r, confidence=0.7) for r in knowledge.relations))
    plain = tmp_path / "graph.html"
    plain.write_text(render(unsure, "https://example.org/id/"), encoding="utf-8")
    page = watched.open(plain, "view=path&path=system/tidal-2~system/apex-0a1b2c&sure=0.6")
    steps = page.get_by_role("complementary").locator("ol.steps > li")
    expect(steps).to_have_count(3)
    page.get_by_role("checkbox", name="Compares against").uncheck()
    expect(steps.locator("b", has_text="beats")).to_have_count(0)
    expect(steps).not_to_have_count(0)
    for filters in ("sure=0.8", "min=3", "years=1990-1991"):
        watched.open(
            plain, f"view=path&path=system/tidal-2~system/apex-0a1b2c&links=compares_against,builds_on&{filters}"
        )
        expect(page.get_by_role("complementary")).to_contain_text("No chain of statements that passes the filters")


def test_hide_and_pin(watched: Watched, plain: Path) -> None:
    page = watched.open(plain, "n=Tidal&view=comparisons")
    page.get_by_role("button", name="Hide", exact=True).click()
    assert "Tidal" not in {r[0] for r in rows(page)}
    page.get_by_role("button", name="Tidal show again").click()
    assert "Tidal" in {r[0] for r in rows(page)}
    page.get_by_role("searchbox").fill("RiverChat")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Pin", exact=True).click()
    expect(page.get_by_role("button", name="Unpin")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="Comparisons").click()
    assert "RiverChat" in {r[0] for r in rows(page)}
    assert "pinned=dataset/riverchat" in page.url
    page.get_by_role("button", name="RiverChat let go").click()
    assert "RiverChat" not in {r[0] for r in rows(page)}
    assert "pinned" not in page.url


def test_pictures_can_be_taken_away(watched: Watched, hostile: Path) -> None:
    page = watched.open(hostile, "view=together&chance=1")
    png = saved(page, "Map as PNG")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20]) > 400
    tree = ElementTree.fromstring(saved(page, "Map as SVG"))
    space = "{http://www.w3.org/2000/svg}"
    assert {e.tag.removeprefix(space) for e in tree.iter()} <= {"svg", "rect", "line", "path", "circle", "text"}
    texts = {e.text for e in tree.iter(f"{space}text")}
    assert "GPU" in texts


def test_tables_can_be_taken_away(watched: Watched, hostile: Path) -> None:
    page = watched.open(hostile, "kinds=paper,system,hardware,model,dataset&links=compares_against,comention")
    things = list(csv.DictReader(io.StringIO(saved(page, "Things shown as CSV").decode("utf-8-sig"), newline="")))
    labels = [row["label"] for row in things]
    assert NASTY[1] in labels
    assert NASTY[2] in labels
    assert not [t for t in labels if t[:1] in "=+-@"]
    relations = list(csv.DictReader(io.StringIO(saved(page, "Relations shown as CSV").decode("utf-8-sig"), newline="")))
    claims = {
        (r["from"], r["to"], r["value"], float(r["confidence"]), r["quote"])
        for r in relations
        if r["type"] == "compares_against"
    }
    expected = {
        (r.subject, r.object, r.value.text if r.value else "", r.confidence, r.evidence.quote)
        for r in toy().relations
        if r.type == "compares_against"
    }
    assert claims == expected


def test_references_can_be_taken_away(watched: Watched, hostile: Path) -> None:
    page = watched.open(hostile, "view=papers&kinds=paper&links=mentions")
    text = saved(page, "Papers shown as BibTeX").decode()
    assert text.count("@") >= len(toy().papers)
    assert "eprint = {2309.00002}" in text
    depth = 0
    for i, c in enumerate(text):
        if text[i - 1 : i] != "\\":
            depth += (c == "{") - (c == "}")
        assert depth >= 0
    assert depth == 0


def test_matrix_can_be_taken_away_with_its_quotes(watched: Watched, plain: Path) -> None:
    page = watched.open(plain)
    table = list(csv.reader(io.StringIO(saved(page, "Matrix as CSV").decode("utf-8-sig"))))
    row = next(r for r in table if r[0] == "Orca")
    assert "36.9×" in row[table[0].index("Apex (2021)")]
    markdown = saved(page, "Comparisons as Markdown table").decode()
    for note in re.findall(r"\[\^(\d+)\](?!:)", markdown):
        assert f"[^{note}]: “" in markdown
    assert "| Orca | beats | Apex (2021) | 36.9× throughput[^" in markdown
    assert "Orca outperforms Apex by 36.9x in throughput" in markdown
    latex = saved(page, "Comparisons as LaTeX table").decode()
    assert "Orca & beats & Apex (2021) & 36.9$\\times$ throughput\\tnote{" in latex
    assert "up to 30\\%" in latex
    assert "\\begin{tablenotes}" in latex


def test_every_state_fits_a_phone(browser: Browser, plain: Path) -> None:
    context = browser.new_context(viewport={"width": 400, "height": 800}, has_touch=True)
    found = watch(context)
    for view in VIEWS:
        page = found.open(plain, f"view={view}")
        page.reload()
        page.wait_for_selector("html[data-ready]")
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        box = page.locator(".canvas").bounding_box()
        assert box
        assert box["height"] > 250
    page.get_by_role("searchbox").fill("Tidal")
    match = page.get_by_role("option").first.bounding_box()
    assert match
    assert match["x"] >= 0
    assert match["x"] + match["width"] <= 400
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary")).to_be_in_viewport()
    context.close()
    assert found.complaints == []


def test_a_phone_shows_where_things_go_on_and_cuts_no_words(browser: Browser, plain: Path, tmp_path: Path) -> None:
    crowded = tmp_path / "crowd.html"
    crowded.write_text(render(crowd(80), "https://example.org/id/"), encoding="utf-8")
    context = browser.new_context(viewport={"width": 390, "height": 800}, reduced_motion="reduce", has_touch=True)
    page = watch(context).open(plain)
    views = page.get_by_role("navigation")
    expect(views).to_have_class(re.compile("more-right"))
    views.evaluate("box => { box.scrollLeft = box.scrollWidth; }")
    expect(views).to_have_class(re.compile("more-left"))
    expect(views).not_to_have_class(re.compile("more-right"))
    page.get_by_text("Legend and filters").click()
    systems = page.locator(".check", has_text="Systems")
    name, tally = (systems.locator(part).bounding_box() for part in (".check-name", ".tally"))
    assert name
    assert tally
    assert tally["x"] >= name["x"] + name["width"] + 6
    page.goto("about:blank")
    page.goto(f"{crowded.as_uri()}#as=matrix")
    expect(page.locator(".pane.scroll:visible")).to_have_class(re.compile("more-right"))
    words = "document.querySelector('.pane caption').firstChild"
    measure = (
        f"(() => {{ const r = document.createRange(); r.selectNode({words}); return r.getBoundingClientRect(); }})()"
    )
    assert page.evaluate(measure + ".right") <= 390
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_theme_follows_the_system_and_can_be_changed(browser: Browser, plain: Path, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = watch(context).open(plain)
    colour = "getComputedStyle(document.querySelector('main')).backgroundColor"
    before = page.evaluate(colour)
    assert (before == "rgb(255, 255, 255)") == (scheme == "light")
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate(colour) != before
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_findings_of_axe(browser: Browser, plain: Path, scheme: str) -> None:
    if not find_spec("axe_playwright_python"):
        pytest.skip("axe-core is not here (pip install axe-playwright-python): accessibility is not checked")
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(
        viewport={"width": 1400, "height": 900}, color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True
    )
    page = context.new_page()
    for state in (
        *(f"view={v}" for v in VIEWS),
        "n=Tidal",
        "as=matrix",
        "as=list",
        "view=path&path=system/orca~system/tidal-2",
    ):
        page.goto(f"{plain.as_uri()}#{state}")
        page.reload()
        page.wait_for_selector("html[data-ready]")
        found = Axe().run(page, options=CHECKED).response["violations"]
        findings = [
            (v["id"], v["help"], [n["html"][:160] for n in v["nodes"][:3]])
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
        assert findings == [], state
    context.close()


def test_whole_page_can_be_used_by_keyboard(watched: Watched, plain: Path) -> None:
    page = watched.open(plain)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the list")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#list")).to_be_focused()
    reached = set()
    page.get_by_role("searchbox").focus()
    for _ in range(45):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.innerText")
        )
    for name in ("Comparisons", "Hardware", "Systems", "Compares against", "From year", "To year", "Map", "List"):
        assert name in reached


def test_opens_fast(browser: Browser, plain: Path) -> None:
    context = browser.new_context()
    page = watch(context).open(plain)
    assert page.evaluate("performance.now()") < 1500
    context.close()


def test_fewest_statements_and_confidence_filter(watched: Watched, plain: Path) -> None:
    page = watched.open(plain, "min=2")
    assert {r[0] for r in rows(page)} == {"Tidal", "Orca"}
    page = watched.open(plain, "sure=0.9")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert rows(page) == []


def spots_of(page: Page) -> dict[str, tuple[float, float]]:
    """Where names stand on the saved picture."""
    tree = ElementTree.fromstring(saved(page, "Map as SVG"))
    return {
        str(t.text): (float(t.attrib["x"]), float(t.attrib["y"])) for t in tree.iter("{http://www.w3.org/2000/svg}text")
    }


def test_a_thing_can_be_dragged_and_its_name_follows(watched: Watched, plain: Path) -> None:
    page = watched.open(plain, "view=comparisons")
    page.get_by_role("searchbox").fill("Orca")
    page.keyboard.press("Enter")  # brings it into the middle
    before = spots_of(page)
    box = page.locator(".canvas").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 90, steps=6)
    page.mouse.up()
    after = spots_of(page)
    assert after["Orca"][0] > before["Orca"][0] + 10
    assert after["Orca"][1] > before["Orca"][1] + 20
    assert after["Tidal"] == before["Tidal"]


def test_pointing_shows_the_full_name_and_clicking_a_line_its_claims(watched: Watched, plain: Path) -> None:
    page = watched.open(plain, "view=comparisons")
    page.get_by_role("searchbox").fill("Orca")
    page.keyboard.press("Enter")  # brings it into the middle
    box = page.locator(".canvas").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x + 2, y + 2)
    expect(page.locator(".tip")).to_have_text("Orca")
    tree = ElementTree.fromstring(saved(page, "Map as SVG"))
    space = "{http://www.w3.org/2000/svg}"
    label = next(t for t in tree.iter(f"{space}text") if t.text == "Orca")
    scale = 12 / float(label.attrib["font-size"])  # names are 12 pixels high
    circles = [(float(c.attrib["cx"]), float(c.attrib["cy"])) for c in tree.iter(f"{space}circle")]
    here = min(circles, key=lambda c: abs(c[0] - float(label.attrib["x"])) + abs(c[1] - float(label.attrib["y"])))
    lines = [[float(e.attrib[k]) for k in ("x1", "y1", "x2", "y2")] for e in tree.iter(f"{space}line")]
    assert len(lines) == 5
    out = next(e for e in lines if abs(e[0] - here[0]) + abs(e[1] - here[1]) < 1)  # from the winner, Orca
    page.mouse.click(x + ((out[0] + out[2]) / 2 - here[0]) * scale, y + ((out[1] + out[3]) / 2 - here[1]) * scale)
    expect(page.get_by_role("complementary").get_by_role("heading", level=2)).to_contain_text("and")
    assert "pair=" in page.url
    assert "system/orca" in page.url
    expect(page.get_by_role("complementary").locator(".claim").first).to_be_visible()


def beside(page: Page, name: str, other: str) -> tuple[float, float]:
    """How far, in pixels, the name `other` stands from the mark of `name`, read from the saved picture."""
    tree = ElementTree.fromstring(saved(page, "Map as SVG"))
    space = "{http://www.w3.org/2000/svg}"
    texts = {t.text: t for t in tree.iter(f"{space}text")}
    scale = 12 / float(texts[name].attrib["font-size"])  # names are 12 pixels high

    def place(text: str) -> tuple[float, float]:
        return float(texts[text].attrib["x"]), float(texts[text].attrib["y"])

    marks = [(float(c.attrib["cx"]), float(c.attrib["cy"])) for c in tree.iter(f"{space}circle")]
    mark = min(marks, key=lambda c: abs(c[0] - place(name)[0]) + abs(c[1] - place(name)[1]))
    return (place(other)[0] - mark[0]) * scale, (place(other)[1] - mark[1]) * scale - 4


def test_names_on_the_map_are_chosen_and_lines_tell_what_they_say(watched: Watched, plain: Path) -> None:
    page = watched.open(plain, "view=comparisons")
    page.get_by_role("searchbox").fill("Orca")
    page.keyboard.press("Enter")  # brings it into the middle
    box = page.locator(".canvas").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    right, down = beside(page, "Orca", "Apex (2021)")
    page.mouse.move(x + right, y + down)
    expect(page.locator(".tip")).to_have_text("Apex (2021)")
    page.mouse.move(x + right / 2, y + down / 2)  # on the line between them, or near
    for shift in range(-24, 25, 3):
        page.mouse.move(x + right / 2, y + down / 2 + shift)
        page.wait_for_timeout(40)
        if "Orca beats" in page.locator(".tip").inner_text():
            break
    expect(page.locator(".tip")).to_have_text("Orca beats Apex (2021): 36.9× throughput · 1 claim")
    page.mouse.click(x + right, y + down)
    assert "n=system/apex-0a1b2c" in page.url


def test_a_finger_need_not_hit_a_mark(browser: Browser, plain: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = watch(context).open(plain, "view=comparisons")
    tree = ElementTree.fromstring(saved(page, "Map as SVG"))
    space = "{http://www.w3.org/2000/svg}"
    scale = 12 / float(next(tree.iter(f"{space}text")).attrib["font-size"])
    marks = [(float(c.attrib["cx"]), float(c.attrib["cy"]), float(c.attrib["r"])) for c in tree.iter(f"{space}circle")]
    top, bottom = min(y for _, y, _ in marks), max(y for _, y, _ in marks)
    left, right = min(x for x, _, _ in marks), max(x for x, _, _ in marks)
    box = page.locator(".canvas").bounding_box()
    assert box
    x, y, r = max(marks)  # the rightmost; all marks are fitted around the middle
    at_x = box["x"] + box["width"] / 2 + (x + r - (left + right) / 2) * scale
    at_y = box["y"] + box["height"] / 2 + (y - (top + bottom) / 2) * scale
    page.touchscreen.tap(at_x + 11, at_y - 2)
    expect(page.locator("body")).to_have_class("sheet")
    page.wait_for_timeout(500)  # what the tap opened stays, even where its button to close lies under the finger
    expect(page.locator("body")).to_have_class("sheet")
    context.close()
