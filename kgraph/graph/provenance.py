"""What a build was made from, as the JSON of build.json, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kgraph.errors import GraphError
from kgraph.model import Provenance, Skip, Source

FILE = "build.json"
STAGING = ".kgraph-new"
COMMIT = "COMMIT"
"""In an export folder: where a build is written, and the file in there that says it is to be moved to its place."""


def interrupted(folder: Path) -> bool:
    """Return whether a build died while its files were moving, so that old and new may stand side by side."""
    return (folder / STAGING / COMMIT).exists()


def to_json(provenance: Provenance) -> dict[str, Any]:
    """Return the part of build.json that says where a build came from. Options that were given more than once are
    lists."""
    options: dict[str, Any] = {}
    for name, value in provenance.options:
        if name not in options:
            options[name] = value
        elif isinstance(options[name], list):
            options[name].append(value)
        else:
            options[name] = [options[name], value]
    return {
        "kgraph": provenance.version,
        "inputs": list(provenance.inputs),
        "options": options,
        "extractor": provenance.extractor,
        "program": provenance.program,
        "sources": [
            {
                "path": source.path,
                "format": source.format,
                "sha256": source.sha256,
                "records": source.records,
                "skipped": [{"where": skip.where, "why": skip.why} for skip in source.skipped],
            }
            for source in provenance.sources
        ],
        "notes": list(provenance.notes),
    }


def from_json(data: dict[str, Any]) -> Provenance:
    """Return the provenance that `to_json` wrote; KeyError or TypeError if it is none."""
    options = [
        (name, value)
        for name, values in data["options"].items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return Provenance(
        version=data["kgraph"],
        inputs=tuple(data["inputs"]),
        options=tuple(options),
        sources=tuple(
            Source(
                source["path"],
                source["format"],
                source["sha256"],
                source["records"],
                tuple(Skip(skip["where"], skip["why"]) for skip in source["skipped"]),
            )
            for source in data["sources"]
        ),
        extractor=data["extractor"],
        notes=tuple(data["notes"]),
        program=data["program"],
    )


def read(folder: Path) -> Provenance:
    """Return the provenance of the export in `folder`; GraphError if there is no whole export."""
    path = folder / FILE
    if interrupted(folder):
        raise GraphError(
            "the last build was stopped while it put its files in place",
            where=str(folder),
            remedy=f"finish it: kgraph rebuild -o {folder}",
        )
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return from_json(found)
    except FileNotFoundError:
        raise GraphError("no graph here", where=str(folder), remedy=f"make one: kgraph build -o {folder}") from None
    except NotADirectoryError:
        raise GraphError(
            "this is a file, and the folder of a build is wanted",
            where=str(folder),
            remedy="name the folder; `kgraph query` and `kgraph serve` read RDF files, too",
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GraphError(
            f"damaged, or written by another version ({type(error).__name__}: {error})",
            where=str(path),
            remedy="build again",
        ) from error
