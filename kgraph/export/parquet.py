"""tables/*.parquet: the rows of every stage, for DuckDB, pandas, Polars or Spark."""

from pathlib import Path

from kgraph.export.registry import Build
from kgraph.graph import tables


def write_tables(build: Build, path: Path) -> None:
    """Write every table of the build into the new folder `path`."""
    tables.write(path, tables.tables(build.knowledge, build.records, build.extractions, build.decisions))
