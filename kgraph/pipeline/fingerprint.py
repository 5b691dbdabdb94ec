"""What a result depends on besides its sources, as digests: change one and what depends on it is done again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kgraph.ontology import ontology_folder
from kgraph.version import __version__

_PACKAGE = Path(__file__).resolve().parent.parent
# code and libraries by which a text is read, and by which a graph is made; a test holds them against the imports
EXTRACTION = ("extract", "vocab", "model", "text.py", "ontology.py", "errors.py")
MAKING = (*EXTRACTION, "identifiers.py", "references.py", "words.py", "latex.py", "read", "resolve", "link", "graph",
          "export", "pipeline", "engine")  # fmt: skip
EXTRACTION_LIBRARIES = ("ahocorasick_rs", "numpy", "nupunkt", "pyoxigraph", "rapidfuzz")
LIBRARIES = (*EXTRACTION_LIBRARIES, "bibtexparser", "defusedxml", "duckdb", "jinja2", "markupsafe", "networkx",
             "pyarrow", "pylatexenc", "pypdfium2", "pyvis", "rispy")  # fmt: skip


def extractor(vocabularies: Sequence[Path]) -> str:
    """Return the digest of all that an extraction depends on: code, libraries, and the words that are known."""
    return _digest([_extraction(), *(path.read_bytes() for path in sorted(vocabularies))])


@cache
def _extraction() -> bytes:
    # once a process: what runs is what was loaded, whatever happens to the files meanwhile
    shipped = sorted((ontology_folder() / "vocab").glob("*.ttl"))
    return _state([*_files(EXTRACTION), *shipped], EXTRACTION_LIBRARIES)


def program(judgements: Sequence[Path] = ()) -> str:
    """Return the digest of all code and data by which kgraph makes a graph, the user's judgements included."""
    return _digest([_program(), *(path.read_bytes() for path in sorted(judgements))])


@cache
def _program() -> bytes:
    data = sorted(path for path in ontology_folder().rglob("*") if path.is_file())
    return _state([*_files(MAKING), *data], LIBRARIES)


def _files(rooms: Iterable[str]) -> list[Path]:
    found: list[Path] = []
    for room in rooms:
        path = _PACKAGE / room
        below = path.rglob("*") if path.is_dir() else [path]
        found += [file for file in below if file.is_file() and file.suffix != ".pyc"]
    return sorted(found)


def _state(paths: Iterable[Path], libraries: Iterable[str]) -> bytes:
    """Return what files and libraries are, as bytes to make a digest of."""
    parts = [f"kgraph {__version__}".encode(), *(f"{name} {_version(name)}".encode() for name in libraries)]
    # names within their folders, not whole paths: two installations of one version are the same program
    parts += [path.name.encode() + b" " + blake2b(path.read_bytes()).digest() for path in paths]
    return b"\n".join(parts)


def _digest(parts: Iterable[bytes]) -> str:
    state = blake2b(digest_size=8)
    for part in parts:
        state.update(len(part).to_bytes(8, "big") + part)
    return state.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
