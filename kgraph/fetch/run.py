"""Fetching, from the first page to the last or to the point where a service stops us."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kgraph.errors import SourceStateError
from kgraph.fetch import arxiv, crossref, huggingface, openalex, semanticscholar
from kgraph.fetch.journal import Journal, State
from kgraph.fetch.source import Page, Source, Wanted
from kgraph.http import Client, RefusedError

SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        huggingface.SOURCE, arxiv.SOURCE, openalex.SOURCE, semanticscholar.SOURCE, crossref.SOURCE
    )
}  # fmt: skip

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: papers written, of how many there are (None: the service doesn't say), ids that it doesn't know, items
    that were no papers.
    """

    rows: int
    total: int | None
    missing: tuple[str, ...]
    unusable: int


class UnfinishedError(SourceStateError):
    """A fetch that stopped on the way; what it has is kept, and the same command goes on from there."""

    def __init__(self, have: int, total: int | None, error: SourceStateError, resume: str, place: str = "") -> None:
        said = f"{error.where}: {error.what}" if error.where else error.what
        hints = "; ".join(filter(None, (error.remedy, f"resume with: {resume}" if resume else "")))
        of = "" if total is None else f" of {total}"
        place = f", {place}" if place and total is None else ""
        super().__init__(f"{have}{of} papers fetched{place}; {said}", remedy=hints)
        self.have, self.total = have, total


def fetch(
    source: Source,
    client: Client,
    wanted: Wanted,
    out: Path,
    *,
    limit: int | None = None,
    restart: bool = False,
    resume: str = "",
    progress: Progress = lambda rows, total: None,
) -> Fetched:
    """Write the wanted papers to `out`, at most `limit` of them, as JSON lines; go on where an earlier run stopped.

    `wanted.ids` must be in normal form. Raises UnfinishedError where the service stops us: what came so far is kept
    beside `out`, and `resume` is the command that the message names.
    """
    most = sys.maxsize if limit is None else limit
    journal = Journal(out, source.name, wanted)
    start = "0" if wanted.ids else source.start(wanted)
    state, resumed = journal.begin(start, restart=restart)
    seen = journal.seen() if resumed else set()
    state = replace(state, total=len(wanted.ids) or state.total)
    missing = list(state.missing)
    cursor_is_old = resumed and source.opaque and not wanted.ids

    def stopped(error: SourceStateError) -> UnfinishedError:
        total = None if state.total is None else min(state.total, most)
        journal.abandon()
        return UnfinishedError(state.rows, total, error, resume, "" if wanted.ids else source.place(str(state.cursor)))

    progress(state.rows, state.total)
    while state.cursor is not None and state.rows < most:
        try:
            page = _page(source, client, wanted, state)
        except RefusedError as error:
            if not cursor_is_old:
                raise stopped(error) from None
            page = Page((), start)  # the service has forgotten its cursor: from the start, without repeating rows
        except SourceStateError as error:
            raise stopped(error) from None
        if cursor_is_old and not page.rows and page.next is None:
            page = Page((), start)
        cursor_is_old = False
        fresh = tuple({row.id: row for row in page.rows if row.id not in seen}.values())[: most - state.rows]
        seen.update(row.id for row in fresh)
        missing += page.missing
        total = len(wanted.ids) or (state.total if page.total is None else page.total)
        step = State(page.next, 0, state.rows + len(fresh), total, state.unusable + page.unusable, page.missing)
        state = journal.add(fresh, step)
        progress(state.rows, None if state.total is None else min(state.total, most))
    journal.finish()
    return Fetched(state.rows, state.total, tuple(missing), state.unusable)


def _page(source: Source, client: Client, wanted: Wanted, state: State) -> Page:
    if not wanted.ids:
        return source.search(client, wanted, str(state.cursor))
    start = int(str(state.cursor))
    after = start + source.batch
    page, refused = _lookup(source, client, wanted.ids[start:after])
    if refused and not page.rows and not state.rows:
        raise refused[0][1]  # it refuses everything: the ids are not to blame
    page = replace(page, missing=(*page.missing, *(id_ for id_, _ in refused)))
    return replace(page, next=str(after) if after < len(wanted.ids) else None)


def _lookup(source: Source, client: Client, ids: Sequence[str]) -> tuple[Page, list[tuple[str, RefusedError]]]:
    """Return the papers of these ids, and the ids that the service refuses: one spoils a batch, so batches are halved.

    Raises RefusedError where it refuses eight in a row: then the ids are not to blame.
    """
    try:
        return source.lookup(client, ids), []
    except RefusedError as error:
        if error.status != 400:
            raise
        if len(ids) == 1:
            return Page(()), [(ids[0], error)]
    half = len(ids) // 2
    a, refused = _lookup(source, client, ids[:half])
    if len(refused) >= 8 and not a.rows:
        raise refused[0][1]
    b, more = _lookup(source, client, ids[half:])
    both = Page((*a.rows, *b.rows), missing=(*a.missing, *b.missing), unusable=a.unusable + b.unusable)
    return both, refused + more
