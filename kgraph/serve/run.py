"""Starting the server."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Iterable
from pathlib import Path

from kgraph.errors import KgraphError, MissingExtraError
from kgraph.serve.limits import Limits
from kgraph.serve.scratch import scratch


def run(where: Path, host: str, port: int, hosts: Iterable[str], limits: Limits, ready: Callable[[str], None]) -> None:
    """Serve the export at `where` until interrupted; `ready` is told the address.

    Raises GraphError if there is no graph, MissingExtraError if the server is not installed, KgraphError if the port is
    taken.
    """
    try:
        import uvicorn

        from kgraph.serve.app import Served, create_app, known_hosts
    except ImportError:
        raise MissingExtraError("the server", "serve") from None
    from pyoxigraph import Store

    from kgraph.query.engine import base_of
    from kgraph.query.store import on_disk
    from kgraph.serve.pool import Pool

    with _listen(host, port) as listener, scratch() as folder:
        place = on_disk(where, folder)
        store = Store.read_only(str(place.triples))
        export = where if where.is_dir() else where.parent
        served = Served(export, store, base_of(store), len(store), known_hosts(host, hosts), place.names)
        app = create_app(served, Pool(place.triples, limits))
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_keep_alive=15,
            limit_concurrency=(limits.workers + limits.waiting) * 4,
            h11_max_incomplete_event_size=4 * limits.characters + 16_384,
        )
        # a second Ctrl-C cuts the end of the application short, which is what was asked for and no error
        logging.getLogger("uvicorn.error").addFilter(lambda record: "KeyboardInterrupt" not in record.getMessage())
        name = f"[{host}]" if ":" in host else host
        ready(f"http://{name}:{listener.getsockname()[1]}/")
        uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=256)
    except (OSError, OverflowError) as error:
        number = getattr(error, "errno", None)
        reason = os.strerror(number).lower() if isinstance(number, int) and number > 0 else str(error)
        raise KgraphError(f"can't listen: {reason}", where=f"{host}:{port}", remedy="choose another --port") from None
