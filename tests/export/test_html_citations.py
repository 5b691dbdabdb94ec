"""Citations from a service to the explorer: fetched, built into the graph, asked about, and seen in a real Chromium."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kgraph.cli import main
from tests.export.chromium import Watched, rows
from tests.fetch.replay import Server
from tests.fetch.services import PLAY, Made, play_openalex, play_s2

pytestmark = pytest.mark.browser
NAMES = (
    "Quarry", "Lantern", "Tidal", "Brindle", "Corvus", "Fathom", "Gantry", "Hexane", "Ibexia", "Juniper", "Kestrel",
    "Lumina", "Mantis", "Nimbus", "Ostrich", "Pergola", "Quillon", "Rampart", "Sextant", "Tundra", "Umbriel", "Vellum",
    "Wombat", "Yarrow",
)  # fmt: skip


class Named(Made):
    """A made-up paper on a system with a name of its own; it compares with that of half its number."""

    @property
    def title(self) -> str:
        return f"{NAMES[self.n]}: Serving Models <Fast> & Well"

    @property
    def abstract(self) -> str:
        own, other = NAMES[self.n], NAMES[self.n // 2]
        claim = f" {own} is {self.n + 2}x faster than {other} on NVIDIA A100 GPUs." if self.n else ""
        return f"We present {own}, a cache for serving.{claim}"


# every third doesn't cite what it compares against, and Lantern is cited by most who come later
MADE = [
    Named(n, tuple(r for r in ((n - 1, n // 3) if n % 3 == 0 else (n // 2, n - 1, 1)) if 0 <= r < n)) for n in range(24)
]
INSIDE = MADE[:20]


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of twenty papers with the citations that two services know."""
    folder = tmp_path_factory.mktemp("cited")
    with Server() as server, pytest.MonkeyPatch.context() as patch:
        play_openalex(server, MADE)
        play_s2(server, MADE)
        config = "".join(f'[{name}]\nurl = "{server.url}"\ninterval = 0\n' for name in PLAY)
        (folder / "config.toml").write_text(config, encoding="utf-8")
        patch.setenv("KGRAPH_CONFIG", str(folder / "config.toml"))
        patch.setenv("KGRAPH_CACHE", str(folder / "http.sqlite"))
        lines = [f'"{m.title}","{m.abstract}",{m.arxiv},{m.doi},{m.year}\n' for m in INSIDE]
        (folder / "papers.csv").write_text("title,abstract,arxiv,doi,year\n" + "".join(lines), encoding="utf-8")
        out = folder / "exports"
        assert main(["build", str(folder / "papers.csv"), "-o", str(out), "-q"]) == 0
        assert main(["cite", "--graph", str(out), "-q"]) == 0
        assert main(["rebuild", "-o", str(out), "-q"]) == 0
    return out


def answer(exports: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, str]]:
    capsys.readouterr()
    assert main(["query", *arguments, "--graph", str(exports), "--format", "csv"]) == 0
    return list(csv.DictReader(capsys.readouterr().out.splitlines()))


def number(label: str) -> int:
    return NAMES.index(label.partition(":")[0])


def citing(n: int) -> set[int]:
    return {m.n for m in MADE if n in m.refs}


