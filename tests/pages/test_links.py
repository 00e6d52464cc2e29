from __future__ import annotations

import pytest

from example_docs.pages.links import Link, in_html, in_markdown


def shown(link: Link) -> str:
    return f"<{link.kind} {link.path} {link.rest}>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b.md)", "[a](<link b.md >)"),
        ("[a](b.md#c) and [d](#e)", "[a](<link b.md #c>) and [d](<link  #e>)"),
        ('[`a[0]`](b/?c#d "title")', '[`a[0]`](<link b/ ?c#d> "title")'),
        ("![a](b.svg)", "![a](<image b.svg >)"),
        ("[a](https://b/c.md)", "[a](https://b/c.md)"),
        ("[a](mailto:b) [c](/d)", "[a](mailto:b) [c](/d)"),
        ("[A [b](c.md).]{ rule=d }", "[A [b](<link c.md >).]{ rule=d }"),
        ("[a] (b.md)", "[a] (b.md)"),
    ],
)
def test_links_of_markdown_are_moved(text: str, expected: str) -> None:
    assert in_markdown(text, shown) == expected


def test_a_link_of_markdown_without_an_address_is_words() -> None:
    assert in_markdown("a [b *c*](d.md) e", lambda _: None) == "a b *c* e"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<a href="b/#c">', '<a href="<href b/ #c>">'),
        ('<use xlink:href="#a"/>', '<use xlink:href="<xlink:href  #a>"/>'),
        ('<img src="a.svg">', '<img src="<src a.svg >">'),
        ('<a href="https://b/">', '<a href="https://b/">'),
        ('<a data-href="b">', '<a data-href="b">'),
        ('<meta content="0; url=a/">', '<meta content="0; url=<url a/ >">'),
    ],
)
def test_addresses_of_html_are_moved(text: str, expected: str) -> None:
    assert in_html(text, shown) == expected


def test_an_address_of_html_can_go() -> None:
    assert (
        in_html('<a class="b" href="c/">d</a>', lambda _: None) == '<a class="b">d</a>'
    )
