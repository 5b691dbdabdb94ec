"""Requests to one service: from the cache, else at its pace, with patience, within bounds."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any, NoReturn

import requests

from kgraph.http.body import Expected
from kgraph.http.cache import Cache, body_of
from kgraph.http.failures import LimitedError, OfflineError, RefusedError, UnreachableError
from kgraph.http.redaction import redact
from kgraph.http.retry import backoff
from kgraph.http.settings import Service, Settings
from kgraph.http.transport import AgainError, Budget, Clock, Limits, RealClock, Transport, Usage
from kgraph.version import __version__

DAY = timedelta(days=1)
MISSING_FOR = timedelta(days=7)
"""How long an answer "there is no such paper" is remembered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: status 200, or 404 where the service knows no such thing."""

    status: int
    body: bytes
    cached: bool = False

    @property
    def missing(self) -> bool:
        """Whether the service says that there is no such thing."""
        return self.status == 404

    def json(self) -> Any:
        """Return the body's value."""
        return json.loads(self.body)


def _anything(answer: bytes) -> str:
    return ""


@dataclass(slots=True)
class Client:
    """One service, as one user asks it. `seed` makes the jitter repeatable; `refresh` ignores what the cache has."""

    service: Service
    settings: Settings
    cache: Cache
    offline: bool = False
    refresh: bool = False
    limits: Limits = field(default_factory=Limits)
    clock: Clock = field(default_factory=RealClock)
    seed: int | None = None
    budget: Budget = field(default_factory=Budget)
    usage: Usage = field(default_factory=Usage)
    notify: Callable[[str], None] = lambda message: None
    _chance: random.Random = field(init=False, repr=False)
    _transport: Transport = field(init=False, repr=False)
    _next: float = field(init=False, repr=False, default=0.0)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311 - jitter, not secrecy
        redact(self.settings.secrets)
        self._transport = Transport(self.service, self.settings, self.limits, self.clock, self.usage, self.budget)

    def get(
        self,
        path: str,
        params: Mapping[str, str] | None = None,
        *,
        expected: Expected = Expected.JSON,
        keep: timedelta = DAY,
        check: Callable[[bytes], str] = _anything,
        absent: bool = False,
    ) -> Answer:
        """Return the answer to a GET of `path` below the service's address, kept in the cache for `keep`.

        `check` looks at the body of a 200 and says what is wrong with it ("" if nothing): then it is asked again.
        With `absent`, a 404 is an answer (the thing asked for is unknown), else it is an error like others.
        Raises a SourceStateError of `kgraph.http.failures` where there is no answer.
        """
        request = requests.Request("GET", self.service.url + path, params=dict(params or {}))
        answer = self._answer(request, expected, keep, check, absent=absent)
        return answer if absent else self._there(answer)

    def post(
        self,
        path: str,
        params: Mapping[str, str],
        payload: Any,
        *,
        keep: timedelta = DAY,
        check: Callable[[bytes], str] = _anything,
    ) -> Answer:
        """Return the answer to a POST of a JSON `payload`: a question too long for an address; kept like a GET's."""
        request = requests.Request("POST", self.service.url + path, params=dict(params), json=payload)
        return self._there(self._answer(request, Expected.JSON, keep, check, absent=False))

    def _there(self, answer: Answer) -> Answer:
        if answer.missing:
            raise RefusedError("HTTP 404, nothing at this address", where=self.service.title, status=404)
        return answer

    # ------------------------------------------------------------ one question

    def _answer(
        self,
        request: requests.Request,
        expected: Expected,
        keep: timedelta,
        check: Callable[[bytes], str],
        *,
        absent: bool,
    ) -> Answer:
        agent = f"kgraph/{__version__} (+https://github.com/kgraph/kgraph"
        request.headers = {
            "User-Agent": f"{agent}; mailto:{self.settings.email})" if self.settings.email else f"{agent})",
            "Accept": "application/json" if expected is Expected.JSON else "application/atom+xml, application/xml",
        }
        prepared = request.prepare()
        key = self.cache.key(prepared)
        if not self.refresh or self.offline:
            found = self.cache.get(key, None if self.offline else self.clock.now())
            if found is not None:
                self.usage.hits += 1
                return Answer(found.status_code, body_of(found), cached=True)
        if self.offline:
            raise OfflineError("not in the cache", where=self.service.title, remedy="ask again without --offline")
        response, data = self._persist(prepared, expected, check)
        if response.status_code == 404 and not absent:
            return Answer(404, data)  # a service that is away for an hour must not be away for a week
        lifetime = keep if response.status_code == 200 else MISSING_FOR
        response.request = prepared  # without our key, which only the request that was sent carries
        response.url = str(prepared.url)
        self.cache.put(key, response, self.clock.now() + lifetime)
        return Answer(response.status_code, data)

    def _persist(
        self, prepared: requests.PreparedRequest, expected: Expected, check: Callable[[bytes], str]
    ) -> tuple[requests.Response, bytes]:
        """Try until there is an answer or no hope of one."""
        for attempt in count():
            self._keep_pace()
            try:
                return self._transport.once(prepared, expected, check)
            except AgainError as error:
                tries = self.limits.limited_tries if error.limited else self.limits.tries
                last = attempt + 1 >= tries
                # a service that says "now" right after it refused means "soon"
                wait = max(error.wait or 0.0, backoff(attempt, self._chance))
                if last or (error.wait is not None and error.wait > self.limits.patience):
                    self._give_up(error)
                self.usage.retries += 1
                self.usage.waited += wait
                self.notify(f"{self.service.title}: {error}; asking again in {wait:.0f} s")
                self.clock.sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _give_up(self, error: AgainError) -> NoReturn:
        if error.limited:
            until = ""
            if error.wait is not None:
                until = f" until {self.clock.now() + timedelta(seconds=error.wait):%Y-%m-%d %H:%M} UTC"
            hint = f"set {self.service.variable}" if self.service.variable and not self.service.key else ""
            raise LimitedError(f"limited{until}: {error}", where=self.service.title, wait=error.wait, remedy=hint)
        raise UnreachableError(f"{error}, {self.limits.tries} times over", where=self.service.title)

    def _keep_pace(self) -> None:
        ahead = self._next - self.clock.monotonic()
        if ahead > 0:
            self.usage.waited += ahead
            self.clock.sleep(ahead)
        self._next = self.clock.monotonic() + self.service.pace
