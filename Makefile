# Everything starts from here. Needs GNU make, a POSIX shell and Python 3.11 or newer with its venv module.

PYTHON ?= python3
VENV_PYTHON = .venv/bin/python
ARGS ?=
FILE ?=
COMPOSE ?=
BACKUP_KEY ?=
BACKUP_OPTIONS = $(if $(COMPOSE),--compose "$(COMPOSE)") $(if $(BACKUP_KEY),--key "$(BACKUP_KEY)")

UV_COMPILE = $(VENV_PYTHON) -m uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 --quiet

.DEFAULT_GOAL := help
.PHONY: help run test bench scenario services lint lock clean backup restore compose-trial

help:
	@echo "make run                  a town with a telephone circle, to watch in a browser (Ctrl-C stops it)"
	@echo "make test                 all tests, from nothing     (ARGS='-k word' passes options to pytest)"
	@echo "make scenario FILE=...    play one scenario file and print the accounting"
	@echo "make bench                all measurements of bench/     (ARGS=bench/test_bus_plans.py for one)"
	@echo "make services             only Postgres and Valkey, for development"
	@echo "make lint                 style, types and import rules"
	@echo "make lock                 renew requirements/*.txt from pyproject.toml"
	@echo "make backup               the whole database into one file (FILE=…, COMPOSE='docker compose', BACKUP_KEY=file)"
	@echo "make restore FILE=...     put such a file in place (FORCE=1 where there are tables already)"
	@echo "make compose-trial        try docker-compose.yml with Podman (needs root and half an hour)"
	@echo "make clean                remove the data of 'make run' and all caches; .venv stays"

run:
	@"$(PYTHON)" -m stack.bootstrap run
	@exec $(VENV_PYTHON) -m stack run

test:
	@"$(PYTHON)" -m stack.bootstrap dev
	@exec $(VENV_PYTHON) -m stack test $(ARGS)

scenario:
	@test -n "$(FILE)" || { echo "Say which file: make scenario FILE=scenarios/all_well.yaml"; exit 2; }
	@"$(PYTHON)" -m stack.bootstrap run
	@exec $(VENV_PYTHON) -m stack scenario "$(FILE)"

services:
	@"$(PYTHON)" -m stack.bootstrap run
	@exec $(VENV_PYTHON) -m stack services

bench:
	@"$(PYTHON)" -m stack.bootstrap bench
	@exec $(VENV_PYTHON) -m stack test $(if $(ARGS),$(ARGS),bench) -s

lint:
	@"$(PYTHON)" -m stack.bootstrap dev
	@status=0; \
	for check in "ruff check ." "ruff format --check ." "mypy" "lint-imports"; do \
	    echo "== $$check"; .venv/bin/$$check || status=1; \
	done; \
	test $$status -eq 0 && echo "All checks passed." || echo "Not all checks passed: see above."; \
	exit $$status

lock:
	@"$(PYTHON)" -m stack.bootstrap dev
	@$(UV_COMPILE) pyproject.toml --extra town -o requirements/run.txt
	@$(UV_COMPILE) pyproject.toml --extra town --extra dev -o requirements/dev.txt
	@$(UV_COMPILE) pyproject.toml --extra town --extra dev --extra bench -c requirements/dev.txt -o requirements/bench.txt
	@$(UV_COMPILE) pyproject.toml -c requirements/run.txt -o requirements/product.txt
	@$(UV_COMPILE) requirements/simulator.in -c requirements/run.txt -o requirements/simulator.txt
	@echo "Renewed requirements/*.txt."

# With COMPOSE the tools are those inside the compose project: nothing has to be installed here.
KEEPING_PYTHON = $(if $(COMPOSE),"$(PYTHON)",$(VENV_PYTHON))

backup:
	@$(if $(COMPOSE),,"$(PYTHON)" -m stack.bootstrap run)
	@exec $(KEEPING_PYTHON) -m stack backup $(if $(FILE),"$(FILE)") $(BACKUP_OPTIONS)

restore:
	@test -n "$(FILE)" || { echo "Say which file: make restore FILE=backups/rondje-….dump"; exit 2; }
	@$(if $(COMPOSE),,"$(PYTHON)" -m stack.bootstrap run)
	@exec $(KEEPING_PYTHON) -m stack restore "$(FILE)" $(BACKUP_OPTIONS) $(if $(filter 1,$(FORCE)),--force)

compose-trial:
	@"$(PYTHON)" -m tests.compose.trial

clean:
	@"$(PYTHON)" -m stack.clean
