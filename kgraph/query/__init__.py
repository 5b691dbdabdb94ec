"""Questions to an export: SPARQL, named queries, and what to show of one thing."""
