"""How a request can end without an answer; all are states from which the work can be resumed or mended."""

from __future__ import annotations

from kgraph.errors import SourceStateError


class LimitedError(SourceStateError):
    """The service wants us to wait for longer than we will; `wait` is how many seconds it asked for."""

    def __init__(self, what: str, *, where: str, wait: float | None = None, remedy: str = "") -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.wait = wait


class BudgetError(SourceStateError):
    """The next request would cost more than is left of the user's budget or of the service's daily allowance."""


class OfflineError(SourceStateError):
    """The answer is not in the cache, and the network is not to be used."""


class UnreachableError(SourceStateError):
    """The service could not be reached, or failed again and again."""


class RefusedError(SourceStateError):
    """The service says that the request is wrong or not allowed; `status` is its HTTP status."""

    def __init__(self, what: str, *, where: str, status: int, remedy: str = "") -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.status = status


class RedirectError(SourceStateError):
    """The service sends us elsewhere: to another host, or round and round."""


class AnswerError(SourceStateError):
    """The answer is not what the service documents: too large, cut off, or of another kind."""
