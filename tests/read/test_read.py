"""Files of every sort: recognised by content, read as far as they can be, and named where they can't."""

import bz2
import gzip
import hashlib
import json
import lzma
import os
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kgraph.errors import InputError
from kgraph.model import Record, Skip
from kgraph.read import Limits, Options, Reading, expand, read

ROW = {
    "id": "arXiv:2309.06180v2",
    "title": "A Title",
    "abstract": "An abstract.",
    "year": 2023,
    "authors": ["A B", "C D"],
}


def done(path: Path, options: Options | None = None) -> tuple[list[Record], Reading]:
    reading = read(path, shown="x", options=options)
    return list(reading), reading


def put(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(ROW) + "\n" + json.dumps(ROW) + "\n",
        json.dumps([ROW, ROW], indent=2),
        json.dumps({"total": 2, "meta": {"next": None}, "results": [ROW, ROW]}),
        json.dumps({"status": "ok", "message": {"items": [ROW, ROW]}}),
        json.dumps({"papers": [ROW, ROW], "note": "after"}),
        json.dumps(ROW, indent=1) + "\n" + json.dumps(ROW, indent=1),
        "\ufeff" + json.dumps([ROW, ROW]),
    ],
)
def test_json_in_its_usual_shapes(tmp_path: Path, content: str) -> None:
    records, reading = done(put(tmp_path / "f", content))
    assert reading.skipped == []
    assert [(r.title, r.abstract, r.date, r.arxiv, r.source_id, r.authors) for r in records] == [
        ("A Title", "An abstract.", "2023", "2309.06180", "arXiv:2309.06180v2", ("A B", "C D"))
    ] * 2


def test_one_object_is_one_paper(tmp_path: Path) -> None:
    row = {**ROW, "references": [{"title": "Not me"}], "authors": [{"name": "A"}]}
    (record,), _ = done(put(tmp_path / "f", json.dumps(row)))
    assert record.authors == ("A",)


@pytest.mark.parametrize("outer", ["papers", "by_id", "anything"])
def test_papers_under_unusual_keys(tmp_path: Path, outer: str) -> None:
    for content in ({outer: {"2309.06180": ROW}}, {"n": 1, outer: [ROW], "short": []}):
        for text in (
            json.dumps(content),
            json.dumps(content, indent=1),
            json.dumps(content) + "\n" + json.dumps(content),
        ):
            records, reading = done(put(tmp_path / "f", text))
            assert {r.arxiv for r in records} == {"2309.06180"}
            assert reading.skipped == []


def test_object_of_objects(tmp_path: Path) -> None:
    (record,), _ = done(put(tmp_path / "f", json.dumps({"2309.06180": {"title": "T", "summary": "S"}})))
    assert (record.arxiv, record.abstract) == ("2309.06180", "S")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, bytes])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_compression_and_encoding(tmp_path: Path, pack: Callable[[bytes], bytes], encoding: str) -> None:
    text = "title,abstract\nSchrödinger’s Cache,It is “both”.\n"
    (record,), reading = done(put(tmp_path / "f", pack(text.encode(encoding))))
    assert (record.title, record.abstract) == ("Schrödinger’s Cache", "It is “both”.")
    assert reading.notes == ()


def test_windows_text_is_read_with_a_note(tmp_path: Path) -> None:
    (record,), reading = done(put(tmp_path / "f", "title,abstract\nSchrödinger,x\n".encode("cp1252")))
    assert record.title == "Schrödinger"
    assert "line 2" in reading.notes[0]


def test_bad_lines_are_named_and_the_rest_read(tmp_path: Path) -> None:
    lines = [
        json.dumps(ROW),
        "{broken",
        "[1]",
        json.dumps({"abstract": "no title"}),
        "",
        json.dumps(ROW),
        '{"title": " "}',
    ]
    records, reading = done(put(tmp_path / "f", "\n".join(lines)))
    assert len(records) == reading.count == 2
    assert [(s.where, s.why.split(":")[0].split(" (")[0]) for s in reading.skipped] == [
        ("x: line 2", "not valid JSON"),
        ("x: line 3", "expected an object, found list"),
        ("x: line 4", "no title among its fields"),
        ("x: line 7", "the title is empty"),
    ]


def test_broken_document_keeps_what_stands_before(tmp_path: Path) -> None:
    text = json.dumps([ROW, ROW], indent=1)
    records, reading = done(put(tmp_path / "f", text[:-20]))
    assert len(records) == 1
    assert reading.skipped[0].where.startswith("x: line ")
    assert "not valid JSON" in reading.skipped[0].why