def test_the_four_questions_as_queries(exports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (exports / "relations.csv").open(encoding="utf-8", newline="") as lines:
        relations = list(csv.DictReader(lines))
    with (exports / "papers.csv").open(encoding="utf-8", newline="") as lines:
        of = {row["id"]: number(row["title"]) for row in csv.DictReader(lines) if row["records"]}
    origin = {r["object"]: of[r["paper"]] for r in relations if r["type"] == "introduces"}
    compared = {(of[r["paper"]], origin[r["object"]])
                for r in relations if r["type"] == "compares_against" and r["object"] in origin}  # fmt: skip
    assert len(compared) >= 5
    missing = {(p, o) for p, o in compared if o not in MADE[p].refs and p != o and MADE[p].refs}
    assert missing
    found = answer(exports, capsys, "compared-not-cited")
    assert {(number(r["paperLabel"]), number(r["originLabel"])) for r in found} == missing
    silent = {o: {c for c in citing(o) if c < 20 and (c, o) not in compared} for o in origin.values()}
    found = answer(exports, capsys, "cited-not-compared")
    assert {number(r["originLabel"]): int(r["silent"]) for r in found} == {o: len(s) for o, s in silent.items() if s}
    found = answer(exports, capsys, "baseline-origins")
    assert {(number(r["baselineLabel"]), number(r["originLabel"])) for r in found} == {(o, o) for _, o in compared}
    years = Counter(MADE[c].year for c in citing(1))
    found = answer(exports, capsys, "cited-by-year", "-p", "system=Lantern")
    assert {int(r["year"]): int(r["papers"]) for r in found} == years


def test_the_same_in_show(exports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    silent = {int(r["silent"]) for r in answer(exports, capsys, "cited-not-compared") if r["thingLabel"] == "Lantern"}
    missing = answer(exports, capsys, "compared-not-cited")
    thing = missing[0]["baselineLabel"]
    missing = [r for r in missing if r["baselineLabel"] == thing]
    assert main(["show", "Lantern", "--graph", str(exports), "--all"]) == 0
    said = capsys.readouterr().out
    assert f"Cite its paper and don't compare with it {silent.pop()}" in said
    assert "introduced by Lantern" in said
    years = Counter(MADE[c].year for c in citing(1))
    assert "Citing papers by year" in said
    assert all(re.search(rf"^ *{year} +{n}$", said, re.MULTILINE) for year, n in years.items())
    assert main(["show", thing, "--graph", str(exports), "--json"]) == 0
    (view,) = [v for v in json.loads(capsys.readouterr().out) if v["thing"]["kind"] == "system"]
    assert {p["label"] for p in view.get("not_cited", ())} == {r["paperLabel"] for r in missing}


def test_the_same_in_the_explorer(watched: Watched, exports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    silent = [r for r in answer(exports, capsys, "cited-not-compared") if r["thingLabel"] == "Lantern"]
    missing = answer(exports, capsys, "compared-not-cited")
    thing = missing[0]["baselineLabel"]
    missing = [r for r in missing if r["baselineLabel"] == thing]
    page = watched.open(exports / "graph.html", "view=papers")
    cites = {(r[0], r[2]) for r in rows(page, 1) if r[1] == "cites"}
    inside = {(m.title, MADE[r].title) for m in INSIDE for r in m.refs if r < 20}
    assert inside <= cites
    page = watched.open(exports / "graph.html", "n=Lantern")
    aside = page.get_by_role("complementary")
    section = aside.locator("details.section", has_text="Cite its paper, never compare")
    expect(section.locator(".tally")).to_have_text(re.compile(rf"^{silent[0]['silent']} papers?$"))
    years = Counter(MADE[c].year for c in citing(1))
    table = aside.locator("details.section", has_text="Papers citing its paper, by year").locator("tr")
    assert {int(t.locator("th").inner_text()): int(t.locator("td").inner_text()) for t in table.all()} == years
    expect(aside).to_contain_text("Lantern: Serving")
    page.goto("about:blank")
    page = watched.open(exports / "graph.html", f"n={thing}")
    marks = page.get_by_role("complementary").get_by_text("compared, not cited")
    assert marks.count() == len(missing)


def test_a_citation_shows_the_sentences_that_cite(watched: Watched, exports: Path) -> None:
    citing = next(m for m in INSIDE[4:] if any((m.n + r) % 3 == 0 for r in m.refs))
    cited = MADE[next(r for r in citing.refs if (citing.n + r) % 3 == 0)]
    with (exports / "papers.csv").open(encoding="utf-8", newline="") as lines:
        ids = {row["title"]: row["id"] for row in csv.DictReader(lines)}
    page = watched.open(exports / "graph.html", f"n={ids[citing.title]}")
    section = page.get_by_role("complementary").locator("details.section").filter(has_text=re.compile(r"^Cites"))
    item = section.locator("li", has=page.get_by_role("link", name=cited.title)).first
    expect(item.locator("q").first).to_have_text(f"Unlike System{cited.n}, we do not wait.")
    item.get_by_role("link", name=cited.title).first.click()
    expect(page.get_by_role("complementary").get_by_role("heading", level=2)).to_have_text(cited.title)
    back = page.get_by_role("complementary").locator("details.section").filter(has_text=re.compile(r"^Cited by"))
    expect(back.locator("li", has_text=citing.title).first).to_be_visible()
