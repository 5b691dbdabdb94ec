"""A few workers, and a short queue before them."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kgraph.serve.limits import Limits
from kgraph.serve.worker import Job, Reply, Worker, plain


class Pool:
    """Runs jobs in worker processes, at most `limits.workers` at once."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.limits = limits
        self._workers = [Worker(folder, limits) for _ in range(limits.workers)]
        for worker in self._workers:
            worker.wait_ready()
        self._threads = ThreadPoolExecutor(limits.workers, thread_name_prefix="kgraph-query")
        self._idle: asyncio.Queue[Worker] | None = None
        self._waiting = 0

    def _queue(self) -> asyncio.Queue[Worker]:
        if self._idle is None:
            self._idle = asyncio.Queue()
            for worker in self._workers:
                self._idle.put_nowait(worker)
        return self._idle

    async def run(self, job: Job) -> Reply:
        """Return the answer to a job; 503 if too many are waiting, or its turn does not come in time."""
        idle = self._queue()
        if idle.empty() and self._waiting >= self.limits.waiting:
            return plain(503, f"{self.limits.waiting} queries are waiting already; try again later")
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.patience):
                worker = await idle.get()
        except TimeoutError:
            return plain(503, f"no turn within {self.limits.patience:g} s; try again later")
        finally:
            self._waiting -= 1
        # The worker goes back only when its thread is done, even if the client goes away before.
        done = asyncio.get_running_loop().run_in_executor(self._threads, worker.run, job, self.limits.seconds)
        done.add_done_callback(lambda _: idle.put_nowait(worker))
        return await asyncio.shield(done)

    def close(self) -> None:
        """End all workers."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.stop()
