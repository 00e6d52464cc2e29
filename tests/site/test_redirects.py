from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from tests.project import LANGUAGES, ROOT, pages

from example_docs.errors import ExampleError
from example_docs.site.redirects import read_redirects, redirect_pages

if TYPE_CHECKING:
    from pathlib import Path

PAGES = ("index.md", "tensors/index.md", "tensors/create.md")


def table(folder: Path, text: str) -> Path:
    path = folder / "redirects.yml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_redirects_of_the_site_lead_to_pages(language: str) -> None:
    read_redirects(ROOT / "docs/redirects.yml", pages(language))


@pytest.mark.parametrize("text", ["", "# nothing has moved\n"])
def test_a_table_may_be_empty_or_missing(tmp_path: Path, text: str) -> None:
    assert read_redirects(table(tmp_path, text), PAGES) == {}
    assert read_redirects(tmp_path / "none.yml", PAGES) == {}


def test_a_table_is_read(tmp_path: Path) -> None:
    path = table(tmp_path, "a.md: index.md\nb/c.md: tensors/create.md#numbers\n")
    assert read_redirects(path, PAGES) == {
        "a.md": "index.md",
        "b/c.md": "tensors/create.md#numbers",
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("tensors/create.md: index.md", ":2: 'tensors/create.md' exists"),
        ("a.md: tensors/creat.md", "no page; the nearest is 'tensors/create.md'"),
        ("a.md: b.md\nb.md: index.md", ":2: 'a.md' leads to 'b.md', which is no page"),
        ("a.md: index.md\na.md: index.md", ":3: 'a.md' stands here twice"),
        ("a/: index.md", ":2: 'a/' is no page; write its path"),
        ("- a.md", ":2: expected lines such as"),
        ("a: [", ": the table cannot be read"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(ExampleError) as caught:
        read_redirects(table(tmp_path, f"# table\n{text}\n"), PAGES)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "place", "target", "script"),
    [
        ("a.md", "index.md", "a/index.html", "../", "../assets"),
        ("b/c.md", "tensors/create.md", "b/c/index.html", "../../tensors/create/", ""),
        ("b/c.md", "tensors/index.md#x", "b/c/index.html", "../../tensors/#x", ""),
        ("b/index.md", "b/c.md", "b/index.html", "c/", "../assets"),
    ],
)
def test_an_old_address_leads_to_the_new_one(
    old: str, new: str, place: str, target: str, script: str
) -> None:
    ((path, text),) = redirect_pages({old: new}, "zh").items()
    assert path == place
    page = BeautifulSoup(text, "html.parser")
    assert [str(link["href"]) for link in page.select("a, link")] == [target] * 2
    assert f"url={target}" in str(page.select_one("noscript"))
    assert str(page.select("script")[0]["src"]).startswith(script or "../../assets")
    assert page.select("p")[0].text.startswith("本页已移至：")
