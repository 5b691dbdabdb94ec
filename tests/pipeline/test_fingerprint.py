"""Digests change with what a result depends on, and with nothing else."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

import kgraph
from kgraph.export import registry
from kgraph.pipeline import fingerprint

PACKAGE = Path(kgraph.__file__).parent
CODE = "from kgraph.pipeline import fingerprint as f; print(f.extractor([]), f.program())"


def run(package: Path) -> list[str]:
    done = subprocess.run([sys.executable, "-c", CODE], cwd=package, capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package with its ontology, to change at will."""
    package = Path(kgraph.__file__).parent
    shutil.copytree(package, tmp_path / "kgraph", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(package.parent / "ontology", tmp_path / "ontology")
    return tmp_path


def append(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("kgraph/extract/relations/quantities.py", (True, True)),
        ("kgraph/text.py", (True, True)),
        ("kgraph/ontology.py", (True, True)),
        ("kgraph/words.py", (False, True)),
        ("ontology/vocab/hardware.ttl", (True, True)),
        ("kgraph/resolve/papers/merge.py", (False, True)),
        ("kgraph/export/csv.py", (False, True)),
        ("ontology/kgraph.ttl", (False, True)),
        ("kgraph/cli/show.py", (False, False)),
    ],
)
def test_a_changed_file_changes_what_depends_on_it(copy: Path, name: str, changed: tuple[bool, bool]) -> None:
    before = run(copy)
    append(copy / name)
    after = run(copy)
    assert (before[0] != after[0], before[1] != after[1]) == changed


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def reached(starts: Iterable[Path]) -> tuple[set[str], set[str]]:
    """The rooms and the libraries that modules import, directly or through others."""
    rooms: set[str] = set()
    libraries: set[str] = set()
    seen: set[Path] = set()
    left = list(starts)
    while left:
        path = left.pop()
        if path in seen:
            continue
        seen.add(path)
        rooms.add(path.relative_to(PACKAGE).parts[0])
        for name in imported(path):
            top, *inner = name.split(".")
            if top == "kgraph":
                place = PACKAGE.joinpath(*inner)
                left += [file for file in (place.with_suffix(".py"), place / "__init__.py") if inner and file.exists()]
            elif top not in sys.stdlib_module_names:
                libraries.add(top)
    return rooms, libraries


def test_all_that_reads_a_text_counts() -> None:
    rooms, libraries = reached([PACKAGE / "extract" / "__init__.py"])
    assert rooms == set(fingerprint.EXTRACTION)
    assert libraries == set(fingerprint.EXTRACTION_LIBRARIES)


def test_all_that_makes_a_graph_counts() -> None:
    exports = [PACKAGE.joinpath(*place.partition(":")[0].split(".")[1:]) for place in registry.EXPORTS.values()]
    exports += [PACKAGE.joinpath(*row[1].partition(":")[0].split(".")[1:]) for row in registry.OPTIONAL.values()]
    files = [file for place in exports for file in (place.with_suffix(".py"), place / "__init__.py") if file.exists()]
    rooms, libraries = reached([PACKAGE / "pipeline" / "build.py", PACKAGE / "engine" / "local.py", *files])
    assert len(files) == len(exports)
    # the version is told beside them, and the sample is a source like any other
    assert rooms - {"version.py", "sample"} == set(fingerprint.MAKING)
    assert libraries == set(fingerprint.LIBRARIES)


def test_a_users_vocabulary_counts(tmp_path: Path) -> None:
    one, two = tmp_path / "a.ttl", tmp_path / "b.ttl"
    one.write_text("# one")
    two.write_text("# two")
    digest: Callable[..., str] = fingerprint.extractor
    assert digest([one, two]) == digest([two, one]) != digest([one]) != digest([])
    before = digest([one])
    append(one)
    assert digest([one]) != before
