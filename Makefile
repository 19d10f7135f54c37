# Everything runs in .venv, which scripts/setup makes and keeps up to date.
# PYTHON=... names the Python that .venv is made with; otherwise the newest suitable one is taken.

BIN := .venv/bin
OPEN := site/index.html
# Two browsers at once already keep a small machine busy. A file of tests stays with one worker,
# so what the file builds for its tests is built once.
PYTEST_FLAGS ?= -n 2 --dist loadfile
LOCK_FLAGS ?=

export PYTHON
# What is compiled is kept: the tests start Python again and again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help site serve geographic bundles packs cluster test test-slow test-all fuzz test-firefox coverage check bench format word-template guide lock clean \
	setup-site setup-geographic setup-bundles setup-packs setup-cluster setup-dev setup-bench setup-node

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

setup-node:
	@sh scripts/setup-node

setup-site setup-geographic setup-bundles setup-packs setup-cluster setup-dev setup-bench:
	@sh scripts/setup $(@:setup-%=%)

site: setup-site ## build the site into site/
	@$(BIN)/casebook build
	@echo "Open $(OPEN) in a browser."

serve: setup-site ## show the site while records are edited
	@$(BIN)/casebook serve

geographic: setup-geographic ## install what the map with county boundaries needs

bundles: setup-bundles ## install what signed bundles and ZIM files need

packs: setup-packs ## install what study packs in PDF and Word need

cluster: setup-cluster ## install what building on a Dask cluster needs

test: setup-dev ## run all tests but the slow ones, in a browser too
	@chromium=$$(sh scripts/browser) && CASEBOOK_CHROMIUM="$$chromium" $(BIN)/python -m pytest $(PYTEST_FLAGS) -m "not slow"

test-slow: setup-dev ## run the tests that `make test` leaves out, and properties with many examples
	@chromium=$$(sh scripts/browser) && CASEBOOK_CHROMIUM="$$chromium" $(BIN)/python -m pytest $(PYTEST_FLAGS) \
		-m "slow or hypothesis" --hypothesis-profile=many

test-all: setup-dev ## run every test
	@chromium=$$(sh scripts/browser) && CASEBOOK_CHROMIUM="$$chromium" $(BIN)/python -m pytest $(PYTEST_FLAGS) \
		--hypothesis-profile=many

fuzz: setup-dev ## change every kind of input at random (CASEBOOK_FUZZ=2000 times each), and kill commands (CASEBOOK_KILLS=20)
	@CASEBOOK_FUZZ=$${CASEBOOK_FUZZ:-2000} CASEBOOK_KILLS=$${CASEBOOK_KILLS:-20} $(BIN)/python -m pytest tests/fuzz

test-firefox: setup-dev ## run the tests in a second browser, Firefox
	@chromium=$$(sh scripts/browser) && CASEBOOK_CHROMIUM="$$chromium" $(BIN)/python -m pytest tests/slow/test_firefox.py

coverage: setup-dev ## tell which lines and branches no quick test runs
	@chromium=$$(sh scripts/browser) && CASEBOOK_CHROMIUM="$$chromium" $(BIN)/python -m pytest $(PYTEST_FLAGS) -m "not slow" \
		--cov --cov-report=term

check: setup-dev setup-node ## check format, style, types, imports, scripts and the records
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	npm run -s check
	$(BIN)/casebook check --format text

bench: setup-bench ## measure builds against other generators
	@$(BIN)/python -m tests.benchmarks

format: setup-dev setup-node ## put the code in order
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	npm run -s format

word-template: setup-dev ## write the Word template of packs anew
	$(BIN)/python -m scripts.word_template templates/packs/pack.docx

guide: setup-dev ## write the editor's guide anew
	@$(BIN)/python -m scripts.editors_guide docs/EDITORS.zh-CN.md

lock: ## lock again what pyproject.toml asks for (LOCK_FLAGS=--upgrade: the newest)
	@sh scripts/lock $(LOCK_FLAGS)

clean: ## remove what was built; .venv stays
	rm -rf site site-internal bundles packs packs-internal dist build .casebook .pytest_cache .mypy_cache .ruff_cache \
		.import_linter_cache .hypothesis *.egg-info
	find . -name .venv -prune -o -name .git -prune -o -type d -name __pycache__ -exec rm -rf {} +
