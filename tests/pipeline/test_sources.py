"""Which files arguments mean, how they are named, and that nothing is lost in silence."""

import json
import os
from dataclasses import fields
from pathlib import Path

import pytest

from kgraph.cli.build import build
from kgraph.errors import InputError, KgraphError
from kgraph.pipeline.options import Options
from kgraph.pipeline.progress import Silent
from kgraph.pipeline.sources import Found, digests, find, read_all


def rows(path: Path, *titles: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps({"title": title, "abstract": f"About {title} in a few words."}) for title in titles]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    rows(tmp_path / "pages" / "b.jsonl", "Two")
    rows(tmp_path / "pages" / "deep" / "a.jsonl", "One")
    return tmp_path


def shown(found: Found) -> list[str]:
    return [file.shown for file in found.files]


def test_files_are_named_as_the_user_named_them(here: Path) -> None:
    assert shown(find(["pages"])) == ["pages/b.jsonl", "pages/deep/a.jsonl"]
    assert shown(find([str(here / "pages" / "b.jsonl")])) == [str(here / "pages" / "b.jsonl")]
    assert shown(find(["./pages"])) == shown(find(["pages/"])) == shown(find(["pages"]))


def test_the_order_of_arguments_does_not_matter_and_each_file_counts_once(here: Path) -> None:
    one = find(["pages/b.jsonl", "pages", "pages"])
    assert one == find(["pages", "pages/b.jsonl"])
    assert len(one.files) == 2


def test_our_own_output_is_not_read(here: Path) -> None:
    rows(here / "pages" / "out" / "graph.json", "Not a source")
    assert shown(find(["pages"], out=Path("pages/out"))) == ["pages/b.jsonl", "pages/deep/a.jsonl"]
    rows(here / "pages" / "out" / "tables" / "papers.jsonl", "Not a source")
    with pytest.raises(InputError, match="own output"):
        find(["pages/out"], out=Path("pages/out"))


def test_sources_may_lie_in_the_output_folder_itself(here: Path) -> None:
    rows(here / "pages" / "graph.json", "Not a source")
    assert shown(find(["pages/b.jsonl"], out=Path("pages"))) == ["pages/b.jsonl"]
    assert shown(find(["pages"], out=Path("pages"))) == ["pages/b.jsonl", "pages/deep/a.jsonl"]


def test_a_second_base_is_looked_at_when_the_first_has_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "elsewhere").mkdir()
    monkeypatch.chdir(here / "elsewhere")
    found = find(["pages"], bases=(Path(), here))
    assert shown(found) == ["pages/b.jsonl", "pages/deep/a.jsonl"]
    assert all(file.path.exists() for file in found.files)
    with pytest.raises(InputError) as caught:
        find(["nowhere"], bases=(Path(), here))
    assert str(here / "elsewhere" / "nowhere") in str(caught.value)
    assert str(here / "nowhere") in str(caught.value)


def test_no_argument_is_the_sample() -> None:
    found = find([])
    assert "sample/page.txt" in shown(found)
    assert set(digests(found)) == set(shown(found))


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(here: Path) -> None:
    (here / "pages" / "noise.bin").write_bytes(os.urandom(512))
    (here / "pages" / "empty.txt").touch()
    (here / "pages" / "b.jsonl").write_text('{"title": "Two", "abstract": "Fine."}\n{"title": \n', encoding="utf-8")
    read = read_all(find(["pages"]), Silent())
    assert {record.title for record in read.records} == {"One", "Two"}
    sources = {source.path: source for source in read.sources}
    assert sources["pages/noise.bin"].skipped[0].where == "pages/noise.bin"
    assert sources["pages/empty.txt"].format == "unknown"
    assert "line 2" in sources["pages/b.jsonl"].skipped[0].where
    assert {source.path: source.sha256 for source in read.sources} == digests(find(["pages"]))


def test_strict_ends_at_the_first_bad_record(here: Path) -> None:
    (here / "pages" / "empty.txt").touch()
    with pytest.raises(InputError, match="without --strict"):
        read_all(find(["pages"]), Silent(), strict=True)


def test_nothing_read_at_all_is_an_error_that_says_why(here: Path) -> None:
    (here / "empty.txt").touch()
    with pytest.raises(InputError, match=r"no papers found: empty\.txt: the file is empty"):
        read_all(find(["empty.txt"]), Silent())


