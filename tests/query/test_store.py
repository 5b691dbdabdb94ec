"""A store that is made once: found again, made anew for other bytes, shared, and never half made."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import Literal

from kgraph.errors import GraphError
from kgraph.export.rdf import write_nquads
from kgraph.export.registry import Build
from kgraph.query import store as stores
from kgraph.query.kept import FOLDER, OnDisk
from kgraph.query.names import nearest, things
from kgraph.query.store import on_disk, open_graph, open_store
from tests.toy import NASTY, toy

LINE = '<urn:s> <http://www.w3.org/2004/02/skos/core#prefLabel> "{}" .\n'
OPEN = """
import sys
from pathlib import Path
from kgraph.query import store
store.BIG = 0
print("go", flush=True)
print(len(store.open_store(Path(sys.argv[1]))), flush=True)
"""


@pytest.fixture(autouse=True)
def all_graphs_are_big(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(stores, "BIG", 0)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files of which a store was made."""
    files: list[Path] = []
    original = stores.make

    def noted(path: Path, place: OnDisk) -> None:
        files.append(path)
        original(path, place)

    monkeypatch.setattr(stores, "make", noted)
    return files


def graph(folder: Path, label: str = "a") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "graph.nq"
    path.write_text(LINE.format(label), encoding="utf-8")
    return path


def kept_in(root: Path) -> list[str]:
    return sorted(path.name for path in (root / FOLDER).iterdir() if path.is_dir())


def test_a_store_is_made_once_and_again_only_for_other_bytes(tmp_path: Path, made: list[Path]) -> None:
    path = graph(tmp_path / "out")
    for _ in range(2):
        assert len(open_store(path.parent)) == 1
    assert made == [path]
    os.utime(path, ns=(1, 1))  # built again, with the same bytes
    assert len(open_store(path.parent)) == 1
    assert made == [path]
    path.write_text(LINE.format("a") + LINE.format("b"), encoding="utf-8")
    assert len(open_store(path.parent)) == 2
    assert made == [path, path]


def test_a_store_in_use_outlives_a_newer_one_and_goes_when_nobody_reads_it(tmp_path: Path) -> None:
    path = graph(tmp_path / "out")
    subprocess.run([sys.executable, "-c", OPEN, str(path)], check=True, capture_output=True)
    first = kept_in(path.parent)
    graph(tmp_path / "out", "other")
    held = open_store(path)
    assert kept_in(path.parent) != first  # nobody read the first any more
    graph(tmp_path / "out", "third")
    open_store(path)
    assert len(kept_in(path.parent)) == 2
    assert [quad.object for quad in held] == [Literal("other")]


def test_a_folder_that_can_t_be_written_is_served_from_the_cache(
    tmp_path: Path, made: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = graph(tmp_path / "out")
    (path.parent / FOLDER).write_text("in the way, as a read-only folder is", encoding="utf-8")
    for _ in range(2):
        assert len(open_store(path)) == 1
    assert made == [path]
    (tmp_path / "blocked").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "blocked"))
    assert len(open_store(path)) == 1  # in memory, then
    assert made == [path]


def test_a_full_disk_falls_back_to_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, place: object) -> None:
        raise OSError(28, "No space left on device")

    path = graph(tmp_path / "out")
    monkeypatch.setattr(stores, "make", full)
    assert len(open_store(path)) == 1
    assert kept_in(path.parent) == []


def test_several_processes_at_once_make_one_store(tmp_path: Path) -> None:
    path = graph(tmp_path / "out")
    runs = [subprocess.Popen([sys.executable, "-c", OPEN, str(path)], stdout=subprocess.PIPE) for _ in range(4)]
    assert [run.communicate(timeout=60)[0].split() for run in runs] == [[b"go", b"1"]] * 4
    assert len(kept_in(path.parent)) == 1


def test_sigkill_while_a_store_is_made_leaves_nothing_broken(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    write_nquads(Build(toy()), folder / "graph.nq")
    expected = (folder / "graph.nq").read_bytes().count(b"\n")
    for moment in range(6):
        with subprocess.Popen([sys.executable, "-c", OPEN, str(folder)], stdout=subprocess.PIPE) as run:
            assert run.stdout is not None
            run.stdout.readline()
            time.sleep(moment * 0.008)
            run.send_signal(signal.SIGKILL)
        assert len(open_store(folder)) == expected
        assert len(kept_in(folder)) == 1
        for path in (folder / FOLDER).glob("*"):
            path.unlink() if path.is_file() else path.rename(folder / FOLDER / f"new-{moment}")


@pytest.mark.parametrize("name", ["Tidal", "tIDAL", "system/tidal", "2309.00002", "nothing", *NASTY[:12]])
def test_the_index_finds_what_looking_at_every_name_finds(tmp_path: Path, name: str) -> None:
    write_nquads(Build(toy(hostile=True)), tmp_path / "graph.nq")
    store, index = open_graph(tmp_path)
    assert index is not None
    assert things(store, name, index) == things(store, name)
    assert nearest(store, name, index=index) == nearest(store, name)


def test_other_processes_open_what_is_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "BIG", 1 << 40)
    (tmp_path / "scratch").mkdir()
    place = on_disk(graph(tmp_path / "out"), tmp_path / "scratch")
    assert place.folder == tmp_path / "scratch"
    assert place.names.is_file()


def test_named_graphs_are_read_as_their_union(tmp_path: Path) -> None:
    path = tmp_path / "two.trig"
    path.write_text("<urn:a> { <urn:s> <urn:p> 1, 2 } <urn:b> { <urn:s> <urn:p> 2 }", encoding="utf-8")
    store = open_store(path)
    assert sum(1 for _ in store.query("SELECT * { ?s ?p ?o }")) == 2  # type: ignore[union-attr, misc]
    assert sum(1 for _ in store.query("SELECT * { GRAPH ?g { ?s ?p ?o } }")) == 3  # type: ignore[union-attr, misc]


def test_what_is_no_rdf_is_named_with_what_would_be(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(LINE.format("a"), encoding="utf-8")
    with pytest.raises(GraphError, match=r"notes\.md: this is no RDF file \(use \.nq"):
        open_store(path)
