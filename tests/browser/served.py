"""The built site as a host serves it: with a sitemap and a page for what is missing."""

from __future__ import annotations

import functools
import http.server
import threading
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from mkdocs.structure.pages import Page
from tests.project import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig

CONFIGURATIONS = {"": "mkdocs.yml", "zh/": "mkdocs.zh.yml"}


class _Host(http.server.SimpleHTTPRequestHandler):
    """Answers as Pages do."""

    sitemaps: dict[str, str]

    def __init__(
        self, *arguments: object, sitemaps: dict[str, str], directory: str
    ) -> None:
        self.sitemaps = sitemaps
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self.path in self.sitemaps:
            self._answer(HTTPStatus.OK, self.sitemaps[self.path].encode(), "text/xml")
        else:
            super().do_GET()

    def send_error(
        self, code: int, message: str | None = None, explain: str | None = None
    ) -> None:
        if code == HTTPStatus.NOT_FOUND:
            content = Path(self.directory, "404.html").read_bytes()
            self._answer(HTTPStatus.NOT_FOUND, content, "text/html")
        else:
            super().send_error(code, message, explain)

    def _answer(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of the site, without a slash at its end.

    The site was built without knowing its address. What it would say of it in its
    sitemaps is asked of their template.
    """
    sitemaps: dict[str, str] = {}
    handler = functools.partial(_Host, sitemaps=sitemaps, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        for folder in CONFIGURATIONS:
            sitemaps[f"/{folder}sitemap.xml"] = template(
                "sitemap.xml", folder, f"{address}/"
            )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()


def template(name: str, folder: str, address: str | None, *, slash: bool = True) -> str:
    """What a template of the theme becomes in one language.

    Args:
        name: The template.
        folder: The folder of the language within the site, with a slash at its end.
        address: Where the site is published, with a slash at its end.
        slash: Whether the environment names it with that slash.
    """
    end = "/" if slash else ""
    variables = {"SITE_URL": "", "SITE_URL_ZH": "zh/"} if address else {}
    config = configuration(
        folder,
        {
            name: f"{address}{part}".rstrip("/") + end
            for name, part in variables.items()
        },
    )
    pages = get_files(config).documentation_pages()
    for file in pages:
        Page(None, file, config)
    made = config.theme.get_env().get_template(name)
    return made.render(pages=pages, config=config)


def configuration(folder: str, variables: dict[str, str]) -> MkDocsConfig:
    """The configuration of one language.

    Args:
        folder: The folder of the language within the site, with a slash at its end.
        variables: What the environment says of addresses, and nothing else does.
    """
    with pytest.MonkeyPatch.context() as environment:
        for variable in ("SITE_URL", "SITE_URL_ZH", "REPO_URL"):
            environment.delenv(variable, raising=False)
        for variable, value in variables.items():
            environment.setenv(variable, value)
        return load_config(str(ROOT / CONFIGURATIONS[folder]))
