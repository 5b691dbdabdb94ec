"""The page as bytes: what it holds, what it forbids, and that it is the same for the same knowledge."""

import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kgraph.export.html import render, write_html
from kgraph.export.html.bundle import bundle, script
from kgraph.export.html.catalogue import web
from kgraph.export.html.part import important
from kgraph.export.html.sentences import units
from kgraph.export.registry import Build
from kgraph.model import Knowledge, RelationType
from tests.toy import NASTY, toy

IRI = "https://example.org/id/"


class Parts(HTMLParser):
    """Elements of a page with their attributes and texts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))

    def handle_endtag(self, tag: str) -> None:
        self.elements.append(("", {}, []))

    def handle_data(self, data: str) -> None:
        if self.elements:
            self.elements[-1][2].append(data)

    def all(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attrs, "".join(text)) for name, attrs, text in self.elements if name == tag]


def data_of(page: str, name: str = "kgraph-data") -> dict[str, Any]:
    for attrs, text in Parts(page).all("script"):
        if attrs.get("id") == name:
            found: dict[str, Any] = json.loads(text)
            return found
    raise AssertionError(f"no block {name}")


@pytest.fixture(scope="module")
def page() -> str:
    return render(toy(), IRI)


@pytest.fixture(scope="module")
def hostile() -> str:
    return render(toy(hostile=True), IRI)


def test_policy_allows_exactly_the_inline_scripts_and_styles(hostile: str) -> None:
    parts = Parts(hostile)
    metas = [a["content"] for a, _ in parts.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert len(metas) == 1
    policy = dict(rule.split(" ", 1) for rule in str(metas[0]).split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == "'none'"
    assert "unsafe" not in str(metas[0])
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        texts = [t for a, t in parts.all(tag) if a.get("type") != "application/json"]
        hashes = {f"'sha256-{b64encode(sha256(t.encode()).digest()).decode()}'" for t in texts}
        assert set(policy[rule].split()) == hashes


def test_nothing_is_loaded_from_anywhere(hostile: str) -> None:
    parts = Parts(hostile)
    assert not parts.all("link")
    assert not parts.all("iframe")
    assert not parts.all("img")
    for tag, attrs, _ in parts.elements:
        assert "src" not in attrs, tag
        assert not any(name.startswith("on") for name in attrs), tag
        assert "style" not in attrs, tag
    css = "".join(t for _, t in parts.all("style"))
    assert "url(" not in css
    assert "@import" not in css
    assert "sourceMappingURL" not in hostile


def test_own_script_never_sets_markup() -> None:
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function"
        r"|fetch\(|XMLHttpRequest|WebSocket|sendBeacon"
    )
    assert not re.search(forbidden, script())


def test_hostile_texts_stay_data(hostile: str) -> None:
    blocks = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', hostile, re.DOTALL)
    assert len(blocks) == 2
    assert not any(c in block for block in blocks for c in "<>&\u2028\u2029")
    data = data_of(hostile)
    labels = data["things"]["label"]
    for text in NASTY:
        assert re.sub("[\ud800-\udfff]", "\ufffd", text) in labels
    assert not [u for u in data["papers"]["url"] if u and not u.startswith("https://")]


def test_sentences_are_stored_once_and_offsets_count_utf_16() -> None:
    assert units("ab", 0, 2) == (0, 2)
    text = "🧪 Orca and 🧪🧪 Tidal"
    start = text.index("Tidal")
    begin, end = units(text, start, start + 5)
    assert text.encode("utf-16-le")[2 * begin : 2 * end].decode("utf-16-le") == "Tidal"
    data = data_of(render(toy(), IRI))
    assert all(len(set(sentences)) == len(sentences) for sentences in data["texts"])


def test_marks_and_quotes_are_what_the_knowledge_says() -> None:
    knowledge = toy()
    data = data_of(render(knowledge, IRI))
    by_id = {e.id: e for e in knowledge.entities}
    surfaces = {(m.paper, m.entity, m.surface) for m in knowledge.mentions}
    for paper, flat in zip(knowledge.papers, data["mentions"], strict=True):
        texts = data["texts"][data["things"]["id"].index(paper.id)]
        for i in range(0, len(flat), 4):
            entity, sentence, start, end = flat[i : i + 4]
            assert (paper.id, data["things"]["id"][entity], texts[sentence][start:end]) in surfaces
    for relation, row in zip(knowledge.relations, data["claims"], strict=True):
        sentence = data["texts"][row[3]][row[4]]
        assert sentence[row[5][0] : row[5][1]] == relation.evidence.quote
        for i in range(0, len(row[6]), 3):
            start, end, which = row[6][i : i + 3]
            named = by_id[relation.object if which else relation.subject]
            assert sentence[start:end] in named.aliases


def test_urls_that_are_not_plain_are_dropped() -> None:
    assert web("javascript:alert(1)") == ""
    assert web("data:text/html,x") == ""
    assert web(" https://a") == ""
    assert web('https://example.org/a b"<>') == "https://example.org/a%20b%22%3C%3E"


def test_same_knowledge_same_bytes_whatever_the_hash_seed(page: str) -> None:
    code = (
        "from hashlib import sha256; from kgraph.export.html import render; from tests.toy import toy; "
        f"print(sha256(render(toy(), {IRI!r}).encode()).hexdigest())"
    )
    digests = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        out = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True).stdout
        digests.add(out.split()[-1])
    assert digests == {sha256(page.encode()).hexdigest()}


def test_writes_utf_8_and_empty_knowledge(tmp_path: Path) -> None:
    write_html(Build(toy(hostile=True)), tmp_path / "graph.html")
    assert "🧪" in (tmp_path / "graph.html").read_text(encoding="utf-8")
    write_html(Build(Knowledge()), tmp_path / "empty.html")
    assert data_of((tmp_path / "empty.html").read_text(encoding="utf-8"))["things"]["id"] == []


def test_large_graphs_draw_the_strongest_and_say_so() -> None:
    data = render(toy(), IRI, drawn_limit=5)
    assert data_of(data)["about"]["undrawn"] == len(toy().entities) + len(toy().papers) - 5
    nodes = data_of(data, "kgraph-network")["nodes"]
    assert len(nodes) == 5
    score = data_of(data)["things"]["score"]
    assert min(score[n["id"]] for n in nodes) >= max(
        s for i, s in enumerate(score) if i not in {n["id"] for n in nodes}
    )


def test_paper_without_mentions_has_no_sentences(page: str) -> None:
    knowledge = toy()
    bare = replace(knowledge, mentions=(), relations=(), comentions=(), citations=())
    assert all(not t for t in data_of(render(bare, IRI))["texts"])


def test_bundler_refuses_what_it_would_break() -> None:
    assert "function b()" in bundle({"main.js": 'import { b } from "./b.js";\nb();', "b.js": "export function b() {}"})
    for modules in (
        {"main.js": 'import { c } from "./b.js";\n', "b.js": "export function b() {}"},
        {"main.js": 'import { b } from "./b.js";\nfunction x() {}', "b.js": "export function b() {}\nfunction x() {}"},
        {"main.js": 'import { b } from "./b.js";\nconst X = 1;', "b.js": "export function b() {}\nconst A = 1, X = 2;"},
        {"main.js": 'import { b } from "./b.js";\n', "b.js": 'import { m } from "./main.js";\nexport function b() {}'},
        {"main.js": 'import { b } from "./gone.js";\n'},
        {"main.js": 'import b from "./b.js";\n', "b.js": "export default 1;"},
    ):
        with pytest.raises(ValueError):
            bundle(modules)


def test_comments_stay_behind() -> None:
    text = bundle(
        {"main.js": '// why\n/**\n * What it gives.\n */\nfunction f() {\n  // because\n  return "// no"; // kept\n}\n'}
    )
    assert "why" not in text
    assert "What it gives" not in text
    assert "because" not in text
    assert 'return "// no"; // kept' in text


def test_modules_and_sheets_stay_small() -> None:
    folder = Path(__file__).resolve().parents[2] / "kgraph" / "export" / "html"
    long = [
        f.name
        for f in folder.rglob("*")
        if f.suffix in {".js", ".css", ".html"} and len(f.read_text().splitlines()) > 400
    ]
    assert not long


def test_a_page_carries_the_papers_with_most_to_say() -> None:
    knowledge = toy()
    assert important(knowledge, len(knowledge.papers)) is knowledge
    part = important(knowledge, 2)
    papers = {p.id for p in part.papers}
    claims = [r for r in knowledge.relations if r.type is not RelationType.INTRODUCES]
    least = min(sum(r.paper == p for r in claims) for p in papers)
    others = {p.id for p in knowledge.papers} - papers
    assert len(papers) == 2
    assert all(sum(r.paper == p for r in claims) <= least for p in others)
    assert {r.id for r in part.relations} == {r.id for r in knowledge.relations if r.paper in papers}
    kept = {e.id for e in part.entities}
    assert {m.entity for m in part.mentions} <= kept
    assert {e.broader for e in part.entities} <= kept | {""}
    assert kept < {e.id for e in knowledge.entities}
    data = data_of(render(knowledge, IRI, paper_limit=2))
    assert len(data["papers"]["year"]) == 2
    assert data["whole"]["papers"] == len(knowledge.papers)
    assert data_of(render(knowledge, IRI))["whole"] is None
