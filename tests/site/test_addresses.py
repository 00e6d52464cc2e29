"""What the templates of the theme say about addresses, with a site's and without."""

from __future__ import annotations

from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
from mkdocs.structure.files import get_files
from mkdocs.structure.pages import Page
from tests.browser.served import configuration, template
from tests.project import LANGUAGES, ROOT, pages

FOLDERS = {"en": "", "zh": "zh/"}
ADDRESS = "https://book.example/course/"
NAMES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


def parsed(name: str, folder: str = "", address: str | None = ADDRESS) -> ET.Element:
    return ET.fromstring(template(name, folder, address))  # noqa: S314 - made here


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sitemap_names_each_page_in_both_languages(language: str) -> None:
    entries = parsed("sitemap.xml", FOLDERS[language]).findall("map:url", NAMES)
    assert len(entries) == len(pages(language))
    for entry in entries:
        own = entry.findtext("map:loc", "", NAMES)
        links = {
            link.attrib["hreflang"]: link.attrib["href"]
            for link in entry.findall("xhtml:link", NAMES)
        }
        place = own.removeprefix(ADDRESS + FOLDERS[language])
        assert links == {
            "en": f"{ADDRESS}{place}",
            "x-default": f"{ADDRESS}{place}",
            "zh": f"{ADDRESS}zh/{place}",
        }
        assert links[language] == own


def test_the_sitemaps_are_listed_for_search_engines() -> None:
    found = parsed("sitemaps.xml").findall("map:sitemap/map:loc", NAMES)
    listed = [place.text for place in found]
    assert listed == [f"{ADDRESS}sitemap.xml", f"{ADDRESS}zh/sitemap.xml"]
    robots = template("robots.txt", "", ADDRESS)
    assert f"\nSitemap: {ADDRESS}sitemaps.xml\n" in f"{robots}\n"


@pytest.mark.parametrize("name", ["sitemap.xml", "sitemaps.xml", "robots.txt"])
def test_an_address_may_lack_its_last_slash(name: str) -> None:
    assert template(name, "", ADDRESS) == template(name, "", ADDRESS, slash=False)


def test_a_site_without_an_address_has_nothing_to_list() -> None:
    assert len(parsed("sitemap.xml", address=None)) == 0
    assert template("sitemaps.xml", "", None).strip() == ""
    assert "Sitemap" not in template("robots.txt", "", None)


def edit_link(folder: str, variables: dict[str, str]) -> str:
    config = configuration(folder, variables)
    file = get_files(config).get_file_from_path("tensors/create.md")
    assert file is not None
    made = config.theme.get_env().get_template("partials/actions.html")
    words = SimpleNamespace(t=lambda key: key)
    return made.render(page=Page(None, file, config), config=config, lang=words)


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_can_be_edited_where_there_is_a_repository(
    language: str, slash: str
) -> None:
    repository = "https://code.example/a/book"
    link = edit_link(FOLDERS[language], {"REPO_URL": repository + slash})
    path = f"docs/{language}/tensors/create.md"
    assert f'href="{repository}/edit/main/{path}"' in link
    assert (ROOT / path).is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_can_be_edited_where_there_is_none(language: str) -> None:
    assert edit_link(FOLDERS[language], {}).strip() == ""
