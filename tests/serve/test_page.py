"""The query page in a real browser: buttons, parameters, results that lead into the explorer, and nothing foreign."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.export.chromium import launch
from tests.serve.conftest import Server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as running:
        yield running


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """The page, which must complain of nothing and ask nobody but the server."""
    context = browser.new_context()
    context.set_default_timeout(8000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith((server.address, "blob:")) else complaints.append(r.url))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.goto(f"{server.address}query")
    yield page
    # a refused query is a 4xx answer, which Chromium logs
    assert not [c for c in complaints if "the server responded with a status of 4" not in c]
    context.close()


def test_a_button_asks_and_shows_a_table(page: Page) -> None:
    page.get_by_role("button", name="Most used baselines").click()
    expect(page.get_by_role("columnheader").first).to_have_text("baseline")
    expect(page.get_by_role("status")).to_contain_text("rows in")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Tidal")


def test_needed_parameters_are_asked_for_and_kept_in_the_address(page: Page, server: Server) -> None:
    page.get_by_role("button", name="What builds on it").click()
    expect(page.get_by_role("status")).to_have_text("Give system, then Ask.")
    page.get_by_label("system (needed)").fill("tidal")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("row")).to_have_count(3)
    assert page.url == f"{server.address}query?system=tidal&name=builds-on"
    page.reload()
    expect(page.get_by_role("row")).to_have_count(3)


def test_a_parameter_of_few_values_offers_them(page: Page, server: Server) -> None:
    page.goto(f"{server.address}query?name=beats&kind=Percent")
    choice = page.get_by_label("kind: only numbers of this kind")
    expect(choice).to_have_value("percent")
    assert choice.locator("option").all_text_contents() == ["any", "ratio", "percent", "points", "absolute"]
    rows = page.get_by_role("row")
    expect(rows.nth(1)).to_contain_text("percent")
    choice.select_option("ratio")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(rows.nth(1)).to_contain_text("ratio")
    assert page.url.endswith("kind=ratio&name=beats")


@pytest.mark.parametrize("width", [1200, 500])
def test_heads_of_columns_are_whole_words(page: Page, server: Server, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{server.address}query?name=beats")
    heads = page.get_by_role("columnheader")
    expect(heads.first).to_have_text("winner")
    line = heads.first.evaluate("h => parseFloat(getComputedStyle(h).fontSize)")
    for box in (head.bounding_box() for head in heads.all()):
        assert box is not None
        assert box["height"] < 3 * line


def test_entities_lead_into_the_explorer(page: Page, server: Server) -> None:
    page.goto(f"{server.address}query?name=builds-on&system=tidal")
    link = page.get_by_role("link", name="DriftKV", exact=True)
    assert link.get_attribute("href") == "/#n=system%2Fdriftkv"


def test_own_queries_run_with_the_keyboard(page: Page) -> None:
    editor = page.get_by_label("SPARQL")
    editor.fill("ASK { ?s ?p ?o }")
    editor.press("Control+Enter")
    expect(page.locator("#answer")).to_have_text("Yes.")
    editor.fill("CONSTRUCT WHERE { ?s a <https://w3id.org/kgraph/ns#Build> }")
    editor.press("Control+Enter")
    expect(page.locator("#answer pre")).to_contain_text("@prefix kg:")


def test_errors_are_shown(page: Page) -> None:
    page.get_by_label("SPARQL").fill("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("line 1, column 12: SERVICE asks other machines and is refused")


def test_hostile_labels_are_text(page: Page) -> None:
    page.get_by_label("SPARQL").fill(
        "SELECT ?s ?sLabel { ?s a <https://w3id.org/kgraph/ns#System> ; "
        "<http://www.w3.org/2004/02/skos/core#prefLabel> ?sLabel } ORDER BY ?s"
    )
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("cell", name="</script><img src=x onerror=alert(1)>")).to_be_visible()
    assert page.locator("#answer img").count() == 0


def test_answers_can_be_saved(page: Page) -> None:
    page.get_by_role("button", name="What is in the graph").click()
    expect(page.get_by_role("button", name="CSV")).to_be_enabled()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename == "answer.csv"
    assert download.value.path().read_text(encoding="utf-8").startswith("class,count")
    expect(page.get_by_role("button", name="Turtle")).to_be_disabled()


def test_back_leads_to_what_was_asked_before(page: Page, server: Server) -> None:
    title = page.get_by_role("heading", level=2)
    page.get_by_role("button", name="Most used baselines").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("Tidal")
    page.get_by_label("SPARQL").fill("ASK { ?s ?p ?o }")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("#answer")).to_have_text("Yes.")
    expect(title).to_have_text("Your own query")
    page.reload()
    expect(page.locator("#answer")).to_have_text("Yes.")  # the address holds the query
    page.go_back()
    expect(title).to_have_text("Most used baselines")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Tidal")
    page.go_back()
    expect(title).to_have_text("Your own query")
    expect(page.get_by_role("row")).to_have_count(0)
    page.go_forward()
    expect(title).to_have_text("Most used baselines")


def test_parameters_are_aligned_and_offer_names(page: Page, server: Server) -> None:
    page.get_by_role("button", name="Who beats whom, by how much").click()
    form = page.get_by_role("form", name="Parameters")
    heights = {
        round(float(box.evaluate("e => e.getBoundingClientRect().height"))) for box in form.get_by_role("textbox").all()
    }
    assert len(heights) <= 2  # with and without a list of names
    assert float(form.get_by_role("button", name="Ask").evaluate("e => e.getBoundingClientRect().height")) < 45
    form.get_by_label("loser").press_sequentially("tid")
    expect(page.locator("#names-loser option").first).to_have_attribute("value", "Tidal")


def test_the_answer_of_a_named_query_is_in_sight(page: Page) -> None:
    page.set_viewport_size({"width": 820, "height": 900})
    page.get_by_role("button", name="Who beats whom, by how much").click()
    row = page.get_by_role("row").nth(1)
    expect(row).to_be_visible()
    box = row.bounding_box()
    assert box
    assert box["y"] < 860
    heads = page.get_by_role("columnheader")
    assert all(float(h.evaluate("e => e.getBoundingClientRect().height")) < 40 for h in heads.all())  # one line each
    page.go_back()
    editor = page.get_by_label("SPARQL")
    assert editor.get_attribute("rows") == "12"
