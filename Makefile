# Afferent. Needs Python 3.11 or newer, make and git; everything else is installed into .venv, each file checked
# against its hash in requirements/dev.txt.
#
#   make demo            install, an invented clinic, http://localhost:8000 (this machine only)
#   make test            install, every test but the nightly ones; the clinic's on SQLite and on PostgreSQL
#   make test-nightly    every test, with tens of thousands of generated inputs
#   make lint            ruff, ruff format, mypy
#   make bench           the table of measured claims (installs the peers measured beside us first, from
#                        requirements/bench.txt)
#   make screenshots     every main page of the clinic in every look, into build/screenshots
#   make figures         draw the body figures again from their landmarks
#   make docs            build the documentation
#   make clean           remove .venv and caches

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help install demo test test-postgres test-nightly lint bench screenshots figures docs clean

BIN   := .venv/bin
STAMP := .venv/.installed
PEERS := .venv/.bench-installed

# PYTHON=/path/to/python make …  uses that one; otherwise the first that is really 3.11 or newer.
ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
CANDIDATES := $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3 python
FIND_PYTHON = for p in $(CANDIDATES); do "$$p" -c '$(ENOUGH)' >/dev/null 2>&1 && { echo "$$p"; break; }; done

help:
	@sed -n 's/^\#   //p' Makefile

# What keeps anything in a database: the same tests run on SQLite and on a real PostgreSQL out of a wheel.
CLINIC := $(addprefix src/afferent/web/,tests accounts audit backups book careteam clients clinics consents directory documents intake letters live notes outcomes outlines post programme)

# Runs again only when what is to be installed changes.
$(STAMP): requirements/dev.txt pyproject.toml
	@python=$$($(FIND_PYTHON)); \
	if [ -z "$$python" ]; then \
	  echo "Afferent needs Python 3.11 or newer; none was found on the PATH."; \
	  echo "Install it, or name one: make PYTHON=/path/to/python3.11 test"; exit 1; \
	fi; \
	if [ -x $(BIN)/python ] && ! $(BIN)/python -c '$(ENOUGH)' >/dev/null 2>&1; then rm -rf .venv; fi; \
	if ! [ -x $(BIN)/python ]; then \
	  "$$python" -m venv .venv || { rm -rf .venv; echo "$$python could not make .venv; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }; \
	fi
	@echo "Installing into .venv …"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@

# The peers are large, and only `make bench` wants them: never part of `make test`.
$(PEERS): requirements/bench.txt $(STAMP)
	@echo "Installing the peers of the benchmark into .venv …"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements/bench.txt
	@touch $@

install: $(STAMP)

demo: $(STAMP)
	$(BIN)/python -m afferent.web demo

test: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist worksteal -q
	AFFERENT_TEST_POSTGRES=1 $(BIN)/python -m pytest -n 2 --dist worksteal -q $(CLINIC)

test-postgres: $(STAMP)
	AFFERENT_TEST_POSTGRES=1 $(BIN)/python -m pytest -n 2 --dist worksteal -q $(CLINIC)

test-nightly: $(STAMP)
	AFFERENT_PROFILE=nightly $(BIN)/python -m pytest -n 2 --dist worksteal -q -m ""

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(PEERS)
	$(BIN)/python -m bench

screenshots: $(STAMP)
	$(BIN)/python -m docs.screenshots

figures: $(STAMP)
	$(BIN)/python -m afferent.body.build

docs: $(STAMP)
	$(BIN)/python -m docs.build

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
