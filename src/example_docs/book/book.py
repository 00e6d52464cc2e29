"""The whole book of a language: one page of HTML, which a Chromium prints."""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader

from example_docs.downloads.markdown import published_address
from example_docs.errors import ExampleError
from example_docs.pages.links import Link, in_html

if TYPE_CHECKING:
    from example_docs.downloads.llms import Contents

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
_SHEET = re.compile(r'<link rel="stylesheet" href="[^"]*">')
_ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.DOTALL)
_CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
_NAME = re.compile(r'(\sid="|\burl\(#)')


def book_html(contents: Contents, language: str, site: Path) -> str:
    """Join the built pages of a language, without the reference, which repeats them."""
    pages = {}
    for entry in contents.entries:
        folder = posixpath.dirname(published_address(entry.page))
        path = site / folder / "index.html"
        text = path.read_text("utf-8") if path.is_file() else ""
        if (article := _ARTICLE.search(text)) is None:
            raise ExampleError(f"{entry.page!r} of 'nav' is missing; build the site")
        if 'class="doc ' not in article[1]:
            pages[folder] = entry, article[1], "".join(_SHEET.findall(text))

    def in_book(html: str, folder: str) -> str:
        def moved(link: Link) -> str | None:
            target = posixpath.normpath(posixpath.join(folder, link.path)).strip(".")
            if link.kind == "src" or link.path.endswith(".css"):
                return f"{site.absolute().as_uri()}/{target}"
            anchor = link.rest.partition("#")[2]
            return f"#{target}/{anchor}" if target in pages else None

        # Black code needs no marks of its colours: the PDF has 10 MB instead of 14.
        plain = _CODE.sub(lambda code: re.sub(r"</?span\b[^>]*>", "", code[0]), html)
        return in_html(_NAME.sub(rf"\g<0>{folder}/", plain), moved)

    books = Environment(loader=PackageLoader("example_docs.book", ""), autoescape=True)
    return books.get_template("book.html").render(
        contents=contents,
        language=language,
        pages={f: (e, in_book(a, f), in_book(s, f)) for f, (e, a, s) in pages.items()},
    )


def find_chromium() -> str | None:
    """Return the Chromium that ``CHROMIUM`` names, or one that this machine has."""
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, BROWSERS)]
    return next(filter(None, found), None)


def print_book(html: str) -> bytes:
    """Print a page of HTML into a PDF; an ``ExampleError`` says why that fails."""
    if not (chromium := find_chromium()):
        raise ExampleError("no Chromium was found; install one or name it in CHROMIUM")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page, pdf = Path(folder, "book.html"), Path(folder, "book.pdf")
        page.write_text(html, encoding="utf-8")
        options = ["--headless", "--no-sandbox", f"--user-data-dir={folder}"]
        options += ["--no-pdf-header-footer", "--generate-pdf-document-outline"]
        command = [chromium, *options, f"--print-to-pdf={pdf}", page.as_uri()]
        try:
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603
            return pdf.read_bytes()
        except (OSError, subprocess.CalledProcessError) as error:
            raise ExampleError(f"{chromium} does not print: {error}") from None
