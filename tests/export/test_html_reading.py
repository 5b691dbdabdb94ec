"""What is told beside the map, and that figures, colours and sentences say one thing each, in a real Chromium."""

import math
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from kgraph.export.html import render
from kgraph.model import RelationType
from tests.export.chromium import Watched, rows, saved
from tests.export.test_html_large import crowd
from tests.export.test_html_views import spots_of
from tests.toy import toy

pytestmark = pytest.mark.browser
SPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    path.write_text(render(toy(), "https://example.org/id/"), encoding="utf-8")
    return path


def test_hardware_stands_under_families_and_years(watched: Watched, plain: Path) -> None:
    page = watched.open(plain, "view=hardware")
    table = page.get_by_role("complementary").get_by_role("table")
    cells = {r.locator("th").inner_text(): r.locator("td").all_inner_texts() for r in table.locator("tbody tr").all()}
    years = table.locator("thead th").all_inner_texts()[1:]
    assert years == ["2022", "2023", "2024", "2025", "?"]
    assert cells["A100"] == ["1", "", "1", "", "1"]
    assert cells["H100"] == ["", "", "1", "1", ""]
    assert {r[0] for r in rows(page)} >= {"A100", "H100", "A100-80GB", "Orca", "DriftKV"}


def test_hardware_lines_show_only_what_is_chosen_and_all_years_fit(watched: Watched, plain: Path) -> None:
    def drawn() -> list[list[float]]:
        tree = ElementTree.fromstring(saved(page, "Map as SVG"))
        lines = tree.iter("{http://www.w3.org/2000/svg}line")
        return [[float(e.attrib[k]) for k in ("x1", "y1", "x2", "y2")] for e in lines]

    page = watched.open(plain, "view=hardware")
    assert drawn() == []  # the rows say it
    room = page.locator(".canvas").bounding_box()
    assert room
    assert max(x for x, _ in spots_of(page).values()) < room["width"]
    page.get_by_role("complementary").get_by_role("link", name="A100", exact=True).click()
    assert len(drawn()) == 3


def test_every_claim_of_hardware_has_a_column(watched: Watched, tmp_path: Path) -> None:
    """Years too many for the panel share columns; none is left out."""
    known = toy()
    runs = [r for r in known.relations if r.type is RelationType.RUNS_ON]
    papers = {p.id: p for p in known.papers}
    extra_papers, extra = [], []
    for year in range(2009, 2021):
        one = runs[0]
        paper = replace(papers[one.paper], id=f"paper/of-{year}", year=year, date=str(year))
        extra_papers.append(paper)
        extra.append(replace(one, id=f"r-{year}", evidence=replace(one.evidence, paper=paper.id)))
    path = tmp_path / "graph.html"
    path.write_text(
        render(
            replace(
                known,
                papers=tuple(sorted((*known.papers, *extra_papers), key=lambda p: p.id)),
                relations=(*known.relations, *extra),
            ),
            "https://example.org/id/",
        ),
        encoding="utf-8",
    )
    page = watched.open(path, "view=hardware")
    table = page.get_by_role("complementary").get_by_role("table")
    years = table.locator("thead th").all_inner_texts()[1:]
    assert years[-1] == "?"
    assert len(years) == 5
    assert years[0].startswith("2009")
    assert sum(int(n) for n in table.locator("td").all_inner_texts() if n) == len(runs) + len(extra)
    row = table.locator("tbody tr", has_text=next(e.label for e in known.entities if e.id == runs[0].object)).first
    assert sum(int(n) for n in row.locator("td").all_inner_texts() if n) >= len(extra)


def test_colours_of_communities_are_not_those_of_kinds(watched: Watched, plain: Path) -> None:
    colour = "e => getComputedStyle(e).backgroundColor"
    page = watched.open(plain)
    kinds = {page.locator(f"#filters .swatch.{k}").evaluate(colour) for k in ("system", "hardware", "model")}
    assert len(kinds) == 3
    page.get_by_role("link", name="Co-mentions").click()
    inside = page.locator("#filters, #details").locator(".swatch:is(.system, .hardware, .model, .dataset)")
    assert inside.count() > 4
    assert len({s.evaluate(colour) for s in inside.all()} | kinds) == 4
    expect(page.locator(".slider", has_text="Backbone threshold")).to_contain_text("chance")
    expect(page.get_by_role("complementary")).not_to_contain_text(" 0 more")


