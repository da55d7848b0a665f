# Every target with a "##" line shows in `make help`.
PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
BIN := .venv/bin
SERVICES := clients engagements desk surveys gateway
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet

export DEMO RAPPORT_HOME RAPPORT_PORT RAPPORT_POSTGRES_URL RAPPORT_NATS_URL RAPPORT_BACKUP RAPPORT_BACKUP_SECONDS

.DEFAULT_GOAL := help
.PHONY: help run setup setup-dev test unit lint types imports faults faults-long soak visible calls e2e pictures web \
	bench format lock migrate backup restore doctor secrets images clean

help: ## show this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sort | \
		awk -F ':.*## ' '{ printf "  %-12s %s\n", $$1, $$2 }'

run: setup ## set up if needed, then start everything (DEMO=0 for an empty start)
	@$(BIN)/rapport run

setup: python ## Python environment and web build, only what changed
	@$(PYTHON) deploy/bootstrap.py

setup-dev: python ## the same with everything the tests need
	@$(PYTHON) deploy/bootstrap.py --dev

.PHONY: python
python:
	@command -v $(PYTHON) >/dev/null || { echo "rapport: Python 3.11 is missing; install it with:" \
		"apt-get install python3.11 python3.11-venv" >&2; exit 2; }

test: setup-dev ## every check and every test: lint, types, import rules, web, unit, faults, browser
	@$(BIN)/python -m deploy.checks

unit: setup-dev ## the tests that run side by side; ONLY=tests/shared narrows them
	@$(BIN)/pytest -n 2 --dist=loadscope -m "not faults and not alone and not e2e and not bench" $(or $(ONLY),tests)

lint: setup-dev ## style of Python
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: setup-dev ## types of Python, strictly
	@$(BIN)/mypy

imports: setup-dev ## what may know what
	@$(BIN)/lint-imports

faults: setup-dev ## tests that harm or time whole instances, one after another
	@$(BIN)/pytest -m "faults or alone" tests

faults-long: setup-dev ## fault runs of RAPPORT_FAULT_MINUTES (30; from 300 on NATS is away for an hour)
	@RAPPORT_FAULT_MINUTES=$(or $(RAPPORT_FAULT_MINUTES),30) $(BIN)/pytest -s tests/faults \
		tests/shared/events/test_kills.py

soak: setup-dev ## an instance at work for RAPPORT_SOAK_MINUTES (30): memory, descriptors, connections stay
	@RAPPORT_SOAK_MINUTES=$(or $(RAPPORT_SOAK_MINUTES),30) $(BIN)/python -m tests.faults.soak

visible: setup-dev ## whole loops of RAPPORT_LOOP_ROUNDS (200): when each step stood on the client page
	@RAPPORT_LOOP_ROUNDS=$(or $(RAPPORT_LOOP_ROUNDS),200) $(BIN)/pytest -s tests/loop/test_whole_loop.py

calls: setup-dev ## every operation called in ways it does not expect, RAPPORT_CALL_SECONDS (300) a phase
	@RAPPORT_CALL_SECONDS=$(or $(RAPPORT_CALL_SECONDS),300) $(BIN)/pytest -s tests/security/test_any_call.py

e2e: setup-dev ## the browser tests against an instance of their own, with pictures in .screens/
	@RAPPORT_PICTURES=1 $(BIN)/pytest -m e2e tests/e2e

pictures: setup-dev ## take the pictures of the READMEs and the guide anew; look at each
	@$(BIN)/python -m tests.e2e.guide

web: setup-dev ## check, test and build the interface
	@cd web && export PATH="$(CURDIR)/.cache/node/bin:$$PATH" && \
		npm run --silent check && npm run --silent lint && npm test --silent && npm run --silent build

bench: setup-dev ## each figure as a ratio to the floor measured in the same run
	@$(BIN)/python -m tests.bench

format: setup-dev ## put Python into house style
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lock: ## write the lock files anew from requirements*.in (UPGRADE=1 for newer versions)
	@for name in requirements requirements-dev requirements-node; do \
		$(COMPILE) $(if $(UPGRADE),--upgrade) $$name.in -o $$name.txt || exit 1; done
	@cd web && npm install --package-lock-only --no-audit --no-fund
	@$(BIN)/python deploy/locks.py web/package-lock.json

migrate: setup ## bring every database to the newest schema
	@$(BIN)/rapport migrate

backup: setup ## copy all databases and secrets into RAPPORT_BACKUP, while all goes on
	@$(BIN)/rapport backup

restore: setup ## a new home INTO=folder as this one was at TO=2026-11-29T18:30:00+08:00 (or latest)
	@$(BIN)/rapport restore --to "$(TO)" --into "$(INTO)"

doctor: setup ## what is wrong with this machine or this instance
	@$(BIN)/rapport doctor

secrets: setup ## make up every secret of a deployment in containers, once: ./secrets
	@$(BIN)/rapport secrets

images: ## build one image per service (needs a container engine)
	@for name in $(SERVICES); do docker build -f deploy/Dockerfile --build-arg SERVICE=$$name \
		-t rapport-$$name:local . || exit 1; done

clean: ## remove what can be made again; data stays
	@rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis \
		web/node_modules web/dist test-results *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
