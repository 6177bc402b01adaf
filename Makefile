# Everything that a newcomer needs: make up, make demo, make test. 'make help' lists it.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell sh bin/find-python)
WORKERS ?= 2

.PHONY: help setup dev up demo test again check bench
.DEFAULT_GOAL := help

help:
	@echo "make setup   make .venv/bin/gensvar work, and do nothing else"
	@echo "make up      start the desk on http://127.0.0.1:8000 (Ctrl-C ends it)"
	@echo "make demo    the same, with a pretend internet and no account"
	@echo "make test    run the whole suite; what this machine lacks is named"
	@echo "make again   run only what failed in the last run, one by one"
	@echo "make check   format, lint, types, import contracts"
	@echo "make bench   the benchmarks, one JSON object a line"

setup: $(VENV)/.made

$(VENV)/.made: requirements/base.txt pyproject.toml bin/find-python
	@test -n "$(PYTHON)" || { echo "Gensvar needs Python 3.12 or newer. Install it, or say where it is: make PYTHON=/path/to/python3" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

dev: $(VENV)/.made-dev

$(VENV)/.made-dev: $(VENV)/.made requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

up: setup
	@$(BIN)/gensvar up

demo: setup
	@GENSVAR_DATA=$${GENSVAR_DATA:-data/demo} $(BIN)/gensvar up --demo

test: dev
	@$(BIN)/python -m tests.lacking
	@$(BIN)/pytest -n $(WORKERS) -q

again: dev
	@$(BIN)/pytest -n 0 -q --last-failed --last-failed-no-failures none

check: dev
	@$(BIN)/ruff format --check --quiet . || { echo "Run: $(BIN)/ruff format ." >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/pytest -q tests/house

$(VENV)/.made-bench: $(VENV)/.made-dev requirements/bench.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/bench.txt || echo "The matcher's peers cannot be had here; they are left out." >&2
	@touch $@

bench: dev $(VENV)/.made-bench
	@$(BIN)/python -m bench
