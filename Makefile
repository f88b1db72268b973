# Everything there is to do from a clone. `make run` needs Python 3.11 or newer; `make test` brings the rest itself.
PORT ?= 8000
BIN := .venv/bin

.PHONY: run setup test test-packages bench rules format lint types lock

run: setup
	@$(BIN)/portal migrate
	@$(BIN)/portal demo --if-empty
	@exec $(BIN)/portal serve --port $(PORT)

setup:
	@tools/venv requirements.txt

test:
	@tools/check

test-packages:
	@tools/venv requirements-test.txt

bench: setup
	@$(BIN)/python -m bench

rules: test-packages
	@$(BIN)/python -m tests.rules_listing

format: test-packages
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@$(BIN)/djlint --reformat --quiet app/templates app/partials

lint: test-packages
	@tools/lint

types: test-packages
	@$(BIN)/mypy

lock:
	@tools/lock
