"""The explorer as the server shows it: a page that carries a part and asks for the rest, in a real Chromium."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kgraph.export.html import Stock
from kgraph.export.html.trails import Step, shortest
from kgraph.export.publish import opened, publish
from kgraph.export.registry import Build
from kgraph.graph import tables
from kgraph.model import Record
from tests.export.chromium import launch, rows
from tests.export.test_html_large import crowd
from tests.serve.conftest import Server, started
from tests.toy import toy

DRAWN = 40
COUNT = 240


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    knowledge = crowd(COUNT)
    knowledge = replace(knowledge, relations=tuple(replace(r, confidence=0.7) for r in knowledge.relations))
    records = tuple(Record(p.title, p.abstract, date=p.date) for p in knowledge.papers)
    papers = tuple(replace(p, records=(r.id,)) for p, r in zip(knowledge.papers, records, strict=True))
    folder = tmp_path_factory.mktemp("crowd") / "export"
    with opened(folder):
        publish(Build(replace(knowledge, papers=papers), records), folder)
    return folder


@pytest.fixture(scope="module")
def crowded(export: Path) -> Iterator[Server]:
    with started(export, "--drawn", str(DRAWN), "--workers", "1") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as running:
        yield running


@pytest.fixture
def page(browser: Browser, crowded: Server) -> Iterator[Page]:
    """A page that must complain of nothing and ask nobody but its server."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(8000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith((crowded.address, "blob:")) else complaints.append(r.url))
    yield page
    assert not complaints
    context.close()


def opened_at(page: Page, server: Server, state: str = "") -> Page:
    page.goto(f"{server.address}#{state}")
    page.wait_for_selector("html[data-ready]:not([data-asking])", timeout=10_000)
    return page


def heading(page: Page) -> str:
    return page.get_by_role("complementary").get_by_role("heading", level=2).inner_text()


@pytest.mark.browser
def test_the_page_carries_a_part_and_search_finds_the_rest(page: Page, crowded: Server) -> None:
    body = crowded.get("").text
    assert '"Contender number 1"' in body
    assert '"Contender number 239"' not in body
    opened_at(page, crowded)
    page.get_by_role("searchbox").fill("contender number 239")
    expect(page.get_by_role("option").first).to_contain_text("Contender number 239")
    page.keyboard.press("Enter")
    aside = page.get_by_role("complementary")
    expect(aside.get_by_role("heading", level=2)).to_have_text("Contender number 239")
    expect(aside).to_contain_text("Contender number 239 outperforms Contender number 79 by 241x.")
    expect(aside).to_contain_text("Everything against everything 239")


@pytest.mark.browser
def test_what_has_no_match_is_offered_the_nearest_names(page: Page, crowded: Server) -> None:
    opened_at(page, crowded)
    page.get_by_role("searchbox").fill("contedner number 239")
    expect(page.locator(".matches-note")).to_have_text("Nothing of that name. Nearest:")
    expect(page.get_by_role("option").first).to_contain_text("Contender number 239")
    opened_at(page, crowded, "n=contender-number-0201")
    aside = page.get_by_role("complementary")
    expect(aside).to_contain_text("Nothing of that name")
    expect(aside.get_by_role("link", name="Contender number 201")).to_be_visible()


@pytest.mark.browser
def test_enter_before_the_answer_takes_its_first_match(page: Page, crowded: Server) -> None:
    opened_at(page, crowded)
    page.get_by_role("searchbox").fill("number 200")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary").get_by_role("heading", level=2)).to_have_text("Contender number 200")


@pytest.mark.browser
def test_details_of_a_drawn_thing_are_asked_for_and_whole(page: Page, crowded: Server) -> None:
    opened_at(page, crowded, "n=system/c-0012&view=comparisons")
    aside = page.get_by_role("complementary")
    expect(aside).to_contain_text("4 papers")
    for other in (4, 36, 37, 38):  # the last three may not be carried
        expect(aside).to_contain_text(f"Contender number {other}")
    assert heading(page) == "Contender number 12"


