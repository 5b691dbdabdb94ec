"""What BibTeX entries take over from volumes and data containers."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kgraph.model import Record
from kgraph.read import Reading, read
from kgraph.read.bibtex_inheritance import inherited

SAMPLES = Path(__file__).parent / "samples"


def done(text: str, folder: Path) -> tuple[dict[str, Record], Reading]:
    path = folder / "x.bib"
    path.write_text(text, encoding="utf-8")
    reading = read(path, shown="x.bib")
    return {r.source_id: r for r in reading}, reading


def test_the_sample() -> None:
    reading = read(SAMPLES / "crossref.bib", shown="crossref.bib")
    by_key = {r.source_id: r for r in reading}
    assert reading.format == "BibTeX"
    assert sorted(by_key) == ["book", "chapter", "chapter9", "early", "lone", "ring1", "ring2", "zeta"]
    early = by_key["early"]  # stands before its volume, as BibTeX asks
    assert (early.title, early.venue, early.date, early.doi, early.url) == (
        "Caches Before Their Volume", "Proceedings of Caches: Part One", "2021-05", "", "")  # fmt: skip
    assert early.abstract == "We cache."
    zeta = by_key["zeta"]  # its own year counts, its key is written in another case
    assert (zeta.venue, zeta.date) == ("Proceedings of Caches: Part One", "2022-05")
    assert by_key["chapter"].authors == ("Bea Book",)
    assert by_key["chapter9"].authors == ("Cy Chapter",)
    lone = by_key["lone"]
    assert (lone.venue, lone.date, lone.arxiv, lone.authors) == (
        "Journal of Containers", "2020-02-03", "2002.00001", ("Ada Xu",))  # fmt: skip
    assert reading.notes == ("crossref.bib: line 35: lone refers to nowhere, which is not in this file",)
    assert reading.skipped == []


def test_an_entry_without_a_title_does_not_take_the_volume_s(tmp_path: Path) -> None:
    records, reading = done("@inproceedings{a, crossref={v}}\n@proceedings{v, title={V}, year=2020}\n", tmp_path)
    assert records == {}
    assert [s.why for s in reading.skipped] == ["the title is empty"]


KEYS = st.sampled_from("abcd")
ENTRY = st.dictionaries(st.sampled_from(["title", "year", "booktitle", "doi"]), st.sampled_from(["", "1", "2"]))
ENTRIES = st.dictionaries(
    KEYS,
    st.builds(
        lambda fields, xdata, crossref: fields | {"xdata": ", ".join(xdata), "crossref": crossref},
        ENTRY,
        st.lists(KEYS, max_size=3),
        st.sampled_from(["", "a", "b", "e"]),
    ),
)


@given(ENTRIES)
def test_what_an_entry_says_itself_stands_and_rings_end(entries: dict[str, dict[str, str]]) -> None:
    for fields in entries.values():
        found, lost = inherited(fields, "article", entries)
        assert {k: v for k, v in found.items() if fields.get(k)} == {k: v for k, v in fields.items() if v}
        assert set(lost) <= {"a", "b", "c", "d", "e"} - entries.keys()
        if not fields["xdata"]:  # a volume gives neither title nor DOI
            assert found.get("title", "") == fields.get("title", "")
            assert found.get("doi", "") == fields.get("doi", "")
