# make demo   the fictional area of Severnmouth, made, loaded and served, with a printed cast to sign in as
# make test   every check and every test
# Both set up what they need the first time (Python packages, styles, browser) and take seconds for it the next.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help

SIZE ?= town
PORT ?= 8000
STAMPS := build/stamps
LOCKS := requirements/bootstrap.txt pyproject.toml scripts/set-up.sh
BUILT := src/kith/foundations/design_system/static/built/kith.css
ASSETS := $(shell find assets -type f 2>/dev/null) scripts/build-assets.mjs
# the demonstration needs less than the tests do; what is installed for tests serves it too
TESTING := $(filter-out demo assets,$(MAKECMDGOALS))
PACKAGES := $(if $(or $(TESTING),$(wildcard $(STAMPS)/dev)),$(STAMPS)/dev,$(STAMPS)/app)
NODE_PACKAGES := $(if $(or $(TESTING),$(wildcard $(STAMPS)/node-dev)),$(STAMPS)/node-dev,$(STAMPS)/node-app)

.PHONY: help demo test check fix tests journeys assets browser validator lock clean
help: ## This list
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(PACKAGES) $(BUILT) ## Make, load and serve the demonstration (SIZE=tiny|town|county, PORT=8000)
	@exec .venv/bin/kith demo serve --size $(SIZE) --port $(PORT)

test: check browser validator ## Every check and every test
	@scripts/test.sh

check: $(STAMPS)/dev $(BUILT) ## Style, types, walls, migrations, locks
	@scripts/check.sh

tests: $(STAMPS)/dev $(BUILT) validator ## The tests without a browser
	@scripts/test.sh --numprocesses=2 --dist=worksteal --ignore=tests/journeys

journeys: $(STAMPS)/dev browser ## The browser journeys; pictures in test-results/
	@scripts/test.sh tests/journeys

fix: $(STAMPS)/dev ## Put right what can be put right by itself
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .

assets: $(BUILT) ## Styles and scripts
browser: $(BUILT) build/chromium/fonts.conf ## The browser of the journeys
validator: $(STAMPS)/dev ## The sector's validator of the looked after children return
	@scripts/set-up-validator.sh

lock: $(STAMPS)/dev ## Choose versions anew, with hashes and without registry addresses
	@source scripts/environment.sh; compile() { .venv/bin/python -m uv --quiet pip compile --upgrade --universal \
	  --python-version 3.11 --generate-hashes --no-header --no-annotate "$$@"; }; \
	compile pyproject.toml --group dev --extra spark --output-file requirements/dev.txt; \
	compile pyproject.toml --constraint requirements/dev.txt --output-file requirements/app.txt; \
	compile requirements/bootstrap.in --constraint requirements/dev.txt --output-file requirements/bootstrap.txt
	@source scripts/environment.sh; .venv/bin/python -m uv --quiet pip compile --upgrade --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate requirements/validator-903.in --output-file requirements/validator-903.txt
	@scripts/npm.sh install --package-lock-only --ignore-scripts

clean: ## Everything that was built or installed; not the demonstration's data in var/
	@rm -rf .venv node_modules build test-results $(dir $(BUILT)) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(STAMPS)/app: requirements/app.txt $(LOCKS)
	@scripts/set-up.sh app
	@mkdir -p $(@D) && touch $@

$(STAMPS)/dev: requirements/dev.txt $(LOCKS)
	@scripts/set-up.sh dev
	@mkdir -p $(@D) && touch $@

$(STAMPS)/node-app: package-lock.json package.json $(PACKAGES)
	@echo "Installing what builds the styles"
	@scripts/npm.sh ci --omit=dev --ignore-scripts --loglevel=error
	@mkdir -p $(@D) && touch $@

$(STAMPS)/node-dev: package-lock.json package.json $(STAMPS)/dev
	@echo "Installing what builds the styles, and the browser"
	@scripts/npm.sh ci --ignore-scripts --loglevel=error
	@mkdir -p $(@D) && touch $@

$(BUILT): $(ASSETS) $(NODE_PACKAGES)
	@echo "Building styles and scripts"
	@scripts/node.sh scripts/build-assets.mjs
	@touch $@

build/chromium/fonts.conf: scripts/prepare-chromium.mjs $(STAMPS)/node-dev
	@echo "Unpacking the browser"
	@scripts/node.sh scripts/prepare-chromium.mjs
