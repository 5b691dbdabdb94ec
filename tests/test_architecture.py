"""The rooms and the one direction in which they may see each other."""

import ast
from pathlib import Path

import networkx as nx
import pytest

PACKAGE = Path(__file__).parent.parent / "kgraph"

# room: the rooms it may import (besides itself)
FOUNDATION = {"version", "errors", "model", "text", "ontology", "identifiers", "references", "words", "latex"}
ALLOWED: dict[str, set[str]] = {
    "version": set(),
    "errors": set(),
    "text": set(),
    "ontology": set(),
    "identifiers": set(),
    "words": set(),
    "latex": set(),
    "model": {"text"},
    "references": {"errors", "identifiers"},
    "score": {"errors"},
    "vocab": FOUNDATION,
    "http": FOUNDATION,
    "sample": FOUNDATION,
    "read": FOUNDATION,
    "extract": FOUNDATION | {"vocab"},
    "resolve": FOUNDATION | {"vocab"},
    "link": FOUNDATION | {"vocab"},
    "engine": FOUNDATION,
    "fetch": FOUNDATION | {"http"},
    "graph": FOUNDATION | {"vocab"},
    "export": FOUNDATION | {"vocab", "graph"},
    "query": FOUNDATION | {"vocab", "graph"},
    "pipeline": FOUNDATION | {"vocab", "read", "extract", "resolve", "link", "engine", "graph", "export", "sample"},
    "check": FOUNDATION | {"vocab", "graph", "query", "export"},
    "serve": FOUNDATION | {"vocab", "graph", "export", "query"},
    "api": FOUNDATION | {"vocab", "graph", "export", "query", "pipeline", "engine"},
}
ANYTHING = {"__init__", "__main__", "cli"}

# third party: the rooms that may import it
DOORS = {
    "click": {"cli"},
    "requests": {"http"},
    "requests_cache": {"http"},
    "pyvis": {"export"},
    "networkx": {"graph"},
    "rdflib": {"graph", "export", "query", "check"},
    "duckdb": {"engine"},
    "pyspark": {"engine"},
    "nupunkt": {"text"},
    "pylatexenc": {"latex"},
    "bibtexparser": {"read"},
    "rispy": {"read"},
    "pypdfium2": {"read"},
    "ahocorasick_rs": {"vocab", "extract"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def module_of(name: str) -> Path | None:
    """The file of a module of ours, None for those of others and for what is no module."""
    top, *inner = name.split(".")
    place = PACKAGE.joinpath(*inner)
    files = (place.with_suffix(".py"), place / "__init__.py")
    return next((path for path in files if path.is_file()), None) if top == "kgraph" and inner else None


def for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imported(path: Path, *, types: bool = True) -> set[str]:
    """The modules that a file imports; without `types`, only those that are imported when it runs."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if not types and for_types_only(node):
            skipped.update(ast.walk(node))
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            inner = {name for alias in node.names if module_of(name := f"{node.module}.{alias.name}")}
            names.update(inner or {node.module})
        assert not (isinstance(node, ast.ImportFrom) and node.level), f"{path}: relative import; write it in full"
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    room = room_of(path)
    if room in ANYTHING:
        return
    assert room in ALLOWED, f"{room} has no place in the corridor yet: give it one here"
    for name in imported(path):
        if name.startswith("kgraph."):
            target = name.split(".")[1]
            assert target == room or target in ALLOWED[room], f"{path}: {room} must not import {target}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_third_party_has_one_door(path: Path) -> None:
    for name in imported(path, types=False):
        top = name.split(".")[0]
        if top in DOORS:
            assert room_of(path) in DOORS[top] or room_of(path) in ANYTHING - {"cli"}, f"{path}: {top} has another door"


def test_no_module_needs_one_that_needs_it() -> None:
    arrows = nx.DiGraph()
    for path in modules():
        for name in imported(path, types=False):
            if target := module_of(name):
                arrows.add_edge(str(path.relative_to(PACKAGE)), str(target.relative_to(PACKAGE)))
    assert list(nx.simple_cycles(arrows)) == []


def test_no_bags() -> None:
    bags = {"utils", "helpers", "common", "manager", "misc", "lib"}
    assert not [p for p in modules() if p.stem in bags or p.parent.name in bags]


def test_files_stay_small() -> None:
    long = {str(p.relative_to(PACKAGE)): n for p in modules() if (n := len(p.read_text().splitlines())) > 400}
    assert not long
