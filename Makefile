# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: setup demo test lint lock clean models sample

# The environment is made once; a changed lock file makes it up to date.
.venv/.made: requirements/base.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes --only-binary :all: -r requirements/base.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.made-dev: .venv/.made requirements/dev.txt
	$(PIP) --require-hashes --only-binary :all: -r requirements/dev.txt
	@touch $@

setup: .venv/.made

demo: .venv/.made
	@$(BIN)/watcher demo

test: lint
	$(BIN)/python -m pytest

lint: .venv/.made-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Needs `uv` on the path; every other target works without it.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
lock:
	cd requirements && $(LOCK) dev.in -o dev.txt && $(LOCK) -c dev.txt base.in -o base.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist *.egg-info
