"""One try at one request: sent with our key, read within bounds, judged."""

from __future__ import annotations

import errno
import json
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import requests

from kgraph.http import body
from kgraph.http.body import BodyError, Expected
from kgraph.http.failures import AnswerError, BudgetError, RedirectError, RefusedError, UnreachableError
from kgraph.http.retry import retry_after
from kgraph.http.settings import Service, Settings

TRANSIENT = frozenset((408, 425, 429, 500, 502, 503, 504))
LIMITED = frozenset((402, 429))
REDIRECTS = frozenset((301, 302, 303, 307, 308))


NO_NETWORK = "is this machine online? --offline takes what is in the cache"


class Clock(Protocol):
    """Time, so that tests need not wait."""

    def now(self) -> datetime:
        """Return the time of day, in UTC."""

    def monotonic(self) -> float:
        """Return seconds that never go back."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class RealClock:
    """The machine's own."""

    def now(self) -> datetime:
        """Return the time of day, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a request: seconds to connect, between two pieces and in all; bytes; tries, and tries against a limit;
    the longest wait that we do on request; redirects.
    """

    connect: float = 10.0
    silence: float = 30.0
    whole: float = 120.0
    most: int = 64_000_000
    tries: int = 6
    limited_tries: int = 8
    patience: float = 90.0
    hops: int = 3


@dataclass(slots=True)
class Usage:
    """What a client did: requests sent, answers from the cache, tries that failed, seconds waited, dollars spent."""

    requests: int = 0
    hits: int = 0
    retries: int = 0
    waited: float = 0.0
    cost: float = 0.0


@dataclass(slots=True)
class Budget:
    """Dollars that may be spent at a service that charges (OpenAlex), and what it says is left of its allowance."""

    most: float | None = None
    left: float | None = None
    last: float = 0.0


class AgainError(Exception):
    """A try that failed but may succeed later; `wait` is what the service asked for."""

    def __init__(self, why: str, *, wait: float | None = None, limited: bool = False) -> None:
        super().__init__(why)
        self.wait, self.limited = wait, limited


