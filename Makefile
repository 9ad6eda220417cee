# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: setup demo test lint lock sample clean

# The environment is made once; a changed lock file makes it up to date.
.venv/.made: requirements/base.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes --only-binary :all: -r requirements/base.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.made-dev: .venv/.made requirements/dev.txt
	$(PIP) --require-hashes --only-binary :all: -r requirements/dev.txt
	@touch $@

# Compiled here, because the user that runs the service may not write beside the program.
setup: .venv/.made
	@$(BIN)/python -m compileall -q watcher

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

# The sample edition and its picture in docs/sample/ (the picture needs Debian's chromium and fonts-dejavu).
sample: .venv/.made
	rm -rf build/sample && $(BIN)/watcher demo --quiet --data build/sample/var --digests build/sample/digests > /dev/null
	for form in md html json; do cp build/sample/digests/2026-W47/offshore-wind.fr.$$form docs/sample/; done
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=900,1500 --force-device-scale-factor=1 \
	  --screenshot=docs/sample/digest.png file://$(CURDIR)/docs/sample/offshore-wind.fr.html

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist *.egg-info
