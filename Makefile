# Works with the make of Debian and of macOS (3.81). Without make: README.md.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=

BIN := .venv/bin
# What is installed, each with what it builds on: the site, the book, the tests.
SITE := .venv/.site
BOOK := .venv/.book
TESTS := .venv/.tests
BUILT := site/.built
PART := .site-part

export NO_MKDOCS_2_WARNING := 1
# nbconvert tries each format that it has, to name them in a help that nobody asks for.
export NBCONVERT_DISABLE_CONFIG_EXPORTERS := 1
export PYTHONUTF8 := 1
# Bytecode is kept, whatever the caller says: pip compiles nothing (see INSTALL).
export PYTHONDONTWRITEBYTECODE :=
# Who waits sees each line when it is written, also through a pipe.
export PYTHONUNBUFFERED := 1

# Everything a page is made from.
INPUTS := $(sort $(shell find docs src mkdocs*.yml -type f \
	-not -path '*/__pycache__/*' -not -path '*.egg-info/*' 2>/dev/null))

.DEFAULT_GOAL := help
.PHONY: help serve site quick test test-all rehearse check accept dist offline pdf benchmark screenshots clean FORCE

help:  ## list the targets
	@awk -F ':.*  ## ' '/^[a-z-]+:.*  ## / \
		{ printf "  make %-11s  %s\n", $$1, $$2 }' Makefile

serve: $(BUILT)  ## build the site and serve it at http://127.0.0.1:8000/ (PORT=8080 for another port)
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory site $(PORT)

site: $(BUILT)  ## build both languages into site/

quick: check  ## lint, types, and the tests that need neither torch nor a site: a minute
	$(BIN)/python -m pytest -n auto --size=quick $(ARGS)

test-all: check $(BUILT)  ## everything: each page in the browser, samples of mutants; what CI runs
	$(BIN)/python -m pytest -n auto --size=all $(ARGS)

ifdef LESSON
test: $(TESTS)
	$(BIN)/example-docs check $(LESSON)
else ifndef TORCH
test: check $(BUILT)  ## quick, every program, both builds, a page of each kind in the browser (LESSON=tensors/create for all there is to say about that lesson, in seconds, ARGS="-k create" for some tests, TORCH=2.14.1 for the examples on that PyTorch)
	$(BIN)/python -m pytest -n auto --size=test $(ARGS)
else
# Builds no site: what depends on the version is what the examples print. The
# marker of the environment is as old as the files that say what is in it.
OTHER := .venv-torch-$(TORCH)
TORCH_TESTS := tests/course/test_examples.py tests/outputs/test_comparison.py \
	tests/verify/test_running.py tests/verify/test_verification.py tests/verify/test_fragility.py

test: $(OTHER)/.installed
	-$(OTHER)/bin/example-docs report
	$(OTHER)/bin/python -m pytest -n auto $(TORCH_TESTS) $(ARGS)

# torch names the setuptools that it goes with, and its versions disagree.
$(OTHER)/.installed: pyproject.toml constraints.txt
	rm -f $@
	$(OTHER)/bin/python -m pip --version >/dev/null 2>&1 \
		|| $(PYTHON) -m venv --clear $(OTHER)
	sed -e '/^torch==/d' -e '/^setuptools==/d' constraints.txt \
		> $(OTHER)/constraints.txt
	echo 'torch==$(TORCH)' >> $(OTHER)/constraints.txt
	PIP_CONSTRAINT=$(OTHER)/constraints.txt \
		PIP_BUILD_CONSTRAINT=constraints.txt \
		$(OTHER)/bin/python -m pip install --no-compile -e '.[examples]'
	touch $@
endif

rehearse: $(TESTS)  ## run the examples on a stand-in for CUDA (ARGS="-k create" for some of them)
	$(BIN)/python -m tests.rehearsal -n auto $(ARGS)

check: $(TESTS)  ## lint, formatting, types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

accept: $(SITE)  ## write what the examples print into their docstrings
	$(BIN)/example-docs accept $(ARGS)

dist: $(TESTS)  ## build wheel and sdist into dist/, and check their metadata
	PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
		$(BIN)/python -m build
	$(BIN)/python -m twine check --strict dist/*.whl dist/*.tar.gz

offline: $(BUILT)  ## pack the site for reading from a disk, into dist/
	$(BIN)/example-docs offline site dist/torch-by-example.zip

pdf: $(BUILT) $(BOOK)  ## print the whole book of each language, with Chromium, into dist/
	$(BIN)/example-docs pdf site dist $(ARGS)

benchmark: $(BUILT) $(TESTS)  ## measure how long verifying, building and reading take (ARGS="--only reading")
	$(BIN)/python -m tests.benchmarks.run $(ARGS)

screenshots: $(BUILT) $(TESTS)  ## take pictures of ten pages into build/screenshots/
	$(BIN)/python -m tests.browser.screenshots

clean:  ## remove what was built; .venv stays
	rm -rf site $(PART) build dist .cache
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -path ./.venv -prune -o \
		-name __pycache__ -type d -prune -exec rm -rf {} +

# What builds the project is installed first, so that pip makes no environment of its own
# for it. Bytecode is left to the first import: there the few thousand modules in use
# are compiled, and not, one after the other, the five times as many that are there.
INSTALL = PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --no-compile

# An environment without pip is what is left when python3-venv was missing.
$(SITE): pyproject.toml constraints.txt
	rm -f $@
	$(BIN)/python -m pip --version >/dev/null 2>&1 \
		|| $(PYTHON) -m venv --clear .venv
	$(INSTALL) setuptools
	$(INSTALL) --no-build-isolation -e '.[site]'
	touch $@

$(BOOK): $(SITE)
	$(INSTALL) --no-build-isolation -e '.[site,book]'
	touch $@

$(TESTS): $(SITE)
	$(INSTALL) --no-build-isolation -e '.[site,test]'
	touch $@

# The stamp holds the names of the inputs: a page that was deleted or added
# with an old date changes them. It is as old as the beginning of the build,
# so that what is saved during the build counts as changed.
ifneq ($(INPUTS),$(strip $(shell cat $(BUILT) 2>/dev/null)))
$(BUILT): FORCE
endif

# The English build empties its folder, so it is first. The site is replaced
# at the end, when everything has succeeded.
$(BUILT): $(SITE) $(INPUTS) Makefile
	rm -rf $(PART)
	mkdir $(PART)
	@echo $(INPUTS) > $(PART)/.built
	$(BIN)/example-docs draw
	$(BIN)/mkdocs build --strict -f mkdocs.yml -d $(PART)
	$(BIN)/mkdocs build --strict -f mkdocs.zh.yml -d $(PART)/zh
	$(BIN)/example-docs publish $(PART)
	rm -rf site
	mv $(PART) site
