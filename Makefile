# The desk's front door. `make help` lists it; CI runs `make check` and `make test`, nothing else.

PYTHON ?= python3
ADDRESS ?= 127.0.0.1
PORT ?= 8501
DEMO_DATABASE ?= var/demo.duckdb

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --no-compile
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links --no-strip-extras

# What is imported is compiled then, and kept: to compile all that is installed takes as long as to install it.
export PYTHONDONTWRITEBYTECODE =

# A stamp's name holds the checksum of what was installed, so an edit, a switch of branch or a broken .venv makes it stale.
ALIVE := $(shell $(BIN)/python -c 'import pip' 2>/dev/null && echo yes)
RUNTIME := .venv/.runtime-$(shell cat requirements.txt | cksum | tr ' ' '-')
DEV := .venv/.dev-$(shell cat requirements.txt requirements-dev.txt | cksum | tr ' ' '-')
# The tests' set-up includes the runtime's, so after `make test` a `make run` installs nothing.
RUN_READY := $(if $(wildcard $(DEV)),$(DEV),$(RUNTIME))
STALE := $(if $(ALIVE),,broken)

.DEFAULT_GOAL := help
.PHONY: help run demo test check format bench requirements setup setup-dev broken

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUN_READY) ## start the desk on http://127.0.0.1:8501 (PORT= and ADDRESS= override)
	$(BIN)/streamlit run dashboard.py --server.address $(ADDRESS) --server.port $(PORT)

demo: $(RUN_READY) ## start the desk on made-up tickets (in DEMO_DATABASE=var/demo.duckdb)
	@mkdir -p $(dir $(DEMO_DATABASE))
	@test -e $(DEMO_DATABASE) || DESK_DATABASE=$(DEMO_DATABASE) $(BIN)/python -m data demo
	DESK_DATABASE=$(DEMO_DATABASE) $(BIN)/streamlit run dashboard.py --server.address $(ADDRESS) --server.port $(PORT)

# Tracing doubles what a test takes, so only those are traced that must reach every branch of workflow/. Browser tests are
# the longest and go first, as files are named, so that no core waits at the end.
test: $(DEV) ## run every test; workflow/ must be covered to the last branch
	$(BIN)/python -m pytest -n auto --dist worksteal -m traced --cov --cov-report= tests/workflow tests/contract
	@echo "Coverage of workflow/ (100 % is required):"
	$(BIN)/python -m coverage report --include='workflow/*' --fail-under=100
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not traced"

check: $(DEV) ## format, lint, types, import arrows and SQL
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	@if find data -name '*.sql' | grep -q .; then set -x; $(BIN)/sqlfluff lint --processes 0 data/; fi

format: $(DEV) ## put code and SQL in order
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	@if find data -name '*.sql' | grep -q .; then set -x; $(BIN)/sqlfluff fix data/; fi

bench: $(DEV) ## run every benchmark and print its table
	@for script in benchmarks/[!_]*.py; do \
		test -e "$$script" || { echo "No benchmarks yet."; break; }; \
		echo "== $$script"; PYTHONPATH=. $(BIN)/python "$$script" || exit 1; \
	done

requirements: $(DEV) ## pin anew after an edit of requirements.in or requirements-dev.in (UPGRADE=--upgrade for the newest)
	$(COMPILE) $(UPGRADE) requirements.in -o requirements.txt
	$(COMPILE) $(UPGRADE) requirements-dev.in -o requirements-dev.txt

setup: $(RUN_READY) ## install what the desk runs on, start nothing
setup-dev: $(DEV) ## install what the tests need as well, run nothing

$(RUNTIME): $(STALE)
	@$(make-venv)
	$(PIP) -r requirements.txt
	@rm -f .venv/.runtime-* && touch $@

$(DEV): $(STALE)
	@$(make-venv)
	$(PIP) -r requirements-dev.txt
	@rm -f .venv/.dev-* .venv/.runtime-* && touch $@ $(RUNTIME)

# Never there: what depends on it is made anew.
broken:

define make-venv
command -v $(PYTHON) >/dev/null || { echo "Marketdesk needs Python 3.11 or newer, and there is no $(PYTHON) here." >&2; exit 1; }; \
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	echo "Marketdesk needs Python 3.11 or newer, and this is $$($(PYTHON) -V 2>&1): name a newer one with PYTHON=." >&2; exit 1; }; \
$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	echo "Python's venv module is missing: install it (on Debian and Ubuntu: apt-get install python3-venv)." >&2; exit 1; }; \
test "$(ALIVE)" = yes || $(PYTHON) -m venv --clear .venv
endef
