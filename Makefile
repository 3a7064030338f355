# make run: serve http://127.0.0.1:5000 on this machine, no account needed.   make test: run all tests.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 5000

.PHONY: run serve test check clean

run: .venv/.ready
	RESPONDER_MODE=development $(BIN)/flask --app wsgi run --host 127.0.0.1 --port $(PORT)

# one heap for all threads: they take turns at the interpreter anyway, and a worker needs 3 MB less
serve: .venv/.ready
	env MALLOC_ARENA_MAX=1 $(BIN)/granian --interface wsgi --host 0.0.0.0 --port $${PORT:-8000} --workers $${WEB_CONCURRENCY:-2} \
		--respawn-failed-workers --workers-kill-timeout 10 wsgi:app

test: .venv/.ready-dev
	$(BIN)/python -m pytest

check: .venv/.ready-dev .venv/audit/.ready
	$(BIN)/ruff check responder tests bench tools
	$(BIN)/mypy responder
	$(BIN)/flask --app wsgi responder check
	.venv/audit/bin/python tools/weaknesses.py .venv/lib/python3*/site-packages

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.ready: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/.ready-dev: requirements-dev.txt requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ .venv/.ready

# apart: what it brings along would change what our tests and measurements run with
.venv/audit/.ready: requirements-audit.txt | .venv/bin/python
	$(PYTHON) -m venv .venv/audit
	.venv/audit/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-audit.txt
	touch $@

clean:
	rm -rf .venv instance .pytest_cache .mypy_cache .ruff_cache .hypothesis
