from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from example_docs.errors import ExampleError
from example_docs.site.assets import (
    lighter_assets,
    names_in,
    used_rules,
    without_properties,
)

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (
    '<p class="used also"><span dir="ltr" class="md-tag">'
    '<path stroke="var(--line,#000)"/>'
)
NAMES = names_in([PAGE], ['element.className = "made"; kind = "kind--" + size'])


@pytest.mark.parametrize(
    "sheet",
    [
        "p{color:red}",
        ".used{color:red}",
        ".made:hover{color:red}",
        ".kind--large{color:red}",
        ".used:not(.gone){color:red}",
        ":is(.gone,.used){color:red}",
        '[title=".gone"]{color:red}',
        "[dir=ltr] p{color:red}",
        "@media print{.used{color:red}}",
        "@font-face{font-family:gone}",
        ".used{p{color:red}}",
    ],
)
def test_a_rule_that_may_apply_is_kept(sheet: str) -> None:
    assert used_rules(sheet, NAMES) == sheet


@pytest.mark.parametrize(
    ("sheet", "kept"),
    [
        (".gone{color:red}", ""),
        ("p .gone>a{color:red}", ""),
        (".used.gone{color:red}", ""),
        ("p,.gone,.used{color:red}", "p,.used{color:red}"),
        ("[dir=rtl] .used{color:red}", ""),
        ("@media print{.gone{color:red}}", ""),
        ("@media print{.gone{color:red}p{margin:0}}", "@media print{p{margin:0}}"),
        ("/* why */p{color:red}", "p{color:red}"),
    ],
)
def test_a_rule_for_what_is_not_there_is_left_out(sheet: str, kept: str) -> None:
    assert used_rules(sheet, NAMES) == kept


def test_a_page_from_right_to_left_keeps_its_rules() -> None:
    names = names_in(['<html dir="rtl">'], [])
    assert used_rules("[dir=rtl] p{color:red}", names) == "[dir=rtl] p{color:red}"


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("md-version__list", '{"version": {"provider": "mike"}}'),
        ("md-tag-icon", '{"tags": {"a": "b"}}'),
        ("md-annotation", '{"features": ["content.code.annotate"]}'),
        ("md-tooltip2", '{"features": ["content.tooltips"]}'),
        ("md-tooltip2", '{"features": ["navigation.instant.preview"]}'),
        ("tabbed-labels", '<div class="tabbed-set tabbed-alternate">'),
    ],
)
def test_what_only_a_script_makes_is_kept_if_a_page_uses_it(
    name: str, page: str
) -> None:
    scripts = [f'"{name}"']
    sheet = f".{name}{{color:red}}"
    assert used_rules(sheet, names_in([PAGE], scripts)) == ""
    assert used_rules(sheet, names_in([PAGE, page], scripts)) == sheet


def test_a_script_in_a_page_names_classes() -> None:
    page = '<script>root.className = "js"</script><script src="gone.js"></script>'
    assert names_in([page], []).classes == {"root", "className", "js"}


@pytest.mark.parametrize("sheet", ["p}{color:red}", "p", "@media print{p}"])
def test_a_sheet_that_cannot_be_read_is_an_error(sheet: str) -> None:
    with pytest.raises(ExampleError, match="the style sheet cannot be read: ") as found:
        used_rules(f"a{{color:red}}\n{sheet}", NAMES)
    assert found.value.line == 2


def test_a_property_that_nobody_asks_for_is_left_out() -> None:
    sheet = ':root{--used:url("a;b");color:red;--gone:1}p{margin:0}'
    assert without_properties(sheet, {"--used"}) == (
        ':root{--used:url("a;b");color:red;}p{margin:0;}'
    )
    nested = "p{--gone:1;a{margin:0}}"
    assert without_properties(nested, set()) == "p{a{margin:0}}"


def write(folder: Path, **files: str) -> dict[str, Path]:
    paths = {}
    for name, text in files.items():
        base, _, kind = name.rpartition("_")
        path = folder / {"css": "stylesheets", "js": "javascripts"}[kind]
        path.mkdir(exist_ok=True)
        paths[name] = path / f"{base.replace('_', '.')}.{kind}"
        paths[name].write_text(text, encoding="utf-8")
    return paths


def test_all_assets_are_made_lighter_together(tmp_path: Path) -> None:
    paths = write(
        tmp_path,
        main_css="/* all */\n:root { --a: 1; --b: 2; --c: 3; --line: 4 }\n"
        ".gone { top: var(--c) }",
        site_css=".used { top: var(--a) }",
        site_js='// why\nlet a = "--b"\n',
        theme_min_js="// kept as it is\n",
    )
    found = lighter_assets([tmp_path], [PAGE])
    assert found == {
        paths["main_css"]: ":root{--a:1;--b:2;--line:4}",
        paths["site_css"]: ".used{top:var(--a)}",
        paths["site_js"]: 'let a="--b"',
    }


def test_each_language_keeps_what_any_of_them_needs(tmp_path: Path) -> None:
    folders = [tmp_path / "en", tmp_path / "zh"]
    for folder in folders:
        folder.mkdir()
    sheet = ".used{top:0}.also{top:0}.made-there{top:0}.gone{top:0}"
    english = write(folders[0], site_css=sheet)
    chinese = write(folders[1], site_css=sheet, site_js='let a="made-there"')
    found = lighter_assets(folders, [PAGE])
    kept = ".used{top:0}.also{top:0}.made-there{top:0}"
    assert found[english["site_css"]] == found[chinese["site_css"]] == kept


def test_the_error_of_a_sheet_names_its_file(tmp_path: Path) -> None:
    (path,) = write(tmp_path, site_css="p{}\n}p{}").values()
    with pytest.raises(ExampleError, match="cannot be read") as found:
        lighter_assets([tmp_path], [PAGE])
    assert (found.value.path, found.value.line) == (path, 2)


def test_names_are_those_of_elements() -> None:
    assert NAMES.classes == {"used", "also", "md-tag"} | {
        *("element", "className", "made", "kind", "kind--", "size")
    }
    assert NAMES.beginnings == ("kind--",)
    assert not NAMES.right_to_left
