"""Where the ontology is: beside the package in a checkout, inside it once installed."""

from pathlib import Path


def ontology_folder() -> Path:
    """Return the folder that holds kgraph.ttl, shapes.ttl, context.jsonld and vocab/."""
    package = Path(__file__).resolve().parent
    installed = package / "_ontology"
    return installed if installed.is_dir() else package.parent / "ontology"
