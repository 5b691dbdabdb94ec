"""Names that are known beforehand, from the SKOS schemes in ontology/vocab."""

from kgraph.vocab.concept import Concept, folded, name_key, plain
from kgraph.vocab.load import load
from kgraph.vocab.vocabulary import Hit, Vocabulary

__all__ = ["Concept", "Hit", "Vocabulary", "folded", "load", "name_key", "plain"]
