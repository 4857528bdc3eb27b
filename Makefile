# Two commands do all the set-up on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ORACLES ?= .venv-oracles

.PHONY: ftm-oracle demo test lint check messages docs bench bench-names bench-screening bench-reading clean

demo: $(VENV)/product
	$(BIN)/habeas demo

# A process a core, at most four: each starts a browser and a database of its own. A file stays in one.
test: $(VENV)/dev $(ORACLES)/ready
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

messages: $(VENV)/dev
	$(BIN)/python tools/messages.py

docs: $(VENV)/dev
	$(BIN)/python tools/cli_reference.py

bench: $(VENV)/dev
	$(BIN)/python benchmarks/find/bench_find.py

# Names against their peers, in an environment of the benchmark's own; needs libicu-dev, pkg-config, g++.
# `make bench-names SHARED=folder` also runs pairs that are not in the repository.
bench-names: $(VENV)/dev
	$(BIN)/python benchmarks/names/run.py --docs $(addprefix --shared ,$(SHARED))

# Looking for many people at once; a whole run takes about a quarter of an hour.
bench-screening: $(VENV)/dev
	$(BIN)/python benchmarks/names/screening.py --docs

# Reading against its annotated texts and its peers, in an environment of the benchmark's own.
bench-reading: $(VENV)/dev
	$(BIN)/python benchmarks/reading/run.py --docs

# The product alone, hash-pinned; enough to run habeas.
$(VENV)/product: requirements/product.txt requirements/build.txt pyproject.toml | $(VENV)/made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements/product.txt -r requirements/build.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $@

# Everything for tests and checks; contains the product's set.
$(VENV)/dev: requirements/dev.txt pyproject.toml | $(VENV)/made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $@

# The followthemoney library for its test; needs libicu-dev, pkg-config and g++, so it stands apart.
ftm-oracle:
	$(PYTHON) -m venv .venv-ftm
	.venv-ftm/bin/python -m pip install --quiet --disable-pip-version-check \
	  --require-hashes -r requirements/ftm.txt

# Second opinions for the tests of packages (pywb, wacz, surt), apart from everything else.
$(ORACLES)/ready: requirements/oracles.txt
	$(PYTHON) -m venv $(ORACLES)
	$(ORACLES)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements/oracles.txt
	touch $@

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit("habeas needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 demo") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	touch $@

clean:
	rm -rf $(VENV) $(ORACLES) .mypy_cache .ruff_cache .pytest_cache .hypothesis
