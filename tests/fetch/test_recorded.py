"""The services as they really answered: recorded answers, served again by a local server."""

import csv
import json
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from kgraph.fetch import cite_openalex, cite_s2, openalex
from kgraph.fetch.run import SOURCES, Fetched, UnfinishedError, fetch
from kgraph.fetch.source import Wanted
from kgraph.http import Limits, RefusedError
from kgraph.model import Record
from kgraph.read import read
from tests.fetch.replay import Asked, Reply, Server, opened, say

pytestmark = pytest.mark.shared

# parameters that say what is asked for; the others (fields, page sizes) only say how
TELLING = ("query", "token", "cursor", "start", "id_list", "search_query", "offset", "sort", "sample", "filter", "date")
KINDS = {".json": "application/json", ".xml": "application/atom+xml; charset=utf-8", ".txt": "text/plain"}


def telling(params: dict[str, str]) -> dict[str, str]:
    """What a request asks for; beside a token, an offset says nothing."""
    found = {k: v for k, v in params.items() if k in TELLING and v not in ("", "0")}
    if "token" in found:
        found.pop("offset", None)
    return found


@pytest.fixture
def recorded(shared: Path, server: Server) -> Server:
    folder = shared / "api"
    if not folder.is_dir():
        pytest.skip("no recorded answers beside this checkout")
    known: list[tuple[str, str, dict[str, str], Reply]] = []
    with (folder / "INDEX.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            parts = urlsplit(row["uri"])
            name = row["body"].rpartition(":")[0]
            if row["service"] not in ("semanticscholar", "crossref", "arxiv") or not name:
                continue
            reply = Reply(int(row["status"]), (folder / name).read_bytes(), KINDS[Path(name).suffix])
            known.append((row["method"], parts.path, telling(dict(parse_qsl(parts.query))), reply))

    cursors = {
        value for _, _, params, _ in known for name in ("cursor", "token") if len(value := params.get(name, "")) > 20
    }

    def replay(asked: Asked) -> Reply | None:
        wanted = (asked.method, asked.path, telling(dict(asked.params)))
        same = [r for method, path, params, r in known if (method, path, params) == wanted]
        # of several recordings of a first page, the one whose next page was recorded too
        going_on = [r for r in same if any(c in r.body.decode("utf-8", "replace") for c in cursors)]
        return next(iter(going_on or same), None)

    server.rules.append(replay)
    server.when("/api/daily_papers", Reply(200, (folder / "huggingface" / "daily_papers.json").read_bytes()))
    work = json.loads((folder / "openalex" / "work.json").read_bytes())
    listed = json.dumps({"meta": {"count": 1, "next_cursor": None}, "results": [work]}).encode()
    server.when("/works", Reply(200, listed, headers={"X-RateLimit-Cost-USD": "0.0001"}))
    return server


def run(server: Server, folder: Path, name: str, wanted: Wanted, limit: int = 10_000) -> tuple[Fetched, list[Record]]:
    with opened(server, folder, name, limits=Limits(tries=2)) as client:
        done = fetch(SOURCES[name], client, wanted, folder / "out.jsonl", limit=limit)
    records = [r for r in read(folder / "out.jsonl") if isinstance(r, Record)] if done.rows else []
    assert len(records) == done.rows
    return done, records


def test_a_bulk_search_of_semantic_scholar_over_its_pages(recorded: Server, tmp_path: Path) -> None:
    done, records = run(recorded, tmp_path, "s2", Wanted(query="kubernetes"))
    assert recorded.count == 3
    assert done.rows == done.total == 2674
    assert "Kubernetes Cluster for Automating Software Production Environment" in {r.title for r in records}
    assert all(len(r.s2) == 40 for r in records)


def test_a_batch_of_semantic_scholar_with_one_unknown(recorded: Server, shared: Path, tmp_path: Path) -> None:
    ids = ("DOI:10.5555/unknown", "a" * 40, "b" * 40, "c" * 40)
    found = next(
        body
        for body in (
            json.loads(path.read_bytes())
            for path in sorted(
                (Path(__file__).parents[3] / "shared/api/semanticscholar/bodies").glob("*return_not_found*")
            )
        )
        if isinstance(body, list) and body and body[0] is None and "title" in (body[1] or {})
    )
    recorded.rules.insert(0, lambda asked: say(found) if asked.method == "POST" else None)
    done, records = run(recorded, tmp_path, "s2", Wanted(ids=ids[: len(found)]))
    assert done.missing == ids[:1]
    did = next(r for r in records if r.title == "How Much Should We Trust Differences-in-Differences Estimates?")
    assert did.doi == "10.2139/ssrn.288970"
    assert did.abstract.startswith("Most Difference-in-Difference")


def test_refusals_of_semantic_scholar(recorded: Server, tmp_path: Path) -> None:
    with opened(recorded, tmp_path, "s2") as client:
        assert client.get("/graph/v1/paper/0", {"fields": "t,i,t,l,e"}, absent=True).missing
        recorded.rules.insert(0, lambda asked: Reply(400, b'{"error":"Unrecognized or unsupported fields: [unknown]"}'))
        with pytest.raises(RefusedError, match="Unrecognized or unsupported fields"):
            client.get("/graph/v1/paper/x", {"fields": "unknown"})


def test_citations_and_references_of_semantic_scholar_over_their_pages(recorded: Server, tmp_path: Path) -> None:
    with opened(recorded, tmp_path, "s2") as client:
        # the recorded pages are of a hundred and of fifty, and say where the next begins
        for path, side, pages, least in (
            ("CorpusID:14514057", "citations", 19, 1800),
            ("10.2139/ssrn.2250500", "references", 2, 50),
        ):

            def moved(asked: Asked, path: str = path, side: str = side) -> Reply | None:
                if not asked.path.endswith(f"/{'a' * 40}/{side}"):
                    return None
                there = Asked(asked.method, f"/graph/v1/paper/{path}/{side}", asked.params, asked.headers, b"")
                return recorded.rules[-3](there)

            recorded.rules.insert(0, moved)
            before = recorded.count
            works, edges = cite_s2.edges(client, {"paperId": "a" * 40}, side, 10_000)
            assert recorded.count - before == pages
            assert len(works) == len(edges) >= least
            recorded.rules.pop(0)
    assert any(work.key.startswith("title:") for work in works)  # references that are in no catalogue


def test_crossref_by_doi_and_by_query(recorded: Server, tmp_path: Path) -> None:
    dois = ("10.1371/journal.pone.0033693", "10.1371/notarealdoi", "10.1371/journal.pone.0020476")
    done, records = run(recorded, tmp_path, "crossref", Wanted(ids=dois))
    assert done.missing == ("10.1371/notarealdoi",)
    assert [r.doi for r in records] == [dois[0], dois[2]]
    assert all(r.title and r.authors and r.venue == "PLoS ONE" and r.date[:4] in ("2011", "2012") for r in records)
    assert not [r for r in records if "<" in r.title + r.abstract or r.abstract.startswith("Abstract")]


def test_crossref_over_its_cursor(recorded: Server, tmp_path: Path) -> None:
    done, _ = run(recorded, tmp_path, "crossref", Wanted(query="widget"), limit=40)
    assert done.rows == 40
    assert recorded.count >= 2
    assert recorded.asked[1].params["cursor"] != "*"


def test_arxiv_by_id_and_by_query(recorded: Server, tmp_path: Path) -> None:
    done, records = run(recorded, tmp_path, "arxiv", Wanted(ids=("1605.08386",)))
    assert [r.arxiv for r in records] == ["1605.08386"]
    assert records[0].date == "2016-05-26"
    assert "  " not in records[0].abstract
    other = tmp_path / "query"
    other.mkdir()
    recorded.rules.insert(0, lambda asked: recorded.rules[1](Asked(
        asked.method, asked.path,
        {"search_query": "testing", "sortBy": "relevance", "start": asked.params["start"]}, asked.headers, b"",
    )))  # fmt: skip
    done, records = run(recorded, other, "arxiv", Wanted(query="testing"), limit=100)
    assert done.rows == 100
    assert len({r.arxiv for r in records}) == 100


def test_arxiv_refuses_an_id(recorded: Server, tmp_path: Path) -> None:
    with pytest.raises(UnfinishedError, match=r"0 of 1 papers fetched; arXiv: HTTP 400"):
        run(recorded, tmp_path, "arxiv", Wanted(ids=("abc",)))


def test_a_day_of_hugging_face(recorded: Server, tmp_path: Path) -> None:
    done, records = run(recorded, tmp_path, "hf", Wanted(since="2026-06-12", until="2026-06-12"))
    assert done.rows == 30
    assert all(r.arxiv and r.abstract and r.authors and len(r.date) == 10 for r in records)


def test_a_work_of_openalex_and_its_references(recorded: Server, tmp_path: Path) -> None:
    _, (record,) = run(recorded, tmp_path, "openalex", Wanted(query="open access"))
    assert record.openalex == "W2741809807"
    assert record.doi == "10.7717/peerj.4375"
    assert record.authors[0] == "Heather Piwowar"
    assert record.abstract.startswith("Despite growing interest in Open Access (OA)")
    with opened(recorded, tmp_path) as client:
        (item,) = openalex.works(client, "doi:10.7717/peerj.4375", "*")["results"]
    assert len(cite_openalex.references(item)) > 30
