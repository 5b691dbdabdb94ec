"""`python -m kgraph.export.ontology FILE`: write the page."""

import sys
from pathlib import Path

from kgraph.export.ontology import render

if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m kgraph.export.ontology FILE")
    Path(sys.argv[1]).write_text(render(), encoding="utf-8", newline="\n")
