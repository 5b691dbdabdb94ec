"""The page in a real Chromium: what a user sees, clicks, types and sends to others."""

import re
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page, expect

from kgraph.export.html import render
from kgraph.model import Citation, RelationType
from tests.export.chromium import Watched
from tests.toy import NASTY, toy

pytestmark = pytest.mark.browser
IRI = "https://example.org/id/"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("page")
    found = {}
    for name, knowledge in (("plain", toy()), ("hostile", toy(hostile=True))):
        found[name] = folder / f"{name}.html"
        found[name].write_text(render(knowledge, IRI), encoding="utf-8")
    found["few"] = folder / "few.html"
    found["few"].write_text(render(toy(), IRI, drawn_limit=6), encoding="utf-8")
    return found


def panel(page: Page) -> str:
    return page.get_by_role("complementary").inner_text()


def shown(page: Page) -> str:
    return page.locator(".shown").inner_text()


def things(page: Page) -> list[str]:
    """Names of the things that the list twin of the view holds."""
    page.get_by_role("button", name="List", exact=True).click()
    return page.locator("#list table").first.locator("tbody th").all_inner_texts()


def test_details_show_every_claim_with_its_marked_sentence_and_paper(watched: Watched, pages: dict[str, Path]) -> None:
    page = watched.open(pages["plain"], "n=Tidal")
    aside = page.get_by_role("complementary")
    text = panel(page)
    for part in (
        "System",
        "Introduced by",
        "Compares against",
        "Runs on",
        "Builds on",
        "Mentioned in",
        "2–4×",
        "throughput",
    ):
        assert part in text
    assert "Claims differ: 1 to 1" in text  # Tidal and Orca: each is said to win
    knowledge = toy()
    for mention in (m for m in knowledge.mentions if m.entity == "system/tidal"):
        paper = next(p for p in knowledge.papers if p.id == mention.paper)
        source = paper.title if mention.where == "title" else paper.abstract
        quote = aside.locator("q", has_text=source[mention.sentence_start : mention.sentence_end])
        assert quote.count() >= 1
        assert quote.last.locator("mark", has_text=mention.surface).count() >= 1
        assert aside.locator("cite a.thing", has_text=paper.title).count() >= 1
    link = aside.get_by_role("link", name="arXiv 2309.00002").first
    assert link.get_attribute("href") == "https://arxiv.org/abs/2309.00002"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert "authors’ own claim" in text


def test_checkboxes_filter_kinds_and_relations(watched: Watched, pages: dict[str, Path]) -> None:
    page = watched.open(pages["plain"])
    for name in ("Papers", "Systems", "Hardware", "Models", "Datasets", "Compares against", "Runs on", "Builds on",
                 "Introduces", "Mentions", "Co-mentioned", "Cites"):  # fmt: skip
        expect(page.get_by_role("checkbox", name=name, exact=True)).to_have_count(1)
    before = things(page)
    assert "Tidal" in before
    assert "Faster Decoding Without a Name" not in before
    page.get_by_role("checkbox", name="Papers", exact=True).check()
    assert "Faster Decoding Without a Name" in things(page)
    page.get_by_role("checkbox", name="Systems", exact=True).uncheck()
    assert things(page) == []
    page.get_by_role("checkbox", name="Systems", exact=True).check()
    page.get_by_role("checkbox", name="Runs on", exact=True).check()
    assert "H100" in things(page)
    page.get_by_role("checkbox", name="Compares against", exact=True).uncheck()
    page.get_by_role("checkbox", name="Papers", exact=True).uncheck()
    assert "Orca" in things(page)
    assert "DriftKV" in things(page)
    page.get_by_role("checkbox", name="Hardware", exact=True).uncheck()
    assert things(page) == []


def test_relations_that_the_graph_lacks_are_not_offered(watched: Watched, tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    path.write_text(render(replace(toy(), citations=()), IRI), encoding="utf-8")
    page = watched.open(path)
    expect(page.get_by_role("checkbox", name="Cites", exact=True)).to_have_count(0)
    expect(page.get_by_role("checkbox", name="Builds on", exact=True)).to_have_count(1)
    assert "5 other relations" in shown(page)


def test_year_range_filters_and_stays_in_the_link(watched: Watched, pages: dict[str, Path]) -> None:
    page = watched.open(pages["plain"])
    assert "Orca" in things(page)
    low = page.get_by_role("slider", name="From year")
    expect(page.get_by_role("slider", name="To year")).to_have_count(1)
    low.fill("2025")
    low.dispatch_event("change")
    assert "years=2025" in page.url
    assert things(page) == ["Tidal", "Tidal-2"]
    assert " Year 2025." in shown(page)
    again = watched.open(pages["plain"], page.url.split("#")[1])
    assert things(again) == ["Tidal", "Tidal-2"]


def test_link_opens_on_a_thing_by_id_or_label(watched: Watched, pages: dict[str, Path]) -> None:
    for state in ("n=hardware/a100", "n=A100", "n=a100", "n=NVIDIA%20A100", "n=nvidia-a100"):
        page = watched.open(pages["plain"], state)
        page.reload()
        page.wait_for_selector("html[data-ready]")
        expect(page.get_by_role("complementary").get_by_role("heading", level=2)).to_have_text("A100")
    page = watched.open(pages["plain"], "n=nothing-of-the-kind")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.get_by_role("complementary")).to_contain_text("is not in this graph")


