"""The site as a folder on a disk: each link names its file, the search is a script."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from example_docs.cli import main
from example_docs.errors import ExampleError
from example_docs.files import write
from example_docs.site.offline import (
    SCRIPT,
    offline_files,
    offline_index,
    offline_page,
    write_offline,
)

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"index.html", "a/index.html", "a/b/index.html", "a/b/b.ipynb", "zh/index.html"}

PAGE = (
    '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; script-src 'self' 'sha256-x'\">"
    '<script id="__config" type="application/json">{"base": "..", "features": '
    '["content.code.copy", "navigation.instant", "navigation.instant.progress", '
    '"navigation.top"]}</script>'
    '<script src="../assets/javascripts/bundle.a1.min.js"></script>'
)
INDEX = {
    "config": {"lang": ["zh"]},
    "docs": [{"location": place} for place in ("", "#a", "a/b/", "a/b/#c", "d.html#e")],
}


def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for address in FILES:
        write(folder / address, "x")
    write(folder / "a" / "index.html", PAGE)
    for language in ("", "zh/"):
        scripts = folder / language / "assets" / "javascripts"
        write(scripts / "bundle.a1.min.js", "")
        write(scripts / "bundle.a1.min.js.map", "")
        write(folder / language / "search" / "search_index.json", json.dumps(INDEX))
        write(folder / language / "404.html", "x")
    for name in (".built", "sitemap.xml", "sitemap.xml.gz", "robots.txt", "llms.txt"):
        write(folder / name, "x")
    return folder


@pytest.mark.parametrize(
    ("link", "named"),
    [
        ("b/", "b/index.html"),
        ("b", "b/index.html"),
        ("..", "../index.html"),
        ("../", "../index.html"),
        (".", "./index.html"),
        ("./#c", "./index.html#c"),
        ("b/?q=1#c", "b/index.html?q=1#c"),
        ("../zh/", "../zh/index.html"),
        ("b/b.ipynb", "b/b.ipynb"),
        ("../assets/x.css", "../assets/x.css"),
        ("c/", "c/"),
        ("#c", "#c"),
        ("", ""),
        ("https://host/a/", "https://host/a/"),
        ("//host/a/", "//host/a/"),
        ("/a/", "/a/"),
        ("data:x", "data:x"),
    ],
)
def test_a_link_to_a_folder_names_its_page(link: str, named: str) -> None:
    for text in ('<a href="{}">', '<meta content="0; url={}">'):
        page = offline_page(text.format(link), "a/index.html", FILES)
        assert page == text.format(named)


def test_what_a_program_says_stays() -> None:
    text = '<div data-copy="href=&quot;b/&quot;"><code>href = b/</code></div>'
    assert offline_page(text, "a/index.html", FILES) == text


def test_no_font_is_fetched_in_advance() -> None:
    text = '<link rel="preload" href="a.woff2" as="font" crossorigin>\n<p>Text</p>'
    assert offline_page(text, "a/index.html", FILES) == "<p>Text</p>"


def test_the_search_needs_no_server() -> None:
    page = offline_page(PAGE, "a/index.html", FILES)
    ours = '<script src="../assets/javascripts/offline.js"></script>'
    assert f'{ours}<script src="../assets/javascripts/bundle.' in page
    assert "script-src 'self' file: 'sha256-x'" in page
    assert '"features": ["content.code.copy", "navigation.top"]' in page
    assert '"base": ".."' in page


def test_entries_of_the_index_name_files() -> None:
    found = json.loads(offline_index(json.dumps(INDEX)))
    assert found["config"] == INDEX["config"]
    assert [entry["location"] for entry in found["docs"]] == [
        "index.html",
        "index.html#a",
        "a/b/index.html",
        "a/b/index.html#c",
        "d.html#e",
    ]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"docs": [{}]}', '{"docs": 1}'])
def test_another_index_is_one_sentence(text: str) -> None:
    with pytest.raises(ExampleError, match="is not one of MkDocs' search"):
        offline_index(text)


def test_the_folder_holds_what_readers_need(tmp_path: Path) -> None:
    found = dict(offline_files(site(tmp_path)))
    for folder in ("", "zh/"):
        index = found[f"{folder}search/search_index.json"].decode()
        script = found[f"{folder}search/search_index.js"].decode()
        assert script == f"var __index = {index}\n"
        ours = found[f"{folder}assets/javascripts/offline.js"]
        assert ours == SCRIPT.read_bytes()
    assert {"llms.txt", *FILES} <= set(found)
    names = {address.rpartition("/")[2] for address in found}
    assert not names & {".built", "404.html", "robots.txt", "sitemap.xml"}
    assert not [name for name in names if name.endswith((".gz", ".map"))]


def test_the_same_site_makes_the_same_archive(tmp_path: Path) -> None:
    folder = site(tmp_path)
    first, again = tmp_path / "book.zip", tmp_path / "dist" / "book.zip"
    assert write_offline(folder, first) == write_offline(folder, again)
    assert first.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert archive.testzip() is None
        assert "book/index.html" in archive.namelist()
        assert all(name.startswith("book/") for name in archive.namelist())


def test_the_command_says_what_it_wrote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "book.zip"
    assert main(["offline", str(site(tmp_path)), str(archive)]) == 0
    assert capsys.readouterr().out == f"{archive.as_posix()}: 14 files, 0.0 MB\n"


def test_without_a_site_there_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["offline", str(tmp_path), str(tmp_path / "book.zip")]) == 1
    assert "there is no built site; build it first" in capsys.readouterr().err
    assert not (tmp_path / "book.zip").exists()
