"""Digests change with what a result depends on, and with nothing else."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import kgraph
from kgraph.pipeline import fingerprint

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
        ("ontology/vocab/hardware.ttl", (True, True)),
        ("kgraph/resolve/papers.py", (False, True)),
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


def test_a_users_vocabulary_counts(tmp_path: Path) -> None:
    one, two = tmp_path / "a.ttl", tmp_path / "b.ttl"
    one.write_text("# one")
    two.write_text("# two")
    digest: Callable[..., str] = fingerprint.extractor
    assert digest([one, two]) == digest([two, one]) != digest([one]) != digest([])
    before = digest([one])
    append(one)
    assert digest([one]) != before