@dataclass(slots=True)
class Transport:
    """Sends requests to one service and keeps the account of what that costs."""

    service: Service
    settings: Settings
    limits: Limits
    clock: Clock
    usage: Usage
    budget: Budget
    _session: requests.Session = field(init=False, repr=False, default_factory=requests.Session)
    _reached: bool = field(init=False, repr=False, default=False)

    def once(
        self, prepared: requests.PreparedRequest, expected: Expected, check: Callable[[bytes], str]
    ) -> tuple[requests.Response, bytes]:
        """Return the answer and its whole body: 200 of the expected kind, or 404.

        Raises AgainError where another try may help, else a SourceStateError.
        """
        self._afford()
        with self._send(prepared) as response:
            status = response.status_code
            try:
                deadline = self.clock.monotonic() + self.limits.whole
                data = body.read(response, most=self.limits.most, deadline=deadline, monotonic=self.clock.monotonic)
            except BodyError as error:
                if error.again:
                    raise AgainError(str(error)) from None
                raise AnswerError(str(error), where=self.service.title) from None
            response._content = data  # what requests does when it reads a body itself
            response._content_consumed = True  # type: ignore[attr-defined]
        self._account(response)
        said = self._said(response, data)
        limited = status in LIMITED or (status == 403 and "rate limit" in said.casefold())
        if status in TRANSIENT or limited:
            wait = retry_after(response.headers.get("Retry-After"), self.clock.now())
            raise AgainError(said, wait=wait, limited=limited or (status == 503 and wait is not None))
        if status == 404:
            return response, data
        if status != 200:
            hint = f"check {self.service.variable}" if status in (401, 403) and self.service.variable else ""
            raise RefusedError(said, where=self.service.title, status=status, remedy=hint)
        problem = body.kind_problem(response.headers.get("Content-Type"), data, expected) or check(data)
        if problem:
            raise AgainError(problem)
        return response, data

    def _send(self, prepared: requests.PreparedRequest) -> requests.Response:
        """Send, and follow redirects within the service."""
        current = prepared
        for _ in range(self.limits.hops + 1):
            self.usage.requests += 1
            try:
                response = self._session.send(
                    self._signed(current),
                    allow_redirects=False,
                    timeout=(self.limits.connect, self.limits.silence),
                    **self._session.merge_environment_settings(str(current.url), {}, True, None, None),
                )
            except requests.exceptions.Timeout:
                raise AgainError("no answer in time") from None
            except requests.exceptions.SSLError:
                raise UnreachableError("its certificate can't be trusted", where=self.service.title) from None
            except requests.exceptions.RequestException as error:
                if not self._reached and (why := _no_way(error)):
                    raise UnreachableError(why, where=self.service.title, remedy=NO_NETWORK) from None
                raise AgainError("the connection failed") from None
            self._reached = True
            if response.status_code not in REDIRECTS:
                return response
            location = response.headers.get("Location", "")
            response.close()
            current = self._redirected(current, location)
        raise RedirectError(f"redirects more than {self.limits.hops} times", where=self.service.title)

    def _redirected(self, request: requests.PreparedRequest, location: str) -> requests.PreparedRequest:
        target = urljoin(str(request.url), location)
        old, new = urlsplit(str(request.url)), urlsplit(target)
        upgrade = (old.scheme, new.scheme) == ("http", "https") and old.port is None and new.port is None
        same = (new.scheme, new.port) == (old.scheme, old.port) or upgrade
        if not location or new.hostname != old.hostname or not same or request.method != "GET":
            elsewhere = f"to {new.scheme}://{new.netloc.rpartition('@')[2]}"[:200] if location else "nowhere"
            raise RedirectError(
                f"redirects {elsewhere}",
                where=self.service.title,
                remedy="refused; if the service has moved, set its address in the configuration file",
            )
        moved = request.copy()
        moved.url = target
        return moved

    def _signed(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Return a copy of the request with our key in it."""
        signed = request.copy()
        if self.service.key:
            value = self.service.key_form.format(self.service.key.reveal())
            if self.service.key_in.startswith("?"):
                signed.prepare_url(str(request.url), {self.service.key_in[1:]: value})
            else:
                signed.headers[self.service.key_in] = value
        return signed

    def _afford(self) -> None:
        budget = self.budget
        if budget.most is not None and self.usage.cost + budget.last > budget.most + 1e-9:
            raise BudgetError(
                f"${self.usage.cost:.4f} of the budget of ${budget.most:.4f} are spent",
                where=self.service.title,
                remedy="resume with a larger --budget",
            )
        if budget.left is not None and budget.last > 0 and budget.left < budget.last:
            raise BudgetError("the day's free allowance is spent", where=self.service.title, remedy="resume tomorrow")

    def _account(self, response: requests.Response) -> None:
        for name in ("X-RateLimit-Cost-USD", "X-RateLimit-Remaining-USD"):
            try:
                amount = float(response.headers.get(name, ""))
            except ValueError:
                continue
            if name == "X-RateLimit-Remaining-USD":
                self.budget.left = amount
            elif amount >= 0:
                self.budget.last = max(amount, self.budget.last)  # looking one work up is free, a list is not
                self.usage.cost += amount

    def _said(self, response: requests.Response, data: bytes) -> str:
        """Return what a refusal says, as one short line without keys."""
        text = ""
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict):
            parts = [value.get(name) for name in ("error", "message") if isinstance(value.get(name), str)]
            text = ": ".join(p for p in parts if p)
        for secret in self.settings.secrets:
            text = text.replace(secret, "***")
        return f"HTTP {response.status_code}" + (f", {' '.join(text.split())[:200]}" if text else "")


def _no_way(error: BaseException) -> str:
    """Return why a service can't be reached however often one tries: its name means nothing here, or no network is
    there. "" for what may pass. A service that was reached before is another matter: then the network may come back.
    """
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            return "its name can't be resolved"
        if isinstance(cause, OSError) and cause.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH):
            return "there is no way to it"
        cause = cause.__cause__ or cause.__context__
    return ""