def test_back_and_forward(watched: Watched, pages: dict[str, Path]) -> None:
    page = watched.open(pages["plain"])
    heading = page.get_by_role("complementary").get_by_role("heading", level=2)
    first = heading.inner_text()
    page.get_by_role("link", name="Hardware", exact=True).click()
    second = heading.inner_text()
    assert first != second
    page.get_by_role("complementary").get_by_role("link", name="A100", exact=True).click()
    expect(heading).to_have_text("A100")
    page.go_back()
    expect(heading).to_have_text(second)
    page.go_back()
    expect(heading).to_have_text(first)
    page.go_forward()
    expect(heading).to_have_text(second)


def test_clicking_the_canvas_chooses_the_thing_there(watched: Watched, pages: dict[str, Path]) -> None:
    page = watched.open(pages["plain"], "n=Orca")
    box = page.locator(".canvas canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.02, box["y"] + box["height"] * 0.02)  # nothing there
    expect(page.get_by_role("complementary").get_by_role("heading", level=2)).to_have_text("Orca")
    page.get_by_role("link", name="Comparisons", exact=True).click()
    application = page.get_by_role("application")
    application.focus()
    seen = set()
    for key in ("ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"):
        application.press(key)
        seen.add(page.get_by_role("complementary").get_by_role("heading", level=2).inner_text())
    assert len(seen) > 1
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)  # arrow keys bring the thing here
    assert page.get_by_role("complementary").get_by_role("heading", level=2).inner_text() in seen


def test_says_what_is_shown_and_what_is_not(watched: Watched, pages: dict[str, Path]) -> None:
    page = watched.open(pages["plain"])
    assert shown(page).startswith("Showing 6 things and 5 lines, which stand for 6 of 8 claims. Turned off: papers, ")
    compared = page.get_by_role("checkbox", name="Compares against").locator("xpath=..")
    expect(compared.locator(".tally")).to_have_text("6")
    expect(compared.locator(".tally")).to_have_attribute("title", "6 claims, drawn as 5 lines")
    page.get_by_role("checkbox", name="Papers", exact=True).check()
    assert shown(page).startswith("Showing 7 things and 7 lines, which stand for 8 claims.")
    page.get_by_role("heading", name="About this graph").click()
    expect(page.get_by_text("(8 “Compares against”, ")).to_be_visible()
    assert sum(r.type is RelationType.COMPARES_AGAINST for r in toy().relations) == 8
    page = watched.open(pages["plain"], "n=Tidal")
    number = sum(
        r.type is RelationType.COMPARES_AGAINST and "system/tidal" in (r.subject, r.object) for r in toy().relations
    )
    section = page.locator("details.section").filter(has=page.get_by_role("heading", name="Compares against"))
    expect(section.locator(".tally")).to_have_text(f"{number} claims")
    expect(page.locator(".tallies")).to_contain_text(f"{number} comparison claims")
    page = watched.open(pages["few"], "view=comparisons&top=3")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert "only by search" in shown(page)
    page.get_by_role("searchbox").fill("RiverChat")
    page.keyboard.press("Enter")
    assert "Apex: Training at the Peak" in things(page)  # the neighbourhood of what is not drawn can be opened


def test_hostile_texts_are_shown_as_text(watched: Watched, pages: dict[str, Path]) -> None:
    page = watched.open(pages["hostile"])
    for i, text in enumerate(NASTY):
        page.goto(f"{pages['hostile'].as_uri()}#n=system/nasty-{i}")
        wanted = re.sub("[\ud800-\udfff]", "\ufffd", text)
        page.wait_for_function("t => document.querySelector('aside h2').textContent === t", arg=wanted, timeout=3000)
        assert page.locator("img, iframe, object, embed, base, form").count() == 0
    for view in ("comparisons", "hardware", "together", "papers"):
        page.goto(f"{pages['hostile'].as_uri()}#view={view}&as=list&kinds=paper,system,hardware,model,dataset")
        page.wait_for_selector("#list table", state="attached")
    page.get_by_role("searchbox").fill("<img")
    expect(page.get_by_role("option").first).to_contain_text("</script><img src=x onerror=alert(1)>")
    page.keyboard.press("Enter")
    links = page.eval_on_selector_all("a", "all => all.map(a => a.protocol)")
    assert set(links) <= {"file:", "https:"}
    assert page.evaluate("window.alerted") is None


