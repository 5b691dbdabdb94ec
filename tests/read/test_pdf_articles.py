"""Typeset articles in two columns, and PDF files that can't be read."""

import zlib
from pathlib import Path
from typing import Any

import pytest

from kgraph.model import Record
from kgraph.read import Reading, read
from tests.read import articles

pytest.importorskip("pypdfium2")
if not articles.available():
    pytest.skip("reportlab typesets the articles", allow_module_level=True)

TITLE = ["LANTERN: A Memory-", "Efficient Cache That Waits Offline*"]
WHOLE = "LANTERN: A Memory-Efficient Cache That Waits Offline"
SHAPES: dict[str, dict[str, Any]] = {
    "plain": {},
    "everything at once": {
        "stamp": "arXiv:2309.06180v1  [cs.DC]  12 Sep 2023",
        "header": "Conference '23, October 2023",
        "footer": "1",
        "footnote": articles.FOOTNOTE,
        "italic": True,
    },
    "heading within the line": {"heading": "Abstract\u2014", "run_in": True},
    "spaced heading": {"heading": "A B S T R A C T"},
    "abstract over both columns": {"wide_abstract": True, "italic": True, "heading": "ABSTRACT"},
    "columns across": {"interleaved": True},
    "goes on in the other column past a footnote": {"rest_on_right": True},
    "goes on in the other column, columns across": {"rest_on_right": True, "interleaved": True},
    "roman numbers": {"introduction": "I. INTRODUCTION"},
    "key words follow": {"introduction": "Keywords: caches, queues"},
}


def one(data: bytes, folder: Path) -> tuple[Record, Reading]:
    path = folder / "x"
    path.write_bytes(data)
    reading = read(path, shown="x.pdf")
    (record,) = reading
    return record, reading


@pytest.mark.parametrize("shape", SHAPES)
def test_title_and_abstract_of_two_columns(tmp_path: Path, shape: str) -> None:
    record, reading = one(articles.two_columns(TITLE, **SHAPES[shape]), tmp_path)
    assert record.title == WHOLE
    assert record.abstract == articles.ABSTRACT
    assert record.arxiv == ("2309.06180" if "stamp" in SHAPES[shape] else "")
    assert record.doi in ("", "10.1145/9999999.1")
    assert reading.skipped == []


def test_an_abstract_without_a_heading(tmp_path: Path) -> None:
    record, _ = one(articles.two_columns(TITLE, wide_abstract=True, heading="", run_in=True), tmp_path)
    assert (record.title, record.abstract) == (WHOLE, articles.ABSTRACT)


def test_a_user_s_password_is_needed_an_owner_s_is_not(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    record, _ = one(articles.two_columns(TITLE, encrypt=StandardEncryption("", ownerPassword="o", canCopy=0)), tmp_path)
    assert record.title == WHOLE
    path = tmp_path / "locked"
    path.write_bytes(articles.two_columns(TITLE, encrypt=StandardEncryption("secret", strength=128)))
    reading = read(path, shown="locked.pdf")
    assert list(reading) == []
    assert (reading.skipped[0].where, reading.skipped[0].why) == (
        "locked.pdf", "the PDF is locked with a password (save it without)")  # fmt: skip


def test_a_scan_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "scan"
    path.write_bytes(articles.image_only())
    reading = read(path)
    assert list(reading) == []
    assert "only images (run OCR on it first)" in reading.skipped[0].why


def test_cut_anywhere_it_is_read_or_named(tmp_path: Path) -> None:
    data = articles.two_columns(TITLE)
    path = tmp_path / "x"
    for end in [*range(8, len(data), len(data) // 20), len(data) - 1]:
        path.write_bytes(data[:end])
        reading = read(path)
        records = list(reading)
        assert bool(records) != bool(reading.skipped)
        for skip in reading.skipped:
            assert "PDF" in skip.why
    assert [r.title for r in records] == [WHOLE]  # but for its last byte it is whole


@pytest.mark.parametrize("filters", ["/FlateDecode", "[/FlateDecode /FlateDecode]"])
def test_a_pdf_that_expands_without_end_is_refused(tmp_path: Path, filters: str) -> None:
    content = zlib.compress(b"BT /F1 12 Tf 72 720 Td (A word of it) Tj ET\n" * 800_000, 9)
    if filters.startswith("["):
        content = zlib.compress(content, 9)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
        b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(content), filters.encode(), content),
    )
    path = tmp_path / "x"
    path.write_bytes(b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1)))
    assert path.stat().st_size < 200_000
    reading = read(path)
    assert list(reading) == []
    assert "expands to far more than any text would" in reading.skipped[0].why
