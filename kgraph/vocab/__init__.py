"""Names that are known beforehand, from the SKOS schemes in ontology/vocab."""