@pytest.mark.browser
def test_a_hub_says_how_much_of_it_is_told(page: Page, crowded: Server, export: Path) -> None:
    stock = Stock(tables.load(export), "https://example.org/id/", DRAWN, most=2)
    hub = stock.find("system/c-0079")
    ((_, _, papers, _, claims),) = stock.whole(hub)["told"]
    answer = json.dumps({"thing": hub, "parcel": stock.whole(hub)})
    page.route("**/api/thing?*", lambda route: route.fulfill(body=answer, content_type="application/json"))
    opened_at(page, crowded, "n=system/c-0079")
    aside = page.get_by_role("complementary")
    expect(aside).to_contain_text(f"Told here: 2 of {papers} papers, 2 of {claims} claims")
    expect(aside).to_contain_text(f"{papers} papers · ")
    assert min(papers, claims) > 2
    told = aside.locator("details", has=page.get_by_role("heading", name="Mentioned in"))
    expect(told.locator(".source")).to_have_count(2)
    assert all(text.strip() for text in told.locator(".source").all_inner_texts())
    page.unroute("**/api/thing?*")
    opened_at(page, crowded, "n=system/c-0012")
    expect(aside).to_contain_text("4 papers")
    expect(aside).not_to_contain_text("Told here")


@pytest.mark.browser
@pytest.mark.parametrize(("steps", "numbers"), [(1, {79, 26, 237, 238, 239}), (2, {79, 26, 237, 238, 239, 8, 78, 80})])
def test_neighbourhoods_of_one_and_two_steps(page: Page, crowded: Server, steps: int, numbers: set[int]) -> None:
    opened_at(page, crowded, f"n=system/c-0079&kinds=system&links=compares_against&steps={steps}&top=500")
    assert {row[0] for row in rows(page)} == {f"Contender number {n}" for n in numbers}


@pytest.mark.browser
def test_paths_between_things_that_are_not_carried(page: Page, crowded: Server) -> None:
    opened_at(page, crowded, "view=path&path=system/c-0238~system/c-0237&kinds=system")
    aside = page.get_by_role("complementary")
    expect(aside).to_contain_text("2 steps")
    expect(aside).to_contain_text("Contender number 238 outperforms Contender number 79")
    expect(aside).to_contain_text("Contender number 237 outperforms Contender number 79")
    page.go_back()
    opened_at(page, crowded, "view=path&path=system/c-0238~system/c-0237&kinds=system&hidden=system/c-0079")
    expect(aside).to_contain_text("No chain of statements")


@pytest.mark.browser
@pytest.mark.parametrize(
    "filters",
    ["links=runs_on,builds_on", "years=2000-2000", "sure=0.8", "min=2", "links=compares_against&years=2017-2017"],
)
def test_paths_keep_to_the_filters(page: Page, crowded: Server, filters: str) -> None:
    whole = "view=path&path=system/c-0238~system/c-0237&kinds=system"
    aside = page.get_by_role("complementary")
    opened_at(page, crowded, f"{whole}&sure=0.5&years=2017-2018")
    expect(aside).to_contain_text("2 steps")
    opened_at(page, crowded, f"{whole}&{filters}")
    expect(aside).to_contain_text("No chain of statements that passes the filters")


@pytest.mark.browser
def test_the_explorer_leads_to_the_query_page(page: Page, crowded: Server) -> None:
    opened_at(page, crowded)
    page.get_by_role("link", name="Query", exact=True).click()
    expect(page.get_by_role("heading", name="Ask the graph")).to_be_visible()
    page.get_by_role("link", name="Explorer").click()
    page.wait_for_selector("html[data-ready]")


@pytest.mark.browser
def test_a_pair_and_an_unknown_name(page: Page, crowded: Server) -> None:
    opened_at(page, crowded, "pair=system/c-0239~system/c-0079")
    expect(page.get_by_role("complementary")).to_contain_text("outperforms Contender number 79 by 241x.")
    opened_at(page, crowded, "n=nobody")
    expect(page.get_by_role("complementary")).to_contain_text("Nothing of that name")


@pytest.mark.browser
def test_a_server_that_went_away_is_named_and_asked_again(browser: Browser, crowded: Server) -> None:
    page = browser.new_page()
    opened_at(page, crowded)
    page.route("**/api/**", lambda route: route.abort())
    page.evaluate("location.hash = 'n=system/c-0100'")
    expect(page.get_by_text("The server can't be asked")).to_be_visible()
    page.unroute("**/api/**")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("complementary").get_by_role("heading", level=2)).to_have_text("Contender number 100")
    page.close()


