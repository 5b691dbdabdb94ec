"""What the pages on sources say is so."""

import re
from pathlib import Path

import pytest

from kgraph.cli.fetch import SERVICES as OFFERED
from kgraph.fetch.matching import LIKENESS
from kgraph.fetch.run import SOURCES
from kgraph.http import SERVICES, Limits, load_settings
from kgraph.references import YEARS
from kgraph.references import read as read_citations
from kgraph.resolve.papers.merge import TRUST

PAGES = Path(__file__).parents[2] / "docs" / "sources"


def page(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")


def test_every_service_has_a_page_and_every_page_is_listed() -> None:
    index = page("README.md")
    assert set(OFFERED) == set(SOURCES) == set(SERVICES)
    rows = dict(re.findall(r"\[([\w-]+\.md)\]\([\w.-]+\) \| `(\w+)` \|", index))
    assert sorted(rows.values()) == sorted(OFFERED)
    assert {path.name for path in PAGES.glob("*.md")} - {"README.md"} == set(re.findall(r"\]\(([\w-]+\.md)\)", index))


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.md")), ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (path.parent / target).exists(), target
    if path.name != "README.md":
        assert "## How to g" in text or path.name == "citations.md"
        assert "## Licence and limits" in text


def test_keys_and_the_configuration_file(tmp_path: Path) -> None:
    index = page("README.md")
    for service in SERVICES.values():
        assert not service.variable or f"| `{service.variable}` |" in index
    config = tmp_path / "config.toml"
    config.write_text(re.findall(r"```toml\n(.*?)```", index, re.DOTALL)[0], encoding="utf-8")
    found = load_settings({"KGRAPH_CONFIG": str(config)})
    assert found.email == "you@example.org"
    assert found.services["s2"].pace == 1.0
    assert f"up to {Limits().patience:.0f} seconds" in index
    assert f"more than {Limits().most / 1e6:.0f} MB" in index


def test_the_citations_page(tmp_path: Path) -> None:
    text = page("citations.md")
    (tmp_path / "c").write_text(re.findall(r"```json\n(.*?)```", text, re.DOTALL)[0], encoding="utf-8")
    found = read_citations(tmp_path / "c")
    assert [w.arxiv for w in found.works.values()] == ["2309.06180"]
    assert found.edges[0].contexts == ("…",)
    assert f"Indel ratio ≥ {LIKENESS:.0f}" in text
    assert f"years at most {['zero', 'one', 'two'][YEARS]} apart" in text


def test_whom_kgraph_trusts_is_what_it_says() -> None:
    said = dict(re.findall(r"^\| ([\w ,]+) \| ((?:[*\w]+, )+\w+) \|$", page("README.md"), re.MULTILINE))
    fields = {"text": "title, abstract", "doi": "DOI and other ids", "url": "address"}
    for what, order in TRUST.items():
        assert said.pop(fields.get(what, what)) == ", ".join(service or "*yours*" for service in order)
    assert not said
