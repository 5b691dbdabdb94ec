"""Finding things by what people type, in a real Chromium and as the server does it."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kgraph.export.html import Stock, render
from kgraph.model import Knowledge
from tests.export.chromium import Watched
from tests.toy import toy

pytestmark = pytest.mark.browser
IRI = "https://example.org/id/"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    path.write_text(render(toy(), IRI), encoding="utf-8")
    return {"plain": path}


def test_search_offers_matches_and_enter_focuses(watched: Watched, pages: dict[str, Path]) -> None:
    page = watched.open(pages["plain"])
    box = page.get_by_role("searchbox")
    assert box.get_attribute("type") == "search"
    assert box.get_attribute("aria-label")
    box.fill("tida")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Tidal")
    box.press("Enter")
    expect(page.get_by_role("complementary").get_by_role("heading", level=2)).to_have_text("Tidal")
    assert "n=system/tidal" in page.url
    box.fill("TIDAL 2")  # an alias
    expect(options.first).to_contain_text("Tidal-2")
    box.press("Escape")
    expect(options).to_have_count(0)
    box.fill("zzz")
    expect(page.locator(".matches-note")).to_have_text("Nothing of that name.")
    expect(page.get_by_role("status").filter(has_text="Nothing of that name.")).to_be_attached()


FOUND = {
    "2309.00002": "Tidal: Paging the Cache of Attention",
    "arXiv:2309.00002": "Tidal: Paging the Cache of Attention",
    "https://arxiv.org/abs/2309.00002v3": "Tidal: Paging the Cache of Attention",
    "10.1000/apex": "Apex: Scheduling by Slope",
    "tidal2": "Tidal-2",
    "TIDAL 2": "Tidal-2",
    "a100 80 gb": "A100-80GB",
    "looking serving": None,
    "serving second": "A Second Look at Serving",
    "ada lovelace": "Faster Decoding Without a Name",
    "Lovelace": "Faster Decoding Without a Name",
}


NEAR = {
    "a100-9": "A100",
    "tdl": "Tidal",
    "drftkv": "DriftKV",
    "riverhcat": "RiverChat",
    "H100 accelerator": "H100",
    "pine": None,
}


def authored() -> Knowledge:
    """The toy with authors, and a system whose name has no counterpart in another thing."""
    known = toy()
    papers = [replace(p, authors=("Ada Lovelace",)) if p.id == "paper/unnamed-666666" else p for p in known.papers]
    return replace(known, papers=tuple(papers))


def test_search_finds_any_spelling_identifiers_authors_and_near_names(watched: Watched, tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    path.write_text(render(authored(), IRI), encoding="utf-8")
    stock = Stock(authored(), IRI)  # a server finds the same
    page = watched.open(path)
    box, options, note = page.get_by_role("searchbox"), page.get_by_role("option"), page.locator(".matches-note")
    for query, wanted in {**FOUND, **NEAR}.items():
        box.fill(query)
        offered = [text.split("\n")[0] for text in page.locator(".match-name").all_inner_texts()]
        answer = stock.search(query, 12)
        assert [stock.things.label(i)[:12] for i, _ in answer["matches"]] == [text[:12] for text in offered], query
        if wanted:
            assert offered[0].startswith(wanted), query
            assert note.is_visible() == answer["near"] == (query in NEAR), query
    box.fill("a100-9")  # a lone digit is no reason to name another thing
    assert all("A100" in name for name in page.locator(".match-name").all_inner_texts())
    box.fill("tdl")
    expect(note).to_have_text("Nothing of that name. Nearest:")
    expect(page.get_by_role("status").filter(has_text="Nearest:")).to_contain_text("3 matches")
    box.press("Enter")
    expect(page.get_by_role("complementary").get_by_role("heading", level=2)).to_have_text("Tidal")
    box.fill("tdl")
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(note).not_to_be_visible()
    for name in ("tidal 2", "arXiv:2309.00002", "a100 80gb"):
        assert (stock.find(name) >= 0) == (":" not in name)
    page = watched.open(path, "n=drftkv")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    aside = page.get_by_role("complementary")
    expect(aside).to_contain_text("“drftkv” is not in this graph.")
    aside.get_by_role("link", name="DriftKV").click()
    expect(aside.get_by_role("heading", level=2)).to_have_text("DriftKV")


def test_search_by_arrow_keys_and_by_title(watched: Watched, pages: dict[str, Path]) -> None:
    page = watched.open(pages["plain"])
    page.keyboard.press("/")
    page.keyboard.type("apex")
    page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    name = chosen.locator(".match-name").inner_text()
    page.keyboard.press("Enter")
    assert page.get_by_role("complementary").get_by_role("heading", level=2).inner_text() in name
    page.get_by_role("searchbox").fill("second look")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary").get_by_role("heading", level=2)).to_have_text("A Second Look at Serving")
