"""The web application: routes, headers, and nothing that can change anything."""

from __future__ import annotations

import ipaddress
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pyoxigraph import Store
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from kgraph.errors import KgraphError, QueryError
from kgraph.export.ontology import policy, render
from kgraph.query.engine import bound
from kgraph.query.guard import check, form
from kgraph.query.named import named
from kgraph.serve import results
from kgraph.serve.explorer import Explorer, routes
from kgraph.serve.negotiate import ROWS, TRIPLES, best
from kgraph.serve.pool import Pool
from kgraph.serve.protocol import Asked, ProtocolError, asked, description
from kgraph.serve.turns import Turns
from kgraph.serve.worker import Job

PAGE = Path(__file__).parent / "page"
PAGE_FILES = {"query.js": "text/javascript; charset=utf-8", "query.css": "text/css; charset=utf-8"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Served:
    """What is served: the export folder, its store, base IRI and size, the names by which it may be called,
    and the index of its names."""

    folder: Path
    store: Store
    base: str
    triples: int
    hosts: frozenset[str]
    names: Path | None = None


class OnlyKnownHosts:
    """Refuses requests under a foreign name, by which a web page could reach a local server (DNS rebinding).

    An address in figures is no name, so it passes where the server listens to the network.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 400."""
        if scope["type"] == "http":
            given = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
            if len(given) != 1 or not self._known(given[0]):
                await PlainTextResponse("this server is not called that\n", 400)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _known(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self.hosts or ("*" in self.hosts and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Headers:
    """Adds the headers that every answer carries."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add headers to the answer."""

        async def with_headers(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                headers = message.setdefault("headers", [])
                assert isinstance(headers, list)
                headers += [
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                    (b"cross-origin-resource-policy", b"same-origin"),
                ]
            await send(message)

        await self.app(scope, receive, with_headers)  # type: ignore[arg-type]


class Site:
    """The handlers."""

    def __init__(self, served: Served, pool: Pool) -> None:
        self.served, self.pool = served, pool

    async def explorer(self, request: Request) -> Response:
        """The exported page, where the graph's tables are not at hand; it brings its own content policy."""
        path = self.served.folder / "graph.html"
        if not path.is_file():
            return PlainTextResponse("there is no graph.html in this export; the query page is at /query\n", 404)
        return FileResponse(path, media_type="text/html; charset=utf-8", headers={"cache-control": "no-cache"})

    async def page(self, request: Request) -> Response:
        """The query page."""
        return FileResponse(
            PAGE / "query.html",
            media_type="text/html; charset=utf-8",
            headers={"content-security-policy": POLICY, "cache-control": "no-cache"},
        )

    async def page_file(self, request: Request) -> Response:
        """A script or style of the query page."""
        name = request.path_params["name"]
        if name not in PAGE_FILES:
            raise HTTPException(404)
        return FileResponse(PAGE / name, media_type=PAGE_FILES[name], headers={"cache-control": "no-cache"})

    def ontology(self, request: Request) -> Response:
        """The terms of the graph, explained; rendered once, in a thread."""
        headers = {"content-security-policy": f"{policy()}; frame-ancestors 'none'", "cache-control": "no-cache"}
        return HTMLResponse(render(), headers=headers)

    async def queries(self, request: Request) -> Response:
        """The named queries and what the page has to know."""
        listed = [
            {
                "name": query.name,
                "title": query.title,
                "question": query.question,
                "parameters": [
                    {"name": p.name, "type": p.type, "required": p.required, "about": p.about, "of": p.of}
                    for p in query.parameters
                ],
            }
            for query in named().values()
        ]
        limits = self.pool.limits
        about = {
            "base": self.served.base,
            "triples": self.served.triples,
            "rows": limits.rows,
            "seconds": limits.seconds,
        }
        explorer = (self.served.folder / "graph.html").is_file()
        names = (self.served.folder / "tables").is_dir()  # then the explorer's API finds them
        return JSONResponse({"queries": listed, "explorer": explorer, "names": names, **about})

    async def bound(self, request: Request) -> Response:
        """A named query with its parameters bound, as text."""
        query = named().get(request.path_params["name"])
        if query is None:
            raise HTTPException(404, "no such query")
        try:
            text = bound(self.served.store, query, dict(request.query_params), self.served.names)
        except QueryError as error:
            return PlainTextResponse(f"{error}\n", 400)
        return PlainTextResponse(text)

    async def sparql(self, request: Request) -> Response:
        """The SPARQL 1.1 protocol."""
        try:
            body = await _body(request, self.pool.limits.characters * 4)
            wanted = asked(request.method, request.url.query, request.headers.get("content-type", ""), body)
        except ProtocolError as error:
            return PlainTextResponse(f"{error.text}\n", error.status)
        return await self._answer(request, wanted)

    async def _answer(self, request: Request, wanted: Asked) -> Response:
        accept = ", ".join(request.headers.getlist("accept"))
        for_rows, for_triples = best(accept, ROWS), best(accept, TRIPLES)
        if wanted.query is None:
            return self._describe(request, for_triples)
        if len(wanted.query) > self.pool.limits.characters:
            return PlainTextResponse(f"a query has at most {self.pool.limits.characters:,} characters\n", 413)
        try:
            check(wanted.query)
        except QueryError as error:
            refused = any(word in str(error) for word in ("refused", "update"))
            return PlainTextResponse(f"{error}\n", 403 if refused else 400)
        chosen = for_triples if form(wanted.query) in ("CONSTRUCT", "DESCRIBE") else for_rows
        if chosen is None:
            offered = sorted(TRIPLES if form(wanted.query) in ("CONSTRUCT", "DESCRIBE") else ROWS)
            return PlainTextResponse(f"this can be had as: {', '.join(offered)}\n", 406)
        job = Job(wanted.query, for_rows or results.JSON, for_triples or results.TURTLE, self.served.base)
        reply = await self.pool.run(job)
        headers = {"vary": "accept"}
        if reply.status == 503:
            headers["retry-after"] = "5"
        return Response(reply.body, reply.status, headers, reply.media_type)

    def _describe(self, request: Request, for_triples: str | None) -> Response:
        if for_triples is None:
            return PlainTextResponse("send a query as the parameter `query`\n", 400)
        endpoint = str(request.url.replace(query="", fragment=""))
        triples = description(endpoint, f"{self.served.base}void", self.served.triples)
        body = results.graph(triples, for_triples, self.served.base)
        return Response(body, headers={"vary": "accept"}, media_type=for_triples)


async def _body(request: Request, most: int) -> bytes:
    """Return the body, of which no more than `most` bytes are ever held. Raises ProtocolError."""
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > most:
            raise ProtocolError(413, f"a request has at most {most:,} bytes")
    return bytes(held)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)


async def _our_error(request: Request, error: Exception) -> Response:
    return PlainTextResponse(f"{error}\n" if isinstance(error, KgraphError) else "internal error\n", 500)


def create_app(served: Served, pool: Pool) -> Starlette:
    """Return the application; it ends the pool when it ends."""
    site = Site(served, pool)
    explorer = Explorer(served.folder, served.base, pool.limits)
    turns = Turns(pool.limits)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        turns.close()
        pool.close()

    return Starlette(
        routes=[
            *(routes(explorer, turns) if explorer.has_tables else [Route("/", site.explorer)]),
            Route("/query", site.page),
            Route("/page/{name}", site.page_file),
            Route("/ontology", site.ontology),
            Route("/queries", site.queries),
            Route("/queries/{name}", site.bound),
            Route("/sparql", site.sparql, methods=["GET", "POST"]),
        ],
        middleware=[Middleware(OnlyKnownHosts, hosts=served.hosts), Middleware(Headers)],
        exception_handlers={HTTPException: _http_error, Exception: _our_error},
        lifespan=lifespan,
    )


def known_hosts(host: str, more: Iterable[str]) -> frozenset[str]:
    """Return the names under which a server that listens at `host` may be called; "*" stands for any address."""
    names = {"localhost", "127.0.0.1", "::1", *(name.lower() for name in more)}
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 - compared, not bound
        return frozenset(names | {"*"})
    return frozenset(names | {host.lower()})
