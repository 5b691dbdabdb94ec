"""A graph that is larger than its first view, in a real Chromium."""

from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from kgraph.export.html import render
from kgraph.model import (
    Entity,
    Evidence,
    Kind,
    Knowledge,
    Paper,
    Polarity,
    Quantity,
    Relation,
    RelationType,
    ResolvedMention,
    ValueKind,
    Where,
    text_id,
)
from tests.export.chromium import Watched, rows, saved

pytestmark = pytest.mark.browser


def crowd(count: int, each: int = 3) -> Knowledge:
    """Many systems, each of which beats an earlier one, `each` of them the same: more than a map can show at once."""
    title = "Everything against everything"
    papers, entities, mentions, relations = [], [], [], []
    for i in range(count):
        name, other = f"Contender number {i}", f"Contender number {i // each}"
        text = f"{name} outperforms {other} by {i + 2}x."
        paper = Paper(f"paper/p-{i:04}", f"{title} {i}", text, text_id(f"{title} {i}", text), year=2000 + i % 20)
        papers.append(paper)
        entities.append(Entity(f"system/c-{i:04}", Kind.SYSTEM, name, (name,)))
        for j in {i, i // each}:
            start = 0 if j == i else text.index(other, 1)
            surface = f"Contender number {j}"
            mentions.append(
                ResolvedMention(
                    paper.id, f"system/c-{j:04}", Where.ABSTRACT, start, start + len(surface), surface, 0, len(text)
                )
            )
        if i:
            where = Evidence(paper.id, Where.ABSTRACT, 0, len(text), text)
            value = Quantity(f"{i + 2}x", Decimal(i + 2), Decimal(i + 2), ValueKind.RATIO)
            relations.append(
                Relation(
                    f"r{i:04}", RelationType.COMPARES_AGAINST, f"system/c-{i:04}", f"system/c-{i // each:04}", where,
                    Polarity.BETTER, "", value,
                )
            )  # fmt: skip
    return Knowledge(tuple(papers), tuple(entities), tuple(mentions), tuple(relations))


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("crowd") / "graph.html"
    path.write_text(render(crowd(600), "https://example.org/id/"), encoding="utf-8")
    return path


def names_on_the_map(page: Page) -> list[tuple[str, float, float, float, float]]:
    """The names that are drawn now, with the boxes that a browser gives them (from the saved picture)."""
    drawing = saved(page, "Map as SVG").decode()
    measure = """text => {
      const box = document.createElement('div');
      box.append(document.importNode(new DOMParser().parseFromString(text, 'image/svg+xml').documentElement, true));
      document.body.append(box);
      const found = [...box.querySelectorAll('text')].map(t => {
        const b = t.getBBox();
        return [t.textContent, b.x, b.y, b.width, b.height];
      });
      box.remove();
      return found;
    }"""
    return [tuple(row) for row in page.evaluate(measure, drawing)]


def test_names_do_not_overlap_and_more_appear_as_one_zooms(watched: Watched, crowded: Path) -> None:
    page = watched.open(crowded, "top=600")
    before = names_on_the_map(page)
    assert 20 < len(before) < 300
    for i, (_, x, y, wide, high) in enumerate(before):
        for other in before[:i]:
            apart = x + wide <= other[1] + 1 or other[1] + other[3] <= x + 1
            # glyph boxes are taller than their letters
            assert apart or abs(y - other[2]) >= min(high, other[4]) * 0.7, (before[i], other)
    for _ in range(4):
        page.get_by_role("button", name="Zoom in").click()
    after = {name for name, *_ in names_on_the_map(page)}
    assert after - {name for name, *_ in before}


@pytest.mark.parametrize("state", ["", "n=system/c-0000"])
def test_a_hub_is_named_however_crowded(watched: Watched, tmp_path: Path, state: str) -> None:
    path = tmp_path / "graph.html"
    path.write_text(render(crowd(140, each=140), "https://example.org/id/"), encoding="utf-8")
    names = {name for name, *_ in names_on_the_map(watched.open(path, state))}
    assert "Contender number 0" in names
    assert len(names) < 140


def test_first_view_is_a_part_and_grows_on_demand(watched: Watched, crowded: Path) -> None:
    page = watched.open(crowded)
    words = page.locator(".shown")
    expect(words).to_contain_text("Showing the 140 strongest of 600 things and")
    assert "Contender number 0" in {r[0] for r in rows(page)}
    page.get_by_role("button", name="Show more").click()
    expect(words).to_contain_text("Showing the 280 strongest of 600 things")
    page.get_by_role("searchbox").fill("contender number 599")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary").get_by_role("heading", level=2)).to_have_text("Contender number 599")


def test_as_many_things_are_shown_as_the_slider_says(watched: Watched, crowded: Path) -> None:
    page = watched.open(crowded)
    slider = page.get_by_role("slider", name="Things to show, at most")
    for most in (590, 520, 60):
        slider.fill(str(most))
        slider.dispatch_event("change")
        expect(page.locator(".shown")).to_contain_text(f"Showing the {most} strongest of 600 things")
    assert len(rows(page)) == 60


@pytest.mark.parametrize("width", [1400, 390])
def test_a_chosen_pair_stands_apart_with_both_names(watched: Watched, crowded: Path, width: int) -> None:
    watched.page.set_viewport_size({"width": width, "height": 800})
    page = watched.open(crowded, "top=600&pair=system/c-0000~system/c-0002")
    drawing = ElementTree.fromstring(saved(page, "Map as SVG"))
    texts = {t.text: t for t in drawing.iter("{http://www.w3.org/2000/svg}text")}
    scale = 12 / float(texts["Contender number 0"].attrib["font-size"])
    boxes = {name: box for name, *box in names_on_the_map(page)}
    (x, y, wide, high), (u, v, broad, tall) = (boxes[f"Contender number {n}"] for n in (0, 2))
    assert x + wide <= u or u + broad <= x or y + high * 0.8 <= v or v + tall * 0.8 <= y
    assert max(abs(x - u), abs(y - v)) * scale > 40  # pixels
    page.keyboard.press("Escape")
    again = ElementTree.fromstring(saved(page, "Map as SVG"))
    sizes = [float(t.attrib["font-size"]) for t in again.iter("{http://www.w3.org/2000/svg}text")]
    assert 12 / sizes[0] < scale * (0.9 if width < 600 else 1.01)  # all of the map is in view again


@pytest.mark.parametrize("width", [1400, 900])
def test_titles_stay_in_their_columns_and_off_the_marks(watched: Watched, crowded: Path, width: int) -> None:
    watched.page.set_viewport_size({"width": width, "height": 900})
    page = watched.open(crowded, "view=papers&kinds=paper")
    names = names_on_the_map(page)
    assert len(names) > 40
    assert max(len(name) for name, *_ in names) > 18  # letters, at the size of the page
    tree = ElementTree.fromstring(saved(page, "Map as SVG"))
    marks = [(float(c.attrib["cx"]), float(c.attrib["cy"])) for c in tree.iter("{http://www.w3.org/2000/svg}circle")]
    for name, x, y, wide, high in names:
        covered = [m for m in marks if x < m[0] < x + wide and y < m[1] < y + high]
        assert not covered, name
    room = page.locator(".canvas").bounding_box()
    assert room
    assert max(x + wide for _, x, _, wide, _ in names) <= room["width"]  # the last column is not cut


def test_a_chart_is_laid_out_anew_for_another_width(watched: Watched, crowded: Path) -> None:
    page = watched.open(crowded, "view=papers&kinds=paper")
    columns = []
    for width in (1800, 1100):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(100)
        room = page.locator(".canvas").bounding_box()
        assert room
        names = names_on_the_map(page)
        assert max(x + wide for _, x, _, wide, _ in names) <= room["width"]
        columns.append(len({round(x) for _, x, *_ in names}))
    assert columns[0] > columns[1] > 1


def test_a_page_says_when_it_carries_only_a_part(watched: Watched, tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    path.write_text(render(crowd(600), "https://example.org/id/", paper_limit=100), encoding="utf-8")
    page = watched.open(path)
    expect(page.locator(".shown")).to_contain_text("This page carries 100 papers of 600.")
    page.get_by_role("heading", name="About this graph").click()
    expect(page.get_by_text("the 100 papers with most to say of 600, and 100 claims of 599")).to_be_visible()


@pytest.fixture(scope="module")
def vast(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("vast") / "graph.html"
    path.write_text(render(crowd(2100), "https://example.org/id/"), encoding="utf-8")
    return path


def test_two_thousand_things_move_at_thirty_frames_a_second(watched: Watched, vast: Path) -> None:
    page = watched.open(vast, "top=2000")
    expect(page.locator(".shown")).to_contain_text("Showing the 2,000 strongest of 2,100 things")
    page.evaluate("""() => {
      window.frames_ = [];
      const note = (time) => { window.frames_.push(time); requestAnimationFrame(note); };
      requestAnimationFrame(note);
    }""")
    box = page.locator(".canvas").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for i in range(30):
        page.mouse.move(x + 4 * i, y + 3 * i)
        page.wait_for_timeout(16)
    page.mouse.up()
    for i in range(16):
        page.mouse.wheel(0, -100 if i < 8 else 100)
        page.wait_for_timeout(16)
    times = page.evaluate("window.frames_")
    gaps = sorted(b - a for a, b in pairwise(times))
    assert len(gaps) > 20
    assert gaps[len(gaps) // 2] < 34  # the middle frame, which other work on the machine does not shift


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (390, 844), (1920, 800)])
def test_a_network_fills_the_room_it_has(watched: Watched, crowded: Path, width: int, height: int) -> None:
    """High or wide, the things on the map reach over most of it; the rest is for names at the edges."""
    watched.page.set_viewport_size({"width": width, "height": height})
    page = watched.open(crowded)
    box = page.locator(".canvas").bounding_box()
    assert box
    tree = ElementTree.fromstring(saved(page, "Map as SVG"))
    texts = list(tree.iter("{http://www.w3.org/2000/svg}text"))
    scale = 12 / float(texts[0].attrib["font-size"])  # names are 12 pixels high
    _, _, wide, high = (float(n) for n in tree.attrib["viewBox"].split())
    assert (wide - 160) * scale / box["width"] > 0.65
    assert (high - 120) * scale / box["height"] > 0.6


@pytest.mark.parametrize("state", ["", "n=system/c-0000", "n=system/c-0000&steps=2", "view=papers"])
def test_things_stand_where_their_names_and_lines_are(watched: Watched, crowded: Path, state: str) -> None:
    """The drawing library reads a place of 9.4e-15 as 9: it is given whole numbers."""
    tree = ElementTree.fromstring(saved(watched.open(crowded, state), "Map as SVG"))
    marks = list(tree.iter("{http://www.w3.org/2000/svg}circle"))
    assert marks
    assert all(float(m.attrib[c]).is_integer() for m in marks for c in ("cx", "cy"))


def test_titles_have_two_lines_and_what_is_introduced_stands_below(watched: Watched, crowded: Path) -> None:
    page = watched.open(crowded, "view=papers&top=80")
    space = "{http://www.w3.org/2000/svg}"
    tree = ElementTree.fromstring(saved(page, "Map as SVG"))
    lines = [[s.text or "" for s in t.iter(f"{space}tspan")] for t in tree.iter(f"{space}text")]
    titles = {" ".join(words) for words in lines if len(words) == 2}
    assert "Everything against everything 12" in titles  # whole, where one line would have cut it
    boxes = [(y, high, x, wide) for _, x, y, wide, high in names_on_the_map(page)]
    for i, (y, high, x, wide) in enumerate(boxes):
        for other_y, other_high, other_x, other_wide in boxes[:i]:
            across = x < other_x + other_wide and other_x < x + wide
            assert not across or abs((y + high / 2) - (other_y + other_high / 2)) >= min(high, other_high) * 0.7
