"""What is installed is whole: the wheel carries code, ontology and sample, and works where no checkout is."""

import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.documents import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(place), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return next(place.glob("*.whl"))


def test_wheel_carries_ontology_sample_and_page(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "kgraph/_ontology/kgraph.ttl",
        "kgraph/_ontology/shapes.ttl",
        "kgraph/export/ontology/page.css",
        "kgraph/py.typed",
    ):
        assert wanted in names
    for folder, ending in (
        ("_ontology/vocab", ".ttl"),
        ("sample", ".txt"),
        ("query/named", ".rq"),
        ("export/html", ".js"),
    ):
        assert [n for n in names if n.startswith(f"kgraph/{folder}/") and n.endswith(ending)], folder
    assert not [n for n in names if n.startswith(("tests/", "docs/"))]


def test_installed_package_builds_the_sample_without_a_checkout(wheel: Path, tmp_path: Path) -> None:
    """The wheel is unpacked alone; its dependencies come from this environment."""
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    code = "import kgraph.cli, sys; sys.exit(kgraph.cli.main())"
    command = [sys.executable, "-c", code, "build", "--quiet", "-o", str(tmp_path / "out")]
    environment = {"PYTHONPATH": str(site), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "graph.html").is_file()


def test_without_a_checkout_a_missing_part_is_named_by_its_libraries(wheel: Path, tmp_path: Path) -> None:
    """`kgraph[serve]` would be another project's in the package index."""
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = "from kgraph.errors import MissingExtraError; print(MissingExtraError('it', 'serve').remedy)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
    )
    _, options = done.stdout.split("-m pip install ")
    assert {word.partition(">")[0] for word in shlex.split(options)} == {"starlette", "uvicorn"}
