"""What can go wrong, as types.

KgraphError            our error, exit code 1: says what, where, and what to do
├── InputError         a source can't be read, or a record of it
├── GraphError         an export that is missing, damaged or contradicts itself
├── QueryError         a query that is unknown, malformed or refused
├── MissingExtraError  an optional part that is not installed
└── SourceStateError   a service that refused, was limited or fell silent; the work can be resumed
"""


class KgraphError(Exception):
    """Root of all errors that a user can cause or mend; its text is the whole message."""

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(what)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" ({self.remedy})" if self.remedy else ""
        return f"{place}{self.what}{advice}"


class InputError(KgraphError):
    """A source, or a record of it, that can't be read."""


class GraphError(KgraphError):
    """An export folder that is missing, damaged or contradicts itself."""


class QueryError(KgraphError):
    """A query that is unknown, malformed or refused."""


class MissingExtraError(KgraphError):
    """An optional part that is not installed; the remedy is the pip command."""

    def __init__(self, part: str, extra: str) -> None:
        super().__init__(f"{part} is not installed", remedy=f"pip install 'kgraph[{extra}]'")


class SourceStateError(KgraphError):
    """A service that refused, was limited or fell silent; says how to resume."""
