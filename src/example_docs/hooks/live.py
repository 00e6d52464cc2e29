"""Live editing in MkDocs: with ``--dirty``, build what a saved file has changed.

MkDocs then builds the pages whose own files are newer than what was built. A page also
shows what stands in lessons and in the catalogue: where that is newer, what was built
is removed here, so that MkDocs builds it again.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from example_docs.code.library import open_library
from example_docs.errors import ExampleError
from example_docs.languages.catalogue import units_of
from example_docs.languages.code_translation import read_catalogue
from example_docs.pages.page import Page
from example_docs.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from example_docs.code.library import Library, Module

_translations: dict[Path, dict[str, str]] = {}
"""Each catalogue as the build before had it."""

_builds: list[float] = []
"""When each build of this process began."""


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Remove the pages that are older than their lessons or translations."""
    options = config.mdx_configs["example_docs"] or {}
    settings = read_settings(Path(options.get("project", "")))
    library = open_library(settings)
    changed = _changed(settings.language(options.get("language", "")).catalogue)
    # What was saved while the last build went on may have come too late for it.
    last = _builds[-1] if _builds else time.time()
    _builds.append(time.time())
    for file in files.documentation_pages():
        built = Path(file.abs_dest_path)
        if not built.exists():
            continue
        try:
            modules = list(_modules(library, Path(config.docs_dir, file.src_uri)))
        except ExampleError:
            built.unlink()  # whoever builds the page says what is wrong with it
            continue
        if is_older(min(built.stat().st_mtime, last), modules, changed):
            built.unlink()


def is_older(since: float, modules: list[Module], changed: set[str]) -> bool:
    """Whether a page that was built shows what has changed since.

    Args:
        since: When it was built, or when that build began.
        modules: The lessons that it shows.
        changed: The texts whose translation is another one now.
    """
    return any(
        module.path.stat().st_mtime > since
        or (changed and changed.intersection(u.text for u in units_of(module)))
        for module in modules
    )


def _changed(catalogue: Path | None) -> set[str]:
    """Return the texts whose translation has changed since this was called last."""
    if catalogue is None:
        return set()
    path = catalogue.absolute()
    entries = read_catalogue(path).entries
    before = _translations.get(path, entries)
    _translations[path] = entries
    return {text for text, _ in entries.items() ^ before.items()}


def _modules(library: Library, page: Path) -> Iterator[Module]:
    """Yield the lessons that a page shows, and those from which they take helpers."""
    lines = Page.read(page).directives
    names = {line.directive.name.partition(":")[0] for line in lines}
    for name in sorted(names):
        module = library.module(f"{library.package}.{name}")
        yield module
        for items in module.imports.values():
            yield from (
                library.module(item.module) for item in items if item.module in library
            )
