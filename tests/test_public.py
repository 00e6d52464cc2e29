"""What others may import from the package, and what they can do with it."""

from __future__ import annotations

import tomllib
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from tests.lessons import library_of
from tests.project import ROOT

import example_docs

if TYPE_CHECKING:
    from pathlib import Path

LESSON = '''
"""A lesson."""

def twice(x):
    """Double a number."""
    return 2 * x

def show():
    """Show it.

    >>> show()
    4
    """
    print(twice(2))
'''


def test_the_public_names() -> None:
    assert sorted(example_docs.__all__) == [
        "Example",
        "ExampleError",
        "Library",
        "Output",
        "Program",
        "on_cuda",
        "on_torch",
    ]
    for name in example_docs.__all__:
        assert getattr(example_docs, name).__name__ == name
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        example_docs.nothing  # noqa: B018
    assert all(getattr(example_docs, name).__doc__ for name in example_docs.__all__)


def test_an_example_owns_its_program_and_its_outputs(
    tmp_path: Path, package: str
) -> None:
    library = library_of(tmp_path, package, lesson=LESSON)
    example = library.example("lesson:show")
    assert (
        example.program.text == "def twice(x):\n    return 2 * x\n\n\nprint(twice(2))\n"
    )
    assert example.expected == example.run() == example_docs.Output("4")
    assert example.verify().complaint is None
    assert library.example("lesson:show") is example


def test_what_others_enter_by_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    points = project["entry-points"]
    for place in (
        points["markdown.extensions"]["example_docs"],
        points["pytest11"]["example-docs"],
        *project["scripts"].values(),
    ):
        module, _, name = place.partition(":")
        found = import_module(module)
        assert not name or callable(getattr(found, name))
    # Where the package is not installed, Python-Markdown asks the module.
    assert callable(example_docs.makeExtension)
