# make run: the bot, or without a token the rehearsal in the browser. make test: everything that checks it.
# make bench: what it costs beside a bot that only answers; ten minutes, on a machine that does nothing else.
# make lock: pins what pyproject.toml asks for; make lock ARGS=--upgrade moves what that brings along, too.
# make docs: the site, into build/site.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
# What no test has run where PostgreSQL is not installed.
UNTRIED = $(if $(wildcard /usr/lib/postgresql/*/bin/initdb)$(shell command -v initdb),,--omit='story/store/postgres*')
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r
LOCK = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(ARGS)

.PHONY: run test pythons bench docs lint fix lock

# The bot says with exit code 3 that it lacks what the rehearsal runs on.
run: .venv/bot
	@$(BIN)/python bot.py --or-rehearse $(ARGS) || { test $$? -eq 3 && \
		$(MAKE) --no-print-directory .venv/rehearsal && $(BIN)/python bot.py --or-rehearse $(ARGS); }

test: lint
	$(BIN)/python -m pytest -n 4 --dist worksteal --cov --cov-report=term-missing:skip-covered $(ARGS)
	$(if $(ARGS),,$(BIN)/python -m coverage report --include='story/*' $(UNTRIED) --fail-under=100 --skip-covered)

# The quick part of the tests on the other Pythons of this machine.
pythons: .venv/dev
	.ci/pythons

bench: .venv/dev
	$(BIN)/python -m benchmarks --results benchmarks/results $(ARGS)

docs: .venv/dev
	$(BIN)/python -m tools.pages
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

lint: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/hadolint Dockerfile
	$(BIN)/python -m locales.check

fix: .venv/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python -m locales.check --write

lock: .venv/dev
	$(LOCK) -o requirements.txt
	$(LOCK) --extra postgresql -o requirements/postgresql.txt
	$(LOCK) --group rehearsal -o requirements/rehearsal.txt
	$(LOCK) --extra postgresql --group rehearsal --group dev -o requirements/dev.txt

.venv/pyvenv.cfg:
	$(PYTHON) -m venv --clear .venv

.venv/bot: requirements.txt | .venv/pyvenv.cfg
	$(INSTALL) requirements.txt
	touch $@

.venv/rehearsal: requirements/rehearsal.txt | .venv/pyvenv.cfg
	$(INSTALL) requirements/rehearsal.txt
	touch .venv/bot $@

.venv/dev: requirements/dev.txt | .venv/pyvenv.cfg
	$(INSTALL) requirements/dev.txt
	touch .venv/bot .venv/rehearsal $@
