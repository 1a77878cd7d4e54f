# make run   - set up and open the studio          make test  - set up, lint, types, tests (browser too)
# make models - fetch and verify the weights       make bench - the engine beside others, as ratios
# make soak   - the long forms of the tests        make audit - known flaws of what is installed
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_FLAGS := --disable-pip-version-check --quiet

.PHONY: run test soak audit lint types models bench clean

run: $(VENV)/.ready
	$(BIN)/studio models fetch
	$(BIN)/studio compile
	$(BIN)/python app.py

# One thread each: several torch processes on few cores wait for each other more than they work.
# A file's tests stay together, so that they share their server and their browser.
test: $(VENV)/.ready models lint types
	OMP_NUM_THREADS=1 $(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# An hour and more: 64 people for ten minutes, a thousand fuzzed forms, thousands of stops.
soak: $(VENV)/.ready models
	OMP_NUM_THREADS=1 $(BIN)/pytest -m soak
	$(BIN)/studio bench soak --people 64 --minutes 10 --out runs/soak

audit: $(VENV)/.ready
	$(BIN)/python -m pip install $(PIP_FLAGS) -c constraints.txt -e '.[audit]'
	$(BIN)/pip-audit -r constraints.txt --no-deps --disable-pip --strict

lint: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.ready
	$(BIN)/mypy

models: $(VENV)/.ready
	$(BIN)/studio models fetch
	$(BIN)/studio models verify
	$(BIN)/studio compile

bench: models
	$(BIN)/studio bench engine --json

# One install, repeated only when the pins change. The stamp is written last: a broken install is not ready.
$(VENV)/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed (make PYTHON=python3.12)" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install $(PIP_FLAGS) -c constraints.txt -e '.[encoder,filter,train,dev]'
	# Plays SoundFonts. It asks for an audio device's library that has no wheel and that we do not use.
	-$(BIN)/python -m pip install $(PIP_FLAGS) --no-deps --only-binary :all: tinysoundfont==0.3.7
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
