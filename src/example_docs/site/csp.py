"""The content security policy that each page of a built site states.

A page runs the site's own scripts and shows the site's own files, nothing else. The few
scripts that the theme writes into its pages are named by their hashes; a style or a
handler written into a page has no place in the policy and stops the publishing.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_STATED = re.compile(
    r'\s*<meta http-equiv="Content-Security-Policy" content="([^"]*)">'
)
_FIRST = re.compile(r'<meta charset="[^"]*">', re.IGNORECASE)
_TAG = re.compile(
    r"""<(?P<name>[a-z][^\s/>]*)(?P<attributes>(?:[^>"']|"[^"]*"|'[^']*')*)>""",
    re.IGNORECASE,
)
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_BLOCKED = re.compile(r"(?:^|\s)(style|on[a-z]+)\s*=", re.IGNORECASE)
_ADDRESS = re.compile(r"""=\s*["']?\s*javascript:""", re.IGNORECASE)
_NOT_INLINE = re.compile(
    r"""\s(?:src\s*=|type\s*=\s*["']?application/(?:ld\+)?json)""", re.IGNORECASE
)
"""A script with an address is no inline script, and data are no script at all."""


def secured(site: Path) -> dict[Path, str]:
    """The pages of a built site, each with the policy, where it has another or none.

    All pages state the same policy: with instant navigation the first page that a
    reader opens stays, and with it its policy, while the others come and go in it.

    Raises:
        ExampleError: A page holds what no policy of ours allows.
    """
    pages = {
        path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))
    }
    scripts: set[str] = set()
    for path, text in pages.items():
        try:
            scripts |= set(inline_scripts(text))
        except ExampleError as error:
            raise ExampleError(error.message, path, error.line) from None
    stated = policy(scripts)
    new = {path: with_policy(text, stated) for path, text in pages.items()}
    return {path: text for path, text in new.items() if text != pages[path]}


def policy(scripts: Iterable[str], extra: str = "") -> str:
    """The policy of pages that hold certain scripts.

    Args:
        scripts: The texts of the scripts that stand in the pages.
        extra: A source besides the site itself, such as ``file:`` for pages that are
            opened from a disk by a browser in which ``'self'`` is no folder.
    """
    own = " ".join(filter(None, ["'self'", extra]))
    hashes = sorted(map(_source, set(scripts)))
    directives = {
        "default-src": "'none'",
        "script-src": " ".join([own, *hashes]),
        "style-src": own,
        "img-src": f"{own} data:",  # the theme's icons are masks in its styles
        "font-src": own,
        "connect-src": own,  # the search index, the next page
        "worker-src": own,  # the search
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def _source(script: str) -> str:
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def with_policy(page: str, stated: str) -> str:
    """A page that states a policy, before anything to which it applies.

    Raises:
        ExampleError: The page says nowhere how it is encoded.
    """
    tag = f'<meta http-equiv="Content-Security-Policy" content="{stated}">'
    bare = _STATED.sub("", page)
    changed, count = _FIRST.subn(lambda match: f"{match[0]}\n      {tag}", bare, 1)
    if not count:
        raise ExampleError("the page has no <meta charset=…>, which the policy follows")
    return changed


def inline_scripts(page: str) -> Iterator[str]:
    """The texts of the scripts in a page that a browser runs.

    Raises:
        ExampleError: The page holds a style or a handler, which no policy of ours
            allows.
    """
    position = 0
    while tag := _TAG.search(page, position):
        position = tag.end()
        name, attributes = tag["name"].lower(), tag["attributes"]
        if what := _blocked(name, attributes):
            message = (
                f"{what} in <{name}> is blocked by the security policy of the pages; "
                "styles belong into site.css, scripts into site.js"
            )
            line = page.count("\n", 0, tag.start()) + 1
            raise ExampleError(message, line=line)
        if name == "script":
            end = page.find("</script", position)
            if not _NOT_INLINE.search(attributes):
                yield page[position:end]
            position = end


def _blocked(name: str, attributes: str) -> str:
    """What of a tag the policy blocks; nothing, as a rule."""
    if name == "style":
        return "what stands"
    if _ADDRESS.search(attributes):
        return "'javascript:'"
    found = _BLOCKED.search(_VALUE.sub('=""', attributes))
    return repr(found[1]) if found else ""
