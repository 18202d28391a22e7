# make run: the bot, or without a token the rehearsal in the browser. make test: everything that checks it.
# make bench: what it costs beside a bot that only answers; ten minutes, on a machine that does nothing else.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=

.PHONY: run test bench lint fix

run: .venv/installed
	$(BIN)/python bot.py $(ARGS)

test: lint
	$(BIN)/python -m pytest -n auto --cov --cov-report=term-missing:skip-covered $(ARGS)
	$(BIN)/python -m coverage report --include='story/*' --fail-under=100 --skip-covered

bench: .venv/installed
	$(BIN)/python -m benchmarks --results benchmarks/results $(ARGS)

lint: .venv/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m locales.check

fix: .venv/installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python -m locales.check --write

.venv/installed: requirements.txt
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@