def test_lists_can_be_sorted(watched: Watched, plain: Path) -> None:
    page = watched.open(plain, "view=papers&as=list")
    expect(page.locator("#list th", has_text="Claims, citations")).to_be_visible()
    page = watched.open(plain, "as=list")
    names = [row[0] for row in rows(page)]
    for wanted in (sorted(names, key=str.lower), sorted(names, key=str.lower, reverse=True)):
        page.locator("#list").get_by_role("button", name="Name").click()
        assert [row[0] for row in rows(page)] == wanted
    head = page.locator("#list th", has_text="Name")
    assert head.get_attribute("aria-sort") == "descending"
    page.get_by_role("slider", name="Things to show, at most").fill("100")
    page.get_by_role("slider", name="Things to show, at most").dispatch_event("change")
    assert head.get_attribute("aria-sort") == "descending"  # the order outlives what is shown
    page.locator("#list").get_by_role("button", name="Papers").click()
    counts = [int(row[2]) for row in rows(page)]
    assert counts == sorted(counts, reverse=True)
    page.locator("#list").get_by_role("button", name="From").click()
    firsts = [row[0] for row in rows(page, 1)]
    assert firsts == sorted(firsts)
    page.get_by_role("complementary").get_by_role("button", name="Won").click()
    wins = [int(n) for n in page.get_by_role("complementary").locator(".mini tbody td:nth-child(3)").all_inner_texts()]
    assert wins == sorted(wins, reverse=True)


def test_a_column_that_was_sorted_by_may_go(watched: Watched, plain: Path) -> None:
    page = watched.open(plain, "view=hardware")
    heads = page.get_by_role("complementary").locator("thead th")
    columns = heads.count()
    assert columns > 2
    heads.last.get_by_role("button").click()
    year = heads.nth(1).inner_text()[:4]
    page.evaluate("year => { location.hash = `view=hardware&years=${year}-${year}`; }", year)
    expect(heads).not_to_have_count(columns)
    expect(page.get_by_role("complementary").locator("tbody tr").first).to_be_visible()


def test_a_pair_shows_no_sentence_twice(watched: Watched, plain: Path) -> None:
    for pair in ("system/orca~system/apex-0a1b2c", "system/orca~system/tidal"):
        page = watched.open(plain, f"pair={pair}")
        page.reload()
        page.wait_for_selector("html[data-ready]")
        quotes = page.get_by_role("complementary").locator("q").all_inner_texts()
        assert len(quotes) == len(set(quotes)) > 0
    page = watched.open(plain, "pair=hardware/a100~system/orca")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.get_by_role("complementary").get_by_role("heading", name="Named together")).to_have_count(0)


def test_a_name_in_another_case_is_no_other_name(watched: Watched, plain: Path) -> None:
    page = watched.open(plain, "n=Tidal")
    aside = page.get_by_role("complementary")
    expect(aside).not_to_contain_text("TIDAL,")
    expect(aside).not_to_contain_text("Also written")
    expect(aside).to_contain_text("Named by papers of 2023–2025")


def test_every_claim_says_how_sure_it_is(watched: Watched, tmp_path: Path) -> None:
    known = toy()
    path = tmp_path / "graph.html"
    numbers = [1.0, 0.9971, *(0.6 + i / 100 for i in range(len(known.relations)))]
    graded = [replace(r, confidence=c) for r, c in zip(known.relations, numbers, strict=False)]
    path.write_text(render(replace(known, relations=tuple(graded)), "https://example.org/id/"), encoding="utf-8")
    page = watched.open(path, "n=Tidal")
    aside = page.get_by_role("complementary")
    claims = [r for r in graded if "system/tidal" in (r.subject, r.object)]
    said = aside.locator(".sure").all_inner_texts()
    assert sorted(said) == sorted(
        f"{round(c * 100)}% sure" if c < 0.99 else "over 99% sure" if c < 1 else "100% sure"
        for c in (r.confidence for r in claims)
    )
    assert "Confidence" in str(aside.locator(".sure").first.get_attribute("title"))
    page.get_by_role("slider", name="Confidence, at least").fill("0.7")
    expect(page.locator(".slider", has_text="Confidence").locator("output")).to_have_text("70%")


