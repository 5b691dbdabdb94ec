"""What the explorer asks has its turn, too: a time limit and a short queue."""

import asyncio
import time

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kgraph.serve.limits import Limits
from kgraph.serve.turns import Turns


def test_the_api_has_a_time_limit_and_a_short_queue() -> None:
    def slow(request: Request) -> Response:
        time.sleep(0.3)
        return PlainTextResponse("late")

    def unready() -> None:
        time.sleep(0.2)  # longer than the limit: reading the graph is not the asker's fault

    turns = Turns(Limits(seconds=0.1, workers=1, waiting=1))
    late = turns.limited(slow, lambda: None)
    quick = turns.limited(lambda request: PlainTextResponse("quick"), unready)
    request = Request({"type": "http"})

    async def all_of_them() -> None:
        assert (await quick(request)).body == b"quick"
        statuses = [answer.status_code for answer in await asyncio.gather(*(late(request) for _ in range(6)))]
        assert sorted(statuses) in ([503] * 4 + [504] * 2, [503] * 5 + [504])
        await asyncio.sleep(0.4)
        assert (await quick(request)).body == b"quick"

    asyncio.run(all_of_them())
    turns.close()
