# Apex: `make help` lists everything. Only Python 3.11, make, git and a C compiler are needed.
PYTHON ?= python3
TIERS  ?= core dev
TIER   ?= core
WHAT   ?= film
PORT   ?= 8000
VENV   := .venv
PY     := $(VENV)/bin/python
export PYTHONDONTWRITEBYTECODE ?=
.DEFAULT_GOAL := help
.PHONY: help install stage demo serve test quick check format bench lookbook clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' Makefile

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Apex needs Python 3.11, this is " + sys.version.split()[0]) if sys.version_info[:2] != (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.tier-%: requirements-%.txt | $(VENV)/bin/python
	$(PY) -m pip install --disable-pip-version-check --quiet --no-compile -r $<
	@if [ -f requirements-$*-alone.txt ]; then $(PY) -m pip install --disable-pip-version-check --quiet --no-compile --no-deps -r requirements-$*-alone.txt; fi
	@touch $@

install: $(addprefix $(VENV)/.tier-,$(TIER)) ## install a tier: make install TIER="core dev"

STAGE := .venv-stage

$(STAGE)/.ready: requirements-stage.txt
	$(PYTHON) -c 'import sys; sys.exit("the stage needs Python 3.11, this is " + sys.version.split()[0]) if sys.version_info[:2] != (3, 11) else None'
	$(PYTHON) -m venv $(STAGE)
	$(STAGE)/bin/python -m pip install --disable-pip-version-check --quiet --no-compile -r $<
	@$(STAGE)/bin/python -c 'import bpy' || ($(STAGE)/bin/python -m renders.engine.stage.libraries $(STAGE); exit 1)
	@touch $@

stage: $(STAGE)/.ready ## install the previz stage: Blender as a module in an environment of its own (800 MB)

demo: $(VENV)/.tier-core ## the main job on the demo production: from its screenplay to a checked film, then again in previz
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py warm
	@$(PY) manage.py models fetch kokoro-82m-int8 || echo 'the natural voice cannot be had here, so lines are spoken by the plain one'
	@$(PY) manage.py demo
	@if [ "$$APEX_STAGE" = off ]; then echo 'the previz film is left out: APEX_STAGE=off'; \
	elif $(MAKE) --no-print-directory stage; then $(PY) manage.py demo --tier previz; \
	else echo 'the stage cannot be installed here, so the film stays a storyboard; manage.py doctor says why'; fi

serve: $(VENV)/.tier-core ## the studio: web and one worker, a log-in for each role
	@$(PY) manage.py serve --port $(PORT)

test: $(addprefix $(VENV)/.tier-,$(TIERS)) ## everything but gpu, live and chaos
	APEX_TIERS="$(TIERS) $(if $(wildcard $(STAGE)/.ready),stage)" $(PY) -m pytest -n 2 --dist loadgroup -m "not gpu and not live and not chaos" $(ARGS)

quick: $(addprefix $(VENV)/.tier-,$(TIERS)) ## the tests that take under two minutes
	APEX_TIERS="$(TIERS) $(if $(wildcard $(STAGE)/.ready),stage)" $(PY) -m pytest -n 2 --dist loadgroup -m "not slow and not gpu and not live and not chaos" $(ARGS)

check: $(addprefix $(VENV)/.tier-,$(TIERS)) ## format, lint, types, floors, migrations
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy apexsite/kit projects/engine characters/engine renders/engine
	$(PY) -m pytest -q tests/test_floors.py
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py check

format: ## put the code into shape
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

bench: $(addprefix $(VENV)/.tier-,$(TIERS)) ## measure: make bench WHAT=film
	@$(PY) -m tests.bench.$(subst -,_,$(WHAT)) $(ARGS)

lookbook: $(STAGE)/.ready $(addprefix $(VENV)/.tier-,$(TIERS)) ## draw the stage's contact sheets into docs/lookbook: make lookbook SHEETS=hair,sets
	@$(PY) -m tests.bench.lookbook $(SHEETS)

clean: ## remove what was generated (var/), not the environment
	rm -rf var
