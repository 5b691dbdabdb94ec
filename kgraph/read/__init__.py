"""Formats: a file comes in, records go out. One file per format, one line each in the registry."""