def test_long_document_is_streamed(tmp_path: Path) -> None:
    row = {**ROW, "abstract": "word " * 20_000}
    records, reading = done(put(tmp_path / "f", json.dumps([row] * 30, indent=1)))
    assert len(records) == 30
    assert reading.skipped == []
    assert records[-1].locator == f"line {2 + 29 * 10}"


def test_document_on_one_line_may_be_longer_than_any_line(tmp_path: Path) -> None:
    row = {**ROW, "abstract": "wörd " * 300}
    options = Options(limits=Limits(line=1 << 16))
    records, reading = done(put(tmp_path / "f", json.dumps({"results": [row] * 200}, ensure_ascii=False)), options)
    assert len(records) == 200
    assert reading.skipped == []
    assert {r.abstract for r in records} == {row["abstract"]}
    assert records[-1].locator == "line 1, item 200"


def test_long_value_is_read_over_many_pieces(tmp_path: Path) -> None:
    row = {"title": "T", "body": "x" * 400_000, "abstract": "A \\ \n end"}
    records, _ = done(put(tmp_path / "f", json.dumps([row, row])))
    assert [r.abstract for r in records] == [row["abstract"]] * 2


def test_line_ends_within_strings_are_let_pass(tmp_path: Path) -> None:
    (record,), _ = done(put(tmp_path / "f", '[{"title": "T",\n "abstract": "one\ntwo"}]'))
    assert record.abstract == "one\ntwo"


def test_json_in_windows_encoding(tmp_path: Path) -> None:
    (record,), _ = done(put(tmp_path / "f", '[{"title": "Schrödinger", "abstract": "“both”"}]'.encode("cp1252")))
    assert (record.title, record.abstract) == ("Schrödinger", "“both”")


def test_truncated_gzip_keeps_what_came(tmp_path: Path) -> None:
    packed = gzip.compress("\n".join(json.dumps({**ROW, "n": os.urandom(40).hex()}) for _ in range(3000)).encode())
    records, reading = done(put(tmp_path / "f", packed[: len(packed) // 2]))
    assert len(records) > 100
    assert "breaks off" in reading.skipped[-1].why


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_tables(tmp_path: Path, mark: str) -> None:
    rows = [["Document Title", "Abstract", "Publication Year", "Authors", "DOI", "Extra"],
            ["T1", '"quoted, and\nbroken"', "2021", '"A. B.; C. D."', "https://doi.org/10.1145/ABC.1", ""],
            ["T2", "plain", "x", "", ""]]  # fmt: skip
    one, two = done(put(tmp_path / "f", "\r\n".join(mark.join(row) for row in rows)))[0]
    assert (one.abstract, one.date, one.authors, one.doi) == (
        "quoted, and\nbroken", "2021", ("A. B.", "C. D."), "10.1145/abc.1")  # fmt: skip
    assert (two.title, two.date, two.authors, two.locator) == ("T2", "", (), "line 4")


def test_mapped_columns(tmp_path: Path) -> None:
    path = put(tmp_path / "f", "Name,Notes,Kind\nA Chip,It is fast.,x\nB Chip,It is slow.,y\n")
    (skip,) = done(path)[1].skipped
    assert skip.why == "no title among its columns (Name, Notes, Kind); name it with --map title=NAME"
    (skip,) = done(path, Options({"title": "zzz"}))[1].skipped
    assert skip.why == "no column 'zzz', which --map title= names; there are Name, Notes, Kind"
    records, reading = done(path, Options({"title": "name", "abstract": "Notes"}))
    assert [(r.title, r.abstract) for r in records] == [("A Chip", "It is fast."), ("B Chip", "It is slow.")]
    assert reading.skipped == []
    assert "'Nope'" in done(path, Options({"title": "Name", "abstract": "Nope"}))[1].notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "name,summary\nA Chip,It is fast.\n",
        "name\tsummary\nA Chip\tIt is fast.\n",
        "name;summary;x\nA Chip;It is fast.;1\n",
        "name,summary\nA Chip,It is fast, small, cheap.\n",
    ],
)
def test_a_table_without_titles_is_still_a_table(tmp_path: Path, text: str) -> None:
    """However small: otherwise it would be of no known format, and nobody would know what to mend."""
    (skip,) = done(put(tmp_path / "f", text))[1].skipped
    assert skip.why.startswith("no title among its columns (name, summary")


def test_prose_with_commas_is_no_table(tmp_path: Path) -> None:
    text = "Zorbl, a Fast Server\n\nAbstract\nWe present Zorbl, which is fast.\nIt serves many, and all of them well.\n"
    records, reading = done(put(tmp_path / "f", text))
    assert (reading.format, [r.title for r in records]) == ("plain text", ["Zorbl, a Fast Server"])


def test_mapping_of_no_field_is_refused() -> None:
    with pytest.raises(InputError, match="no field 'titel'"):
        Options({"titel": "Name"})


def test_row_with_too_many_cells_is_named(tmp_path: Path) -> None:
    records, reading = done(put(tmp_path / "f", "title,abstract\na,b,c\nd,e\n"))
    assert [r.title for r in records] == ["d"]
    assert reading.skipped[0].where == "x: line 2"


def test_text_is_kept_verbatim(tmp_path: Path) -> None:
    title, abstract = " 2.4\\times $R^2$ &amp;\u2028 M\\'elange ", "\tleading\n\n{\\deg}C \u00a0trailing "
    (record,), _ = done(put(tmp_path / "f", json.dumps({"title": title, "abstract": abstract})))
    assert (record.title, record.abstract) == (title, abstract)


def test_half_characters_are_replaced_in_place(tmp_path: Path) -> None:
    (record,), _ = done(put(tmp_path / "f", '{"title": "a\\ud800b", "abstract": ""}'))
    assert record.title == "a\ufffdb"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b" \n\t\n", "white space"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        (gzip.compress(b""), "empty"),
        (b"\x1f\x8b\x08\x00garbage", "damaged"),
    ],
)
def test_unreadable_files(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why) as caught:
        read(put(tmp_path / "f", content), shown="some/name")
    assert str(caught.value).startswith("some/name: ")


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "nope")
    with pytest.raises(InputError, match="folder"):
        read(tmp_path)