def test_the_policy_lets_the_page_ask_its_server_and_the_file_nobody(crowded: Server, export: Path) -> None:
    answer = crowded.get("")
    policy = answer.headers["content-security-policy"]
    assert "connect-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    stated = re.search('http-equiv="Content-Security-Policy" content="([^"]*)"', answer.text)
    assert stated
    assert "connect-src &#39;self&#39;" in stated.group(1)
    assert "connect-src &#39;none&#39;" in (export / "graph.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["api/thing?name=system/c-0001", "api/search?q=contender", "api/path?from=a&to=b"])
def test_the_api_is_read_only_and_known_by_its_name(crowded: Server, path: str) -> None:
    answer = crowded.get(path)
    assert (answer.status, answer.media_type) == (200, "application/json")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert crowded.get(path, {"host": "rebound.example"}).status == 400
    assert crowded.post("{}", "application/json", path=path).status == 405


def test_the_api_bounds_what_is_asked(crowded: Server) -> None:
    assert crowded.get("api/search", q="x" * 2001).status == 400
    assert crowded.get("api/search", q="c", limit="many").status == 400
    assert len(json.loads(crowded.get("api/search", q="c", limit="100000").body)["matches"]) == 50
    assert crowded.get("api/thing", name="x" * 2001).status == 400
    assert json.loads(crowded.get("api/thing", name="nobody").body) == {"thing": -1}
    assert json.loads(crowded.get("api/search", q=" ").body)["matches"] == []


def test_damage_is_said_without_a_trace(tmp_path: Path) -> None:
    knowledge = toy()
    records = tuple(Record(p.title, p.abstract, date=p.date) for p in knowledge.papers)
    papers = tuple(replace(p, records=(r.id,)) for p, r in zip(knowledge.papers, records, strict=True))
    with opened(tmp_path / "e"):
        publish(Build(replace(knowledge, papers=papers), records), tmp_path / "e")
    (tmp_path / "e" / "tables" / "papers.parquet").write_bytes(b"no table")
    with started(tmp_path / "e", "--workers", "1") as running:
        answer = running.get("")
        assert answer.status == 500
        assert "papers.parquet" in answer.text


def test_a_parcel_names_all_that_it_speaks_of() -> None:
    stock = Stock(toy(hostile=True), "https://example.org/id/", 5)
    for thing in range(stock.total):
        for parcel in (stock.whole(thing), stock.around(thing)):
            described = set(parcel["things"]["n"])
            said = {n for _, row in parcel["claims"] for n in (row[1], row[2], row[3])}
            said |= {n for e in parcel["edges"] for n in e[1:3]} | {n for c in parcel["citations"] for n in c[:2]}
            assert said <= described
            texts = {(p, s) for p, s, _ in parcel["texts"]}
            assert {(row[3], row[4]) for _, row in parcel["claims"]} <= texts


def test_the_cheapest_trail_and_none() -> None:
    steps = [Step(5, 0, 3, 1), Step(0, 0, 1, 1), Step(0, 1, 3, 1), Step(0, 4, 5, 1)]
    beside = {n: [s for s in steps if n in (s.a, s.b)] for n in range(6)}
    assert shortest(beside, 0, 3) == [steps[1], steps[2]]
    assert shortest(beside, 3, 0, lambda n: n != 1) == [steps[0]]
    assert shortest(beside, 0, 5) == []


def test_what_is_told_of_a_hub_is_bounded_and_the_rest_counted() -> None:
    stock = Stock(crowd(COUNT), "https://example.org/id/", 5, most=3)
    whole = Stock(crowd(COUNT), "https://example.org/id/", 5)
    hub = max(range(stock.papers, stock.total), key=lambda i: len(whole.whole(i)["claims"]))
    parcel, everything = stock.whole(hub), whole.whole(hub)
    ((thing, papers, all_papers, claims, all_claims),) = parcel["told"]
    assert (thing, papers, claims) == (hub, 3, 3)
    assert all_claims == len(everything["claims"]) > 3
    assert all_papers == len(dict(everything["named"])[hub]) > 3
    assert len(parcel["claims"]) == 3
    assert len(stock.around(hub)["claims"]) <= 3 + 4 * 3
    assert parcel["named"] == everything["named"]
