"""What a result depends on besides its sources, as digests: change one and what depends on it is done again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kgraph.ontology import ontology_folder
from kgraph.version import __version__

_PACKAGE = Path(__file__).resolve().parent.parent
_EXTRACTION = ("extract", "vocab", "model.py", "text.py")
_MAKING = (*_EXTRACTION, "read", "resolve", "link", "graph", "export", "pipeline", "engine")
_EXTRACTION_LIBRARIES = ("nupunkt", "ahocorasick_rs", "pylatexenc")
_LIBRARIES = (*_EXTRACTION_LIBRARIES, "duckdb", "networkx", "numpy", "pyarrow", "pyoxigraph", "pyvis", "rapidfuzz")


def extractor(vocabularies: Sequence[Path]) -> str:
    """Return the digest of all that an extraction depends on: code, libraries, and the words that are known."""
    shipped = sorted((ontology_folder() / "vocab").glob("*.ttl"))
    return _digest(_files(_EXTRACTION), shipped, sorted(vocabularies), libraries=_EXTRACTION_LIBRARIES)


def program() -> str:
    """Return the digest of all code and data by which kgraph makes a graph."""
    ontology = ontology_folder()
    data = sorted(path for path in ontology.rglob("*") if path.is_file())
    return _digest(_files(_MAKING), data, libraries=_LIBRARIES)


def _files(rooms: Iterable[str]) -> list[Path]:
    found: list[Path] = []
    for room in rooms:
        path = _PACKAGE / room
        below = path.rglob("*") if path.is_dir() else [path]
        found += [file for file in below if file.is_file() and file.suffix != ".pyc"]
    return sorted(found)


def _digest(*groups: Sequence[Path], libraries: Sequence[str]) -> str:
    state = blake2b(digest_size=8)
    for part in [__version__, *(f"{name} {_version(name)}" for name in libraries)]:
        state.update(f"{part}\n".encode())
    for path in [path for group in groups for path in group]:
        # the name within its folder, not the whole path: two installations of one version are the same program
        content = path.read_bytes()
        state.update(f"{path.name} {len(content)}\n".encode() + content)
    return state.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
