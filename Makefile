# Two commands are all you need: `make run` and `make test`. The rest is in `make help`.

# The first Python that is new enough, else any, which will say so.
PYTHON ?= $(shell for name in python3 python3.11 python3.12 python3.13; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && exit; done; command -v python3)
PORT ?= 8000
ARGS ?=
# Tests spend much of their time waiting for a browser or a server: two at once fit two cores.
TEST_PROCESSES ?= 2
export PORT
export PATH := $(CURDIR)/.venv/bin:$(PATH)

machine = @test -n "$(PYTHON)" || { echo "Respite needs Python 3.11 or newer: on Debian, apt-get install python3 python3-venv"; exit 1; }; \
	$(PYTHON) -m config.machine

.DEFAULT_GOAL := help
.PHONY: run test test-production check format bench screens pictures locks prepare clean help

run: ## Serve the app with demo content on http://127.0.0.1:8000 (PORT= chooses another)
	$(machine) run

test: prepare ## Run every test, in a real Chromium (ARGS= goes to pytest)
	@npm --prefix pwa/client run --silent test
	@env -u PORT pytest -n $(TEST_PROCESSES) $(ARGS)

test-production: export DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/respite
test-production: export REDIS_URL ?= redis://127.0.0.1:6379/5
test-production: prepare ## Run what a database matters to again, on PostgreSQL and Redis (ARGS=--whole: everything)
	$(machine) services
	@env -u PORT pytest -n $(TEST_PROCESSES) $(ARGS)

check: prepare ## Lint, types, contracts, migrations, settings, locks
	ruff check
	ruff format --check
	mypy
	lint-imports
	npm --prefix pwa/client run --silent types
	env -u PORT RESPITE_DATA=$$(mktemp -d) python manage.py makemigrations --check --dry-run
	env -u PORT RESPITE_DATA=$$(mktemp -d) SECRET_KEY=$$(openssl rand -hex 32) RESPITE_ORIGIN=https://respite.example \
		DATABASE_URL=postgres://nobody@127.0.0.1/none python manage.py check --deploy --fail-level WARNING

format: prepare ## Format the Python code
	ruff check --fix
	ruff format

bench: prepare ## Measure every budget; over one is a failure
	@env -u PORT python -m tests.load.bench $(ARGS)

screens: prepare ## Draw every page at four widths, light and dark, into tests/screens/
	@env -u PORT python -m tests.browser.screens $(ARGS)

pictures: prepare ## Draw the pictures of docs/editors.md that are out of date (ARGS= names some)
	@env -u PORT python -m tests.browser.guide_pictures $(ARGS)

locks: prepare ## Write the locks anew from pyproject.toml and package.json
	uv pip compile -q pyproject.toml -o requirements.txt $(lock_options)
	uv pip compile -q pyproject.toml --extra dev -o requirements-dev.txt $(lock_options)
	uv pip compile -q --group node -o requirements-node.txt $(lock_options)
	npm --prefix pwa/client install --package-lock-only
lock_options = --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

prepare:
	$(machine) tests

clean: ## Take away everything that was made here, the data too
	rm -rf .venv .data .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis test-results
	rm -rf pwa/client/node_modules pwa/client/build pwa/static/pwa tests/screens

help: ## List what can be asked for
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20