def test_any_link_opens(watched: Watched, pages: dict[str, Path]) -> None:
    """Links are typed, cut and mangled by mail programs: whatever stands after the #, the page works on."""
    page = watched.open(pages["hostile"])
    words = [
        "",
        "x",
        "system/orca",
        "paper/tidal-333333",
        "Tidal",
        "%",
        "%zz",
        "<img src=x onerror=alert(1)>",
        "-1",
        "0",
        "1e99",
        "NaN",
        "__proto__",
        "constructor",
        "list",
        "map",
        "matrix",
        "around",
        "path",
        "system,nope",
        "2021-",
        "-2022",
        "9-1",
        "system/orca~system/tidal",
        "~",
        "%7E~%25",
    ]
    keys = [
        "n",
        "view",
        "as",
        "kinds",
        "links",
        "years",
        "top",
        "min",
        "sure",
        "chance",
        "steps",
        "hidden",
        "pinned",
        "path",
        "pair",
        "nonsense",
        "__proto__",
    ]
    chance = Random(7)
    states = ["", "#", "##", "&&&", "=", "n", "n=", "view=constructor", "%E0%A4%A"]
    for _ in range(120):
        states.append("&".join(f"{chance.choice(keys)}={chance.choice(words)}" for _ in range(chance.randint(1, 5))))
    for state in states:
        page.evaluate("s => { location.hash = s; }", state)
        page.evaluate("() => new Promise(done => setTimeout(done))")
        assert watched.complaints == [], state
    page.evaluate("s => { location.hash = s; }", "n=Tidal")
    expect(page.get_by_role("complementary").get_by_role("heading", level=2)).to_have_text("Tidal")


def test_escape_and_close_lead_back_to_the_overview(watched: Watched, pages: dict[str, Path]) -> None:
    page = watched.open(pages["plain"], "n=Tidal&view=comparisons")
    heading = page.get_by_role("complementary").get_by_role("heading", level=2)
    expect(heading).to_have_text("Tidal")
    page.keyboard.press("Escape")
    expect(heading).to_have_text("Who is compared with whom")
    page.go_back()
    page.get_by_role("button", name="Close details").click()
    expect(heading).to_have_text("Who is compared with whom")


def test_escape_leads_back_from_a_neighbourhood(watched: Watched, pages: dict[str, Path]) -> None:
    page = watched.open(pages["plain"], "view=hardware&years=2020-2025")
    heading = page.get_by_role("complementary").get_by_role("heading", level=2)
    application = page.get_by_role("application")
    application.focus()
    application.press("ArrowRight")
    chosen, before = heading.inner_text(), page.url
    application.press("Enter")
    expect(page.get_by_role("link", name="Around one")).to_have_attribute("aria-current", "page")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Hardware", exact=True)).to_have_attribute("aria-current", "page")
    assert page.url == before
    expect(heading).to_have_text(chosen)
    page.keyboard.press("Escape")
    expect(heading).to_have_text("What ran on which hardware, and when")
    page = watched.open(pages["plain"], "n=Tidal")  # a link from elsewhere: back to the overview
    page.reload()
    page.wait_for_selector("html[data-ready]")
    page.get_by_role("button", name="Close details").click()
    expect(heading).to_have_text("Who is compared with whom")


def test_an_empty_map_says_why_and_leads_out(watched: Watched, pages: dict[str, Path]) -> None:
    page = watched.open(pages["plain"], "kinds=")
    hint = page.locator(".panes > .empty")
    expect(hint).to_contain_text("All kinds are turned off.")
    for name in ("List", "Matrix", "Map"):
        page.get_by_role("button", name=name, exact=True).click()
        expect(hint).to_be_visible()
    page.get_by_role("checkbox", name="Systems", exact=True).check()
    expect(hint).not_to_be_visible()
    page.get_by_role("checkbox", name="Compares against", exact=True).uncheck()
    expect(hint).to_contain_text("All relations are turned off.")
    hint.get_by_role("button", name="Reset filters").click()
    expect(hint).not_to_be_visible()
    assert "Showing 6 things" in shown(page)


def test_citations_are_told_by_year_and_missing_ones_are_marked(watched: Watched, tmp_path: Path) -> None:
    known = toy()
    claims = [r for r in known.relations if r.type is RelationType.COMPARES_AGAINST]
    by = {e.id: e.introduced_by for e in known.entities}
    claim = next(r for r in claims if by.get(r.object) and r.paper not in by[r.object])
    origin = by[claim.object][0]
    other = next(p.id for p in known.papers if p.id not in (origin, claim.paper))
    path = tmp_path / "graph.html"
    aside = watched.page.get_by_role("complementary")
    for cited, marked in ((other, True), (origin, False)):
        citations = (Citation(claim.paper, cited),)
        path.write_text(render(replace(known, citations=citations), IRI), encoding="utf-8")
        watched.page.goto("about:blank")
        watched.open(path, f"pair={claim.subject}~{claim.object}")
        expect(aside.get_by_text("compared, not cited").first).to_be_visible(visible=marked)
        watched.page.goto("about:blank")
        watched.open(path, f"n={claim.object}")
        expect(aside.get_by_text("Papers citing its paper, by year")).to_be_visible(visible=not marked)
