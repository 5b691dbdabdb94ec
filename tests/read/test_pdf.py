"""PDF files, made here by hand: title and abstract are found, and what can't be read is named."""

import sys
from pathlib import Path

import pytest

from kgraph.read import read

pytest.importorskip("pypdfium2")


def pdf(lines: list[tuple[int, str]], info: str = "") -> bytes:
    """Return a PDF of one page with lines of (size of type, text)."""
    shown, y = [], 780
    for size, text in lines:
        y -= size + 4
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        shown.append(f"BT /F1 {size} Tf 1 0 0 1 60 {y} Tm ({escaped}) Tj ET")
    content = "\n".join(shown).encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({info}) >>".encode(),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


ARTICLE = [
    (9, "arXiv:2309.06180v1 [cs.DC] 12 Sep 2023"),
    (17, "LANTERN: A Cache That"),
    (17, "Learns (Fast)"),
    (11, "Ada Xu and Ben Yi"),
    (12, "Abstract"),
    (10, "Caches wait, and waiting is the slowest thing that a com-"),
    (10, "puter does. Ours is 2.4x faster."),
    (12, "1 Introduction"),
    (10, "Not to be read. doi:10.1145/3600006.3613165."),
]


def test_title_and_abstract_are_found(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(pdf(ARTICLE, info="untitled.dvi"))
    reading = read(path)
    (record,) = reading
    assert reading.format == "PDF"
    assert record.title == "LANTERN: A Cache That Learns (Fast)"
    assert record.abstract == "Caches wait, and waiting is the slowest thing that a computer does. Ours is 2.4x faster."
    assert (record.arxiv, record.doi) == ("2309.06180", "10.1145/3600006.3613165")


@pytest.mark.parametrize("heading", ["A B S T R A C T: ", "Abstract. ", "Abstract-"])
def test_headings_of_abstracts(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(
        pdf([(16, "Some Title of a Paper"), (10, heading + "We do."), (10, "And more."), (10, "Index Terms - x")])
    )
    (record,) = read(path)
    assert record.abstract.endswith("And more.")


def test_pdf_without_text_or_in_pieces_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(pdf([]))
    reading = read(path)
    assert list(reading) == []
    assert "no text" in reading.skipped[0].why
    path.write_bytes(pdf(ARTICLE)[:300])
    reading = read(path)
    assert list(reading) == []
    assert "PDF" in reading.skipped[0].why


def test_missing_extra_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    path = tmp_path / "x"
    path.write_bytes(pdf(ARTICLE))
    reading = read(path)
    assert list(reading) == []
    assert "-m pip install -e " in reading.skipped[0].why


def test_cited_preprints_are_not_the_paper(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(
        pdf(
            [
                (16, "Some Title of a Paper"),
                (10, "Abstract"),
                (10, "We go beyond arXiv:2401.00001."),
                (10, "1 Introduction"),
            ]
        )
    )
    (record,) = read(path)
    assert record.arxiv == ""
