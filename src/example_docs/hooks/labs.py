"""Labs in MkDocs: ``mkdocs-jupyter`` renders the notebooks that have run.

A lab is a page like any other, so that links, translation and Zensical find it. Here
its notebook takes its place: the plugin converts it by the template of ours in
``notebook_templates``, and MkDocs renders the prose as it does on every page. So a lab
needs neither Jupyter's styles nor its scripts.
"""

from __future__ import annotations

import html
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs_jupyter.config import settings
from nbconvert.exporters.templateexporter import default_filters

from example_docs.downloads.labs import labs_of, rendered_notebook
from example_docs.downloads.markdown import edition_of, notebook_address
from example_docs.errors import ExampleError
from example_docs.extensions.render import code_block
from example_docs.figures.svg import in_page
from example_docs.files import write
from example_docs.languages.words import words_of
from example_docs.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

KEPT = Path(".cache") / "labs"

_CELL = re.compile(r"<!-- cell -->(.*?)<!-- /cell -->", re.DOTALL)
_STYLES = re.compile(r"\s*<style>.*</style>\s*\Z", re.DOTALL)
_ANCHOR = re.compile(r'<div class="example" id="([\w-]+)"')


def on_config(config: MkDocsConfig) -> None:
    """Let the plugin take our template, which asks for a filter of ours."""
    settings.templates_dir = str(Path(__file__).parents[1] / "notebook_templates")
    words = words_of(_options(config)["language"], "labs")
    default_filters["example_html"] = lambda cell: cell_html(cell, words)


@event_priority(-100)  # after the plugin has looked for notebooks among the files
def on_files(files: Files, config: MkDocsConfig) -> None:
    """Put the notebook of each lab in the place of its page."""
    language = _options(config)["language"]
    try:
        edition = edition_of(read_settings(Path()), language)
        for lab in labs_of(edition, language):
            path = (KEPT / language / lab.page).with_suffix(".ipynb").absolute()
            text = nbformat.writes(rendered_notebook(lab))
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                write(path, text)  # a new file would be converted again
            file = files.get_file_from_path(lab.page)
            if file is not None:
                file.abs_src_path = str(path)
    except ExampleError as error:
        raise PluginError(str(error)) from None


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Read a lab's front matter from its own file, where the notebook has none."""
    if not _is_lab(page):
        return None
    return Path(config.docs_dir, page.file.src_uri).read_text(encoding="utf-8")


@event_priority(100)  # before others look at the content and its headings
def on_page_content(
    html: str, page: Page, config: MkDocsConfig, files: Files
) -> str | None:
    """Have MkDocs render the prose around the cells that the plugin has rendered."""
    if not _is_lab(page):
        return None
    page.markdown, setup, cells = cut(html)
    Page.render(page, config, files)  # the plugin's own stands in the page's way
    address = get_relative_url(notebook_address(page.file.src_uri), page.url)
    words = words_of(_options(config)["language"], "labs")
    link = (
        f'<p class="lab-download"><a href="{address}" download>{words["download"]} '
        "(.ipynb)</a></p>"
    )
    return filled(page.content or "", link, setup, cells)


def cut(content: str) -> tuple[str, str, list[str]]:
    """What the plugin made, in parts.

    Args:
        content: The lines of the page, with HTML in place of those that name examples.

    Returns:
        The lines, with a small mark in place of each example; the code that all cells
        share; the examples.
    """
    setup, *cells = _CELL.findall(content)
    marks = iter(["", *(f"{_mark(cell)}\n" for cell in cells)])
    return _CELL.sub(lambda _: next(marks), _STYLES.sub("\n", content)), setup, cells


def filled(content: str, link: str, setup: str, cells: list[str]) -> str:
    """The HTML of a page: the link below its title, code and cells in their places."""
    for cell in cells:
        content = content.replace(_mark(cell), cell, 1)
    start, section, rest = content.partition("<h2")
    content = f"{start}{setup}\n{section}{rest}"
    return content.replace("</h1>", f"</h1>\n{link}", 1)


def cell_html(cell: Any, words: Mapping[str, str]) -> str:  # noqa: ANN401 - no types
    """The HTML of a code cell: what an example looks like on every page."""
    code = code_block(cell.source)
    if "example" not in cell.metadata:
        return (
            f'<details class="lab-setup"><summary>{words["setup"]}</summary>'
            f"{code}</details>"
        )
    example = cell.metadata.example
    opening = (
        f'<div class="example" id="{example.anchor}" data-example="{example.name}" '
        f'data-copy="{_attribute(example.program)}">'
    )
    parts = [opening, code]
    for output in cell.outputs:
        if output.output_type == "stream":
            text = html.escape(output.text, quote=False)
            parts.append(f'<div class="example-output"><pre>{text}</pre></div>')
        else:
            sized = output.data["image/svg+xml"]
            figure = in_page(sized.replace(' width="560"', "", 1), example.alt)
            caption = f"<figcaption>{html.escape(example.caption)}</figcaption>"
            parts.append(f"<figure>{figure}{caption}</figure>")
    return "".join([*parts, "</div>"])


def _attribute(text: str) -> str:
    return html.escape(text).replace("\n", "&#10;")


def _mark(cell: str) -> str:
    found = _ANCHOR.match(cell)
    return f'<div class="example" id="{found[1] if found else ""}"></div>'


def _is_lab(page: Page) -> bool:
    return os.fspath(page.file.abs_src_path or "").endswith(".ipynb")


def _options(config: MkDocsConfig) -> dict[str, Any]:
    return dict(config.mdx_configs["example_docs"])
