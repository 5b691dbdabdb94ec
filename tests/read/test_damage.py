"""Whatever happens to a file, reading it ends in records, Skips or an InputError: never in another exception."""

import gzip
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgraph.errors import InputError
from kgraph.model import Record
from kgraph.read import Limits, Options, read
from kgraph.read.registry import FORMATS

SAMPLES = sorted((Path(__file__).parent / "samples").iterdir())
LIMITS = Options(limits=Limits(line=1 << 16, document=1 << 18, floor=1 << 20))


def outcome(path: Path, data: bytes) -> tuple[int, int]:
    path.write_bytes(data)
    try:
        reading = read(path, options=LIMITS)
    except InputError:
        return 0, 1
    records = list(reading)
    assert all(isinstance(r, Record) and r.title.strip() and r.source == str(path) for r in records)
    for record in records:
        assert record.id  # every text can be written
        (record.title + record.abstract + "".join(record.authors)).encode()
    assert records or reading.skipped
    return len(records), len(reading.skipped)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_cut_anywhere(sample: Path, tmp_path: Path) -> None:
    data = sample.read_bytes()
    for end in range(0, len(data), max(1, len(data) // 25)):
        outcome(tmp_path / "x", data[:end])


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_compressed_cut_anywhere(sample: Path, tmp_path: Path) -> None:
    data = gzip.compress(sample.read_bytes(), mtime=0)
    whole = outcome(tmp_path / "x", data)
    assert whole == outcome(tmp_path / "x", sample.read_bytes())
    for end in range(1, len(data), max(1, len(data) // 10)):
        outcome(tmp_path / "x", data[:end])


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), min_size=1, max_size=8))
def test_bytes_exchanged(tmp_path: Path, sample: Path, changes: list[tuple[float, bytes]]) -> None:
    data = bytearray(sample.read_bytes())
    for place, other in changes:
        at = int(place * len(data))
        data[at : at + len(other)] = other
    outcome(tmp_path / "x", bytes(data))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace"))))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    outcome(tmp_path / "x", data)


def test_every_sample_is_recognised() -> None:
    found = {read(path).format for path in SAMPLES}
    unseen = {f.name for f in FORMATS} - found
    assert unseen == {"PDF", "Parquet", "JSON", "JSON Lines", "table"}  # made within their tests


@pytest.mark.parametrize(
    "text", ["<" + "a." * 50_000, "\n " * 50_000, "a<" * 50_000, "&amp" * 50_000, " " * 100_000 + "("]
)
def test_no_text_takes_long(tmp_path: Path, text: str) -> None:
    from kgraph.read.wording import plain, unwrap
    from kgraph.resolve.papers.titles import title_key

    began = time.process_time()
    plain(text)
    unwrap(text, indented=True)
    title_key(text)
    for start in (
        "",
        "<",
        "@misc{a,",
        "TY  - JOUR\nTI  - ",
        "title,abstract\n",
        "[",
        "A Title\n\nAbstract\n",
        "<html><p>",
    ):
        outcome(tmp_path / "x", (start + text).encode())
    assert time.process_time() - began < 10
