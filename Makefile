# Two commands matter: `make serve` and `make test`. The others are listed by `make help`.

PORT ?= $(or $(ASSISTANT_PORT),8000)
SPLIT ?= dev
BENCH ?=
CORPORA_fit := tests/data/programmes tests/data/fit-programmes
CORPORA_dev := tests/data/programmes
CORPORA_held := tests/data/held-programmes
CORPORA := corpus/documents $(CORPORA_$(SPLIT))

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The first of these that runs and is new enough; PYTHON=… chooses another.
PYTHONS := $(or $(PYTHON),python3.11 python3.12 python3.13 python3.14 python3 python)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test check lint bench bench-documents bench-encoder evaluate fit clean

help:
	@echo 'make serve      install, index when needed, serve on http://127.0.0.1:$(PORT) (PORT=…)'
	@echo 'make test       install, then every check and test'
	@echo 'make check      the same without the slow tests and the browser'
	@echo 'make bench      times, throughput and memory, beside a bare vector search'
	@echo 'make bench-documents   how fast web pages are ingested, encoding aside'
	@echo 'make bench-encoder   what encoders find and how fast (DATA=folder of public data, for PIAF)'
	@echo 'make evaluate   answers to the question files, in figures (SPLIT=fit, dev or held)'
	@echo 'make fit        fits the policy to question files and writes it into the package'
	@echo 'make clean      remove what was installed and cached; var/ stays'

serve: $(VENV)/installed
	@exec $(BIN)/assistant serve --port $(PORT)

test: lint
	$(BIN)/python -m pytest

check: lint
	$(BIN)/python -m pytest -m 'not browser and not slow'

lint: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/installed-dev
	$(BIN)/python -m bench $(BENCH)

bench-documents: $(VENV)/installed-dev
	$(BIN)/python -m bench.documents

bench-encoder: $(VENV)/installed-dev
	$(BIN)/python -m bench.encoders $(DATA)

evaluate: $(VENV)/installed
	$(BIN)/assistant evaluate $(CORPORA:%=--corpus %) tests/data/questions/$(SPLIT)/*.jsonl

fit: $(VENV)/installed
	$(BIN)/assistant evaluate --fit --corpus corpus/documents $(CORPORA_fit:%=--corpus %) \
	    --corpus training/data/policy \
	    tests/data/questions/fit/*.jsonl training/data/policy/*/questions.jsonl

clean:
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Each stamp is newer than pyproject.toml once what it declares is installed.
$(VENV)/installed: pyproject.toml | $(BIN)/python
	@echo 'Installing into $(VENV): some minutes the first time.'
	@$(PIP) install --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(BIN)/python
	@echo 'Installing into $(VENV), with what the tests need: some minutes the first time.'
	@$(PIP) install --editable '.[dev]'
	@touch $@ $(VENV)/installed

$(BIN)/python:
	@for python in $(PYTHONS); do \
	    "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	    if "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	        exec "$$python" -m venv --clear $(VENV); \
	    fi; \
	    bare=$$python; \
	done; \
	if [ -n "$$bare" ]; then \
	    echo "$$bare cannot make environments: install its venv module" \
	        "(Debian: apt install python3-venv)." >&2; \
	else \
	    echo 'Python 3.11 or newer is needed; none was found among: $(PYTHONS).' >&2; \
	    echo 'Install it (Debian: apt install python3 python3-venv)' \
	        'or name one: make serve PYTHON=…' >&2; \
	fi; \
	exit 1