def test_list_without_papers_is_said(tmp_path: Path) -> None:
    records, reading = done(put(tmp_path / "f", "[]"))
    assert records == []
    assert "no records" in reading.skipped[0].why


def test_bombs_are_stopped(tmp_path: Path) -> None:
    limits = Limits(floor=1 << 20, ratio=20)
    bomb = put(tmp_path / "f", gzip.compress(b'{"title":"a","abstract":"' + b"x" * (4 << 20) + b'"}'))
    assert "expands" in done(bomb, Options(limits=limits))[1].skipped[0].why
    with zipfile.ZipFile(tmp_path / "z", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"x" * (4 << 20))
    assert "expands" in done(tmp_path / "z", Options(limits=limits))[1].skipped[0].why


def test_line_without_end_is_skipped(tmp_path: Path) -> None:
    content = json.dumps(ROW) + "\n" + '{"title": "' + "x" * 5000 + '"}\n' + json.dumps(ROW)
    records, reading = done(put(tmp_path / "f", content), Options(limits=Limits(line=1000)))
    assert len(records) == 2
    assert reading.skipped[0].where == "x: line 2"


def test_deep_nesting_is_no_crash(tmp_path: Path) -> None:
    records, reading = done(put(tmp_path / "f", '[{"title": "a", "x": ' + "[" * 200_000))
    assert records == []
    assert reading.skipped


def test_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("in/a.jsonl", json.dumps(ROW) + "\n" + json.dumps(ROW) + "\n")
        archive.writestr("in/b.csv.gz", gzip.compress(b"title,abstract\nT,A\n"))
        archive.writestr("__MACOSX/._a", b"\x00\x01")
        archive.writestr("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00")
        archive.writestr("inner.zip", b"PK\x03\x04 and so on")
    records, reading = done(tmp_path / "z.zip")
    assert [r.source for r in records] == ["x/in/a.jsonl", "x/in/a.jsonl", "x/in/b.csv.gz"]
    assert [s.where for s in reading.skipped] == ["x/picture.png", "x/inner.zip"]


def test_damaged_archive(tmp_path: Path) -> None:
    records, reading = done(put(tmp_path / "f", b"PK\x03\x04" + b"nothing" * 20))
    assert records == []
    assert "damaged zip" in reading.skipped[0].why


def test_digest_is_of_the_file_on_disk(tmp_path: Path) -> None:
    content = gzip.compress(b"title,abstract\nT,A\n")
    assert read(put(tmp_path / "f", content)).sha256 == hashlib.sha256(content).hexdigest()


