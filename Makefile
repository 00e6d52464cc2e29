# Works with the make of Debian and of macOS (3.81). Without make: README.md.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=

BIN := .venv/bin
INSTALLED := .venv/.installed
BUILT := site/.built
PART := .site-part

export NO_MKDOCS_2_WARNING := 1
export PYTHONUTF8 := 1

# Everything a page is made from.
INPUTS := $(sort $(shell find docs src mkdocs*.yml -type f \
	-not -path '*/__pycache__/*' -not -path '*.egg-info/*' 2>/dev/null))

.DEFAULT_GOAL := help
.PHONY: help serve site test check accept benchmark clean FORCE

help:  ## list the targets
	@awk -F ':.*  ## ' '/^[a-z]+:.*  ## / \
		{ printf "  make %-9s  %s\n", $$1, $$2 }' Makefile

serve: $(BUILT)  ## build the site and serve it at http://127.0.0.1:8000/ (PORT=8080 for another port)
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory site $(PORT)

site: $(BUILT)  ## build both languages into site/

test: check $(BUILT)  ## check the code, build the site, run the tests (ARGS="-k create" for some)
	$(BIN)/python -m pytest -n auto $(ARGS)

check: $(INSTALLED)  ## lint, formatting, types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

accept: $(INSTALLED)  ## write what the examples print into their docstrings
	$(BIN)/example-docs accept $(ARGS)

benchmark: $(INSTALLED)  ## measure the build against plain Material
	$(BIN)/python tests/benchmarks/build.py $(ARGS)

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
