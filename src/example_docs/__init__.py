"""From functions to verified pages, in two languages.

The package knows nothing of any lesson. Its parts, one concern a file:

code
    ``source`` reads modules as syntax trees, without importing them; ``names``,
    ``excerpt`` and ``program`` turn a function into the complete program that a reader
    copies; ``marks`` are the decorators that say what differs on CUDA.
outputs
    ``output`` reads what a docstring promises, ``comparison`` compares two outputs as a
    person reads them, ``running`` runs examples and programs, ``verification`` holds
    promises to results and accepts new ones.
pages
    ``pages`` and ``blocks`` read them, ``markdown`` is the Python-Markdown extension
    that builds them; ``formula``, ``figure`` and ``mathfont`` make what stands in them;
    ``publishing`` writes the Markdown that readers download; ``reference`` links the
    reference to the lessons.
languages
    ``translation``, ``catalogue`` and ``edition`` put code into another language;
    ``parity``, ``staleness`` and ``notices`` hold the pages together; ``parallel``
    shows both at once.

proof
    ``quantities`` and ``formula_numbers`` hold numbers to their examples; ``mutants``,
    ``promise_mutants`` and ``page_mutants`` are small changes, which ``mutation``
    tries and ``mutation_report`` counts; ``fragility`` moves results by rounding;
    ``report`` sorts what another PyTorch does; ``record``, ``recording`` and
    ``verified`` keep and show what was run where.
site
    ``downloads``, ``llms``, ``offline`` and ``reference_markdown`` are what readers
    take home; ``search``, ``reading``, ``redirects``, ``missing``, ``heads``,
    ``assets`` and ``security`` finish the pages.

``command_line`` is the ``example-docs`` command, ``commands`` what it can do;
``project`` says where everything lies.
"""
