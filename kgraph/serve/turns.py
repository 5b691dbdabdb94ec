"""Turns for what the server works out itself, in threads: a few at once, a short queue, and a time limit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kgraph.errors import KgraphError
from kgraph.serve.limits import Limits

Handler = Callable[[Request], Response]


class Turns:
    """Runs handlers under the limits that queries have too; each turn ends only when its thread does."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._threads = ThreadPoolExecutor(limits.workers, thread_name_prefix="kgraph-explorer")
        self._free: asyncio.Semaphore | None = None
        self._waiting = 0

    def limited(self, handler: Handler, prepare: Callable[[], object]) -> Callable[[Request], Awaitable[Response]]:
        """Return `handler` as it runs in its turn, after `prepare`, whose time does not count.

        503 if too many wait or no turn comes in time, 504 if it takes too long, 500 with the reason where the export is
        damaged.
        """

        async def handle(request: Request) -> Response:
            if self._free is None:
                self._free = asyncio.Semaphore(self._limits.workers)
            free = self._free
            if free.locked() and self._waiting >= self._limits.waiting:
                return _busy(f"{self._limits.waiting} requests are waiting already; try again later")
            self._waiting += 1
            try:
                async with asyncio.timeout(self._limits.patience):
                    await free.acquire()
            except TimeoutError:
                return _busy(f"no turn within {self._limits.patience:g} s; try again later")
            finally:
                self._waiting -= 1
            loop = asyncio.get_running_loop()
            ready = loop.create_future()
            ready.add_done_callback(lambda _: None)

            def work() -> Response:
                try:
                    prepare()
                finally:
                    loop.call_soon_threadsafe(_done, ready)
                return handler(request)

            running = loop.run_in_executor(self._threads, work)
            running.add_done_callback(lambda _: free.release())
            try:
                await asyncio.shield(ready)
                async with asyncio.timeout(self._limits.seconds):
                    return await asyncio.shield(running)
            except TimeoutError:
                running.add_done_callback(lambda late: late.cancelled() or late.exception())
                return PlainTextResponse(f"this took longer than {self._limits.seconds:g} s\n", 504)
            except KgraphError as error:
                return PlainTextResponse(f"{error}\n", 500)

        return handle

    def close(self) -> None:
        """End the threads as soon as they are done."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _done(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)


def _busy(why: str) -> Response:
    return PlainTextResponse(f"{why}\n", 503, {"retry-after": "5"})
