"""What services and reference managers give: awkward samples written for the purpose, and recorded answers."""

import html
import json
import re
from pathlib import Path

import pytest

from kgraph.errors import InputError
from kgraph.model import Record
from kgraph.read import Reading, read
from kgraph.read.services.openalex import abstract

SAMPLES = Path(__file__).parent / "samples"
ADA = ("Ada Xu",)


def done(name: str) -> tuple[list[Record], Reading]:
    reading = read(SAMPLES / name, shown=name)
    return list(reading), reading


def test_hugging_face_answer() -> None:
    (one, two), reading = done("hf-daily.json")
    assert reading.format == "Hugging Face papers"
    assert (one.title, one.date, one.arxiv, one.authors) == (
        "LANTERN: A Cache That Learns", "2026-08-01", "2608.01001", ("Ada Xu", "Cy Ze"))  # fmt: skip
    assert one.abstract == "Caches wait. Ours does not: it is 2.4\\times faster."
    assert (two.title, two.abstract, two.authors) == ("Quarry \ufffd Sort", "", ())
    assert [s.where for s in reading.skipped] == ["hf-daily.json: line 3", "hf-daily.json: line 5"]


def test_own_rows_with_votes_are_own_rows(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text('{"id": "2608.01001", "title": "T", "abstract": "A.", "upvotes": 3}')
    (record,) = read(path)
    assert (record.abstract, record.arxiv, record.service) == ("A.", "2608.01001", "")


def test_hugging_face_page_with_embedded_json() -> None:
    (one,), reading = done("hf-page.html")
    assert reading.format == "saved HTML page"
    assert (one.title, one.abstract, one.arxiv, one.service) == (
        "Tom & Jerry's <Cache>", 'It is "fast".', "2608.01001", "huggingface")  # fmt: skip
    assert reading.skipped == []


def test_json_in_a_script_says_what_json_in_an_attribute_does(tmp_path: Path) -> None:
    text = (SAMPLES / "hf-page.html").read_text(encoding="utf-8")
    (held,) = re.findall(r'data-target="DailyPapers" data-props="([^"]*)"', text)
    data = json.dumps(json.loads(html.unescape(held)), indent=1)
    path = tmp_path / "page.html"
    path.write_text(
        f'<html><body>\n<script type="application/json">\n{data}\n</script></body></html>', encoding="utf-8"
    )
    (one,), (two,) = read(path), read(SAMPLES / "hf-page.html")
    assert (one.title, one.abstract, one.arxiv, one.authors) == (two.title, two.abstract, two.arxiv, two.authors)


def test_page_of_one_paper_with_meta_tags() -> None:
    (one,), _ = done("abs-page.html")
    assert (one.title, one.arxiv, one.doi, one.date) == (
        "Learned Caches for Graphs", "2309.06180", "10.1145/3600006.3613165", "2023-09-12")  # fmt: skip
    assert one.abstract == "Graphs are large. We cache them & say how."
    assert one.authors == ("Ada Xu", "Ben Yi")


def test_page_without_papers_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("<html><body>Redirect</body></html>")
    reading = read(path, shown="x")
    assert list(reading) == []
    assert "no data of papers" in reading.skipped[0].why


def test_arxiv_metadata() -> None:
    (one, two), reading = done("arxiv-metadata.jsonl")
    assert reading.format == "arXiv metadata"
    assert one.title == "Learned Caches for Graphs"
    assert one.abstract == (
        "Graphs are large. We present $O(n)$ caches that are 1.66 $\\sim$ 7.17$\\times$ faster.\n\n"
        "A second paragraph, as indented."
    )
    assert (one.date, one.doi, one.venue) == ("2023-09-12", "10.1145/3600006.3613165", "SOSP 2023")
    assert one.authors == ("Ada Xu", "Ben Yi Jr", "Cy Ze")
    assert (two.arxiv, two.date, two.authors) == ("hep-th/9802150", "1998-02-20", ("Dee Old",))
    assert [s.where[-6:] for s in reading.skipped] == ["line 3", "line 4"]


def test_atom() -> None:
    (one, two), reading = done("atom.xml")
    assert reading.format == "arXiv Atom"
    assert (one.title, one.abstract) == ("Caches & Graphs: A <Study>", "Graphs are large. We cache them.")
    assert (one.arxiv, one.doi, one.date, one.venue) == (
        "2309.06180", "10.1145/3600006.3613165", "2023-09-12", "SOSP 2023")  # fmt: skip
    assert one.authors == ("Ada Xu", "Ben Yi")
    assert (two.arxiv, two.abstract) == ("math/0309136", "")
    assert [s.why for s in reading.skipped] == ["the service's error: incorrect id format for abc"]


def test_oai() -> None:
    (raw, plain, dublin), reading = done("oai.xml")
    assert reading.format == "OAI-PMH"
    assert (raw.title, raw.abstract, raw.date, raw.doi) == (
        "Caches for Graphs",
        "Graphs are large.",
        "2023-09-12",
        "10.1145/1",
    )
    assert raw.authors == ("Ada Xu", "Ben Yi", "Cy Ze")
    assert (plain.arxiv, plain.date, plain.authors) == ("2401.00001", "2024-01-01", ADA)
    assert (dublin.arxiv, dublin.doi, dublin.date, dublin.authors) == ("2401.00002", "10.1145/2", "2024-01-01", ADA)
    assert dublin.abstract == "The longer text is the abstract of it."
    assert [s.why.split(" ")[0] for s in reading.skipped] == ["deleted", "no"]


def test_openalex() -> None:
    (one, two), reading = done("openalex.json")
    assert reading.format == "OpenAlex works"
    assert (one.title, one.abstract) == ("Caches for Graphs", "Graphs are large, caches are not.")
    assert (one.openalex, one.doi, one.arxiv, one.date, one.venue) == (
        "W1", "10.1145/3600006.3613165", "2309.06180", "2023-10-23", "SOSP")  # fmt: skip
    assert one.authors == ("Ada Xu", "B. Yi")
    assert (two.title, two.arxiv, two.doi, two.date) == ("Only a Display Name", "2309.06180", "", "2023")
    assert len(reading.skipped) == 1


def test_inverted_index_gives_the_text_back() -> None:
    words = ["the", "cat", "sat", "on", "the", "mat", "and", "the", "dog", "sat", "on", "the", "cat"]
    index: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        index.setdefault(word, []).append(place)
    assert abstract(index) == " ".join(words)
    assert abstract({"IndexLength": 2, "InvertedIndex": {"b": [1], "a": [0]}}) == "a b"
    assert abstract([1]) == abstract({}) == abstract({"a": None}) == ""


def test_semantic_scholar_answers() -> None:
    (one, two, three), reading = done("s2.json")
    assert reading.format == "Semantic Scholar papers"
    assert (one.s2, one.arxiv, one.doi, one.date, one.venue, one.abstract) == (
        "a" * 40, "2309.06180", "10.1145/1", "2023", "SOSP", "")  # fmt: skip
    assert (two.title, two.s2) == ("Known by Title Only", "")
    assert (three.abstract, three.arxiv, three.doi, three.date) == ("We cite.", "2405.00001", "", "2024-05-06")
    assert "null" in reading.skipped[0].why


def test_semantic_scholar_dump() -> None:
    (one,), reading = done("s2ag.jsonl")
    assert (one.source_id, one.arxiv, one.date, one.authors) == ("CorpusId:12", "2309.06180", "2023-09-12", ADA)
    assert "abstract without a title" in reading.skipped[0].why


def test_crossref() -> None:
    (one, two), reading = done("crossref.json")
    assert reading.format == "Crossref works"
    assert one.title == "Caches for Graphs: A Study"
    assert one.abstract == "Graphs are large (p<0.05, n<7).\n\nWe cache them."
    assert one.authors == ("Ada Xu", "Ze", "The Cache Group")
    assert (one.date, one.venue) == ("2023-10", "Proc. SOSP & Co")
    assert (two.title, two.date, two.doi) == ("A & B: Really", "", "")
    assert len(reading.skipped) == 1


def test_csl() -> None:
    (one, two), reading = done("zotero.json")
    assert reading.format == "CSL-JSON"
    assert (one.title, one.arxiv, one.date, one.authors) == (
        "Caches for Graphs", "2309.06180", "2023-09-12", ("Ada Xu", "The Group"))  # fmt: skip
    assert (two.arxiv, two.date, two.doi) == ("2401.00001", "2024-05", "")
    assert len(reading.skipped) == 1


def test_bibtex() -> None:
    records, reading = done("refs.bib")
    assert reading.format == "BibTeX"
    by_title = {r.title: r for r in records}
    one = by_title["LANTERN: Caches for Gräphs & More"]
    assert (one.source_id, one.date, one.doi, one.arxiv) == (
        "xu2023", "2023-10-23", "10.1145/3600006.3613165", "2309.06180")  # fmt: skip
    assert one.authors == ("Ada Xu", "Ben Yi", "The Cache Group")
    assert one.venue == "Proceedings of SOSP"
    assert one.abstract == "Graphs are large. Ours is 2.4$\\times$ faster on {A100} GPUs."
    assert one.locator == "line 5"
    two = by_title["A Second Entry of One Key"]
    assert (two.arxiv, two.date) == ("2401.00001", "2024")
    three = by_title["Ours Étude"]
    assert (three.date, three.arxiv) == ("2022-03-01", "2203.00001")
    assert len(records) == 3
    assert {s.where.split(": ")[1] for s in reading.skipped} == {"line 21", "line 27"}


def test_ris() -> None:
    (one, two, three), reading = done("refs.ris")
    assert reading.format == "RIS"
    assert (one.title, one.date, one.doi, one.arxiv, one.venue) == (
        "Caches for Graphs", "2023-10-23", "10.1145/3600006.3613165", "2309.06180", "SOSP")  # fmt: skip
    assert one.abstract == "Graphs are large. We cache them."
    assert one.authors == ("Ada Xu", "Ben Yi Jr.")
    assert (two.title, two.date, two.abstract) == ("Sloppy Tags", "2024", "An abstract under N2.")
    assert (three.title, three.date) == ("No End Above", "2022-05")
    assert [s.why for s in reading.skipped] == ["the title is empty"]


def test_tei() -> None:
    (one,), reading = done("grobid.tei.xml")
    assert reading.format == "TEI (GROBID)"
    assert (one.title, one.abstract) == ("Caches for Graphs", "Graphs are large.\n\nWe cache them [1].")
    assert (one.doi, one.arxiv, one.date, one.venue) == (
        "10.1145/3600006.3613165", "2309.06180", "2023-09-12", "SOSP")  # fmt: skip
    assert one.authors == ("Ada B Xu",)


def test_plain_text() -> None:
    (one,), reading = done("article.txt")
    assert reading.format == "plain text"
    assert (one.title, one.abstract) == (
        "LANTERN: A Cache That Learns",
        "Caches wait. Ours does not: it is 2.4x faster.",
    )
    listed, _ = done("list.txt")
    assert [(r.title, r.abstract[-13:]) for r in listed] == [
        ("A First Title", "d it is fast."),
        ("A Second Title: Robots", "ss. It works."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# A Readme\n\nThis explains how to install the thing. It is long, and it has sentences. Many of them.\n",
        "import os\n\ndef f():\n    return 1\n",
        "a line\nanother line\n",
        "key: value\nother: value\n",
    ],
)
def test_other_texts_are_of_no_known_format(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x"
    path.write_text(text)
    with pytest.raises(InputError, match="of no known format"):
        read(path)


BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>
<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>&lol2;</title></entry></feed>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>&x;</title></entry></feed>"""


@pytest.mark.parametrize("text", [BOMB, OUTSIDE])
def test_xml_tricks_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x"
    path.write_text(text)
    reading = read(path)
    assert list(reading) == []
    assert "entities" in reading.skipped[0].why


def test_broken_xml_keeps_what_stands_before(tmp_path: Path) -> None:
    path = tmp_path / "x"
    text = (SAMPLES / "atom.xml").read_text()
    path.write_text(text[: text.index("<entry><id>http://arxiv.org/abs/math")])
    reading = read(path)
    assert len(list(reading)) == 1
    assert "not valid XML" in reading.skipped[-1].why


def test_many_entries_are_streamed(tmp_path: Path) -> None:
    import tracemalloc

    entry = (
        "<entry><id>http://arxiv.org/abs/2309.06180v1</id><title>T</title><summary>"
        + "word " * 400
        + "</summary></entry>"
    )
    path = tmp_path / "x"
    path.write_text(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry * 2000}</feed>')
    tracemalloc.start()
    count = sum(1 for _ in read(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2000
    assert peak < 3_000_000


def test_rows_of_several_services_in_one_file(tmp_path: Path) -> None:
    rows = [
        *json.loads((SAMPLES / "openalex.json").read_text())["results"][:1],
        *json.loads((SAMPLES / "hf-daily.json").read_text())[:1],
        {"title": "My Own", "abstract": "Row."},
    ]
    path = tmp_path / "x"
    path.write_text("\n".join(map(json.dumps, rows)))
    assert [r.service for r in read(path)] == ["openalex", "huggingface", ""]


@pytest.mark.parametrize(
    ("path", "format_name", "count"),
    [
        ("huggingface/daily_papers.json", "Hugging Face papers", 30),
        ("openalex/work.json", "OpenAlex works", 1),
        ("openalex/openalexR_entity_list_samples.json", "OpenAlex works", 3),
        ("arxiv/sotawhat_arxiv_transformer.xml", "arXiv Atom", 5),
        ("semanticscholar/sotawhat_semantic_scholar_transformer.json", "Semantic Scholar papers", 5),
        ("semanticscholar/Paper.json", "Semantic Scholar papers", 1),
        ("semanticscholar/bodies/test_get_paper_citations_0.json", "Semantic Scholar papers", 100),
        ("crossref/bodies/test_journals_works_0.json", "Crossref works", 20),
        ("crossref/bodies/test_content_negotiation_1.txt", "BibTeX", 1),
    ],
)
def test_recorded_answers(shared: Path, path: str, format_name: str, count: int) -> None:
    reading = read(shared / "api" / path)
    records = list(reading)
    assert (reading.format, len(records)) == (format_name, count)
    assert all(r.title.strip() == r.title and "<" not in r.title for r in records)
    assert all(r.service for r in records)


def test_no_recorded_answer_is_a_crash(shared: Path) -> None:
    for path in sorted((shared / "api").rglob("*")):
        if path.is_file():
            try:
                reading = read(path)
            except InputError:
                continue
            assert list(reading) or reading.skipped
