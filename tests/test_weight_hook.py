from __future__ import annotations

from jinja2 import DictLoader, Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from example_docs.hooks.weight import on_env, on_post_page


def test_a_line_that_is_only_a_tag_leaves_nothing() -> None:
    page = "<p>\n  {% if true %}\n    {# why #}\n    word\n  {% endif %}\n</p>\n"
    env = Environment(loader=DictLoader({"page": page}), autoescape=True)
    assert on_env(env, MkDocsConfig(), Files([])) is env
    assert env.get_template("page").render() == "<p>\n    word\n</p>"


def test_the_style_of_the_reference_stays_with_the_reference() -> None:
    style = '<link rel="stylesheet" href="../assets/_mkdocstrings.css">'
    other = '<link rel="stylesheet" href="../assets/site.css">'
    assert on_post_page(f"{other}\n  {style}\n<p>a</p>") == f"{other}\n<p>a</p>"
    reference = f'{other}{style}<div class="doc doc-object"></div>'
    assert on_post_page(reference) == reference


def test_only_around_the_text_indentation_is_left_out() -> None:
    text = "<article>\n <pre>if a:\n    b</pre>\n  <article>\n c</article>\n</article>"
    page = f"<nav>\n    <a>\n      b</a></nav>\n  {text}\n\n    <footer>\n  c</footer>"
    smaller = f"<nav>\n<a>\nb</a></nav>\n{text}\n<footer>\nc</footer>"
    assert on_post_page(page) == smaller
    assert on_post_page("<p>\n  no text</p>") == "<p>\nno text</p>"
