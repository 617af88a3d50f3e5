# Trình Ký. `make` alone prints every target with its one-line purpose.
.DEFAULT_GOAL := help
SHELL := /bin/bash
# The newest Python that really runs and is new enough.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
OUT ?= out
PORT ?= 8000

help:  ## Print this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(VENV)/run  ## Install, migrate, load demo data, print the logins, serve on 127.0.0.1:8000
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py demo_data --print-logins
	@echo "Trình Ký: http://127.0.0.1:$(PORT)/  (Ctrl+C để dừng)"
	@$(BIN)/python manage.py runserver 127.0.0.1:$(PORT) --noreload

test: $(VENV)/dev  ## Run the tests (SQLite, no browser)
	@$(BIN)/python -m pytest -n 2

demo: $(VENV)/run  ## Live through a commune's year without a browser; PDFs and index.json in out/ (OUT=)
	@rm -rf "$(OUT)/.office" && mkdir -p "$(OUT)/.office"
	@export VAR="$(abspath $(OUT))/.office"; \
	 $(BIN)/python manage.py migrate --verbosity 0 && \
	 $(BIN)/python manage.py demo_data --verbosity 0 && \
	 $(BIN)/python manage.py demo --out "$(OUT)"

lint: $(VENV)/dev  ## Ruff, mypy, import contracts, migrations in step
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy .
	@$(BIN)/lint-imports
	@$(BIN)/python manage.py makemigrations --check --dry-run

words:  ## Compile the Vietnamese of what the libraries say (needs gettext)
	@msgfmt --check-format -o locale/vi/LC_MESSAGES/django.mo locale/vi/LC_MESSAGES/django.po

requirements:  ## Pin requirements.in into requirements.txt, with hashes
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements.in -o requirements.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.txt

clean:  ## Remove the environment and what was produced; keeps var/
	@rm -rf $(VENV) out

$(VENV)/run: requirements.txt scripts/system-packages
	@scripts/system-packages
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11 trở lên."; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@mkdir -p var && touch $@

$(VENV)/dev: $(VENV)/run requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: help run test demo lint words requirements clean
