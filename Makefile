# Two commands set up everything on a fresh machine with Python 3.11 or newer: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= ../shared/data

.PHONY: demo test check bench bench-quick crossval clean

demo: $(VENV)/installed
	$(BIN)/onrecord extract examples/reports/*.txt examples/reports/*.html
	@rm -f demo-out/record.db* && mkdir -p demo-out
	$(BIN)/onrecord add examples/reports --record demo-out/record.db
	$(BIN)/onrecord claims --record demo-out/record.db --level possible

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/installed-dev
	$(BIN)/python -m bench.results --data $(DATA)

bench-quick: $(VENV)/installed-dev
	$(BIN)/python -m bench.quick --data $(DATA)

# a quarter of an hour; what training needs is in training/requirements.txt
crossval: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r training/requirements.txt
	$(BIN)/python -m bench.crossval --data $(DATA)

$(VENV)/installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) demo-out .mypy_cache .ruff_cache .pytest_cache
