"""Large files are read piece by piece, packed or not; XML that plays tricks is refused in every form that is XML."""

import bz2
import gzip
import io
import json
import lzma
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kgraph.model import Record
from kgraph.read import read

COUNT = 250
WORDS = "We cache what others forget and are 2.4x faster on eight GPUs. " * 150
LARGE = COUNT * len(WORDS)


def lines(row: Callable[[int], dict[str, Any]]) -> str:
    return "".join(json.dumps(row(n)) + "\n" for n in range(COUNT))


def inverted() -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for at, word in enumerate(WORDS.split()):
        index.setdefault(word, []).append(at)
    return index


def xml(root: str, entry: str) -> str:
    return f"<?xml version='1.0'?><{root}>" + "".join(entry.format(n=n) for n in range(COUNT)) + f"</{root.split()[0]}>"


ATOM = 'feed xmlns="http://www.w3.org/2005/Atom"'
OAI = 'OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"'
TEI = 'teiCorpus xmlns="http://www.tei-c.org/ns/1.0"'
TEXTS: dict[str, Callable[[], str]] = {
    "JSON Lines": lambda: lines(lambda n: {"id": n, "title": f"Title {n}", "abstract": WORDS}),
    "arXiv metadata": lambda: lines(
        lambda n: {"id": f"2309.{n:05d}", "title": f"Title {n}", "abstract": WORDS, "authors": "A B", "versions": [],
                   "categories": "cs.DC", "update_date": "2023-01-01", "authors_parsed": []}
    ),
    "Semantic Scholar papers": lambda: lines(
        lambda n: {"corpusid": n, "externalids": {}, "title": f"Title {n}", "abstract": WORDS, "year": 2020}
    ),
    "OpenAlex works": lambda: lines(
        lambda n: {"id": f"https://openalex.org/W{n}", "title": f"Title {n}", "publication_year": 2020,
                   "abstract_inverted_index": inverted()}
    ),
    "JSON": lambda: json.dumps([{"id": n, "title": f"Title {n}", "abstract": WORDS} for n in range(COUNT)]),
    "table": lambda: "title,abstract\n" + "".join(f'Title {n},"{WORDS}"\n' for n in range(COUNT)),
    "RIS": lambda: "".join(f"TY  - JOUR\nTI  - Title {n}\nAB  - {WORDS}\nER  - \n" for n in range(COUNT)),
    "arXiv Atom": lambda: xml(
        ATOM, "<entry><id>x{n}</id><title>Title {n}</title><summary>" + WORDS + "</summary></entry>"
    ),
    "OAI-PMH": lambda: xml(
        OAI,
        "<record><metadata><arXivRaw><id>2309.{n:05d}</id><title>Title {n}</title><abstract>" + WORDS
        + "</abstract></arXivRaw></metadata></record>",
    ),
    "TEI (GROBID)": lambda: xml(
        TEI,
        "<TEI><teiHeader><fileDesc><titleStmt><title>Title {n}</title></titleStmt></fileDesc><profileDesc><abstract><p>"
        + WORDS + "</p></abstract></profileDesc></teiHeader><text>" + WORDS + "</text></TEI>",
    ),
}  # fmt: skip


def zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("papers.txt", data)
    return out.getvalue()


PACK: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda data: data,
    "gzip": lambda data: gzip.compress(data, 1),
    "bzip2": lambda data: bz2.compress(data, 1),
    "xz": lambda data: lzma.compress(data, preset=0),
    "zip": zipped,
}


@pytest.mark.parametrize(
    ("name", "packing"),
    [(name, packing) for name in TEXTS for packing in PACK if packing == "gzip" or name == "table"],
)
def test_memory_is_bounded(tmp_path: Path, name: str, packing: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(PACK[packing](TEXTS[name]().encode()))
    tracemalloc.start()
    reading = read(path)
    count = sum(isinstance(r, Record) and r.abstract.split() == WORDS.split() for r in reading)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == COUNT
    assert reading.format == ("zip archive" if packing == "zip" else name)
    assert peak < LARGE / 1.5
    assert peak < 1_600_000 + (4_000_000 if packing in ("bzip2", "xz") else 0)


INSIDE = {
    "Atom": f"<{ATOM}><entry><id>x</id><title>T %s</title></entry></feed>",
    "OAI-PMH": f"<{OAI}><record><metadata><arXivRaw><id>2309.00001</id><title>T %s</title></arXivRaw></metadata>"
    "</record></OAI-PMH>",
    "TEI": f"<{TEI}><teiHeader><fileDesc><titleStmt><title>T %s</title></titleStmt></fileDesc></teiHeader></teiCorpus>",
}
TRICKS = {
    "a billion laughs": (
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">',
        "&c;",
    ),
    "quadratic": (f'<!ENTITY a "{"ha" * 5000}">', "&a;" * 5000),
    "a file": ('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"),
    "an address": ('<!ENTITY a SYSTEM "http://127.0.0.1:9/x">', "&a;"),
    "a parameter": ('<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;', ""),
    "never used": ('<!ENTITY a "ha">', ""),
}


@pytest.mark.parametrize("form", INSIDE)
@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_of_xml_are_refused(tmp_path: Path, form: str, trick: str) -> None:
    declared, used = TRICKS[trick]
    path = tmp_path / "x"
    path.write_text(f'<?xml version="1.0"?><!DOCTYPE x [{declared}]>' + INSIDE[form] % used)
    reading = read(path)
    assert list(reading) == []
    assert "the XML defines entities or refers to other files, which is refused" in reading.skipped[0].why


@pytest.mark.parametrize("form", INSIDE)
def test_a_doctype_elsewhere_is_not_fetched(tmp_path: Path, form: str) -> None:
    path = tmp_path / "x"
    path.write_text('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">' + INSIDE[form] % "")
    reading = read(path)
    records = list(reading)
    assert [r.title for r in records] == ["T"] or "refused" in reading.skipped[0].why


@pytest.mark.parametrize("form", INSIDE)
def test_xml_nested_without_end_is_no_crash(tmp_path: Path, form: str) -> None:
    path = tmp_path / "x"
    path.write_text(INSIDE[form] % ("<b>" * 50_000 + "deep" + "</b>" * 50_000))
    reading = read(path)
    records = list(reading)
    assert records or reading.skipped
