"""A local server that answers as a paper service does, or as badly as one can: real HTTP, real sockets."""

from __future__ import annotations

import gzip
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from kgraph.http import Cache, Client, Limits, load_settings


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    params: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    """An answer, and what goes wrong with it.

    `cut` bytes of the body are never sent; `bare` leaves its length unsaid; `reset` breaks the connection before
    anything is sent; `pause` is seconds before each tenth of the body.
    """

    status: int = 200
    body: bytes = b""
    kind: str | None = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int = 0
    bare: bool = False
    reset: bool = False
    pause: float = 0.0


def say(value: Any, status: int = 200, **headers: str) -> Reply:
    return Reply(status, json.dumps(value).encode(), headers={k.replace("_", "-"): v for k, v in headers.items()})


Rule = Callable[[Asked], Reply | None]


class Server:
    """Answers by the first rule that has one; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.rules: list[Rule] = []
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # else every answer waits for the client's acknowledgement

            def do_GET(self) -> None:
                outer._answer(self)

            def do_POST(self) -> None:
                outer._answer(self)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def count(self) -> int:
        return len(self.asked)

    def then(self, *replies: Reply) -> None:
        """Give these replies in turn, to whatever is asked; the last for ever."""
        rest = list(replies)
        self.rules = [lambda asked: rest.pop(0) if len(rest) > 1 else rest[0]]

    def when(self, path: str, reply: Reply | Rule) -> None:
        """Give this reply, or what this rule says, where the path begins so."""

        def rule(asked: Asked) -> Reply | None:
            if not asked.path.startswith(path):
                return None
            return reply if isinstance(reply, Reply) else reply(asked)

        self.rules.append(rule)

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        length = int(handler.headers.get("Content-Length") or 0)
        asked = Asked(
            str(handler.command), parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)),
            dict(handler.headers), handler.rfile.read(length),
        )  # fmt: skip
        with self._lock:
            self.asked.append(asked)
            reply = next((r for rule in self.rules if (r := rule(asked)) is not None), None)
        _send(handler, reply or say({"error": f"no rule for {asked.path}"}, 404))

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    if reply.reset:
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()
        handler.close_connection = True
        return
    handler.send_response(reply.status)
    if reply.kind is not None:
        handler.send_header("Content-Type", reply.kind)
    if reply.bare:
        handler.close_connection = True
    else:
        handler.send_header("Content-Length", str(len(reply.body)))
    for name, value in reply.headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    body = reply.body[: len(reply.body) - reply.cut]
    try:
        step = max(1, len(body) // 10) if reply.pause else max(1, len(body))
        for at in range(0, len(body), step):
            if reply.pause:
                time.sleep(reply.pause)
            handler.wfile.write(body[at : at + step])
            handler.wfile.flush()
    except OSError:
        handler.close_connection = True  # the client has had enough, as it should
    if reply.cut:
        handler.close_connection = True


class FakeClock:
    """A clock on which waiting takes no time."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 22, 0, tzinfo=UTC)
        self.slept: list[float] = []
        self._start = time.monotonic()

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return time.monotonic() - self._start + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)


@contextmanager
def opened(
    server: Server, folder: Path, name: str = "openalex", *, environ: Mapping[str, str] | None = None, **options: Any
) -> Iterator[Client]:
    """A client of the service that this server plays, with its cache in `folder` and a clock that never waits."""
    given = {"KGRAPH_CONFIG": str(folder / "config.toml"), f"KGRAPH_{name.upper()}_URL": server.url, **(environ or {})}
    config = folder / "config.toml"
    if not config.exists():
        config.write_text("", encoding="utf-8")
    found = load_settings(given)
    cache = Cache(folder / "cache.sqlite")
    options.setdefault("clock", FakeClock())
    options.setdefault("limits", Limits(connect=2, silence=2, whole=4, most=200_000, tries=4, limited_tries=4))
    try:
        yield Client(found.services[name], found, cache, seed=7, **options)
    finally:
        cache.close()


def zipped(value: Any) -> Reply:
    return Reply(200, gzip.compress(json.dumps(value).encode()), headers={"Content-Encoding": "gzip"})
