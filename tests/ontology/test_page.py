"""The page of the ontology: current, complete, harmless, readable at any width."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kgraph.export.html.text import source
from kgraph.export.ontology import page, policy, render
from kgraph.export.ontology.terms import read_ontology, read_scheme
from kgraph.graph.iris import PREFIXES
from kgraph.ontology import KG, ontology_folder
from tests.documents import ROOT
from tests.export.chromium import launch

COMMITTED = ROOT / "docs" / "ontology.html"
HOSTILE = """
@prefix kg: <https://w3id.org/kgraph/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://w3id.org/kgraph/ns> a owl:Ontology ; dcterms:title "</title><script>alert(1)</script>" .
kg:Thing a owl:Class ; rdfs:label "<img src=x onerror=alert(1)>" ;
    skos:definition "see http://x.org/?a=1&b=<b>\\"'> and kg:Thing" ; skos:example "</pre><script>alert(2)</script>" .
"""


def test_the_committed_page_is_current() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == render(), "python -m kgraph.export.ontology docs/ontology.html"


def test_every_term_has_its_anchor() -> None:
    text = COMMITTED.read_text(encoding="utf-8")
    anchors = re.findall(r' id="([^"]+)"', text)
    assert len(anchors) == len(set(anchors))
    subjects = {quad.subject for quad in parse(path=str(ontology_folder() / "kgraph.ttl"), format=RdfFormat.TURTLE)}
    own = {s.value.removeprefix(KG) for s in subjects if isinstance(s, NamedNode) and s.value.startswith(KG)}
    assert len(own) > 70
    assert own <= set(anchors)
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(anchors)


def test_it_says_what_it_is_and_what_there_is() -> None:
    text = COMMITTED.read_text(encoding="utf-8")
    ontology = read_ontology(ontology_folder() / "kgraph.ttl")
    for wanted in (ontology.version_iri, ontology.licence, *ontology.history, *PREFIXES.values()):
        assert wanted in text
    for path in sorted((ontology_folder() / "vocab").glob("*.ttl")):
        scheme = read_scheme(path)
        assert scheme.concepts > 300
        assert re.search(rf"{scheme.file}</code></td><td class=\"number\">{scheme.concepts}<", text)
    comparison = text[text.index('id="Comparison"') :].split("</article>")[0]
    for wanted in ("kg:factorLow", "schema:Claim", "compares the subject with the object", "&#34;throughput&#34;"):
        assert wanted in comparison


def test_it_loads_nothing_and_runs_nothing() -> None:
    text = COMMITTED.read_text(encoding="utf-8")
    assert not re.search(r"<(script|img|link|iframe|object|embed)\b|\son\w+=|@import|url\(", text)
    [style] = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert source(style) in policy()
    assert policy() in text.replace("&#39;", "'")


def test_texts_of_the_ontology_stay_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kgraph.ttl").write_text(HOSTILE, encoding="utf-8")
    monkeypatch.setattr(page, "ontology_folder", lambda: tmp_path)
    text = render.__wrapped__()
    assert not re.search(r"<(script|img|b)\b", text)
    assert '<a href="#Thing">kg:Thing</a>' in text
    assert 'href="http://x.org/?a=1&amp;b="' in text


@pytest.mark.browser
@pytest.mark.parametrize("width", [400, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_the_window_and_can_be_read(width: int, scheme: str) -> None:
    with launch() as browser:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        shown = context.new_page()
        told: list[str] = []
        shown.on("console", lambda message: told.append(message.text))
        shown.on("request", lambda request: told.append(request.url))
        shown.goto(f"{COMMITTED.as_uri()}#Comparison")
        assert told == [COMMITTED.as_uri()]
        assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert shown.locator("#Comparison").is_visible()
        if not find_spec("axe_playwright_python"):
            pytest.skip("axe-core is not here (pip install axe-playwright-python): accessibility is not checked")
        from axe_playwright_python.sync_playwright import Axe

        context.set_default_timeout(20_000)
        # the page forbids scripts, so axe comes into a copy without that policy
        copy = re.sub(r"<meta http-equiv[^>]*>", "", COMMITTED.read_text(encoding="utf-8"))
        shown.set_content(copy)
        found = Axe().run(shown).response["violations"]
        serious = [v["id"] for v in found if v["impact"] in ("serious", "critical")]
        assert serious == []
