"""A real server, started as users start it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from kgraph.export.publish import opened, publish
from kgraph.export.registry import Build
from kgraph.model import Record
from tests.toy import toy


@dataclass
class Answer:
    """An HTTP answer."""

    status: int
    media_type: str
    body: bytes
    headers: dict[str, str]

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Server:
    """A running server."""

    address: str
    process: "subprocess.Popen[str]"

    def get(self, path: str, headers: dict[str, str] | None = None, **parameters: str) -> Answer:
        query = f"?{urlencode(parameters)}" if parameters else ""
        return self._send(Request(self.address + path + query, headers=headers or {}))

    def post(self, body: bytes | str, kind: str, accept: str = "", path: str = "sparql") -> Answer:
        data = body.encode() if isinstance(body, str) else body
        headers = {"content-type": kind} | ({"accept": accept} if accept else {})
        return self._send(Request(self.address + path, data=data, headers=headers))

    def ask(self, query: str, accept: str = "application/sparql-results+json") -> Answer:
        return self.post(query, "application/sparql-query", accept)

    def bindings(self, query: str) -> list[dict[str, dict[str, str]]]:
        answer = self.ask(query)
        assert answer.status == 200, answer.text
        found: list[dict[str, dict[str, str]]] = json.loads(answer.body)["results"]["bindings"]
        return found

    def memory(self) -> int:
        """Megabytes that the server and its workers hold."""
        children = (
            Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii").split()
        )
        return sum(_resident(pid) for pid in [self.process.pid, *map(int, children)])

    @staticmethod
    def _send(request: Request) -> Answer:
        try:
            with urlopen(request, timeout=60) as reply:
                return Answer(reply.status, reply.headers.get_content_type(), reply.read(), dict(reply.headers.items()))
        except HTTPError as error:
            with error:
                return Answer(error.code, error.headers.get_content_type(), error.read(), dict(error.headers.items()))


def _resident(pid: int) -> int:
    """Megabytes that a process holds; 0 if it has just ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)


@contextmanager
def started(folder: Path, *options: str) -> Iterator[Server]:
    """Start `kgraph serve` at a free port and end it afterwards."""
    command = [sys.executable, "-m", "kgraph", "serve", "--graph", str(folder), "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        line = process.stdout.readline()
        assert line.startswith("explorer"), line + process.stderr.read()
        yield Server(line.split()[1], process)
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=20)
    assert "Traceback" not in errors, errors


@pytest.fixture(scope="session")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy, hostile texts included, as a whole export."""
    knowledge = toy(hostile=True)
    records = tuple(Record(p.title, p.abstract, date=p.date) for p in knowledge.papers)
    papers = tuple(replace(p, records=(r.id,)) for p, r in zip(knowledge.papers, records, strict=True))
    folder = tmp_path_factory.mktemp("serve") / "export"
    with opened(folder):
        publish(Build(replace(knowledge, papers=papers), records), folder)
    return folder


@pytest.fixture(scope="session")
def server(export: Path) -> Iterator[Server]:
    """A server with tight limits."""
    with started(export, "--timeout", "1.5", "--max-rows", "500", "--max-memory", "300", "--workers", "2") as running:
        yield running
