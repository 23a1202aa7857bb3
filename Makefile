# Bilans: the sample office, the tests, the checks. Plain venv and pip; every package is hashed.
SHELL := /bin/sh
.DELETE_ON_ERROR:
.PHONY: demo test check serve lock messages

PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; break; fi; done)
CHROMIUM := $(or $(BILANS_CHROMIUM),$(shell for p in chromium chromium-browser google-chrome google-chrome-stable; do \
	command -v $$p && break; done))
VENV := .venv
RUN := $(VENV)/bin/python
MANAGE := $(RUN) manage.py
INSTALL := $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes
COMPILE := uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
IN_PARALLEL := -n auto --maxprocesses 4 --dist worksteal
PACKAGES := bilans clients interviews portfolio reports
export PYTHONUTF8 := 1

demo: $(VENV)/run.stamp
	@$(MANAGE) messages compile
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo $(if $(SOURCES),--sources "$(SOURCES)")
	@$(MANAGE) database stop --if-idle

serve: $(VENV)/run.stamp
	@$(MANAGE) serve

test: $(VENV)/test.stamp $(if $(CHROMIUM),$(VENV)/browser.stamp)
	@$(MANAGE) messages compile
	$(RUN) -m pytest $(or $(PYTEST),$(IN_PARALLEL))

check: $(VENV)/test.stamp
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/djlint --quiet --check templates $(PACKAGES)
	$(VENV)/bin/djlint --quiet --lint templates $(PACKAGES)
	$(VENV)/bin/mypy $(PACKAGES)
	$(VENV)/bin/lint-imports
	$(MANAGE) makemigrations --check --dry-run --settings bilans.settings.static
	BILANS_SECRET_KEY=$$($(RUN) -c 'import secrets; print(secrets.token_urlsafe(50))') BILANS_HOSTS=bilans.example \
		$(MANAGE) check --deploy --fail-level WARNING --settings bilans.settings.production
	$(MANAGE) messages check
	$(RUN) -m pytest -q -p no:randomly tests/architecture/test_tracked_files.py

messages: $(VENV)/test.stamp
	$(MANAGE) messages extract
	$(MANAGE) messages compile

# pip comes last into a new environment, so it stands for the whole of it
$(VENV)/bin/pip:
	@test -n "$(PYTHON)" || { echo "Bilans needs Python 3.11 or newer: make PYTHON=path"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt | $(VENV)/bin/pip
	$(INSTALL) -r $<
	@touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/run.stamp
	$(INSTALL) -r $<
	@touch $@

$(VENV)/browser.stamp: requirements/browser.txt $(VENV)/test.stamp
	$(INSTALL) -r $<
	@touch $@

# Only for a change of packages; needs uv.
lock:
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) --group test -c requirements/run.txt -o requirements/test.txt
	$(COMPILE) --group browser -c requirements/run.txt -c requirements/test.txt -o requirements/browser.txt
