"""An installed package of lessons: its examples by name, and their pages."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from example_docs.code.library import Library
from example_docs.errors import ExampleError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from example_docs.code.library import Example

PYTORCH = "example_docs.verify.pytorch:prepare"
"""The hook of lessons about PyTorch; here there is no ``pyproject.toml`` to ask."""


@dataclass(frozen=True)
class Book:
    """An installed package of lessons.

    Attributes:
        package: The package, as it is imported.
        distribution: What it is installed as, as it is distributed.
        languages: The languages of its site, and the folder of each within it.
        prepare: What brings a process into a known state before an example runs.
    """

    package: str
    distribution: str
    languages: Mapping[str, str]
    prepare: str = PYTORCH

    @cached_property
    def library(self) -> Library:
        """The lessons, wherever they are installed; nothing is imported.

        Raises:
            ExampleError: They are not installed.
        """
        return Library(folder_of(self.package).parent, self.package, self.prepare)

    @property
    def version(self) -> str:
        """The version of the distribution."""
        try:
            return metadata.version(self.distribution)
        except metadata.PackageNotFoundError:
            return "unknown"

    def chosen(self, names: Sequence[str]) -> list[Example]:
        """Find the examples of chapters, of lessons, or with some names; all for none.

        Args:
            names: ``tensors``, ``tensors/create`` or ``tensors.create:zeros``, or how
                an address on the site ends: ``tensors/create/#zeros``.

        Raises:
            ExampleError: Nothing is called so, or there is nothing at all.
        """
        examples = list(self.library)
        if not examples:
            raise ExampleError(f"{self.package} has no examples; install it again")
        wanted = {name: _normal(name) for name in names}
        for name, normal in wanted.items():
            if not any(_belongs(example, normal) for example in examples):
                message = f"no chapter, lesson or example is called {name!r}"
                raise ExampleError(message + _nearest(normal, examples))
        return [
            example
            for example in examples
            if not names or any(_belongs(example, n) for n in wanted.values())
        ]

    def address(self, example: Example, language: str) -> str:
        """Say where a page shows an example: a whole address if the site has one."""
        lesson, _, _ = example.short_name.partition(":")
        page = lesson.replace(".", "/").replace("_", "-")
        parts = (self._site, self.languages[language], page)
        path = "/".join(part for part in parts if part)
        return f"{'' if self._site else '/'}{path}/#{example.anchor}"

    @cached_property
    def _site(self) -> str:
        """The address of the site, as the distribution gives it; often none."""
        try:
            urls = metadata.metadata(self.distribution).get_all("Project-URL") or []
        except metadata.PackageNotFoundError:
            return ""
        parts = (str(url).partition(", ") for url in urls)
        known = {label: address for label, _, address in parts}
        return known.get("Documentation", "").rstrip("/")


def folder_of(package: str) -> Path:
    """Find the folder of an installed package without importing it.

    Raises:
        ExampleError: It is not installed.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ExampleError(f"the package {package!r} is not installed")
    return Path(spec.submodule_search_locations[0])


def _normal(name: str) -> str:
    name = name.strip("/").replace("/#", ":").replace("#", ":")
    return name.replace("/", ".").replace("-", "_")


def _belongs(example: Example, name: str) -> bool:
    """Whether an example has a name, or belongs to a chapter or lesson of that name."""
    known = example.short_name
    return known == name or known.startswith((f"{name}.", f"{name}:"))


def _nearest(name: str, examples: Sequence[Example]) -> str:
    known = {example.short_name for example in examples}
    known |= {full.partition(":")[0] for full in known}
    known |= {full.partition(".")[0] for full in known}
    close = get_close_matches(name, sorted(known), n=3, cutoff=0.5)
    if not close:
        return "; --list shows all names"
    return f"; the nearest are {', '.join(close)}" if close[1:] else f"; {close[0]}?"
