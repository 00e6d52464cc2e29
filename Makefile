# Works with the make of Debian and of macOS (3.81). Without make: README.md.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=

BIN := .venv/bin
INSTALLED := .venv/.installed
BUILT := site/.built
PART := .site-part

export NO_MKDOCS_2_WARNING := 1
# nbconvert tries each format that it has, to name them in a help that nobody asks for.
export NBCONVERT_DISABLE_CONFIG_EXPORTERS := 1
export PYTHONUTF8 := 1

# Everything a page is made from.
INPUTS := $(sort $(shell find docs src mkdocs*.yml -type f \
	-not -path '*/__pycache__/*' -not -path '*.egg-info/*' 2>/dev/null))

.DEFAULT_GOAL := help
.PHONY: help serve site test rehearse check accept dist offline pdf benchmark screenshots clean FORCE

help:  ## list the targets
	@awk -F ':.*  ## ' '/^[a-z]+:.*  ## / \
		{ printf "  make %-11s  %s\n", $$1, $$2 }' Makefile

serve: $(BUILT)  ## build the site and serve it at http://127.0.0.1:8000/ (PORT=8080 for another port)
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory site $(PORT)

site: $(BUILT)  ## build both languages into site/

ifdef LESSON
test: $(INSTALLED)
	$(BIN)/example-docs check $(LESSON)
else ifndef TORCH
test: check $(BUILT)  ## check the code, build the site, run the tests (LESSON=tensors/create for that lesson's examples alone, ARGS="-k create" for some tests, TORCH=2.14.1 for the examples on that PyTorch)
	$(BIN)/python -m pytest -n auto $(ARGS)
else
# Builds no site: what depends on the version is what the examples print. The
# marker of the environment is as old as the files that say what is in it.
OTHER := .venv-torch-$(TORCH)
TORCH_TESTS := tests/test_examples.py tests/test_comparison.py \
	tests/test_running.py tests/test_verification.py tests/test_fragility.py

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
		$(OTHER)/bin/python -m pip install -e '.[test]'
	touch $@
endif

rehearse: $(INSTALLED)  ## run the examples on a stand-in for CUDA (ARGS="-k create" for some of them)
	$(BIN)/python -m tests.rehearsal -n auto $(ARGS)

check: $(INSTALLED)  ## lint, formatting, types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

accept: $(INSTALLED)  ## write what the examples print into their docstrings
	$(BIN)/example-docs accept $(ARGS)

dist: $(INSTALLED)  ## build wheel and sdist into dist/, and check their metadata
	PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
		$(BIN)/python -m build
	$(BIN)/python -m twine check --strict dist/*.whl dist/*.tar.gz

offline: $(BUILT)  ## pack the site for reading from a disk, into dist/
	$(BIN)/example-docs offline site dist/torch-by-example.zip

pdf: $(BUILT)  ## print the whole book of each language, with Chromium, into dist/
	$(BIN)/example-docs pdf site dist $(ARGS)

benchmark: $(BUILT)  ## measure how long verifying, building and reading take (ARGS="--only reading")
	$(BIN)/python -m tests.benchmarks.run $(ARGS)

screenshots: $(BUILT)  ## take pictures of ten pages into build/screenshots/
	$(BIN)/python -m tests.browser.screenshots

clean:  ## remove what was built; .venv stays
	rm -rf site $(PART) build dist .cache
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -path ./.venv -prune -o \
		-name __pycache__ -type d -prune -exec rm -rf {} +

# An environment without pip is what is left when python3-venv was missing.
# pip takes the versions for its build environments from the first variable,
# since pip 25.3 from the second.
$(INSTALLED): pyproject.toml constraints.txt
	rm -f $@
	$(BIN)/python -m pip --version >/dev/null 2>&1 \
		|| $(PYTHON) -m venv --clear .venv
	PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
		$(BIN)/python -m pip install -e '.[site,test]'
	touch $@

# The stamp holds the names of the inputs: a page that was deleted or added
# with an old date changes them. It is as old as the beginning of the build,
# so that what is saved during the build counts as changed.
ifneq ($(INPUTS),$(strip $(shell cat $(BUILT) 2>/dev/null)))
$(BUILT): FORCE
endif

# The English build empties its folder, so it is first. The site is replaced
# at the end, when everything has succeeded.
$(BUILT): $(INSTALLED) $(INPUTS) Makefile
	rm -rf $(PART)
	mkdir $(PART)
	echo $(INPUTS) > $(PART)/.built
	$(BIN)/example-docs draw
	$(BIN)/example-docs labs
	$(BIN)/mkdocs build --strict -f mkdocs.yml -d $(PART)
	$(BIN)/mkdocs build --strict -f mkdocs.zh.yml -d $(PART)/zh
	$(BIN)/example-docs publish $(PART)
	rm -rf site
	mv $(PART) site
