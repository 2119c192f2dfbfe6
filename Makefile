# Two commands: `make demo` shows it, `make test` proves it. Each sets itself up.

PYTHON := $(shell for python in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& command -v "$$python" && break; done)
VENV := .venv
ORACLE := tests/oracle
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test oracle bench clean

demo: $(READY)
	$(BIN)/python demo/demo.py

test: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto

oracle: $(READY)
	$(BIN)/pytest -m oracle -rs $(ORACLE)
	$(BIN)/pytest -m network -rs tests/ci

bench: $(READY)
	$(BIN)/python bench/bench.py $(BENCH)

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and was not found on PATH."; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV) || { echo "Python's venv module is missing (Debian: apt install python3-venv)."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $(READY)

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .cache