@pytest.mark.parametrize(
    "iri",
    ["", "example.org/", "https://example.org", "https://e.org/a b/", "http://e.org/<x>/", "http:///", "http://[e/"],
)
def test_a_base_that_cannot_begin_iris_is_refused(iri: str) -> None:
    with pytest.raises(KgraphError, match="can't begin IRIs"):
        Options(base_iri=iri)


@pytest.mark.parametrize("iri", ["", "CC-BY-4.0", "https://", "http://e.org/a b", "http://[e/", "http://e.org/#a#b"])
def test_a_licence_is_an_iri(iri: str) -> None:
    with pytest.raises(KgraphError, match=r"is no IRI of a licence \(one like https://creativecommons.org"):
        Options(license=iri)


@pytest.mark.parametrize("saved", ["2025-13", "2025-02-30", "yesterday", "25", "2025-1-1", "--08-18"])
def test_a_day_that_does_not_exist_is_refused(saved: str) -> None:
    with pytest.raises(KgraphError, match="is no date"):
        Options(saved=saved)


EVERY = Options(
    "2025",
    "https://e.org/",
    ("a.ttl", "b.ttl"),
    ("j.csv",),
    strict=True,
    columns=("abstract=Notes", "title=Name"),
    also=("neo4j", "rdf12"),
    license="https://creativecommons.org/licenses/by/4.0/",
    min_confidence=0.85,
)


@pytest.mark.parametrize("options", [Options(), Options(base_iri="urn:x:kgraph#"), EVERY])
def test_options_come_back_from_what_a_build_remembers(options: Options) -> None:
    assert Options.from_pairs(options.pairs()) == options
    assert Options.from_pairs(reversed(options.pairs())).pairs() == options.pairs()


def test_every_option_is_remembered_by_its_name_on_the_command_line() -> None:
    assert [field.name for field in fields(Options) if getattr(EVERY, field.name) == field.default] == []
    flags = {flag.removeprefix("--") for option in build.params for flag in option.opts}
    names = {name for name, _ in EVERY.pairs()}
    assert names - {"also"} <= flags
    assert {value for name, value in EVERY.pairs() if name == "also"} <= flags


def test_columns_are_mapped_and_remembered(tmp_path: Path) -> None:
    (tmp_path / "my.csv").write_text("Name,Notes,Kind\nA Chip,It is fast.,x\nB Chip,It is slow.,y\n")
    found = find([str(tmp_path / "my.csv")])
    with pytest.raises(InputError, match="--map title=NAME"):
        read_all(found, Silent())
    options = Options(columns=("title=Name", "abstract=Notes"))
    read = read_all(found, Silent(), columns=options.columns)
    assert [(r.title, r.abstract) for r in read.records] == [("A Chip", "It is fast."), ("B Chip", "It is slow.")]
    assert Options.from_pairs(options.pairs()) == Options(columns=("abstract=Notes", "title=Name"))


@pytest.mark.parametrize("column", ["title", "=Name", "title=", "titel=Name"])
def test_mapping_that_is_none_is_refused(tmp_path: Path, column: str) -> None:
    (tmp_path / "my.csv").write_text("Name\nA\n")
    with pytest.raises(InputError, match="map"):
        read_all(find([str(tmp_path / "my.csv")]), Silent(), columns=[column])


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "title,Summary text\nA,long\nB,longer\n", "none of its 2 records has an abstract"),
        ("a.jsonl", '{"title": "A", "abstrct": "long"}\n', "its one record has no abstract"),
        ("a.bib", "@article{a, title={A}, doi={10.1/x}}", "its one record has no abstract, so only titles are read"),
        ("a.csv", "title,doi\nA,10.1234/x\n", ""),  # adds identifiers to papers that others tell of
        ("a.csv", "title,abstract\nA,long\nB,\n", ""),
    ],
)
def test_a_file_without_abstracts_is_noted(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    read = read_all(find([name], bases=[tmp_path]), Silent())
    assert len(read.notes) == bool(said)
    for note in read.notes:
        assert note.startswith(f"{name}: {said}")
        assert ("--map abstract=NAME" in note) == (name != "a.bib")
