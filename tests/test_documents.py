"""Every command that a document shows is run, and prints what the document says."""

import shutil
from pathlib import Path

import pytest

from tests.documents import ROOT, run, shown, tidy

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader has it: a checkout without anything built."""
    place = tmp_path_factory.mktemp("reader") / "kgraph"
    place.mkdir()
    for name in ("README.md", "CONTRIBUTING.md", "Makefile", "exports", "ontology", "docs", "kgraph"):
        if (ROOT / name).is_dir():
            skip = shutil.ignore_patterns("graph.*", "tables", "*.csv", "build.json", "__pycache__")
            shutil.copytree(ROOT / name, place / name, ignore=skip)
        else:
            shutil.copy(ROOT / name, place / name)
    return place


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_commands_print_what_is_shown(page: Path, folder: Path) -> None:
    for item in shown(page.read_text(encoding="utf-8")):
        done = run(item.command, folder)
        where = f"{page.name}:{item.line}: $ {item.command}"
        assert done.returncode == 0, f"{where}\n{done.stdout}{done.stderr}"
        assert tidy(done.stdout) == item.output, where


def test_readme_shows_the_two_set_up_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    head = text[: text.index("\n## ", text.index("\n## ") + 1)]
    assert "make run" in head
    assert "make test" in head
    for target in ("run", "test"):
        done = run(f"make --dry-run {target}", ROOT)
        assert done.returncode == 0, done.stderr
