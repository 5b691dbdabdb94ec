"""The graph over HTTP: the explorer, a query page, and a SPARQL 1.1 endpoint that is safe to leave running."""
