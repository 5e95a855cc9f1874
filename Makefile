# The commands of Borne Out. Each says what it does: make help
PYTHON_BIN := .venv/bin/python
KEY := $(or $(VAR_DIR),var)/secret_key

.PHONY: help demo setup setup-dev test coverage mutants lint audit licences format faults trial bench api-fuzz services requirements
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

# Whoever tries it should not have to wait a minute for a mail.
demo: export REMINDER_SWEEP_SECONDS := $(or $(REMINDER_SWEEP_SECONDS),10)
demo: setup $(KEY) ## the demo newsroom on http://127.0.0.1:8000 (PORT= for another port)
	@$(PYTHON_BIN) manage.py run_demo

setup: ## .venv with the pinned requirements
	@scripts/setup requirements.txt

setup-dev: ## the same with what tests and checks need
	@scripts/setup requirements-dev.txt

# A file goes to one worker, so that what its tests share (a newsroom of real processes) is made once.
test: setup-dev ## the test suite (ARGS= for pytest; DATABASE_URL and CELERY_BROKER_URL are used)
	$(PYTHON_BIN) -m pytest -n 2 --dist loadfile $(ARGS)

lint: export DJANGO_SETTINGS_MODULE := tests.settings
lint: export DATABASE_URL := sqlite:///:memory:
lint: setup-dev ## style, types, migrations, import directions
	$(PYTHON_BIN) -m ruff check .
	$(PYTHON_BIN) -m ruff format --check .
	$(PYTHON_BIN) -m bandit --quiet --recursive --configfile pyproject.toml tracker verification
	$(PYTHON_BIN) -m mypy
	$(PYTHON_BIN) manage.py makemigrations --check --dry-run
	$(PYTHON_BIN) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'

# What is not covered is printed. The rules have a floor: what docs/quality.md says that they had.
coverage: setup-dev ## the test suite with every branch counted
	$(PYTHON_BIN) -m pytest -n 2 --dist loadfile --cov --cov-report=term-missing:skip-covered $(ARGS)
	$(PYTHON_BIN) -m coverage report --include='verification/domain/*' --fail-under=$(or $(FLOOR),94)

mutants: setup-dev ## changes the rules line by line, and lists what no test notices (ARGS="verification.domain.credit*")
	-$(PYTHON_BIN) -m mutmut run $(ARGS)
	$(PYTHON_BIN) -m mutmut results

licences: setup ## docs/licences.md, from what is installed
	$(PYTHON_BIN) scripts/licences docs/licences.md

# Not a part of lint: it asks a service on the internet, and fails where it cannot.
audit: setup-dev ## known faults of the pinned libraries (asks PyPI's advisory service)
	$(PYTHON_BIN) scripts/audit requirements.txt requirements-dev.txt

format: setup-dev ## put the code in shape
	$(PYTHON_BIN) -m ruff check --fix .
	$(PYTHON_BIN) -m ruff format .

faults: setup-dev ## every fault on real servers, killed and restarted; then 100,000 changes of the records
	@scripts/services install
	$(PYTHON_BIN) -m tests.faults --table $(or $(TABLE),var/faults.md)
	STATEFUL_EXAMPLES=2000 STATEFUL_STEPS=50 $(PYTHON_BIN) -m pytest -p no:randomly \
		tests/services/test_records.py -k order_of_changes $(ARGS)

trial: setup-dev ## docs/self-hosting.md on a machine with nothing but Debian (root; LOG= keeps what it says)
	@command -v debootstrap >/dev/null && command -v systemd-nspawn >/dev/null || apt-get install -y -qq --no-install-recommends \
		debootstrap systemd-container
	$(PYTHON_BIN) -m tests.debian $(if $(LOG),--log $(LOG)) $(ARGS)

api-fuzz: setup-dev ## 20,000 requests made from the API's schema, with tokens of every role and scope
	API_FUZZ_CASES=$(or $(API_FUZZ_CASES),60) $(PYTHON_BIN) -m pytest -p no:randomly -s \
		tests/api/test_fuzz.py $(ARGS)

# PostgreSQL's part runs on `make services`, or on the server of BENCH_POSTGRES.
bench: setup-dev ## work beside its limits and peers, as ratios (SCALE=100000, ARGS="--only search,web")
	@if [ -z "$$BENCH_POSTGRES" ] && started=$$(scripts/services start); then \
		eval "$$started"; BENCH_POSTGRES=$$DATABASE_URL; fi; \
	BENCH_POSTGRES=$$BENCH_POSTGRES $(PYTHON_BIN) -m benchmarks --scale $(or $(SCALE),1000000) \
		--write var/bench/table.md $(ARGS)

services: ## PostgreSQL and Redis on loopback ports of their own (scripts/services stop ends them)
	@scripts/services start

COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command 'make requirements'

requirements: ## compile the .in files (UPGRADE=--upgrade for newer versions)
	$(COMPILE) $(UPGRADE) requirements.in -o requirements.txt
	$(COMPILE) $(UPGRADE) requirements-dev.in -o requirements-dev.txt

$(KEY):
	@$(PYTHON_BIN) scripts/secret-key $@
