"""The explorer without limits of size: a page that starts with a part, and the API from which it asks the rest."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from threading import Lock

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kgraph.export.html import Filters, Stock, render_served
from kgraph.graph import tables
from kgraph.serve.limits import Limits
from kgraph.serve.turns import Turns

LONGEST_NAME = 2000
MOST_MATCHES = 50
MOST_HIDDEN = 500


class Explorer:
    """The handlers; the graph is read when the first of them needs it. They run in threads, apart from the loop."""

    def __init__(self, folder: Path, base_iri: str, limits: Limits) -> None:
        self._folder, self._base_iri, self._limits = folder, base_iri, limits
        self._lock = Lock()

    @property
    def has_tables(self) -> bool:
        """Whether the export can be asked; a lone RDF file has no sentences to give."""
        return (self._folder / "tables").is_dir()

    @cached_property
    def _made(self) -> tuple[Stock, bytes, str]:
        stock = Stock(tables.load(self._folder), self._base_iri, self._limits.drawn, self._limits.said)
        html, policy = render_served(stock)
        return stock, html.encode("utf-8"), policy

    def ready(self) -> tuple[Stock, bytes, str]:
        """Return what all answers are made from, read on the first call. GraphError if the export is damaged."""
        with self._lock:
            return self._made

    def page(self, request: Request) -> Response:
        """The page, with the policy that it also states itself."""
        _, body, policy = self.ready()
        headers = {"content-security-policy": f"{policy}; frame-ancestors 'none'", "cache-control": "no-cache"}
        return HTMLResponse(body, headers=headers)

    def search(self, request: Request) -> Response:
        """Things that `q` names: by label, alias, title, identifier or author; else those of the nearest names."""
        query = request.query_params.get("q", "")
        if len(query) > LONGEST_NAME:
            return _refused(f"a name has at most {LONGEST_NAME:,} characters")
        try:
            limit = int(request.query_params.get("limit", "12"))
        except ValueError:
            return _refused("limit is a number")
        stock, _, _ = self.ready()
        return JSONResponse(stock.search(query, max(1, min(MOST_MATCHES, limit))))

    def thing(self, request: Request) -> Response:
        """All that is said about the thing called `name`; with `steps=2` also what its neighbours are linked to."""
        name = request.query_params.get("name", "")
        if len(name) > LONGEST_NAME:
            return _refused(f"a name has at most {LONGEST_NAME:,} characters")
        stock, _, _ = self.ready()
        found = stock.find(name)
        if found < 0:
            return JSONResponse({"thing": -1})
        wide = request.query_params.get("steps") == "2"
        return JSONResponse({"thing": found, "parcel": stock.around(found) if wide else stock.whole(found)})

    def path(self, request: Request) -> Response:
        """The cheapest chain of statements `from` a thing `to` another, over `kinds` and `types` (numbers), `hide` left
        out; of claims only those `since` and `until` a year and as `sure`, `least` of them a step."""
        asked = request.query_params
        hidden = asked.getlist("hide")
        if len(hidden) > MOST_HIDDEN or any(len(v) > LONGEST_NAME for v in asked.values()):
            return _refused("too much to leave out")
        stock, _, _ = self.ready()
        start, end = stock.find(asked.get("from", "")), stock.find(asked.get("to", ""))
        if min(start, end) < 0:
            return JSONResponse({"ends": [start, end]})
        try:
            filters = Filters(
                frozenset(int(k) for k in asked.get("kinds", "01234") if k in "01234"),
                frozenset(int(t) for t in asked.get("types", "0123456") if t in "0123456"),
                frozenset(map(stock.find, hidden)),
                int(asked.get("since", "0")),
                int(asked.get("until", "0")),
                float(asked.get("sure", "0")),
                int(asked.get("least", "1")),
            )
        except ValueError:
            return _refused("since, until and least are whole numbers, sure is a number")
        parcel = stock.path(start, end, filters)
        return JSONResponse({"ends": [start, end], "parcel": parcel})


def _refused(why: str) -> Response:
    return PlainTextResponse(f"{why}\n", 400)


def routes(explorer: Explorer, turns: Turns) -> list[Route]:
    """Return the routes of the page and its API; all of them only read, in their turn."""
    handlers = {
        "/": explorer.page,
        "/api/search": explorer.search,
        "/api/thing": explorer.thing,
        "/api/path": explorer.path,
    }
    return [Route(path, turns.limited(handler, explorer.ready)) for path, handler in handlers.items()]
