"""A translated program is the same program, whatever its comments become."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.modules import modules

from example_docs.errors import ExampleError
from example_docs.languages.code_translation import (
    Catalogue,
    comments,
    paragraphs,
    translate_comments,
    translate_docstring,
)

PATH = Path("code.po")

# What a translator may write: a line of text, which need not look like a comment.
words = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=30
).map(lambda text: f"词{text.strip()}词")


def tree(text: str) -> str:
    return ast.dump(ast.parse(text))


def catalogue(text: str, translations: list[str]) -> Catalogue:
    """A catalogue in which each comment of a text has a translation of its own."""
    originals = dict.fromkeys(unit.text for unit in comments(text))
    pairs = zip(originals, enumerate(translations * len(originals)), strict=False)
    return Catalogue({o: f"{number} {t}" for o, (number, t) in pairs}, PATH)


@given(modules(), st.lists(words, min_size=1))
def test_the_syntax_tree_stays(module: str, translations: list[str]) -> None:
    translated = translate_comments(module, catalogue(module, translations))
    assert tree(translated) == tree(module)


@given(modules(), st.lists(words, min_size=1))
def test_the_way_back_leads_to_the_original(
    module: str, translations: list[str]
) -> None:
    there = catalogue(module, translations)
    back = Catalogue({new: old for old, new in there.entries.items()}, PATH)
    found = translate_comments(translate_comments(module, there), back)
    # What comments say to tools is for nobody who reads the translation.
    assert [unit.text for unit in comments(found)] == [
        unit.text for unit in comments(module)
    ]
    assert found == translate_comments(module, identity(module))


@given(modules(), st.lists(words, min_size=1))
def test_every_comment_is_translated_and_nothing_else(
    module: str, translations: list[str]
) -> None:
    there = catalogue(module, translations)
    translated = translate_comments(module, there)
    expected = [there.translate(unit.text) for unit in comments(module)]
    assert [unit.text for unit in comments(translated)] == expected


def identity(text: str) -> Catalogue:
    return Catalogue({unit.text: unit.text for unit in comments(text)}, PATH)


@given(modules())
def test_a_comment_without_a_translation_is_a_sentence(module: str) -> None:
    if comments(module):
        with pytest.raises(ExampleError, match="no translation of"):
            translate_comments(module, Catalogue({}, PATH))
    else:
        assert translate_comments(module, Catalogue({}, PATH)) == module


docstrings = st.lists(
    st.sampled_from(
        [
            "Words.",
            "More words: of two\nlines.",
            "Args:\n    x: A number.\n    y: Two\n        lines.",
            "Raises:\n    ValueError: It is wrong.",
            ">>> f()\n1\n\n2",
            "- a\n- b",
            "    indented",
        ]
    ),
    max_size=5,
).map("\n\n".join)


@given(docstrings | st.text(max_size=80))
def test_a_docstring_in_its_own_language_keeps_its_words(docstring: str) -> None:
    own = Catalogue({text: text for text in paragraphs(docstring)}, PATH)
    assert translate_docstring(docstring, own).split() == docstring.expandtabs().split()
