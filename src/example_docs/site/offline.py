"""The built site as a folder that reads from a disk, without a server.

From a disk no address may end in a folder, and a browser lets a page neither fetch a
file nor start a worker. So each link names its file, the search index is a script as
well, and a script of ours runs the theme's worker in a frame. Nothing is built anew:
what readers take away are the pages that were tested.
"""

from __future__ import annotations

import io
import json
import posixpath
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError
from example_docs.files import write_bytes
from example_docs.pages.links import Link, in_html

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

SCRIPT = Path(__file__).with_name("offline.js")
"""Goes beside the theme's own script, which it precedes on every page."""

_LEFT_OUT = re.compile(
    r"(?:^|/)(?:404\.html|robots\.txt|sitemaps?\.xml(?:\.gz)?|\.\w+|.*\.map)$"
)
"""What only servers, search engines and the developers of the theme read."""

_BUNDLE = re.compile(r'<script src="(?P<folder>[^"]*/)bundle\.[^"/]*\.js"></script>')
_BUNDLE_FILE = re.compile(r"(?:^|/)bundle\.[^/]*\.js$")
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
_CONFIGURATION = re.compile(
    r'(<script id="__config" type="application/json">)(.*?)(</script>)', re.DOTALL
)
_INSTANT = "navigation.instant"
_PRELOAD = re.compile(r'<link rel="preload"[^>]*>\s*')
"""Browsers refuse to fetch a font in advance from a disk, and complain."""

_INDEX = re.compile(r"(?:^|/)search/search_index\.json$")
_WHEN = (1980, 1, 1, 0, 0, 0)
"""The same site makes the same archive; this is the earliest date it can state."""


def offline_files(site: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a built site as they work from a disk, by address, in order.

    Raises:
        ExampleError: The site has not been built.
    """
    paths = {
        path.relative_to(site).as_posix(): path
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }
    if "index.html" not in paths:
        message = "there is no built site; build it first"
        raise ExampleError(message, site)
    for address, path in paths.items():
        if _LEFT_OUT.search(address):
            continue
        if address.endswith(".html"):
            text = path.read_text(encoding="utf-8")
            yield address, offline_page(text, address, paths).encode()
        elif _INDEX.search(address):
            index = offline_index(path.read_text(encoding="utf-8"))
            yield address, index.encode()
            script = f"var __index = {index}\n"
            yield f"{address.removesuffix('.json')}.js", script.encode()
        else:
            yield address, path.read_bytes()
            if _BUNDLE_FILE.search(address):
                beside = posixpath.dirname(address)
                yield posixpath.join(beside, SCRIPT.name), SCRIPT.read_bytes()


def write_offline(site: Path, target: Path) -> int:
    """Write the archive that readers unpack and open by its ``index.html``.

    Args:
        site: The folder of the built site.
        target: The archive; its name is that of the folder within.

    Returns:
        How many files it holds.

    Raises:
        ExampleError: As in ``offline_files``.
    """
    files = sorted(offline_files(site))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for address, content in files:
            entry = zipfile.ZipInfo(f"{target.stem}/{address}", _WHEN)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    write_bytes(target, file.getvalue())
    return len(files)


def offline_page(text: str, address: str, files: Container[str]) -> str:
    """A page whose links name files, and whose search needs no server.

    Args:
        text: Its HTML.
        address: Its address within the site.
        files: The addresses of all files of the site.
    """
    here = posixpath.dirname(address)

    text = in_html(_PRELOAD.sub("", text), lambda link: _named(link, here, files))
    # Not every browser takes a folder on a disk for a page's own site.
    text = _POLICY.sub(lambda match: match[0].replace("'self'", "'self' file:"), text)
    text = _CONFIGURATION.sub(_without_instant, text)
    ours = rf'<script src="\g<folder>{SCRIPT.name}"></script>\g<0>'
    return _BUNDLE.sub(ours, text, count=1)


def _without_instant(match: re.Match[str]) -> str:
    """The theme's configuration without instant navigation.

    It fetches pages, which nothing can do from a disk, and there the theme's script
    ends with it all that waits for the page, such as the copy buttons.
    """
    fields = json.loads(match[2])
    kept = [name for name in fields["features"] if not name.startswith(_INSTANT)]
    return match[1] + json.dumps({**fields, "features": kept}) + match[3]


def _named(link: Link, here: str, files: Container[str]) -> str:
    """An address that ends in a folder, with the name of the page in it."""
    page = posixpath.join(link.path, "index.html")
    target = posixpath.normpath(posixpath.join(here, page))
    if not link.path or target not in files:
        return link.address
    return f"{page}{link.rest}"


def offline_index(text: str) -> str:
    """A search index whose entries name files.

    Raises:
        ExampleError: It is no index of MkDocs' search.
    """
    try:
        index = json.loads(text)
        for entry in index["docs"]:
            path, mark, anchor = entry["location"].partition("#")
            if not path or path.endswith("/"):
                path += "index.html"
            entry["location"] = f"{path}{mark}{anchor}"
    except (KeyError, TypeError, ValueError):
        raise ExampleError("the search index is not one of MkDocs' search") from None
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))
