# make run    a fresh clone to a finished graph of the embedded sample
# make test   a fresh clone to all checks passed: lint, types, tests
# make bench  figures beside those of peers
# make docs   the parts of the docs that are generated (the scoreboard needs annotated papers)
# make clean  forget the environment and what was built

# the first Python that runs and is new enough (a shim in the path may do neither)
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
            $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV   ?= .venv
BIN    := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test bench docs lint types browser clean

run: $(VENV)/run.stamp
	$(BIN)/kgraph build -o exports
	@echo
	@echo "Open  exports/graph.html           the graph, to explore in a browser (one file, no network)"
	@echo "      exports/README.md            what every other file is"
	@echo "Try   $(BIN)/kgraph show vLLM"
	@echo "      $(BIN)/kgraph query --list"

test: $(VENV)/test.stamp lint types browser
	$(BIN)/pytest $(PYTEST_ARGS)

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/test.stamp
	$(BIN)/mypy

bench: $(VENV)/bench.stamp
	$(BIN)/python -m benchmarks

docs: $(VENV)/test.stamp
	$(BIN)/python -m tests.documents README.md docs/rdf.md
	$(BIN)/python -m kgraph.export.ontology docs/ontology.html
	$(BIN)/python -m benchmarks.scoreboard

# The tests of the page need a real Chromium: Debian's, installed where that is allowed.
browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; \
	  elif command -v apt-get >/dev/null && sudo -n true 2>/dev/null; then \
	    sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; \
	  else \
	    echo "No Chromium here and no right to install it: browser tests will be skipped (apt-get install chromium)."; \
	  fi; }

$(BIN)/python:
	@test -n "$(PYTHON)" || { \
	  echo "kgraph needs Python 3.11 or newer; say which with: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "Python can't make an environment; on Debian: apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }

$(VENV)/run.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[serve,pdf]'
	@touch $@

$(VENV)/test.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[test,serve,spark]'
	@touch $@ $(VENV)/run.stamp

$(VENV)/bench.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[test,serve,spark,bench]'
	@touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find exports -mindepth 1 ! -name README.md -delete