def test_ratios_are_seen_side_by_side(watched: Watched, tmp_path: Path) -> None:
    """The bars of a thing: those that beat it, the greatest ratio first, on one scale; each row opens its quotes."""
    path = tmp_path / "graph.html"
    path.write_text(render(crowd(40, each=40), "https://example.org/id/"), encoding="utf-8")
    page = watched.open(path, "n=system/c-0000")
    chart = page.get_by_role("table", name="Beaten by")
    bars = chart.locator(".ratio-bar")
    expect(bars).to_have_count(8)
    widths = [float(bar.evaluate("e => e.getBoundingClientRect().width")) for bar in bars.all()]
    assert widths == sorted(widths, reverse=True)
    assert chart.locator("button").first.inner_text() == "41×"
    page.get_by_role("complementary").get_by_role("button", name="Show the other 31", exact=True).first.click()
    expect(bars).to_have_count(39)
    ratio, whole = bars.last.bounding_box(), bars.first.bounding_box()
    assert ratio
    assert whole
    assert ratio["width"] / whole["width"] == pytest.approx(math.log(3) / math.log(41), abs=0.02)  # 3x beside 41x
    chart.get_by_role("button", name="41×").click()
    expect(page.get_by_role("complementary").locator("q").first).to_contain_text("by 41x")
    page = watched.open(path, "n=system/c-0002")  # one number alone is no chart
    expect(page.get_by_role("complementary")).to_contain_text("beats")
    expect(page.get_by_role("heading", name="By how much")).to_have_count(0)


def fills(page: Page) -> dict[str, str]:
    """The colours of the marks on the saved picture, by the name that stands nearest."""
    tree = ElementTree.fromstring(saved(page, "Map as SVG"))
    marks = [(float(c.attrib["cx"]), float(c.attrib["cy"]), c.attrib["fill"]) for c in tree.iter(f"{SPACE}circle")]
    return {
        str(t.text): min(marks, key=lambda m: math.hypot(m[0] - float(t.attrib["x"]), m[1] - float(t.attrib["y"])))[2]
        for t in tree.iter(f"{SPACE}text")
    }


def test_colour_can_tell_the_year(watched: Watched, plain: Path) -> None:
    """From the oldest to the newest, with a legend; wherever one goes, and in what is taken away."""
    page = watched.open(plain)
    assert len(set(fills(page).values())) == 1  # all are systems
    page.get_by_role("checkbox", name="Colour by year").check()
    assert "colour=year" in page.url
    seen = fills(page)
    assert seen["Apex (2021)"] != seen["Apex (2024)"]
    assert seen["Orca"] != seen["Tidal-2"]
    legend = page.locator(".filters .says").first.locator("li").all_inner_texts()
    assert legend[0].startswith("2021")
    page.get_by_role("link", name="Hardware", exact=True).click()
    expect(page.get_by_role("checkbox", name="Colour by year")).to_be_checked()
    page.go_back()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert fills(page) == seen
    page.get_by_role("checkbox", name="Colour by year").uncheck()
    assert "colour" not in page.url
    assert len(set(fills(page).values())) == 1


def test_the_picture_has_the_colours_of_communities(watched: Watched, plain: Path) -> None:
    page = watched.open(plain, "view=together&chance=1")
    swatch = page.get_by_role("complementary").locator(".swatch.group").first
    red, green, blue = re.findall(r"\d+", str(swatch.evaluate("e => getComputedStyle(e).backgroundColor")))
    marks = {c.attrib["fill"] for c in ElementTree.fromstring(saved(page, "Map as SVG")).iter(f"{SPACE}circle")}
    assert f"#{int(red):02x}{int(green):02x}{int(blue):02x}" in marks
    assert len(page.get_by_role("complementary").locator(".swatch.group").all()) > 1
    assert len(marks) > 1  # all circles are systems


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_of_years_stand_out_and_apart(watched: Watched, plain: Path, theme: str) -> None:
    """From old to new ever further from the page, the palest still seen on it (compare WCAG 1.4.11)."""
    page = watched.open(plain)
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)

    def light(name: str) -> float:
        value = str(page.evaluate("n => getComputedStyle(document.documentElement).getPropertyValue(n).trim()", name))
        parts = [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(name: str) -> float:
        a, b = sorted((light(name), light("--surface")))
        return (b + 0.05) / (a + 0.05)

    ratios = [contrast(f"--age-{i}") for i in range(5)]
    assert ratios[0] > 2.4
    assert all(newer > older * 1.25 for older, newer in pairwise(ratios))
