"""Identifiers, dates, names and wording in the ways people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.identifiers import arxiv_id, doi, openalex_id, publisher_doi, s2_id
from kgraph.read.dates import page_date, parse_date
from kgraph.read.names import from_text, listed, turned
from kgraph.read.wording import plain, unwrap


@pytest.mark.parametrize(
    "text",
    [
        "2309.06180",
        "2309.06180v2",
        "arXiv:2309.06180",
        "arxiv: 2309.06180v1",
        "arXiv:2309.06180v2 [cs.DC]",
        "https://arxiv.org/abs/2309.06180v3",
        "http://www.arxiv.org/pdf/2309.06180.pdf",
        "export.arxiv.org/abs/2309.06180",
        "https://huggingface.co/papers/2309.06180",
        "https://arxiv.org/html/2309.06180v1#S1",
        "oai:arXiv.org:2309.06180",
        "10.48550/arXiv.2309.06180",
        "https://doi.org/10.48550/ARXIV.2309.06180",
        " 2309.06180 ",
    ],
)
def test_arxiv_ids(text: str) -> None:
    assert arxiv_id(text) == "2309.06180"


@pytest.mark.parametrize(
    "text", ["", "2309", "2399.06180", "1.5", "2020.coling-main.9", "10.1145/2309.06180", "a/b", "9712.1"]
)
def test_what_is_no_arxiv_id(text: str) -> None:
    assert arxiv_id(text) == ""


def test_old_arxiv_ids() -> None:
    assert arxiv_id("hep-th/9802150v2") == arxiv_id("https://arxiv.org/abs/hep-th/9802150") == "hep-th/9802150"
    assert arxiv_id("math.GT/0309136") == "math.gt/0309136"
    assert arxiv_id("cs/0301001") == "cs/0301001"


@pytest.mark.parametrize(
    "text",
    [
        "10.1145/ABC.1",
        "doi:10.1145/abc.1",
        "https://doi.org/10.1145/Abc.1",
        "http://dx.doi.org/10.1145/abc.1.",
        "DOI 10.1145/abc.1",
    ],
)
def test_dois(text: str) -> None:
    assert doi(text) == "10.1145/abc.1"


def test_other_identifiers() -> None:
    assert publisher_doi("10.48550/arXiv.2309.06180") == ""
    assert doi("not 10.1145/x") == doi("10.1/x") == ""
    assert openalex_id("https://openalex.org/w123") == openalex_id("https://api.openalex.org/works/W123") == "W123"
    assert s2_id("https://www.semanticscholar.org/paper/Some-Title/" + "a" * 40) == "a" * 40
    assert (openalex_id("w123"), s2_id("A" * 40)) == ("W123", "a" * 40)
    # an id column of one's own may hold such a thing by chance
    assert openalex_id("W123", bare=False) == s2_id("a" * 40, bare=False) == ""


@pytest.mark.parametrize(
    ("given", "iso"),
    [
        (2023, "2023"),
        (2023.0, "2023"),
        ("2023", "2023"),
        ("2023.0", "2023"),
        ("2023-09", "2023-09"),
        ("2023-09-12T12:50:04Z", "2023-09-12"),
        ("2023/9/1", "2023-09-01"),
        ("20230912", "2023-09-12"),
        ("12 Sep 2023", "2023-09-12"),
        ("Tue, 12 Sep 2023 12:50:04 GMT", "2023-09-12"),
        ("September 12th, 2023", "2023-09-12"),
        ("Sept. 2023", "2023-09"),
        ("--08-18", "--08-18"),
        ("2023-02-31", "2023-02"),
        ("2023-13-01", "2023"),
        ("", ""),
        (None, ""),
        (True, ""),
        ("soon", ""),
        ("0", ""),
        (12, ""),
        ("--13-01", ""),
        (float("nan"), ""),
    ],
)
def test_dates(given: object, iso: str) -> None:
    assert parse_date(given) == iso


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Aug 18 1", "--08-18"),
        ("Aug 18", "--08-18"),
        ("Dec 18, 2025", "2025-12-18"),
        ("Dec 18, 2025 12", "2025-12-18"),
        ("Feb 29", "--02-29"),
        ("Feb 30", None),
        ("Foo 1", None),
        ("Aug", None),
        ("18 Aug", None),
        ("Mar 5, 2025 and more", None),
    ],
)
def test_page_dates(line: str, iso: str | None) -> None:
    assert page_date(line) == iso


@given(st.dates())
def test_iso_dates_come_back(day: object) -> None:
    text = str(day)
    assert parse_date(text) == (text if 1600 <= int(text[:4]) <= 2100 else "")


@given(st.text())
def test_any_text_is_harmless(text: str) -> None:
    assert isinstance(arxiv_id(text) + doi(text) + parse_date(text) + (page_date(text) or ""), str)
    assert isinstance(plain(text) + unwrap(text) + turned(text), str)
    assert all(name.strip() for name in from_text(text) + listed(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Xu", ("Ada Xu",)),
        ("Xu, Ada", ("Ada Xu",)),
        ("Ada Xu, Ben Yi", ("Ada Xu", "Ben Yi")),
        ("Ada Xu; Yi, Ben", ("Ada Xu", "Ben Yi")),
        ("Xu, Ada and Yi, Ben", ("Ada Xu", "Ben Yi")),
        ("Ada Xu, Ben Yi, and Cy Ze", ("Ada Xu", "Ben Yi", "Cy Ze")),
        ("['Ada Xu', \"Cy O'Ze\"]", ("Ada Xu", "Cy O'Ze")),
        ("A|B", ("A", "B")),
        ("", ()),
        (" , ", ()),
    ],
)
def test_names_in_one_text(text: str, names: tuple[str, ...]) -> None:
    assert from_text(text) == names


def test_markup_becomes_text() -> None:
    assert plain("<p>One</p><p>Two &lt; three, p<0.05</p>") == "One\n\nTwo < three, p<0.05"
    assert plain("H<sub>2</sub>O <jats:italic>x</jats:italic>") == "H2O x"
    assert plain("Abstract\nGraphs.") == "Graphs."