def test_folders_are_searched_once(tmp_path: Path) -> None:
    (tmp_path / "b" / "c").mkdir(parents=True)
    for name in ("b/2.txt", "b/1.txt", "b/c/3.txt", "a.txt", ".hidden", "b/.DS_Store"):
        put(tmp_path / name, "x")
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    (tmp_path / "b" / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "z").symlink_to(tmp_path / "a.txt")
    found = expand([tmp_path, tmp_path / "a.txt", tmp_path / "b"])
    assert [str(p.relative_to(tmp_path)) for p in found.files] == ["a.txt", "b/1.txt", "b/2.txt", "b/c/3.txt"]
    assert [s.why for s in found.skipped] == ["a broken link"]
    assert expand([tmp_path / ".hidden"]).files == (tmp_path / ".hidden",)


def test_folder_without_files_and_missing_path(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no files"):
        expand([tmp_path])
    with pytest.raises(InputError, match="no such file"):
        expand([tmp_path / "x"])


def test_office_documents_are_named_as_such(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "z.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    records, reading = done(tmp_path / "z.xlsx")
    assert records == []
    assert reading.skipped[0].why == "an office document or e-book (save it as CSV or text)"


def test_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    days = [date(2023, 9, 12), None, date(2024, 1, 1)]
    table = pa.table(
        {"Title": ["One", None, "Three"], "abstract": ["A.", "B.", None], "date": days, "authors": [["A B"], [], None]}
    )
    pq.write_table(table, tmp_path / "f")
    records, reading = done(tmp_path / "f")
    assert reading.format == "Parquet"
    assert [(r.title, r.abstract, r.date, r.authors, r.locator) for r in records] == [
        ("One", "A.", "2023-09-12", ("A B",), "row 1"),
        ("Three", "", "2024-01-01", (), "row 3"),
    ]
    assert [s.where for s in reading.skipped] == ["x: row 2"]
    data = (tmp_path / "f").read_bytes()
    assert "damaged Parquet" in done(put(tmp_path / "cut", data[:-40]))[1].skipped[0].why
    assert (
        done(tmp_path / "f", Options({"title": "Nope"}))[1].skipped[0].why.startswith("no column 'Nope', which --map")
    )


def read_text(tmp_path: Path, text: str, name: str = "t.csv") -> tuple[list[Record], list[Skip]]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    reading = read(path, shown=name)
    return list(reading), reading.skipped


def test_a_quote_that_never_ends_costs_its_line_alone(tmp_path: Path) -> None:
    found, skipped = read_text(tmp_path, 'title,abstract\nA,a\nB,"open\nC,c\n"D",d\nE,e\n'.replace('"D"', "D"))
    assert [(r.title, r.abstract, r.locator) for r in found] == [
        ("A", "a", "line 2"),
        ("C", "c", "line 4"),
        ("D", "d", "line 5"),
        ("E", "e", "line 6"),
    ]
    why = "a quote begins here that never ends (close it); the 3 lines below were read without it"
    assert skipped == [Skip("t.csv: line 3", why)]


def test_rows_that_a_quote_takes_with_it_are_counted(tmp_path: Path) -> None:
    found, [skip] = read_text(tmp_path, 'title,abstract\nA,"open\nB,b\n"C",c\nD,d\n')
    assert [r.title for r in found] == ["D"]
    assert skip.where == "t.csv: lines 2 to 4"
    assert skip.why.endswith("takes the lines below into its cell")


def test_a_cell_of_several_lines_is_one(tmp_path: Path) -> None:
    found, skipped = read_text(tmp_path, 'title,abstract\r\nA,"one, a\r\ntwo"\r\nB,"last ""one"""\r\n')
    assert [(r.abstract.splitlines(), r.locator) for r in found] == [
        (["one, a", "two"], "line 2"),
        (['last "one"'], "line 4"),
    ]
    assert not skipped


def test_quotes_without_end_take_no_time(tmp_path: Path) -> None:
    found, skipped = read_text(tmp_path, "title,abstract\n" + "".join(f'T{n},"x\n\n' for n in range(20_001)))
    assert len(found) + len(skipped) > 100


def test_a_gzip_file_that_breaks_off_early_keeps_its_records(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"title": f"T{n}", "abstract": f"{n * 7919 % 10007} words"}) + "\n" for n in range(900))
    packed = gzip.compress(lines.encode())
    (tmp_path / "t.jsonl.gz").write_bytes(packed[: len(packed) * 2 // 3])
    reading = read(tmp_path / "t.jsonl.gz", shown="t.jsonl.gz")
    found = list(reading)
    assert len(found) > 400
    assert [r.title for r in found] == [f"T{n}" for n in range(len(found))]
    [skip] = reading.skipped
    assert f"breaks off after {len(found)} records" in skip.why
