"""The answers and dumps of paper services: how each one's JSON objects become records, one file per service."""
