"""From functions to verified pages, in two languages.

An example is a public function without required parameters whose docstring shows what
it prints. From its syntax tree comes the complete program that a reader copies; pages
name it in one line; every check compares what it prints with what its docstring says.

``[tool.example-docs]`` in ``pyproject.toml`` says where things are. The Markdown
extension is ``example_docs``, the command ``example-docs``, and ``pytest`` takes each
example for a test.

>>> from pathlib import Path
>>> library = Library(Path("src"), "my_examples")  # doctest: +SKIP
>>> example = library.example("basics.hello:greet")  # doctest: +SKIP
>>> example.program.text, example.expected.text, example.run().text  # doctest: +SKIP

The package knows no lesson. A room for each concern, arrows only downwards (the
contracts in ``pyproject.toml``):

``errors``, ``files``, ``marks``, ``settings``
    The ground: sentences with a place, atomic writing, decorators for devices, and
    ``[tool.example-docs]``, which says where a project keeps things.
``outputs``
    What a docstring says an example prints, and the one comparer.
``code``, ``pages``
    Lessons as syntax trees, and pages as Markdown text.
``languages``
    Translations of code, and what two languages of a page must have in common.
``numbers``, ``records``, ``rules``
    Numbers in prose, held to examples; what was run where; general sentences, held to
    properties.
``verify``
    Running and verifying. The only room that imports torch, behind a ``prepare`` hook.
``figures``, ``extensions``
    What programs draw, and what turns pages into HTML.
``downloads``, ``site``, ``book``
    What readers take home, a finished site, a printed one.
``mutation``
    Small changes, and what notices them.
``project``, ``commands``, ``hooks``, ``cli``
    The roof: what is done with a whole project.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from example_docs.code.library import Example, Library
    from example_docs.code.program import Program
    from example_docs.errors import ExampleError
    from example_docs.marks import on_cuda, on_torch
    from example_docs.outputs.expected import Output

__all__ = [
    "Example",
    "ExampleError",
    "Library",
    "Output",
    "Program",
    "on_cuda",
    "on_torch",
]

_HOMES = {
    "makeExtension": "extensions.project",  # as Python-Markdown asks for it
    "Example": "code.library",
    "ExampleError": "errors",
    "Library": "code.library",
    "Output": "outputs.expected",
    "Program": "code.program",
    "on_cuda": "marks",
    "on_torch": "marks",
}


def __getattr__(name: str) -> object:
    """Import a public name at its first use.

    The plugin of pytest is imported in every project of an environment, and each has
    to import this package first.
    """
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
