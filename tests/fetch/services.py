"""Five services over one made-up world of papers, in the shapes of their documentation."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote
from xml.sax.saxutils import escape

from tests.fetch.replay import Asked, Reply, Server, say


@dataclass(frozen=True)
class Made:
    """A made-up paper; `refs` are the numbers of the papers it cites. Only every other one has a publisher's DOI."""

    n: int
    refs: tuple[int, ...] = ()

    @property
    def title(self) -> str:
        return f"System{self.n}: Serving <Models> & more, part {self.n}"

    @property
    def abstract(self) -> str:
        return f"We present System{self.n}, which is {self.n + 2}x faster than System{self.n // 2} on NVIDIA A100 GPUs."

    @property
    def year(self) -> int:
        return 2019 + self.n % 6

    @property
    def date(self) -> str:
        return f"{self.year}-{1 + self.n % 12:02d}-{1 + self.n % 28:02d}"

    @property
    def arxiv(self) -> str:
        return f"{self.year - 2000:02d}{1 + self.n % 12:02d}.{self.n:05d}"

    @property
    def doi(self) -> str:
        return f"10.5555/made.{self.n}" if self.n % 2 else ""

    @property
    def openalex(self) -> str:
        return f"W{4_000_000_000 + self.n}"

    @property
    def s2(self) -> str:
        return hashlib.sha1(str(self.n).encode()).hexdigest()

    @property
    def authors(self) -> list[str]:
        return [f"Ada Author{self.n}", "Bo Čapek"]


