"""What can go wrong, as types.

KgraphError            our error, exit code 1: says what, where, and what to do
├── InputError         a source can't be read, or a record of it
├── GraphError         an export that is missing, damaged or contradicts itself
├── QueryError         a query that is unknown, malformed or refused
├── MissingExtraError  an optional part that is not installed
└── SourceStateError   a service that refused, was limited or fell silent; the work can be resumed
"""

import shlex
import sys
from pathlib import Path


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
    """A query that is unknown, malformed or refused; `shown` are lines of it that show where."""

    def __init__(self, what: str, *, where: str = "", remedy: str = "", shown: tuple[str, ...] = ()) -> None:
        self.shown = shown
        super().__init__(what, where=where, remedy=remedy)


class MissingExtraError(KgraphError):
    """An optional part that is not installed; the remedy is the pip command for the Python that runs."""

    def __init__(self, part: str, extra: str) -> None:
        super().__init__(f"{part} is not installed", remedy=_install(extra))


class SourceStateError(KgraphError):
    """A service that refused, was limited or fell silent; says how to resume."""


def _install(extra: str) -> str:
    """Return the command that installs what `extra` needs: from the checkout that runs, else the libraries by name.

    Never `kgraph[...]` by its name alone: in the package index that is another project.
    """
    checkout = Path(__file__).resolve().parent.parent
    own = (checkout / "pyproject.toml").is_file()
    what = ["-e", f"{_near(checkout)}[{extra}]"] if own else _required(extra)
    return shlex.join([_near(Path(sys.executable)), "-m", "pip", "install", *what])


def _near(path: Path) -> str:
    """Return a path as one types it: from the current folder where it lies in that."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def _required(extra: str) -> list[str]:
    from importlib.metadata import requires

    wanted = (line.partition(";") for line in requires("kgraph") or ())
    return [name.strip() for name, _, marker in wanted if f"extra == '{extra}'" in marker.replace('"', "'")]
