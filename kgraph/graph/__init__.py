"""What is believed, as networkx and as RDF terms."""
