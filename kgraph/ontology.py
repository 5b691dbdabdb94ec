"""The ontology: its namespaces, and where its files are: beside the package in a checkout, inside it once installed."""

from pathlib import Path

KG = "https://w3id.org/kgraph/ns#"
"""The namespace of kgraph's own terms, declared in kgraph.ttl."""
VOCAB = "https://w3id.org/kgraph/vocab/"
"""The namespace of the concepts that are shipped, in vocab/."""


def ontology_folder() -> Path:
    """Return the folder that holds kgraph.ttl, shapes.ttl, context.jsonld and vocab/."""
    package = Path(__file__).resolve().parent
    installed = package / "_ontology"
    return installed if installed.is_dir() else package.parent / "ontology"
