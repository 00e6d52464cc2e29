"""The reference as Markdown: what ``mkdocstrings`` shows of a package, as text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import griffe

from example_docs.extensions.griffe_reference import Reference
from example_docs.languages.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from example_docs.downloads.markdown import Edition

_SECTION = re.compile(
    r"^(Args|Attributes|Raises|Returns|Yields):\n((?: {4}.*\n?)+)", re.MULTILINE
)
_NAMED = frozenset({"Args", "Attributes", "Raises"})


def reference_markdown(edition: Edition, name: str) -> str:
    """The functions and classes of a package, module by module, without its title.

    Args:
        edition: The book in one language.
        name: The package, as after ``:::`` on the page.
    """
    library = edition.library
    whole = _read(edition)
    inner = name.removeprefix(f"{library.package}.")
    return "\n\n".join(_parts(whole[inner], edition.language))


@lru_cache(maxsize=4)
def _read(edition: Edition) -> griffe.Object | griffe.Alias:
    """The whole package: one chapter alone would be read with all others as well."""
    library = edition.library
    reference = Reference(edition.language, library.package, str(edition.docs))
    reference.catalogue = edition.catalogue
    return griffe.load(
        library.package,
        search_paths=[library.root],
        extensions=griffe.Extensions(reference),
        allow_inspection=False,
    )


def _parts(package: griffe.Object | griffe.Alias, language: str) -> Iterator[str]:
    for module in package.modules.values():
        yield f"## {module.path}"
        yield from _docstring(module, language)
        for member in module.members.values():
            if member.is_alias or member.name.startswith("_"):
                continue
            if member.is_function or member.is_class:
                yield f"### `{_signature(member)}`"
                yield from _docstring(member, language)
            for inner in member.members.values():
                if inner.is_function and not inner.name.startswith("_"):
                    yield f"#### `{member.name}.{_signature(inner)}`"
                    yield from _docstring(inner, language)


def _signature(member: griffe.Object | griffe.Alias) -> str:
    if isinstance(member, griffe.Function):
        return member.signature()
    return f"class {member.name}"


def _docstring(member: griffe.Object | griffe.Alias, language: str) -> Iterator[str]:
    if member.docstring is not None:
        yield in_plain_markdown(member.docstring.value, language)


def in_plain_markdown(docstring: str, language: str) -> str:
    """A docstring whose sections are lists, and whose doctests are plain text.

    Args:
        docstring: The docstring, with its doctests fenced.
        language: The language of its readers.
    """

    def listed(match: re.Match[str]) -> str:
        name, rows = match[1], match[2].rstrip("\n").split("\n")
        is_list = name in _NAMED
        lines = []
        for row in rows:
            text = row[4:]
            begins = is_list and not text.startswith(" ")
            lines.append(f"- {text}" if begins else f"  {text.strip()}".rstrip())
        if not is_list:
            lines = [f"- {' '.join(line.strip() for line in lines)}"]
        return (
            f"{words_of(language, 'docstrings')[name]}:\n\n" + "\n".join(lines) + "\n"
        )

    text = _SECTION.sub(listed, f"{docstring}\n")
    return text.replace("```pycon\n", "```text\n").rstrip("\n")
