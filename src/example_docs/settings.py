"""Read ``[tool.example-docs]`` in ``pyproject.toml``: where a project keeps things.

The least that it needs:

    [tool.example-docs]
    package = "my_examples"

The rest has a default: ``source = "src"``, pages in English in ``docs``. Several
languages have a table each, the original's first:

    [tool.example-docs.languages.en]
    pages = "docs/en"

    [tool.example-docs.languages.zh]
    pages = "docs/zh"
    catalogue = "docs/zh/code.po"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from example_docs.errors import ExampleError, nearest, relative

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FILE = "pyproject.toml"
TABLE = "tool.example-docs"


@dataclass(frozen=True)
class Language:
    """A language of the pages.

    Attributes:
        name: Its code, such as ``en``.
        pages: The folder of its pages.
        catalogue: The translations of the code; none for the code's own language.
        configuration: The configuration of its site.
        folder: Its folder within the site; empty at the root.
        address: The environment variable that says where it is published.
        also: Other files that hold text in it.
    """

    name: str
    pages: Path
    catalogue: Path | None
    configuration: Path
    folder: str = ""
    address: str = ""
    also: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Settings:
    """Where a project keeps things.

    Attributes:
        root: The folder of ``pyproject.toml``.
        source: The folder that holds the package of lessons.
        package: Its name.
        prepare: What brings a process into a known state before an example runs, as
            ``module:function``; empty for what Python itself needs.
        languages: The languages of the pages by their codes, the original's first.
        figures: The folder in which figures are kept.
        glossary: The terms; pages explain none if it is not there.
        records: The folder of what was run where.
        redirects: The table of moved pages.
        rules: The folder of the properties that hold the rules of the prose.
        search: The file of what people call the sections.
        tests: The folder of the tests.
        translations: The record of the blocks that were read side by side.
    """

    root: Path
    source: Path
    package: str
    prepare: str
    languages: Mapping[str, Language]
    figures: Path
    glossary: Path
    records: Path
    redirects: Path
    rules: Path
    search: Path
    tests: Path
    translations: Path

    @property
    def catalogues(self) -> list[Path]:
        """The translations of the code, one for each other language."""
        languages = self.languages.values()
        return [language.catalogue for language in languages if language.catalogue]

    def language(self, name: str = "") -> Language:
        """Find a language by its code; the original for none.

        Raises:
            ExampleError: The project has no such language.
        """
        found = self.languages.get(name or next(iter(self.languages)))
        if found is None:
            known = ", ".join(self.languages)
            message = f"there is no language {name!r}; [{TABLE}] has {known}"
            raise ExampleError(message, self.root / FILE)
        return found


_PATHS = {
    "source": "src",
    "figures": ".cache/figures",
    "glossary": "docs/glossary.yml",
    "records": "docs/records",
    "redirects": "docs/redirects.yml",
    "rules": "tests/rules",
    "search": "docs/search.yml",
    "tests": "tests",
    "translations": "docs/translations.yml",
}
_KEYS = {*_PATHS, "package", "prepare", "pages", "language", "languages"}
_LANGUAGE_KEYS = {"pages", "catalogue", "configuration", "folder", "address", "also"}


def read_settings(root: Path) -> Settings:
    """Read the table of a project; again only if its file changed.

    Raises:
        ExampleError: There is none, or it cannot be used.
    """
    path = root / FILE
    try:
        status = path.stat()
    except OSError:
        raise _missing(path) from None
    return _read(path.absolute(), root, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=8)  # builders ask for each page, and for each docstring
def _read(path: Path, root: Path, *_stamp: int) -> Settings:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ExampleError(f"this is not TOML ({error})", path) from None
    table = data.get("tool", {}).get("example-docs")
    if table is None:
        raise _missing(path)
    _check_keys(table, _KEYS, TABLE, path)
    package = table.get("package")
    if not isinstance(package, str) or not package.isidentifier():
        message = f'[{TABLE}] names no package; write package = "my_examples"'
        raise ExampleError(message, path)
    if "languages" in table:
        for key in {"pages", "language"} & set(table):
            message = f"[{TABLE}] has both {key!r} and 'languages'; keep one"
            raise ExampleError(message, path)
        languages = table["languages"]
    else:
        pages = {"pages": table.get("pages", "docs")}
        languages = {str(table.get("language", "en")): pages}
    return Settings(
        root=root,
        package=package,
        prepare=str(table.get("prepare", "")),
        languages={
            str(name): _language(root, str(name), fields, path)
            for name, fields in languages.items()
        },
        **{key: root / str(table.get(key, at)) for key, at in _PATHS.items()},
    )


def _language(root: Path, name: str, fields: dict[str, Any], path: Path) -> Language:
    _check_keys(fields, _LANGUAGE_KEYS, f"{TABLE}.languages.{name}", path)
    catalogue = fields.get("catalogue")
    return Language(
        name=name,
        pages=root / str(fields.get("pages", f"docs/{name}")),
        catalogue=root / str(catalogue) if catalogue else None,
        configuration=root / str(fields.get("configuration", "mkdocs.yml")),
        folder=str(fields.get("folder", "")),
        address=str(fields.get("address", "")),
        also=tuple(root / str(other) for other in fields.get("also", ())),
    )


def _check_keys(table: Iterable[str], known: set[str], title: str, path: Path) -> None:
    for key in table:
        if key not in known:
            message = f"[{title}] does not know {key!r}{nearest(key, sorted(known))}"
            raise ExampleError(message, path)


def _missing(path: Path) -> ExampleError:
    return ExampleError(
        f"there is no [{TABLE}] in {relative(path)}; write one, or call example-docs "
        "in the project's folder, or name that folder with --root"
    )