def world(count: int) -> list[Made]:
    return [Made(n, tuple(r for r in (n // 2, n // 3, n - 1) if 0 <= r < n)) for n in range(count)]


# ---------------------------------------------------------------- OpenAlex


def openalex_work(paper: Made, papers: Sequence[Made], cited: int | None = None) -> dict[str, Any]:
    index: dict[str, list[int]] = {}
    for at, word in enumerate(paper.abstract.split()):
        index.setdefault(word, []).append(at)
    doi = paper.doi or f"10.48550/arXiv.{paper.arxiv}"
    return {
        "id": f"https://openalex.org/{paper.openalex}",
        "doi": f"https://doi.org/{doi}",
        "title": paper.title,
        "publication_year": paper.year,
        "publication_date": paper.date,
        "ids": {"openalex": f"https://openalex.org/{paper.openalex}"},
        "authorships": [{"author": {"display_name": name}} for name in paper.authors],
        "primary_location": {"source": {"display_name": "arXiv (Cornell University)"}},
        "locations": [{"landing_page_url": f"http://arxiv.org/abs/{paper.arxiv}"}],
        "abstract_inverted_index": index,
        "referenced_works": [f"https://openalex.org/{papers[r].openalex}" for r in dict.fromkeys(paper.refs)],
        **({} if cited is None else {"cited_by_count": cited}),
    }


def play_openalex(server: Server, papers: Sequence[Made], page: int = 100) -> None:
    cited_by: dict[str, list[Made]] = {}
    for paper in papers:
        for r in dict.fromkeys(paper.refs):
            cited_by.setdefault(papers[r].openalex, []).append(paper)

    def works(asked: Asked) -> Reply:
        if asked.path.startswith("/works/doi:"):
            wanted = unquote(asked.path.removeprefix("/works/doi:")).lower()
            one = [p for p in papers if wanted in (p.doi, f"10.48550/arxiv.{p.arxiv}")]
            return say(openalex_work(one[0], papers)) if one else say({"error": "not found"}, 404)
        name, _, value = asked.params["filter"].partition(":")
        values = set(value.lower().split("|"))
        if name == "doi":
            found = [p for p in papers if (p.doi or f"10.48550/arxiv.{p.arxiv}") in values]
        elif name == "openalex":
            found = [p for p in papers if p.openalex.lower() in values]
        elif name == "cites":
            found = cited_by.get(value, [])
        else:
            found = [p for p in papers if all(w in p.title.lower() for w in value.split(",")[0].lower().split())]
        start = 0 if asked.params.get("cursor", "*") == "*" else int(asked.params["cursor"].removeprefix("c"))
        size = min(page, int(asked.params["per-page"]))
        after = start + size
        return say(
            {
                "meta": {"count": len(found), "next_cursor": f"c{after}" if after < len(found) else None},
                "results": [openalex_work(p, papers, len(cited_by.get(p.openalex, []))) for p in found[start:after]],
            },
            X_RateLimit_Cost_USD="0.0001",
            X_RateLimit_Remaining_USD="0.9",
        )

    server.when("/works", works)


# ---------------------------------------------------------------- Semantic Scholar


def s2_paper(paper: Made) -> dict[str, Any]:
    return {
        "paperId": paper.s2,
        "externalIds": {"ArXiv": paper.arxiv, **({"DOI": paper.doi} if paper.doi else {}), "CorpusId": paper.n + 7},
        "title": paper.title,
        "abstract": paper.abstract,
        "year": paper.year,
        "publicationDate": paper.date,
        "venue": "arXiv.org",
        "authors": [{"authorId": "1", "name": name} for name in paper.authors],
    }


def play_s2(server: Server, papers: Sequence[Made], page: int = 1000) -> None:
    by_id = {p.s2: p for p in papers} | {f"ARXIV:{p.arxiv}": p for p in papers}
    by_id |= {f"DOI:{p.doi}": p for p in papers if p.doi}
    cited_by: dict[int, list[int]] = {}
    for paper in papers:
        for r in dict.fromkeys(paper.refs):
            cited_by.setdefault(r, []).append(paper.n)

    def batch(asked: Asked) -> Reply:
        asked_for = [by_id.get(i) for i in asked.json()["ids"]]
        return say([{**s2_paper(p), "citationCount": len(cited_by.get(p.n, []))} if p else None for p in asked_for])

    def bulk(asked: Asked) -> Reply:
        words = asked.params["query"].lower().split()
        found = [p for p in papers if all(w in p.title.lower() for w in words)]
        start = int(asked.params.get("token") or 0)
        after = start + page
        token = {"token": str(after)} if after < len(found) else {}
        return say({"total": len(found), **token, "data": [s2_paper(p) for p in found[start:after]]})

    def match(asked: Asked) -> Reply:
        found = [p for p in papers if p.title.lower() == asked.params["query"].lower()]
        return say({"data": [s2_paper(found[0])]}) if found else say({"error": "Title match not found"}, 404)

    def edges(asked: Asked) -> Reply:
        id_, which = asked.path.removeprefix("/graph/v1/paper/").split("/")
        paper = by_id[id_]
        there = dict.fromkeys(paper.refs) if which == "references" else cited_by.get(paper.n, [])
        side = "citedPaper" if which == "references" else "citingPaper"
        items: list[Mapping[str, Any]] = [
            {
                side: s2_paper(papers[n]),
                "contexts": [f"Unlike System{n}, we do not wait."] if (paper.n + n) % 3 == 0 else [],
                "intents": ["methodology"] if n % 2 else [],
            }
            for n in there
        ]
        if which == "references":
            items.append({side: {"paperId": None, "title": "A technical report that nobody has"}, "contexts": []})
        start, limit = int(asked.params["offset"]), int(asked.params["limit"])
        more = {"next": start + limit} if start + limit < len(items) else {}
        return say({"offset": start, **more, "data": items[start : start + limit]})

    server.when("/graph/v1/paper/batch", batch)
    server.when("/graph/v1/paper/search/bulk", bulk)
    server.when("/graph/v1/paper/search/match", match)
    server.when("/graph/v1/paper/", edges)


# ---------------------------------------------------------------- arXiv, Crossref, Hugging Face


def atom(papers: Sequence[Made], total: int, start: int, size: int) -> Reply:
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{p.arxiv}v2</id><title>{escape(p.title)}</title>"
        f"<published>{p.date}T01:02:03Z</published><summary>{escape(p.abstract)}\n</summary>"
        + "".join(f"<author><name>{name}</name></author>" for name in p.authors)
        + (f"<arxiv:doi>{p.doi}</arxiv:doi>" if p.doi else "")
        + "</entry>"
        for p in papers
    )
    feed = (
        "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'"
        " xmlns:opensearch='http://a9.com/-/spec/opensearch/1.1/' xmlns:arxiv='http://arxiv.org/schemas/atom'>"
        f"<opensearch:itemsPerPage>{size}</opensearch:itemsPerPage><opensearch:totalResults>{total}"
        f"</opensearch:totalResults><opensearch:startIndex>{start}</opensearch:startIndex>{entries}</feed>"
    )
    return Reply(200, feed.encode(), "application/atom+xml; charset=UTF-8")


def play_arxiv(server: Server, papers: Sequence[Made]) -> None:
    def query(asked: Asked) -> Reply:
        size = int(asked.params["max_results"])
        if ids := asked.params.get("id_list"):
            found = [p for p in papers if p.arxiv in ids.split(",")]
            return atom(found[:size], len(found), 0, size)
        start = int(asked.params["start"])
        return atom(papers[start : start + size], len(papers), start, size)

    server.when("/api/query", query)


def crossref_work(paper: Made) -> dict[str, Any]:
    return {
        "DOI": paper.doi.upper(),
        "title": [escape(paper.title)],
        "abstract": f"<jats:title>Abstract</jats:title><jats:p>{escape(paper.abstract)}</jats:p>",
        "author": [{"given": "Ada", "family": f"Author{paper.n}"}, {"name": "The Consortium"}],
        "issued": {"date-parts": [[paper.year, 1 + paper.n % 12]]},
        "container-title": ["Made-up Proceedings"],
    }


def play_crossref(server: Server, papers: Sequence[Made], page: int = 100) -> None:
    with_doi = [p for p in papers if p.doi]

    def works(asked: Asked) -> Reply:
        if asked.path != "/works":
            wanted = unquote(asked.path.removeprefix("/works/"))
            one = [p for p in with_doi if p.doi == wanted]
            return say({"message": crossref_work(one[0])}) if one else Reply(404, b"Resource not found.", "text/plain")
        start = 0 if asked.params["cursor"] == "*" else int(asked.params["cursor"])
        after = start + page
        message = {"total-results": len(with_doi), "items": [crossref_work(p) for p in with_doi[start:after]]}
        return say({"status": "ok", "message": {**message, "next-cursor": str(after)}})

    server.when("/works", works)


def hf_paper(paper: Made) -> dict[str, Any]:
    return {
        "id": paper.arxiv,
        "title": paper.title,
        "summary": paper.abstract,
        "publishedAt": f"{paper.date}T00:00:00.000Z",
        "authors": [{"name": name} for name in paper.authors],
    }


def play_hf(server: Server, papers: Sequence[Made]) -> None:
    def daily(asked: Asked) -> Reply:
        day = int(asked.params["date"][-2:])
        found = [p for p in papers if p.n % 28 + 1 == day]
        start = int(asked.params["p"]) * (size := int(asked.params["limit"]))
        return say([{"paper": hf_paper(p), "title": p.title} for p in found[start : start + size]])

    def one(asked: Asked) -> Reply:
        found = [p for p in papers if p.arxiv == asked.path.rpartition("/")[2]]
        return say(hf_paper(found[0])) if found else say({"error": "Paper not found"}, 404)

    def search(asked: Asked) -> Reply:
        return say([{"paper": hf_paper(p)} for p in papers if asked.params["q"].lower() in p.title.lower()])

    server.when("/api/daily_papers", daily)
    server.when("/api/papers/search", search)
    server.when("/api/papers/", one)


PLAY = {"openalex": play_openalex, "s2": play_s2, "arxiv": play_arxiv, "crossref": play_crossref, "hf": play_hf}
